"""The built-in heal workflow."""

from cloudify.decorators import workflow
from cloudify.plugins import lifecycle
from cloudify.plugins._checks import _make_check_status_graph
from cloudify.plugins._filters import all_but as _all_but

_LIFECYCLE = "cloudify.interfaces.lifecycle."


@workflow
def auto_heal_reinstall_node_subgraph(
    ctx,
    node_instance_id=None,
    diagnose_value="Not provided",
    ignore_failure=True,
    check_status=True,
    allow_reinstall=True,
    force_reinstall=False,
    **kwargs,
):
    scope = _scope_of_heal(ctx, node_instance_id, diagnose_value)
    graph = ctx.graph_mode()
    if force_reinstall:
        _reinstall(ctx, graph, scope, ignore_failure)
        return
    if check_status:
        ids = [instance.id for instance in scope]
        _make_check_status_graph(
            ctx, node_instance_ids=ids, name="check_status", ignore_failure=True
        ).execute()
        ctx.refresh_node_instances()
    to_heal, to_reinstall = _who_needs_what(scope, require_check=bool(node_instance_id))
    _refuse_reinstall(to_reinstall, allow_reinstall)
    try:
        lifecycle.heal_node_instances(
            graph=graph,
            node_instances=to_heal,
            related_nodes=_all_but(ctx, to_heal),
        )
    except Exception as error:
        ctx.logger.error("Error running heal: %s", error)
    ctx.refresh_node_instances()
    to_reinstall += _take_heal_failures(ctx, to_heal)
    _refuse_reinstall(to_reinstall, allow_reinstall)
    if to_reinstall:
        _reinstall(ctx, graph, to_reinstall, ignore_failure)


def _scope_of_heal(ctx, node_instance_id, diagnose_value):
    """The instances that heal looks at: all that the host of the failing one contains, or everything."""
    if not node_instance_id:
        ctx.logger.info(
            "Starting 'heal' workflow for '%s' deployment, Diagnosis: %s", ctx.deployment.id, diagnose_value
        )
        roots = list(ctx.node_instances)
    else:
        ctx.logger.info("Starting 'heal' workflow on %s, Diagnosis: %s", node_instance_id, diagnose_value)
        failing = ctx.get_node_instance(node_instance_id)
        if failing is None:
            raise ValueError("No node instance with id `%s` was found" % node_instance_id)
        roots = [failing]
    found = {}
    for instance in roots:
        host = ctx.get_node_instance(instance._node_instance.host_id)
        root = host if host is not None else instance
        if root.id not in found:
            found.update((one.id, one) for one in _in_order(root.get_contained_subgraph()))
    return list(found.values())


def _in_order(instances):
    return sorted(instances, key=lambda instance: instance.id)


def _reinstall(ctx, graph, instances, ignore_failure):
    lifecycle.reinstall_node_instances(
        graph=graph,
        node_instances=instances,
        related_nodes=_all_but(ctx, instances),
        ignore_failure=ignore_failure,
    )


def _who_needs_what(scope, require_check):
    """Instances to heal and instances to reinstall, contents of the latter included."""
    unhealthy = [instance for instance in scope if not _is_healthy(instance, require_check)]
    to_reinstall = {}
    for instance in unhealthy:
        if not instance.node.has_operation(_LIFECYCLE + "heal"):
            to_reinstall.update((one.id, one) for one in _in_order(instance.get_contained_subgraph()))
    to_heal = [instance for instance in unhealthy if instance.id not in to_reinstall]
    return to_heal, list(to_reinstall.values())


def _is_healthy(instance, require_check):
    status = instance.system_properties.get("status") or {}
    if "task" not in status or "ok" not in status:
        return not require_check
    return bool(status["ok"]) or (status["task"] is None and not require_check)


def _refuse_reinstall(instances, is_allowed):
    if not instances or is_allowed:
        return
    ids = [instance.id for instance in instances]
    shown = ", ".join(ids[:5]) + (" (and %d more)" % (len(ids) - 5) if len(ids) > 5 else "")
    raise RuntimeError("allow_reinstall is false, but would need to reinstall instances: " + shown)


def _take_heal_failures(ctx, healed):
    failed = []
    for instance in healed:
        fresh = ctx.get_node_instance(instance.id)
        if fresh.system_properties.get("heal_failed") == ctx.execution_id:
            properties = fresh.system_properties
            del properties["heal_failed"]
            ctx.update_node_instance(fresh.id, force=True, system_properties=properties)
            failed.append(fresh)
    return failed
