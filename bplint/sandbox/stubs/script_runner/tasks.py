"""Workflows that are scripts: module-level code that uses the proxies."""

import sys

from _bplint_engine.defects import make_error
from cloudify.exceptions import NonRecoverableError
from cloudify.state import current_workflow_ctx


def execute_workflow(script_path=None, script_source=None, ctx=None, **kwargs):
    ctx = ctx or current_workflow_ctx.get_ctx()
    if script_path is None and script_source is None:
        raise NonRecoverableError("a workflow script needs script_path or script_source")
    if script_path and script_source:
        raise NonRecoverableError("a workflow script has script_path or script_source, not both")
    if script_source:
        name, text = "<inline workflow script>", script_source
    else:
        name = ctx.download_resource(script_path)
        with open(name, encoding="utf-8", errors="replace") as source:
            text = source.read()
    answer = _Answer()
    ctx.returns, ctx.abort_operation, ctx.retry_operation = answer.returns, answer.abort, answer.retry
    namespace = {"__name__": "__main__", "__file__": name, "__package__": None, "__builtins__": __builtins__}
    exec(compile(text, name, "exec"), namespace)
    return answer.taken()


class _Answer(object):
    """What the script says to its context; it may do so once."""

    def __init__(self):
        self._value = None
        self._is_abort = False

    def returns(self, value):
        self._say(value)

    def abort(self, message=None):
        self._say(message)
        self._is_abort = True

    def retry(self, message=None, retry_after=None):
        raise make_error(
            AttributeError,
            "workflow-raises",
            "'CloudifyWorkflowContext' object has no attribute 'operation'",
        )

    def _say(self, value):
        if self._value is not None or self._is_abort:
            self._value = RuntimeError("ctx may only abort or return once")
            raise self._value
        self._value = value

    def taken(self):
        if self._is_abort:
            raise NonRecoverableError(str(self._value))
        return self._value


def run(script_path=None, **kwargs):
    """The operation; a plan never calls it."""
    sys.stderr.write("script_runner.tasks.run is an operation\n")


process_execution = execute = run
