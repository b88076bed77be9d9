"""Callables of the workflow's own code, and the task that does nothing."""

from _bplint_engine.defects import make_error

from cloudify import exceptions
from cloudify.constants import (
    TASK_FAILED,
    TASK_PENDING,
    TASK_RESCHEDULED,
    TASK_SENT,
    TASK_STARTED,
    TASK_SUCCEEDED,
)
from cloudify.state import current_workflow_ctx
from cloudify.workflows import workflow_api as api
from cloudify.workflows._task import (
    DEFAULT_RETRY_INTERVAL,
    DEFAULT_SEND_TASK_EVENTS,
    DEFAULT_TOTAL_RETRIES,
    WorkflowTask,
)


class LocalWorkflowTask(WorkflowTask):
    """A callable of the workflow's own code; it is run, inside the child's guards."""

    label_prefix = "local_task"

    def __init__(
        self,
        local_task,
        workflow_context,
        node=None,
        info=None,
        total_retries=DEFAULT_TOTAL_RETRIES,
        retry_interval=DEFAULT_RETRY_INTERVAL,
        send_task_events=DEFAULT_SEND_TASK_EVENTS,
        kwargs=None,
        task_id=None,
        name=None,
    ):
        WorkflowTask.__init__(
            self,
            workflow_context,
            task_id,
            info=info,
            total_retries=total_retries,
            retry_interval=retry_interval,
            send_task_events=send_task_events,
        )
        self.local_task = local_task
        self.node = node
        self.kwargs = kwargs or {}
        self._name = name or local_task.__name__

    @property
    def name(self):
        return self._name

    @property
    def cloudify_context(self):
        return self.kwargs.get("__cloudify_context")

    def is_local(self):
        return True

    def apply_async(self):
        if api.has_cancel_request():
            return self.async_result
        self.set_state(TASK_SENT)
        self.set_state(TASK_STARTED)
        try:
            with current_workflow_ctx.push(self.workflow_context):
                result = self.local_task(**self.kwargs)
        except Exception as error:
            self.workflow_context._run.local_task_failed(self, error)
            is_reschedule = isinstance(error, exceptions.OperationRetry)
            self.set_state(TASK_RESCHEDULED if is_reschedule else TASK_FAILED, exception=error)
            self.async_result.result = error
        else:
            self.set_state(TASK_SUCCEEDED, result=result)
            self.async_result.result = result
        return self.async_result

    def _duplicate(self):
        return LocalWorkflowTask(
            local_task=self.local_task,
            workflow_context=self.workflow_context,
            node=self.node,
            info=self.info,
            total_retries=self.total_retries,
            retry_interval=self.retry_interval,
            send_task_events=self.send_task_events,
            kwargs=self.kwargs,
            name=self.name,
        )


class DryRunLocalWorkflowTask(LocalWorkflowTask):
    """Only here to be imported: a plan does not use the engine's own dry run."""


class NOPLocalWorkflowTask(WorkflowTask):
    """What an operation that nobody maps turns into."""

    label_prefix = "nop"
    is_silent = True

    def __init__(self, *args, **kwargs):
        WorkflowTask.__init__(self, *args, **kwargs)
        self.unmapped = None  # the operation asked for, where one was

    @property
    def name(self):
        return "NOP"

    @property
    def cloudify_context(self):
        # the real class has none either: whoever asks a no-op for it fails
        raise NotImplementedError("a no-op task has no cloudify_context")

    def is_local(self):
        return True

    def is_nop(self):
        return self.on_success is None and self.on_failure is None

    def apply_async(self):
        if not api.has_cancel_request():
            self.set_state(TASK_SUCCEEDED)
            self.async_result.result = None
        return self.async_result

    def __getattr__(self, name):
        # in linear mode it is no result either: waiting for an unmapped operation ends the workflow there
        if name == "get" and self.unmapped is not None and not self.workflow_context.internal.graph_mode:
            raise make_error(
                AttributeError,
                "unmapped-operation-run",
                "'%s' object has no attribute 'get'" % type(self).__name__,
                operation=self.unmapped,
                instances=[self.instance_id],
                is_awaited=True,
            )
        return WorkflowTask.__getattr__(self, name)

    def dump(self):
        stored = WorkflowTask.dump(self)
        stored["state"] = TASK_PENDING
        stored["parameters"].update({"info": None, "error": None})
        return stored

    def describe(self):
        row = {"kind": "nop", "name": "NOP"}
        if self.unmapped is not None:
            row["operation"] = self.unmapped
            row["instance"] = self.instance_id
        return row

    def label(self, row):
        return "nop:NOP"
