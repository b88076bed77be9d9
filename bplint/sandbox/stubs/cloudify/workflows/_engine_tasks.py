"""Tasks that the engine itself performs: states, events, the execution's status."""

from cloudify.constants import TASK_FAILED, TASK_SUCCEEDED
from cloudify.workflows._task import WorkflowTask


class _BuiltinTaskBase(WorkflowTask):
    """Tasks that the engine itself performs. As in the real package they do not say whether they are local:
    `is_local` and `is_remote` raise."""

    def __init__(self, *args, **kwargs):
        kwargs.update(send_task_events=False, total_retries=0)
        WorkflowTask.__init__(self, *args, **kwargs)

    @property
    def name(self):
        return type(self).__name__

    @property
    def cloudify_context(self):
        return {}

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
        pass  # the manager's table has it, its log has not

    def describe(self):
        return {"kind": "execution_status", "name": str(self.info)}
