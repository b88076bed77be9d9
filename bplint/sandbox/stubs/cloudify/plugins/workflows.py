"""The built-in workflows, as section 3 of the workflow API describes them."""

from cloudify.decorators import workflow
from cloudify.plugins import lifecycle
from cloudify.plugins._agents import install_new_agents, validate_agents  # noqa: F401
from cloudify.plugins._filters import all_host_instances as _get_all_host_instances  # noqa: F401
from cloudify.plugins._filters import filter_node_instances as _filter_node_instances
from cloudify.plugins._scale import get_groups_with_members, scale, scale_entity  # noqa: F401
from cloudify.workflows.tasks import TASK_SUCCEEDED, HandlerResult
from cloudify.workflows.tasks_graph import make_or_get_graph

_LIFECYCLE = "cloudify.interfaces.lifecycle."
_CHECK_DRIFT = "cloudify.interfaces.relationship_lifecycle.check_drift"


def _chosen_and_others(ctx, node_ids, node_instance_ids, type_names):
    chosen = _filter_node_instances(ctx, node_ids, node_instance_ids, type_names)
    ids = {instance.id for instance in chosen}
    return chosen, [instance for instance in ctx.node_instances if instance.id not in ids]


@workflow(resumable=True)
def install(ctx, node_ids=None, node_instance_ids=None, type_names=None, **kwargs):
    chosen, others = _chosen_and_others(ctx, node_ids, node_instance_ids, type_names)
    lifecycle.install_node_instances(graph=ctx.graph_mode(), node_instances=chosen, related_nodes=others)


@workflow(resumable=True)
def uninstall(
    ctx,
    ignore_failure=False,
    node_ids=None,
    node_instance_ids=None,
    type_names=None,
    recursive=False,
    **kwargs,
):
    if recursive:
        # service deployments are known to a manager only
        ctx._run.cannot_answer("deployment_groups and execution_groups (uninstall of service deployments)")
    chosen, others = _chosen_and_others(ctx, node_ids, node_instance_ids, type_names)
    lifecycle.uninstall_node_instances(
        graph=ctx.graph_mode(), node_instances=chosen, related_nodes=others, ignore_failure=ignore_failure
    )


@workflow(resumable=True)
def reinstall(ctx, ignore_failure=False, node_ids=None, node_instance_ids=None, type_names=None, **kwargs):
    chosen, others = _chosen_and_others(ctx, node_ids, node_instance_ids, type_names)
    lifecycle.reinstall_node_instances(
        graph=ctx.graph_mode(), node_instances=chosen, related_nodes=others, ignore_failure=ignore_failure
    )


# -- operations -------------------------------------------------------------------------------------


@workflow(resumable=True)
def execute_operation(ctx, operation, *args, **kwargs):
    name = "execute_operation_%s" % operation
    _make_execute_operation_graph(ctx, operation, *args, name=name, **kwargs).execute()


@make_or_get_graph
def _make_execute_operation_graph(
    ctx,
    operation,
    operation_kwargs,
    allow_kwargs_override,
    run_by_dependency_order,
    type_names,
    node_ids,
    node_instance_ids,
    **kwargs,
):
    graph = ctx.graph_mode()
    chosen = _filter_node_instances(ctx, node_ids, node_instance_ids, type_names)
    waiting = _stubs(ctx, graph, chosen) if run_by_dependency_order else {}
    before = "Starting operation %s" % operation
    if operation_kwargs:
        before += " (Operation parameters: %s)" % operation_kwargs
    for instance in chosen:
        subgraph = waiting[instance.id] = graph.subgraph(instance.id)
        if not instance.node.has_operation(operation):
            continue
        subgraph.sequence().add(
            instance.send_event(before),
            instance.execute_operation(
                operation, kwargs=operation_kwargs, allow_kwargs_override=bool(allow_kwargs_override)
            ),
            instance.send_event("Finished operation %s" % operation),
        )
    if run_by_dependency_order:
        _wait_along_relationships(ctx, graph, waiting)
    return graph


