"""Run by the Python that has cloudify: imports and calls what mappings name, for each line of stdin.

A line is `{"root", "targets"}`; a target is `[module, function, values of its parameters, kind]`. Operations
are called with a made-up context and with no program of the machine in reach; of a workflow it is only
looked at whether it could be called. Each case has a process of its own. Answers null, or the number of
the first target that fails, the exception's class and its text.
"""

import importlib
import inspect
import json
import os
import signal
import subprocess
import sys

# what most plugins import is loaded once for all cases
from cloudify import decorators, mocks, state  # noqa: F401
from cloudify.plugins import lifecycle  # noqa: F401

LIMIT_S = 20


class Program:
    """Stands for every program: it ends well and says nothing."""

    returncode = 0

    def __init__(self, *args, **kwargs):
        pass

    def communicate(self, *args, **kwargs):
        return b"", b""


class BetweenTwo(mocks.MockCloudifyContext):
    """A context of a relationship: the library's own asks for what only a manager gives."""

    source = property(lambda self: self._source)
    target = property(lambda self: self._target)


def context_of(kind):
    known = {"folder": "/nowhere", "keep": 1, "tank": 0, "state": "up"}
    if kind == "relationship":
        ends = []
        for name in ("one", "other"):
            node = mocks.MockNodeContext(name, {})
            instance = mocks.MockNodeInstanceContext(name + "_1", dict(known))
            ends.append(mocks.MockRelationshipSubjectContext(node, instance))
        return BetweenTwo(deployment_id="d", source=ends[0], target=ends[1])
    return mocks.MockCloudifyContext("node_1", "node", "d", properties={"a": 1}, runtime_properties=known)


def called(found, values, kind):
    inspect.signature(found).bind(ctx=None, **values)
    if kind != "workflow":
        context = context_of(kind)
        state.current_ctx.set(context, values)
        found(ctx=context, **values)


def fault_of(case):
    sys.path.insert(0, case["root"])
    subprocess.Popen = Program
    os.remove = lambda *args: None
    for number, (module, function, values, kind) in enumerate(case["targets"]):
        try:
            found = getattr(importlib.import_module(module), function)
            if not callable(found):
                raise TypeError(f"{function} is not callable")
            called(found, values, kind)
        except BaseException as error:
            return [number, type(error).__name__, str(error)[:200]]
    return None


def answer(case):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.alarm(LIMIT_S)
        sys.stdout = sys.stderr
        sys.dont_write_bytecode = True
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(fault_of(case)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else [0, "SystemExit", "the process ended"]


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
