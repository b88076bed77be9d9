"""Workflows that are scripts: module-level code that uses the proxies."""

import sys

from cloudify.exceptions import NonRecoverableError
from cloudify.state import current_workflow_ctx


def execute_workflow(script_path=None, script_source=None, ctx=None, **kwargs):
    ctx = ctx or current_workflow_ctx.get_ctx()
    if script_source is not None:
        name, text = "<inline workflow script>", script_source
    elif script_path:
        name = ctx.download_resource(script_path)
        with open(name, encoding="utf-8") as source:
            text = source.read()
    else:
        raise NonRecoverableError("a workflow script needs script_path")
    namespace = {"__name__": "__main__", "__file__": name, "__builtins__": __builtins__}
    result = {}
    ctx_result = namespace.setdefault("_", None)
    exec(compile(text, name, "exec"), namespace)
    return result.get("value", ctx_result)


def run(script_path=None, **kwargs):
    """The operation; a plan never calls it."""
    sys.stderr.write("script_runner.tasks.run is an operation\n")


process_execution = execute = run
