"""What the built-in workflows do when tasks fail or succeed."""

from cloudify.state import workflow_ctx
from cloudify.workflows import tasks as workflow_tasks


def set_send_node_event_on_error_handler(task, instance):
    task.on_failure = _SendNodeEventHandler(instance)


def _ignore_failures(subgraph, instance):
    for task in subgraph.tasks.values():
        if task.is_subgraph:
            _ignore_failures(task, instance)
        else:
            set_send_node_event_on_error_handler(task, instance)


def ignore_subgraph_on_task_failure(subgraph):
    for task in subgraph.tasks.values():
        if task.is_subgraph:
            ignore_subgraph_on_task_failure(task)
            task.on_failure = _ignore_subgraph_failure
        else:
            task.on_failure = _ignore_task_failure


class _SubgraphOnFailure(object):
    """Replaces a failed subgraph by one that starts over, if subgraphs are retried at all."""

    def __init__(self, instance=None, on_retry="reinstall", instance_id=None):
        self.instance = instance if instance is not None else workflow_ctx.get_node_instance(instance_id)
        self.on_retry = on_retry

    def dump(self):
        return {"instance_id": self.instance.id, "on_retry": self.on_retry}

    def __call__(self, subgraph):
        for task in list(subgraph.tasks.values()):
            subgraph.remove_task(task)
        if subgraph.containing_subgraph:
            return _fail_outer(subgraph)
        # they make these handlers
        from cloudify.plugins.lifecycle import (
            reinstall_node_instance_subgraph,
            uninstall_node_instance_subgraph,
        )

        if self.on_retry == "reinstall":
            successor = reinstall_node_instance_subgraph(self.instance, subgraph.graph)
        else:
            successor = uninstall_node_instance_subgraph(self.instance, subgraph.graph)
        successor.current_retries = subgraph.current_retries + 1
        verdict = workflow_tasks.HandlerResult.retry()
        verdict.retried_task = successor
        return verdict


def _fail_outer(subgraph):
    outer = subgraph.containing_subgraph
    outer.failed_task = subgraph.failed_task
    outer.set_state(workflow_tasks.TASK_FAILED)
    return workflow_tasks.HandlerResult.ignore()


def _relationship_subgraph_on_failure(subgraph):
    for task in list(subgraph.tasks.values()):
        subgraph.remove_task(task)
    return _fail_outer(subgraph)


class _SendNodeEventHandler(object):
    """Tells that a task failed and goes on."""

    def __init__(self, instance=None, instance_id=None):
        self.instance = instance if instance is not None else workflow_ctx.get_node_instance(instance_id)

    def dump(self):
        return {"instance_id": self.instance.id}

    def __call__(self, task):
        self.instance.send_event("Ignoring task %s failure" % task.name).apply_async()
        return workflow_tasks.HandlerResult.ignore()


def _ignore_subgraph_failure(subgraph):
    workflow_ctx.logger.info("Ignoring subgraph failure in cleanup")
    for task in list(subgraph.tasks.values()):
        if task.get_state() == workflow_tasks.TASK_PENDING:
            subgraph.remove_task(task)
    return workflow_tasks.HandlerResult.ignore()


def _ignore_task_failure(_task):
    workflow_ctx.logger.info("Ignoring task failure in cleanup")
    return workflow_tasks.HandlerResult.ignore()


def _node_get_state_handler(task):
    # a plan takes it that the host has started: what get_state answers is unknown
    return workflow_tasks.HandlerResult.cont()


def _store_system_property(task, change):
    ctx = task.workflow_context
    instance = ctx.get_node_instance(task.info["instance_id"])
    properties = instance.system_properties or {}
    change(properties)
    ctx.update_node_instance(instance.id, force=True, system_properties=properties)


def _on_heal_success(task):
    def healed(properties):
        properties.setdefault("status", {}).update(ok=True, task=None, healed=True)

    _store_system_property(task, healed)
    return workflow_tasks.HandlerResult.cont()


def _on_heal_failure(task):
    execution_id = task.workflow_context.execution_id
    _store_system_property(task, lambda properties: properties.update(heal_failed=execution_id))
    return workflow_tasks.HandlerResult.ignore()


def _on_update_success(task):
    _store_system_property(task, lambda properties: properties.update(configuration_drift=None))
    return workflow_tasks.HandlerResult.cont()


def _on_update_failure(task):
    execution_id = task.workflow_context.execution_id
    _store_system_property(task, lambda properties: properties.update(update_failed=execution_id))
    return workflow_tasks.HandlerResult.ignore()
