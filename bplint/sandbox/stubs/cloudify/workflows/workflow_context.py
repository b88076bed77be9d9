"""What a workflow function sees of its deployment, with the names of the real package."""

import copy
import functools

from _bplint_engine.defects import make_error, no_such_member
from _bplint_engine.model import Modification, NodesAndInstances, OneShot
from _bplint_engine.types import check_types

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
from cloudify.workflows.tasks_graph import TaskDependencyGraph

DEFAULT_LOCAL_TASK_THREAD_POOL_SIZE = 8


class _Blueprint(object):
    def __init__(self, blueprint_id):
        self.id = blueprint_id

    def __getattr__(self, name):
        raise no_such_member("BlueprintContext", name, ["id"])


class WorkflowDeploymentContext(object):
    """`ctx.deployment`."""

    def __init__(self, workflow_ctx, facts):
        self.workflow_ctx = workflow_ctx
        self._facts = facts
        self.id = facts["id"]
        self.display_name = facts.get("display_name", facts["id"])
        self.creator = facts.get("creator", "admin")
        self.resource_tags = facts.get("resource_tags", {})
        self.runtime_only_evaluation = facts.get("runtime_only_evaluation", False)
        self.tenant_name = facts.get("tenant", "default_tenant")

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        known = [one for one in dir(type(self)) if not one.startswith("_")] + list(vars(self))
        raise no_such_member("WorkflowDeploymentContext", name, known)

    @property
    def scaling_groups(self):
        return copy.deepcopy(self.workflow_ctx._run.storage.scaling_groups)

    def start_modification(self, nodes):
        run = self.workflow_ctx._run
        raw = run.start_modification(nodes)
        self.workflow_ctx.refresh_node_instances()
        return Modification(self.workflow_ctx, raw)

    def list_started_modifications(self):
        started = [one for one in self.workflow_ctx._run.storage.modifications if one["status"] == "started"]
        return [Modification(self.workflow_ctx, raw) for raw in started]


class _Handler(object):
    """`ctx.internal.handler`: what of it workflow code reaches for."""

    def __init__(self, ctx):
        self.workflow_ctx = ctx
        self.bootstrap_context = {}

    @property
    def rest_client(self):
        from cloudify.manager import get_rest_client

        return get_rest_client()

    @property
    def storage(self):
        return self.workflow_ctx._run.storage

    def get_plugin(self, plugin):
        return plugin

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.workflow_ctx, name)


class CloudifyWorkflowContextInternal(object):
    def __init__(self, ctx):
        self.workflow_context = ctx
        self.handler = _Handler(ctx)
        self.graph_mode = False
        self._task_graph = None
        self.local_tasks_processor = None

    @property
    def bootstrap_context(self):
        return self.handler.bootstrap_context

    def get_task_configuration(self):
        run, workflows = self.workflow_context._run, self.bootstrap_context.get("workflows", {})
        return {
            "total_retries": workflows.get("task_retries", run.settings["task_retries"]),
            "retry_interval": workflows.get("task_retry_interval", run.settings["task_retry_interval"]),
        }

    def get_subgraph_task_configuration(self):
        workflows = self.bootstrap_context.get("workflows", {})
        retries = self.workflow_context._run.settings["subgraph_retries"]
        return {"total_retries": workflows.get("subgraph_retries", retries)}

    @property
    def task_graph(self):
        if self._task_graph is None:
            self._task_graph = TaskDependencyGraph(
                self.workflow_context,
                default_subgraph_task_config=self.get_subgraph_task_configuration(),
            )
        return self._task_graph

    def evaluate_functions(self, deployment_id, ctx, payload):
        return self.workflow_context._run.evaluate(payload)

    def send_workflow_event(self, event_type, message=None, args=None, additional_context=None):
        self.workflow_context._run.recorder.event(event_type, str(message))

    def send_task_event(self, state, task, event=None):
        self.workflow_context._run.task_event(state, task, None)

    def add_local_task(self, task):
        task()


