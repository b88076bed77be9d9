"""The base of all tasks. Nothing is performed: an operation ends as the simulation says."""

import inspect
import types

from _bplint_engine.defects import make_error, no_such_member, place_of

from cloudify import exceptions
from cloudify.constants import (
    TASK_FAILED,
    TASK_PENDING,
    TASK_RESCHEDULED,
    TASK_SENDING,
    TASK_SENT,
    TASK_STARTED,
    TASK_SUCCEEDED,
    TERMINATED_STATES,
)
from cloudify.state import current_workflow_ctx
from cloudify.workflows._results import _NOT_SET, HandlerResult, WorkflowTaskResult

INFINITE_TOTAL_RETRIES = -1
DEFAULT_TOTAL_RETRIES = INFINITE_TOTAL_RETRIES
DEFAULT_RETRY_INTERVAL = 30
DEFAULT_SUBGRAPH_TOTAL_RETRIES = 0
DEFAULT_SEND_TASK_EVENTS = True
DISPATCH_TASK = "cloudify.dispatch.dispatch"

_STATES = (
    TASK_PENDING,
    TASK_SENDING,
    TASK_SENT,
    TASK_STARTED,
    TASK_RESCHEDULED,
    TASK_SUCCEEDED,
    TASK_FAILED,
)


_OF_A_RUN = (
    "_state",
    "_result",
    "_heir",
    "is_terminated",
    "error",
    "dependency_error",
    "record_key",
    "record_number",
    "outcome",
    "attempts",
)


