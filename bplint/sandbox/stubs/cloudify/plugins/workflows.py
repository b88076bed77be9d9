"""The built-in workflows, as section 3 of the workflow API describes them."""

from cloudify.decorators import workflow
from cloudify.plugins import lifecycle
from cloudify.plugins._agents import install_new_agents, validate_agents  # noqa: F401
from cloudify.plugins._checks import (  # noqa: F401
    _make_check_status_graph,
    check_drift,
    check_drift_on_failure,
    check_drift_on_success,
    check_status,
    check_status_on_failure,
    check_status_on_success,
)
from cloudify.plugins._filters import all_but as _all_but
from cloudify.plugins._filters import all_host_instances as _get_all_host_instances  # noqa: F401
from cloudify.plugins._filters import filter_node_instances as _filter_node_instances
from cloudify.plugins._filters import stubs as _stubs
from cloudify.plugins._filters import wait_along_relationships as _wait_along_relationships
from cloudify.plugins._heal import auto_heal_reinstall_node_subgraph  # noqa: F401
from cloudify.plugins._scale import get_groups_with_members, scale, scale_entity  # noqa: F401
from cloudify.workflows.tasks_graph import make_or_get_graph

_LIFECYCLE = "cloudify.interfaces.lifecycle."


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
    if not any(instance.node.has_operation(operation) for instance in chosen):
        ctx._run.remark(
            "unmapped",
            "operation '%s' is mapped on none of the chosen node instances: nothing runs" % operation,
        )
    if run_by_dependency_order:
        _wait_along_relationships(ctx, graph, waiting)
    return graph


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