class CloudifyWorkflowContext(object):
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
        return self.remote_task(
            kwargs=copy.deepcopy(kwargs) or {},
            cloudify_context=context,
            task_id=None,
            task_queue=task_queue,
            task_target=task_target,
            send_task_events=send_task_events,
            total_retries=total_retries,
            retry_interval=retry_interval,
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
        settings = self.internal.get_task_configuration()
        return self._process_task(
            RemoteWorkflowTask(
                kwargs=kwargs,
                cloudify_context=cloudify_context,
                workflow_context=self,
                task_id=task_id,
                task_queue=task_queue,
                task_target=task_target,
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

    # -- what only a manager knows ------------------------------------------------------------------

    def get_execution(self, execution_id=None):
        return self._client().executions.get(execution_id or self.execution_id)

    def get_blueprint(self, blueprint_id):
        return self._client().blueprints.get(blueprint_id)

    def get_deployment(self, deployment_id):
        return self._client().deployments.get(deployment_id)

    def list_nodes(self, **kwargs):
        return self._client().nodes.list(**kwargs)

    def list_node_instances(self, **kwargs):
        return self._client().node_instances.list(**kwargs)

    def create_nodes(self, deployment_id, nodes):
        return self._client().nodes.create_many(deployment_id, nodes)

    def create_node_instances(self, deployment_id, node_instances):
        return self._client().node_instances.create_many(deployment_id, node_instances)

    def update_node(self, deployment_id, node_id, **kwargs):
        return self._client().nodes.update(deployment_id, node_id, **kwargs)

    def delete_node(self, deployment_id, node_id):
        return self._client().nodes.delete(deployment_id, node_id)

    def delete_node_instance(self, node_id):
        return self._client().node_instances.delete(node_id)

    def set_deployment_attributes(self, deployment_id, **kwargs):
        return self._client().deployments.set_attributes(deployment_id, **kwargs)

    def get_deployment_update(self, update_id):
        return self._client().deployment_updates.get(update_id)

    def set_deployment_update_attributes(self, update_id, **kwargs):
        return self._client().deployment_updates.set_attributes(update_id, **kwargs)

    def list_execution_schedules(self, **kwargs):
        return self._client().execution_schedules.list(**kwargs)

    def create_execution_schedule(self, schedule_id, deployment_id, **kwargs):
        return self._client().execution_schedules.create(schedule_id, deployment_id, **kwargs)

    def update_execution_schedule(self, schedule_id, deployment_id, **kwargs):
        return self._client().execution_schedules.update(schedule_id, deployment_id, **kwargs)

    def get_managers(self):
        return self._client().manager.get_managers()

    def list_idds(self, **kwargs):
        return self._client().inter_deployment_dependencies.list(**kwargs)

    def update_idds(self, deployment_id, idds):
        return self._client().inter_deployment_dependencies.update_all(deployment_id, idds)

    def get_secret(self, key):
        return self._client().secrets.get(key)

    def start_execution(self, deployment_id, workflow_id, **kwargs):
        return self._client().executions.start(deployment_id, workflow_id, **kwargs)

    def _update_operation_inputs(self, *args, **kwargs):
        return None

    def download_resource(self, resource_path, target_path=None):
        return self._run.download_resource(resource_path, target_path)

    def get_tasks_graph(self, name):
        return None

    def store_tasks_graph(self, name, operations=None):
        return None

    def get_operations(self, graph_id):
        return []

    def store_operation(self, task, dependencies, graph_id):
        return None

    def update_operation(self, operation_id, state, result=None, exception=None):
        return None

    def remove_operation(self, operation_id):
        return None

    def cleanup(self, finished=True):
        return None

    def _client(self):
        return self.internal.handler.rest_client


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
        "has_intrinsic_functions": found.get("has_intrinsic_functions", False),
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
