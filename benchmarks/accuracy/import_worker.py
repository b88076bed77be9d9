"""Run by the Python that has cloudify: imports and calls what mappings name, for each line of stdin.

A line is `{"root", "targets"}`; a target is `[module, function, parameters, kind]`. Each case has a process of
its own. Answers null, or the number of the first target that fails, the exception's class and its text. A
function is not run: what is looked at is whether it could be called with its parameters.
"""

import importlib
import inspect
import json
import os
import signal
import sys

import cloudify.decorators
import cloudify.plugins.lifecycle
import cloudify.workflows.tasks_graph

LIMIT_S = 20


def fault_of(case):
    sys.path.insert(0, case["root"])
    for number, (module, function, parameters, _) in enumerate(case["targets"]):
        try:
            found = getattr(importlib.import_module(module), function)
            if not callable(found):
                raise TypeError("%s is not callable" % function)
            inspect.signature(found).bind(ctx=None, **{name: None for name in parameters})
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
