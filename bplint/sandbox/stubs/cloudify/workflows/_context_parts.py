"""Objects that hang on a workflow's context: blueprint, deployment, internals."""

import copy

from _bplint_engine.defects import no_such_member
from _bplint_engine.model import Modification

from cloudify.workflows.tasks_graph import TaskDependencyGraph


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
        return self.workflow_context._run.evaluate(payload, ctx)

    def send_workflow_event(self, event_type, message=None, args=None, additional_context=None):
        self.workflow_context._run.recorder.event(event_type, str(message))

    def send_task_event(self, state, task, event=None):
        self.workflow_context._run.task_event(state, task, None, None)

    def add_local_task(self, task):
        task()
