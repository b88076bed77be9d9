"""What a workflow function sees of its deployment, with the names of the real package."""

import copy
import functools

from _bplint_engine.attributes import has_function
from _bplint_engine.defects import make_error, no_such_member
from _bplint_engine.model import NodesAndInstances, OneShot
from _bplint_engine.types import check_types

from cloudify.workflows._context_parts import (
    CloudifyWorkflowContextInternal,
    WorkflowDeploymentContext,
    _Blueprint,
)
from cloudify.workflows._manager_calls import ManagerCalls
from cloudify.workflows.tasks import (  # noqa: F401  names that workflow code imports from here
    DEFAULT_RETRY_INTERVAL,
    DEFAULT_SEND_TASK_EVENTS,
    DEFAULT_SUBGRAPH_TOTAL_RETRIES,
    DEFAULT_TOTAL_RETRIES,
    LocalWorkflowTask,
    NOPLocalWorkflowTask,
    RemoteWorkflowTask,
    SendWorkflowEventTask,
    UpdateExecutionStatusTask,
)

DEFAULT_LOCAL_TASK_THREAD_POOL_SIZE = 8


class CloudifyWorkflowContext(ManagerCalls):
    """`ctx` of a workflow."""

    def __init__(self, run):
        self._run = run
        self._context = {
            "execution_id": run.execution_id,
            "workflow_id": run.workflow,
            "tenant": {"name": run.deployment.get("tenant", "default_tenant")},
            "deployment_id": run.deployment["id"],
            "blueprint_id": run.deployment.get("blueprint_id", run.deployment["id"]),
        }
        self.resume = False
        self.amqp_handlers = set()
        self.internal = CloudifyWorkflowContextInternal(self)
        self.blueprint = _Blueprint(self._context["blueprint_id"])
        self.deployment = WorkflowDeploymentContext(self, run.deployment)
        self._nodes_and_instances = None
        self.refresh_node_instances()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        known = [one for one in dir(type(self)) if not one.startswith("_")] + list(vars(self))
        raise no_such_member("CloudifyWorkflowContext", name, known)

    def _get_current_object(self):
        return self

    # -- facts --------------------------------------------------------------------------------------

    execution_id = property(lambda self: self._context["execution_id"])
    workflow_id = property(lambda self: self._context["workflow_id"])
    tenant = property(lambda self: self._context["tenant"])
    tenant_name = property(lambda self: self.tenant["name"])
    rest_token = property(lambda self: None)
    rest_host = property(lambda self: "localhost")
    rest_port = property(lambda self: 53333)
    execution_token = property(lambda self: None)
    execution_creator_username = property(lambda self: "admin")
    bypass_maintenance = property(lambda self: False)
    local = property(lambda self: False)
    dry_run = property(lambda self: False)
    wait_after_fail = property(lambda self: 600)
    bootstrap_context = property(lambda self: self.internal.bootstrap_context)
    logger = property(lambda self: self._run.logger())

    # -- nodes and instances ------------------------------------------------------------------------

    nodes = property(lambda self: OneShot(self._nodes_and_instances.all_nodes(), self._run, "ctx.nodes"))
    node_instances = property(
        lambda self: OneShot(self._nodes_and_instances.all_instances(), self._run, "ctx.node_instances")
    )

    def get_node(self, node_id):
        return self._nodes_and_instances.get_node(node_id)

    def get_node_instance(self, node_instance_id):
        return self._nodes_and_instances.get_node_instance(node_instance_id)

    def refresh_node_instances(self):
        storage = self._run.storage
        self._nodes_and_instances = NodesAndInstances(self, storage.nodes.values(), storage.list_instances())

    def update_node_instance(
        self,
        node_instance_id,
        version=0,
        state=None,
        runtime_properties=None,
        system_properties=None,
        relationships=None,
        force=False,
    ):
        updated = self._run.storage.update_instance(
            node_instance_id,
            state=state,
            runtime_properties=runtime_properties,
            system_properties=system_properties,
            relationships=relationships,
        )
        shown = self.get_node_instance(node_instance_id)
        if shown is not None:
            shown._node_instance.update(updated)
        return updated

    # -- tasks --------------------------------------------------------------------------------------

    def graph_mode(self):
        if self.internal.task_graph.tasks:
            raise make_error(
                RuntimeError,
                "workflow-raises",
                "Cannot switch to graph mode when tasks have already been executed",
                waiting=len(self.internal.task_graph.tasks),
            )
        self.internal.graph_mode = True
        return self.internal.task_graph

    def send_event(self, event, event_type="workflow_stage", args=None, additional_context=None):
        return self._process_task(
            SendWorkflowEventTask(
                event=event,
                event_type=event_type,
                event_args=args,
                additional_context=additional_context,
                workflow_context=self,
            )
        )

    def update_execution_status(self, new_status):
        return self._process_task(UpdateExecutionStatusTask(status=new_status, workflow_context=self))

    def _execute_operation(
        self,
        operation,
        node_instance,
        operations,
        related_node_instance=None,
        kwargs=None,
        allow_kwargs_override=False,
        send_task_events=DEFAULT_SEND_TASK_EVENTS,
    ):
        found = operations.get(operation) or {}
        self._run.asked_for(operation, node_instance, operations, bool(found.get("operation")))
        if not found.get("operation"):
            task = NOPLocalWorkflowTask(self)
            task.unmapped, task.instance_id = operation, node_instance.id
            return task
        plugin = self._plugin_of(node_instance, found)
        merged = self._merged_inputs(operation, node_instance, found, kwargs or {}, allow_kwargs_override)
        check_types(found.get("inputs_types"), merged)
        total_retries = found.get("max_retries")
        if total_retries is None:
            total_retries = self.internal.get_task_configuration()["total_retries"]
        self._run.storage.touched.add(node_instance.id)
        return self.execute_task(
            found["operation"],
            local=self.local,
            kwargs=merged,
            node_context=_node_context(
                operation, node_instance, related_node_instance, found, plugin, total_retries
            ),
            send_task_events=send_task_events,
            total_retries=total_retries,
            retry_interval=found.get("retry_interval"),
            timeout=found.get("timeout"),
            timeout_recoverable=found.get("timeout_recoverable"),
        )

    @staticmethod
    def _plugin_of(node_instance, found):
        for plugin in node_instance.node.plugins:
            if plugin["name"] == found["plugin"]:
                return plugin
        raise RuntimeError("Plugin not found: %s" % found["plugin"])

    def _merged_inputs(self, operation, node_instance, found, kwargs, may_override):
        inputs = found.get("inputs") or {}
        both = sorted(str(key) for key in kwargs if key in inputs)
        if both and not may_override:
            raise make_error(
                RuntimeError,
                "kwargs-collision",
                "Duplicate definition of %s in operation properties and in kwargs. To allow redefinition, "
                'pass "allow_kwargs_override" to "execute_operation"' % both[0],
                operation=operation,
                node=node_instance.node_id,
                names=both,
            )
        return dict(inputs, **kwargs) if kwargs else inputs

    def _operation_context(self, task):
        """The part of a task's cloudify_context that is the same for all tasks."""
        return {
            "__cloudify_context": "0.3",
            "type": "operation",
            "task_id": task.id,
            "execution_id": self.execution_id,
            "workflow_id": self.workflow_id,
            "tenant": self.tenant,
            "local": False,
            "blueprint_id": self.blueprint.id,
            "deployment_id": self.deployment.id,
            "deployment_display_name": self.deployment.display_name,
            "deployment_creator": self.deployment.creator,
            "deployment_resource_tags": self.deployment.resource_tags,
        }

    def execute_task(
        self,
        task_name,
        local=True,
        task_queue=None,
        task_target=None,
        kwargs=None,
        node_context=None,
        send_task_events=DEFAULT_SEND_TASK_EVENTS,
        total_retries=None,
        retry_interval=None,
        timeout=None,
        timeout_recoverable=None,
    ):
        context = dict(node_context or {}, task_name=task_name)
        context["timeout"], context["timeout_recoverable"] = timeout, timeout_recoverable
        return self._task(
            kwargs=copy.deepcopy(kwargs) or {},
            cloudify_context=context,
            task_id=None,
            task_queue=task_queue,
            task_target=task_target,
            send_task_events=send_task_events,
            total_retries=total_retries,
            retry_interval=retry_interval,
            is_here=local,
        )

    def remote_task(
        self,
        kwargs,
        cloudify_context,
        task_id,
        task_queue=None,
        task_target=None,
        send_task_events=DEFAULT_SEND_TASK_EVENTS,
        total_retries=None,
        retry_interval=None,
    ):
        return self._task(
            kwargs,
            cloudify_context,
            task_id,
            task_queue,
            task_target,
            send_task_events,
            total_retries,
            retry_interval,
        )

    def _task(
        self,
        kwargs,
        cloudify_context,
        task_id,
        task_queue,
        task_target,
        send_task_events,
        total_retries,
        retry_interval,
        is_here=False,
    ):
        settings = self.internal.get_task_configuration()
        return self._process_task(
            RemoteWorkflowTask(
                kwargs=kwargs,
                cloudify_context=cloudify_context,
                workflow_context=self,
                task_id=task_id,
                task_queue=task_queue,
                task_target=task_target,
                is_here=is_here,
                send_task_events=send_task_events,
                timeout=cloudify_context.get("timeout"),
                timeout_recoverable=cloudify_context.get("timeout_recoverable"),
                total_retries=settings["total_retries"] if total_retries is None else total_retries,
                retry_interval=settings["retry_interval"] if retry_interval is None else retry_interval,
            )
        )

    def local_task(
        self,
        local_task,
        node=None,
        info=None,
        kwargs=None,
        task_id=None,
        name=None,
        send_task_events=DEFAULT_SEND_TASK_EVENTS,
        override_task_config=False,
        total_retries=None,
        retry_interval=None,
    ):
        decorated = getattr(local_task, "workflow_task_config", {})
        asked = {
            "local_task": local_task,
            "node": node,
            "info": info,
            "kwargs": kwargs,
            "send_task_events": send_task_events,
            "task_id": task_id,
            "name": name,
        }
        if total_retries is not None:
            asked["total_retries"] = total_retries
        if retry_interval is not None:
            asked["retry_interval"] = retry_interval
        settings = self.internal.get_task_configuration()
        for part in (decorated, asked) if override_task_config else (asked, decorated):
            settings.update(part)
        return self._process_task(LocalWorkflowTask(workflow_context=self, **settings))

    def _process_task(self, task):
        if self.internal.graph_mode:
            return task
        self.internal.task_graph.add_task(task)
        self._run.begins_linear(task)
        return task.apply_async()


def _node_context(operation, node_instance, related, found, plugin, total_retries):
    context = {
        "node_id": node_instance.id,
        "node_name": node_instance.node_id,
        "plugin": {
            "name": plugin["name"],
            "package_name": plugin.get("package_name"),
            "package_version": plugin.get("package_version"),
            "visibility": None,
            "tenant_name": None,
            "source": plugin.get("source"),
            "properties": {},
        },
        "operation": {"name": operation, "retry_number": 0, "max_retries": total_retries},
        "has_intrinsic_functions": has_function(found.get("inputs")),
        "host_id": node_instance._node_instance.host_id,
        "executor": found.get("executor"),
    }
    if related is not None:
        is_target = related.id in node_instance._relationship_instances
        context["related"] = {"node_id": related.id, "node_name": related.node_id, "is_target": is_target}
        context["operation"]["relationship"] = "source" if is_target else "target"
    return context


def task_config(fn=None, **arguments):
    """Retry settings for a callable that becomes a local task."""
    if fn is None:
        return lambda function: task_config(function, **arguments)

    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    wrapper.workflow_task_config = arguments
    return wrapper
