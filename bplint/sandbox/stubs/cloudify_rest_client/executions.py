"""Names of execution states."""

from cloudify.models_states import ExecutionState


class Execution(dict):
    """An execution as the client gives it."""

    TERMINATED = ExecutionState.TERMINATED
    FAILED = ExecutionState.FAILED
    CANCELLED = ExecutionState.CANCELLED
    PENDING = ExecutionState.PENDING
    STARTED = ExecutionState.STARTED
    CANCELLING = ExecutionState.CANCELLING
    FORCE_CANCELLING = ExecutionState.FORCE_CANCELLING
    KILL_CANCELLING = ExecutionState.KILL_CANCELLING
    QUEUED = ExecutionState.QUEUED
    SCHEDULED = ExecutionState.SCHEDULED
    END_STATES = ExecutionState.END_STATES

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None