def _stubs(ctx, graph, chosen):
    """Empty subgraphs for the instances that were filtered out: dependencies lead through them."""
    ids = {instance.id for instance in chosen}
    return {
        instance.id: graph.subgraph(instance.id) for instance in ctx.node_instances if instance.id not in ids
    }


def _wait_along_relationships(ctx, graph, tasks):
    for instance in ctx.node_instances:
        for target_id in instance._relationship_instances:
            graph.add_dependency(tasks[instance.id], tasks[target_id])


@workflow(resumable=True)
def start(ctx, operation_parms, run_by_dependency_order, type_names, node_ids, node_instance_ids, **kwargs):
    _lifecycle_operation(
        ctx,
        "start",
        operation_parms,
        run_by_dependency_order,
        (type_names, node_ids, node_instance_ids),
        kwargs,
    )


@workflow(resumable=True)
def stop(ctx, operation_parms, run_by_dependency_order, type_names, node_ids, node_instance_ids, **kwargs):
    _lifecycle_operation(
        ctx,
        "stop",
        operation_parms,
        run_by_dependency_order,
        (type_names, node_ids, node_instance_ids),
        kwargs,
    )


@workflow(resumable=True)
def pull(ctx, operation_parms, run_by_dependency_order, type_names, node_ids, node_instance_ids, **kwargs):
    _lifecycle_operation(
        ctx,
        "pull",
        operation_parms,
        run_by_dependency_order,
        (type_names, node_ids, node_instance_ids),
        kwargs,
    )


def _lifecycle_operation(ctx, name, operation_parms, run_by_dependency_order, filters, kwargs):
    execute_operation(
        ctx, _LIFECYCLE + name, operation_parms, True, run_by_dependency_order, *filters, **kwargs
    )


@workflow(resumable=True)
def restart(
    ctx, stop_parms, start_parms, run_by_dependency_order, type_names, node_ids, node_instance_ids, **kwargs
):
    filters = (type_names, node_ids, node_instance_ids)
    stop(ctx, stop_parms, run_by_dependency_order, *filters, **kwargs)
    start(ctx, start_parms, run_by_dependency_order, *filters, **kwargs)


# -- checks -----------------------------------------------------------------------------------------


@workflow(resumable=True)
def check_status(ctx, *args, **kwargs):
    # a check is never retried, unless its operation says so
    ctx.internal.bootstrap_context.setdefault("workflows", {})["task_retries"] = 0
    _make_check_status_graph(ctx, *args, name="check_status", **kwargs).execute()


@make_or_get_graph
def _make_check_status_graph(
    ctx,
    run_by_dependency_order=False,
    type_names=None,
    node_ids=None,
    node_instance_ids=None,
    ignore_failure=False,
):
    graph = ctx.graph_mode()
    chosen = _filter_node_instances(ctx, node_ids, node_instance_ids, type_names)
    tasks = _stubs(ctx, graph, chosen) if run_by_dependency_order else {}
    on_failure = check_status_on_failure_ignore_failure if ignore_failure else check_status_on_failure
    for instance in chosen:
        task = instance.execute_operation("cloudify.interfaces.validation.check_status")
        _add_check(graph, task, {"instance_id": instance.id}, check_status_on_success, on_failure)
        tasks[instance.id] = task
    if run_by_dependency_order:
        _wait_along_relationships(ctx, graph, tasks)
    return graph


def _add_check(graph, task, info, on_success, on_failure):
    task.info = info
    if not task.is_nop():
        task.on_success = on_success
        task.on_failure = on_failure
    graph.add_task(task)


def check_status_on_success(task):
    _store_status(task)
    return HandlerResult.cont()


def check_status_on_failure(task):
    _store_status(task)
    return HandlerResult.fail()


def check_status_on_failure_ignore_failure(task):
    _store_status(task)
    return HandlerResult.ignore()


def _store_status(task):
    result = _result_of(task)
    _change_system_properties(task, lambda old: old.update(previous_status=old.get("status"), status=result))


