"""What a task gives, and what a handler decides."""

from _bplint_engine.defects import make_error, no_such_member

from cloudify.constants import TASK_FAILED, TASK_RESCHEDULED
from cloudify.workflows import workflow_api as api

_NOT_SET = object()


class WorkflowTaskResult(object):
    """What a task gives once it has ended."""

    def __init__(self, task):
        self.task = task
        self._callbacks = None
        self._result = _NOT_SET

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_such_member("WorkflowTaskResult", name, ["get", "on_result", "result", "task"])

    def on_result(self, function, *args, **kwargs):
        if self._callbacks is None:
            self._callbacks = []
        self._callbacks.append((function, args, kwargs))
        if self._result is not _NOT_SET:
            function(self._result, *args, **kwargs)

    @property
    def result(self):
        if self._result is _NOT_SET:
            raise RuntimeError("Result not set yet")
        return self._result

    @result.setter
    def result(self, result):
        if self._result is not _NOT_SET:
            raise RuntimeError("Result already set")
        self._result = result
        for function, args, kwargs in self._callbacks or ():
            replaced = function(self._result, *args, **kwargs)
            if replaced is not None:
                self._result = replaced

    def get(self, retry_on_failure=True):
        task = self.task
        while True:
            result = task.async_result
            if result._result is _NOT_SET:
                result._wait_in_vain()
            internal = task.workflow_context.internal
            if not internal.graph_mode:
                internal.task_graph.remove_task(task)
                task.workflow_context._run.awaited(task)
            if task.get_state() not in (TASK_FAILED, TASK_RESCHEDULED):
                return result._result
            task = self._retry(task, retry_on_failure)

    def _wait_in_vain(self):
        if api.has_cancel_request():
            run = self.task.workflow_context._run
            run.remark(
                "hangs",
                "where the cancellation comes between two tasks and not while the workflow waits for one, "
                "the engine hangs: '%s' never starts and is waited for without end" % self.task.name,
                run.places.here(),
            )
            raise api.ExecutionCancelled()
        from _bplint_engine.graphrun import EndlessWait

        raise make_error(
            EndlessWait,
            "workflow-hangs",
            "waits for the result of a task that has not been started",
            reason="result-of-unstarted-task",
            task=self.task.short_description,
        )

    @staticmethod
    def _retry(task, retry_on_failure):
        from _bplint_engine.graphrun import MAX_RETRIES, raise_endless_retries

        verdict = task.handle_task_terminated()
        successor = verdict.retried_task
        if not successor or not retry_on_failure:
            raise task.async_result.result
        if successor.current_retries > MAX_RETRIES:
            raise_endless_retries(task)
        successor.inherit_record(task)
        successor.apply_async()
        return successor


class HandlerResult(object):
    """What a handler decides: go on, ignore, fail or retry."""

    HANDLER_RETRY = "handler_retry"
    HANDLER_FAIL = "handler_fail"
    HANDLER_IGNORE = "handler_ignore"
    HANDLER_CONTINUE = "handler_continue"

    def __init__(self, action, ignore_total_retries=False, retry_after=None):
        self.action = action
        self.ignore_total_retries = ignore_total_retries
        self.retry_after = retry_after
        self.retried_task = None

    def __repr__(self):
        return "<HandlerResult: %s>" % self.action

    @classmethod
    def retry(cls, ignore_total_retries=False, retry_after=None):
        return cls(cls.HANDLER_RETRY, ignore_total_retries, retry_after)

    @classmethod
    def fail(cls):
        return cls(cls.HANDLER_FAIL)

    @classmethod
    def cont(cls):
        return cls(cls.HANDLER_CONTINUE)

    @classmethod
    def ignore(cls):
        return cls(cls.HANDLER_IGNORE)
