"""Tasks of a workflow. Nothing is performed: an operation ends as the simulation says."""

import inspect
import types

from _bplint_engine.defects import make_error, no_such_member, place_of
from _bplint_engine.unknown import Unknown

from cloudify import exceptions
from cloudify.constants import (  # noqa: F401  names that workflow code imports from here
    INSPECT_TIMEOUT,
    TASK_FAILED,
    TASK_PENDING,
    TASK_RESCHEDULED,
    TASK_RESPONSE_SENT,
    TASK_SENDING,
    TASK_SENT,
    TASK_STARTED,
    TASK_SUCCEEDED,
    TERMINATED_STATES,
)
from cloudify.state import current_workflow_ctx
from cloudify.workflows import workflow_api as api

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
_NOT_SET = object()


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
        raise NotImplementedError("a subclass has it")

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
        self.workflow_context._run.task_event(state, self, exception)
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


class RemoteWorkflowTask(WorkflowTask):
    """An operation, or a task of `execute_task`, that an agent or the manager would run."""

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
        **kw,
    ):
        WorkflowTask.__init__(self, workflow_context, task_id, **kw)
        self._kwargs = kwargs
        self._cloudify_context = cloudify_context
        self.queue = task_queue
        self.target = task_target
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
        return False

    def apply_async(self):
        if not api.has_cancel_request():
            self.send()
            self.arrive()
        return self.async_result

    def send(self):
        """The operation starts."""
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
            return {"kind": "remote_task", "name": self.name, "inputs": inputs}
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
        if row["kind"] == "remote_task":
            return "remote_task:%s" % row["name"]
        if "side" in row:
            return "%s[%s->%s:%s]" % (row["operation"], row["source"], row["target"], row["side"])
        return "%s@%s" % (row["operation"], row["instance"])


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

    def get(self, retry_on_failure=True):
        """Not in the real class: in linear mode waiting for an unmapped operation ends the workflow there."""
        if self.workflow_context.internal.graph_mode:
            raise no_such_member(type(self).__name__, "get", [])
        self.workflow_context._run.defects.add(
            "unmapped-operation-run", operation=self.unmapped, instances=[self.instance_id], is_awaited=True
        )
        return

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


class _BuiltinTaskBase(WorkflowTask):
    """Tasks that the engine itself performs."""

    def __init__(self, *args, **kwargs):
        kwargs.update(send_task_events=False, total_retries=0)
        WorkflowTask.__init__(self, *args, **kwargs)

    @property
    def name(self):
        return type(self).__name__

    @property
    def cloudify_context(self):
        return {}

    def is_local(self):
        return True

    def _duplicate(self):
        return type(self)(workflow_context=self.workflow_context, **self.kwargs)

    def apply_async(self):
        try:
            result = self._perform(self.workflow_context._run)
        except Exception as error:
            self.workflow_context._run.local_task_failed(self, error)
            self.set_state(TASK_FAILED, exception=error)
            self.async_result.result = error
        else:
            self.set_state(TASK_SUCCEEDED, result=result)
            self.async_result.result = result
        return self.async_result


class SetNodeInstanceStateTask(_BuiltinTaskBase):
    label_prefix = "set_state"

    def __init__(self, node_instance_id, state, *args, **kwargs):
        self.kwargs = {"node_instance_id": node_instance_id, "state": state}
        _BuiltinTaskBase.__init__(self, *args, **kwargs)
        self.info = state
        self.instance_id = node_instance_id

    def _perform(self, run):
        run.storage.update_instance(self.instance_id, state=self.kwargs["state"])

    def describe(self):
        return {"kind": "set_state", "instance": self.instance_id, "state": self.kwargs["state"]}

    def label(self, row):
        return "set_state:%s@%s" % (row["state"], row["instance"])


class GetNodeInstanceStateTask(_BuiltinTaskBase):
    label_prefix = "get_state"

    def __init__(self, node_instance_id, *args, **kwargs):
        self.kwargs = {"node_instance_id": node_instance_id}
        _BuiltinTaskBase.__init__(self, *args, **kwargs)
        self.info = self.instance_id = node_instance_id

    def _perform(self, run):
        return run.storage.state_of(self.instance_id)

    def describe(self):
        return {"kind": "get_state", "instance": self.instance_id}

    def label(self, row):
        return "get_state@%s" % row["instance"]


class SendNodeEventTask(_BuiltinTaskBase):
    label_prefix = "node_event"

    def __init__(self, node_instance_id, event, additional_context=None, *args, **kwargs):
        self.kwargs = {
            "node_instance_id": node_instance_id,
            "event": event,
            "additional_context": additional_context,
        }
        _BuiltinTaskBase.__init__(self, *args, **kwargs)
        self.info = event
        self.instance_id = node_instance_id

    def _perform(self, run):
        run.recorder.event("workflow_node_event", str(self.info), self.instance_id, self.record_number)

    def describe(self):
        return {"kind": "node_event", "instance": self.instance_id, "event": str(self.kwargs["event"])}

    def label(self, row):
        return "event:%s@%s" % (row["event"], row["instance"])


class SendWorkflowEventTask(_BuiltinTaskBase):
    label_prefix = "workflow_event"

    def __init__(self, event, event_type, event_args, additional_context, *args, **kwargs):
        self.kwargs = {
            "event": event,
            "event_type": event_type,
            "event_args": event_args,
            "additional_context": additional_context,
        }
        _BuiltinTaskBase.__init__(self, *args, **kwargs)
        self.info = event

    def _perform(self, run):
        run.recorder.event(str(self.kwargs["event_type"]), str(self.info), None, self.record_number)

    def describe(self):
        return {
            "kind": "workflow_event",
            "event": str(self.kwargs["event"]),
            "event_type": str(self.kwargs["event_type"]),
        }

    def label(self, row):
        return "workflow_event:%s" % row["event"]


class UpdateExecutionStatusTask(_BuiltinTaskBase):
    label_prefix = "execution_status"

    def __init__(self, status, *args, **kwargs):
        self.kwargs = {"status": status}
        _BuiltinTaskBase.__init__(self, *args, **kwargs)
        self.info = status

    def _perform(self, run):
        run.recorder.event("execution_state_changed", "Execution status: %s" % self.info)

    def describe(self):
        return {"kind": "execution_status", "name": str(self.info)}


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
