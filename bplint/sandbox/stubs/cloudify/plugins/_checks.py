"""check_status and check_drift."""

from cloudify.decorators import workflow
from cloudify.plugins._filters import filter_node_instances as _filter_node_instances
from cloudify.plugins._filters import stubs as _stubs
from cloudify.plugins._filters import wait_along_relationships as _wait_along_relationships
from cloudify.workflows.tasks import TASK_SUCCEEDED, HandlerResult
from cloudify.workflows.tasks_graph import make_or_get_graph

_LIFECYCLE = "cloudify.interfaces.lifecycle."
_CHECK_DRIFT = "cloudify.interfaces.relationship_lifecycle.check_drift"


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
