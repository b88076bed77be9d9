"""Operations, which an agent or the manager would run."""

from _bplint_engine.unknown import Unknown

from cloudify import exceptions
from cloudify.constants import (
    TASK_FAILED,
    TASK_RESCHEDULED,
    TASK_SENDING,
    TASK_SENT,
    TASK_STARTED,
    TASK_SUCCEEDED,
)
from cloudify.workflows import workflow_api as api
from cloudify.workflows._task import WorkflowTask


class RemoteWorkflowTask(WorkflowTask):
    """An operation, or a task of `execute_task`, that an agent or the manager would run; with `is_here` the
    workflow's own process."""

    is_slow = True
    label_prefix = "operation"

    def __init__(
        self,
        kwargs,
        cloudify_context,
        workflow_context,
        task_id=None,
        task_queue=None,
        task_target=None,
        is_here=False,
        **kw,
    ):
        WorkflowTask.__init__(self, workflow_context, task_id, **kw)
        self._kwargs = kwargs
        self._cloudify_context = cloudify_context
        self.queue = task_queue
        self.target = task_target
        self._is_here = is_here
        self.has_functions = cloudify_context.get("has_intrinsic_functions", False)
        operation = cloudify_context.get("operation")
        self.operation_name = operation["name"] if operation else None
        self.instance_id = cloudify_context.get("node_id")

    def __repr__(self):
        return "<%s %s: %s>" % (self.task_type, self.id, self.name)

    @property
    def name(self):
        return self._cloudify_context["task_name"]

    @property
    def short_description(self):
        return "%s (%s:%s)" % (
            self.name,
            self.instance_id or "<unknown node>",
            self.operation_name or "<unknown operation>",
        )

    @property
    def cloudify_context(self):
        context = self._cloudify_context
        if "__cloudify_context" not in context:
            context.update(self.workflow_context._operation_context(self))
        return context

    @property
    def kwargs(self):
        self._kwargs.setdefault("__cloudify_context", self.cloudify_context)
        return self._kwargs

    def is_local(self):
        return self._is_here

    def apply_async(self):
        if not api.has_cancel_request():
            self.send()
            self.arrive()
        return self.async_result

    def send(self):
        """The operation starts. One that nobody runs cannot: the engine asks for its executor in vain."""
        if not self._is_here and (self.queue is None or self.target is None):
            self._cloudify_context["executor"]
        if not self._is_here:
            self.set_state(TASK_SENDING)
        self.set_state(TASK_SENT)
        self.set_state(TASK_STARTED)

    def arrive(self):
        """The operation ends, as the simulation has it."""
        error = self.workflow_context._run.outcome_of(self)
        if error is None:
            self.set_state(TASK_SUCCEEDED)
            self.async_result.result = Unknown("result of %s" % self.short_description)
            return
        self.error = {
            "message": str(error),
            "exception_type": type(error).__name__,
            "known_exception_type": type(error).__name__,
            "known_exception_type_kwargs": {"causes": []},
            "traceback": None,
        }
        is_reschedule = isinstance(error, exceptions.OperationRetry)
        self.set_state(TASK_RESCHEDULED if is_reschedule else TASK_FAILED, exception=error)
        self.async_result.result = error

    def _duplicate(self):
        context = dict(self._cloudify_context)
        if "operation" in context:
            context["operation"] = dict(context["operation"])
        duplicate = RemoteWorkflowTask(
            kwargs={key: value for key, value in self._kwargs.items() if key != "__cloudify_context"},
            cloudify_context=context,
            workflow_context=self.workflow_context,
            task_queue=self.queue,
            task_target=self.target,
            is_here=self._is_here,
            info=self.info,
            total_retries=self.total_retries,
            retry_interval=self.retry_interval,
            send_task_events=self.send_task_events,
        )
        context["task_id"] = duplicate.id
        return duplicate

    def describe(self):
        context = self._cloudify_context
        inputs = {key: value for key, value in self._kwargs.items() if key != "__cloudify_context"}
        if self.operation_name is None:
            kind = "local_task" if self._is_here else "remote_task"
            return {"kind": kind, "name": self.name, "inputs": inputs}
        row = {
            "kind": "operation",
            "operation": self.operation_name,
            "mapping": self.name,
            "plugin": context["plugin"]["name"],
            "executor": context["executor"],
            "instance": self.instance_id,
            "inputs": inputs,
            "max_retries": self.total_retries,
            "retry_interval": self.retry_interval,
        }
        if self.timeout is not None:
            row["timeout"] = self.timeout
        related = context.get("related")
        if related:
            side = row["side"] = context["operation"]["relationship"]
            ends = (self.instance_id, related["node_id"])
            row["source"], row["target"] = ends if side == "source" else ends[::-1]
        return row

    def label(self, row):
        if "operation" not in row:
            return "%s:%s" % (row["kind"], row["name"])
        if "side" in row:
            return "%s[%s->%s:%s]" % (row["operation"], row["source"], row["target"], row["side"])
        return "%s@%s" % (row["operation"], row["instance"])