def _change_system_properties(task, change):
    ctx = task.workflow_context
    instance = ctx.get_node_instance(task.info["instance_id"])
    properties = instance.system_properties or {}
    change(properties)
    ctx.update_node_instance(instance.id, force=True, system_properties=properties)


def _result_of(task):
    result = task.async_result.result
    return {
        "ok": task.get_state() == TASK_SUCCEEDED,
        "timestamp": None,  # a plan has no time
        "task": None if task.is_nop() else task.name,
        "result": str(result) if isinstance(result, Exception) else None,
    }


@workflow(resumable=True)
def check_drift(ctx, *args, **kwargs):
    _make_check_drift_graph(ctx, *args, name="check_drift", **kwargs).execute()


@make_or_get_graph
def _make_check_drift_graph(
    ctx,
    run_by_dependency_order=True,
    type_names=None,
    node_ids=None,
    node_instance_ids=None,
    ignore_failure=False,
):
    graph = ctx.graph_mode()
    chosen = _filter_node_instances(ctx, node_ids, node_instance_ids, type_names)
    tasks = _stubs(ctx, graph, chosen) if run_by_dependency_order else {}
    on_failure = check_drift_on_failure_ignore_failure if ignore_failure else check_drift_on_failure
    for instance in chosen:
        task = instance.execute_operation(_LIFECYCLE + "check_drift")
        _add_check(graph, task, {"instance_id": instance.id}, check_drift_on_success, on_failure)
        tasks[instance.id] = task
        for relationship in instance._relationship_instances.values():
            ends = (
                (relationship.execute_source_operation(_CHECK_DRIFT), instance.id, "relationship_target"),
                (
                    relationship.execute_target_operation(_CHECK_DRIFT),
                    relationship.target_id,
                    "relationship_source",
                ),
            )
            others = (relationship.target_id, instance.id)
            for (check, instance_id, role), other_id in zip(ends, others):
                info = {"instance_id": instance_id, role: other_id}
                _add_check(graph, check, info, check_drift_on_success, on_failure)
                graph.add_dependency(check, task)
    if run_by_dependency_order:
        _wait_along_relationships(ctx, graph, tasks)
    return graph


def check_drift_on_success(task):
    _store_drift(task)
    return HandlerResult.cont()


def check_drift_on_failure(task):
    _store_drift(task)
    return HandlerResult.fail()


def check_drift_on_failure_ignore_failure(task):
    _store_drift(task)
    return HandlerResult.ignore()


def _store_drift(task):
    result = _result_of(task)

    def store(properties):
        if task.info.get("relationship_source"):
            drifts = properties.setdefault("target_relationships_configuration_drift", {})
            drifts[task.info["relationship_source"]] = result
        elif task.info.get("relationship_target"):
            drifts = properties.setdefault("source_relationships_configuration_drift", {})
            drifts[task.info["relationship_target"]] = result
        else:
            properties["configuration_drift"] = result

    _change_system_properties(task, store)


# -- heal -------------------------------------------------------------------------------------------


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


def _all_but(ctx, instances):
    ids = {instance.id for instance in instances}
    return [instance for instance in ctx.node_instances if instance.id not in ids]


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


# -- rollback and update ----------------------------------------------------------------------------


@workflow(resumable=True)
def rollback(ctx, type_names, node_ids, node_instance_ids, full_rollback=False, **kwargs):
    chosen = _filter_node_instances(ctx, node_ids, node_instance_ids, type_names)
    unresolved = [one for one in chosen if one.state in ("creating", "configuring", "starting")]
    lifecycle.rollback_node_instances(
        graph=ctx.graph_mode(), node_instances=unresolved, related_nodes=_all_but(ctx, unresolved)
    )
    ctx.refresh_node_instances()
    if full_rollback:
        lifecycle.uninstall_node_instances(
            graph=ctx.graph_mode(),
            node_instances=list(ctx.node_instances),
            ignore_failure=False,
            name_prefix="uninstall-a",
        )


@workflow
def update(ctx, *args, **kwargs):
    # the manager prepares an update from two versions of a deployment; a blueprint alone has one
    ctx._run.cannot_answer("deployment_updates (the update workflow)")