class WorkflowTask(object):
    """Base of all tasks. Attributes with the real names; from `made_at` on they are the plan's own."""

    is_slow = False  # operations end after everything that is ready has started
    is_silent = False  # ends without an event
    label_prefix = "task"
    instance_id = None
    operation_name = None

    # what most tasks never set is on the class: a plan may have hundreds of thousands of them
    info = None
    on_success = None
    on_failure = None
    timeout = None
    timeout_recoverable = None
    send_task_events = True
    is_terminated = False
    containing_subgraph = None
    current_retries = 0
    execute_after = None
    stored = False
    retried_task = None
    error = None
    dependency_error = False
    _state = TASK_PENDING
    _result = None
    made_at = None
    record_key = None
    record_number = None
    outcome = "pending"
    attempts = 0
    _heir = None

    def __init__(
        self,
        workflow_context,
        task_id=None,
        info=None,
        on_success=None,
        on_failure=None,
        total_retries=DEFAULT_TOTAL_RETRIES,
        retry_interval=DEFAULT_RETRY_INTERVAL,
        timeout=None,
        timeout_recoverable=None,
        send_task_events=DEFAULT_SEND_TASK_EVENTS,
    ):
        run = workflow_context._run
        self.id = task_id or run.new_id()
        self.workflow_context = workflow_context
        if info is not None:
            self.info = info
        if on_success is not None:
            self.on_success = on_success
        if on_failure is not None:
            self.on_failure = on_failure
        self.total_retries = total_retries
        self.retry_interval = retry_interval
        if timeout is not None or timeout_recoverable is not None:
            self.timeout, self.timeout_recoverable = timeout, timeout_recoverable
        if not send_task_events:
            self.send_task_events = False
        place = run.places.here()
        if place is not None:
            self.made_at = place
        run.made(self)

    @property
    def async_result(self):
        if self._result is None:
            self._result = WorkflowTaskResult(self)
        return self._result

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise no_such_member(type(self).__name__, name, _members(self))

    def __hash__(self):
        return hash(self.id)

    def __eq__(self, other):
        return self.id == (other.id if isinstance(other, WorkflowTask) else other)

    def __ne__(self, other):
        return not self == other

    def __repr__(self):
        return "<%s %s>" % (self.task_type, self.id)

    def __str__(self):
        return "%s(%s)" % (self.name, self.info or "")

    @property
    def task_type(self):
        return type(self).__name__

    @property
    def name(self):
        raise NotImplementedError("a subclass has it")

    @property
    def short_description(self):
        return self.name

    @property
    def cloudify_context(self):
        raise NotImplementedError("a subclass has it")

    @property
    def is_subgraph(self):
        return False

    def is_local(self):
        raise NotImplementedError("Implemented by subclasses")

    def is_remote(self):
        return not self.is_local()

    def is_nop(self):
        return False

    def get_state(self):
        return self._state

    def set_state(self, state, result=_NOT_SET, exception=None):
        if state not in _STATES:
            raise RuntimeError("illegal task state '%s' for %s" % (state, self))
        if self._state in TERMINATED_STATES:
            return
        self._state = state
        self._count(state)
        self.workflow_context._run.task_event(state, self, exception, result)
        if state in TERMINATED_STATES:
            self.is_terminated = True

    def _count(self, state):
        if state in (TASK_STARTED, TASK_SUCCEEDED, TASK_FAILED, TASK_RESCHEDULED):
            if self.attempts == 0:
                self.attempts = 1
            self._ended_as({TASK_STARTED: "running", TASK_RESCHEDULED: "failed"}.get(state, state))

    def _ended_as(self, outcome):
        self.outcome = outcome
        if self._heir is not None:
            self._heir.outcome = outcome

    def dump(self):
        return {
            "id": self.id,
            "name": self.name,
            "state": self._state,
            "type": self.task_type,
            "parameters": {
                "on_success": _handler_path(self.on_success),
                "on_failure": _handler_path(self.on_failure),
                "retried_task": self.retried_task,
                "current_retries": self.current_retries,
                "send_task_events": self.send_task_events,
                "retry_interval": self.retry_interval,
                "total_retries": self.total_retries,
                "info": self.info,
                "error": self.error,
                "containing_subgraph": getattr(self.containing_subgraph, "id", None),
                "task_kwargs": {},
            },
        }

    def apply_async(self):
        return self.async_result

    # -- how it ended -------------------------------------------------------------------------------

    def handle_task_terminated(self):
        """Ask the handlers what to do now that the task has ended."""
        if self._state in (TASK_FAILED, TASK_RESCHEDULED):
            verdict = self._judge_failure()
        else:
            verdict = self._call_handler(self.on_success) if self.on_success else HandlerResult.cont()
        if verdict.action == HandlerResult.HANDLER_RETRY:
            self._prepare_retry(verdict)
        if self.containing_subgraph is not None:
            self._tell_subgraph(verdict)
        return verdict

    def _judge_failure(self):
        result = self.async_result.result
        if isinstance(result, exceptions.OperationRetry):
            return HandlerResult.retry(retry_after=result.retry_after)
        if self.is_subgraph and self.failed_task is not None:
            self.error = self.failed_task.error
        if self.on_failure:
            verdict = self._call_handler(self.on_failure)
            if verdict.action in (HandlerResult.HANDLER_IGNORE, HandlerResult.HANDLER_CONTINUE):
                self._ended_as("ignored")
            return verdict
        if isinstance(result, exceptions.NonRecoverableError):
            return HandlerResult.fail()
        return HandlerResult.retry(retry_after=getattr(result, "retry_after", None))

    def _call_handler(self, handler):
        try:
            inspect.signature(handler).bind(self)
        except TypeError as error:
            raise self._broken(handler, TypeError, "takes no task: %s" % error) from error
        except ValueError:
            pass  # a callable without a signature
        with current_workflow_ctx.push(self.workflow_context):
            verdict = handler(self)
        if not hasattr(verdict, "action"):
            raise self._broken(
                handler, AttributeError, "returns %r where a HandlerResult is needed" % (verdict,)
            )
        return verdict

    def _broken(self, handler, base, what):
        name = getattr(handler, "__name__", type(handler).__name__)
        return make_error(
            base,
            "handler-breaks",
            "handler '%s' %s" % (name, what),
            place=place_of(handler),
            related=[("the task is made here", self.made_at)],
            handler=name,
            what=what,
        )

    def handler_place(self):
        """Where the handler that decides about retries is, or where the task was made."""
        handler = self.on_failure if self._state == TASK_FAILED else self.on_success
        place = place_of(handler) if handler else None
        places = self.workflow_context._run.places
        return place if place and places.is_workflow_code(place[0]) else self.made_at

    def _prepare_retry(self, verdict):
        may_retry = (
            self.total_retries == INFINITE_TOTAL_RETRIES
            or self.current_retries < self.total_retries
            or verdict.ignore_total_retries
        )
        if not may_retry:
            if self.is_subgraph and verdict.retried_task:
                self.graph.remove_task(verdict.retried_task)
            verdict.action = HandlerResult.HANDLER_FAIL
            return
        if verdict.retry_after is None:
            verdict.retry_after = self.retry_interval
        if verdict.retried_task is None:
            verdict.retried_task = self.duplicate_for_retry(None)

    def _tell_subgraph(self, verdict):
        subgraph = self.containing_subgraph
        successor = None
        if verdict.action == HandlerResult.HANDLER_FAIL:
            verdict.action = HandlerResult.HANDLER_IGNORE
            if not subgraph.failed_task:
                subgraph.failed_task = self
        elif verdict.action == HandlerResult.HANDLER_RETRY:
            successor = verdict.retried_task
        subgraph.task_terminated(task=self, new_task=successor)

    def duplicate_for_retry(self, execute_after):
        duplicate = self._duplicate()
        duplicate.execute_after = execute_after
        duplicate.current_retries = self.current_retries + 1
        duplicate.retried_task = self.id
        duplicate.on_success = self.on_success
        duplicate.on_failure = self.on_failure
        duplicate.made_at = self.made_at
        duplicate.workflow_context._run.forget(duplicate)
        operation = (duplicate.cloudify_context or {}).get("operation")
        if operation:
            operation["retry_number"] = duplicate.current_retries
        return duplicate

    def _duplicate(self):
        raise NotImplementedError("a subclass has it")

    def begin_anew(self, context):
        """In the execution that resumes an interrupted one, as if nothing of it had happened."""
        for name in _OF_A_RUN:
            self.__dict__.pop(name, None)
        self.workflow_context = context

    # -- the plan's own -----------------------------------------------------------------------------

    def describe(self):
        return {"kind": self.label_prefix, "name": self.name}

    def label(self, row):
        return "%s:%s" % (row["kind"], row["name"])

    def inherit_record(self, earlier):
        """Be told of as one with the task that this one retries."""
        self.record_key = earlier.record_key
        self.record_number = earlier.record_number
        self._heir = earlier._heir or earlier
        self._heir.attempts += 1


def _members(task):
    return sorted(name for name in set(dir(type(task))) | set(vars(task)) if not name.startswith("_"))


def _handler_path(handler):
    """How the engine would store a handler; a lambda cannot be stored."""
    if not handler:
        return None
    owner = handler if isinstance(handler, types.FunctionType) else type(handler)
    path = "%s.%s" % (owner.__module__, owner.__name__)
    if "<" in path:
        raise make_error(
            exceptions.NonRecoverableError,
            "handler-breaks",
            "Cannot serialize handler %s" % (handler,),
            place=place_of(handler),
            handler=owner.__name__,
            what="cannot be stored with the graph, since it has no name of its own",
        )
    stored = {"path": path}
    if hasattr(handler, "dump"):
        stored.update(handler.dump())
    return stored
