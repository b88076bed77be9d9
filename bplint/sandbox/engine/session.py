"""All executions of a request, one after the other, in this process."""

import json
import os
import sys

from . import unknown
from .clock import Clock, SleepsForEver
from .graphrun import EndlessWait
from .guards import Forbidden, Guards, ProcessEnded, limit_resources
from .mishaps import Interrupted
from .places import Places, place_of_function
from .platform_names import PlatformFinder
from .record import Writer
from .run import Execution
from .standins import StandIns
from .storage import Storage
from .watch import watch

CONTRACT_VERSION = 1


class Session(object):
    def __init__(self, request, scratch, own_folder):
        self.request = request
        self.scratch = scratch
        self.places = Places([own_folder])
        unknown.LOOKED.places = self.places
        self.writer = Writer(os.path.join(scratch, "plan.jsonl"))
        self.storage = Storage(request)
        self.guards = Guards(self.places, scratch)
        code = request.get("code") or {}
        self.platform = PlatformFinder()
        self.stand_ins = StandIns(self.places, code.get("source_paths") or [])
        self.reserve = bytearray(4 * 1024 * 1024)  # let go when memory runs out, so that this can be told

    def run(self):
        """Run every execution and end the process; that a workflow failed is in the record."""
        self._prepare()
        fingerprints = Fingerprints()
        for number, order in enumerate(self.request["executions"], 1):
            ending = self._execute(order, number)
            if ending["is_fatal"] or (
                number < len(self.request["executions"]) and ending["status"] == "failed"
            ):
                break
        self.guards.is_on = False
        self.writer.write(
            "end",
            {
                "stand_ins": sorted(set(self.stand_ins.made + self.platform.made)),
                "guarded": self.guards.noted,
                "replaced": fingerprints.changes(self.places),
                "looked": unknown.LOOKED.notes,
                "modifications": [
                    one["id"] for one in self.storage.modifications if one["status"] == "started"
                ],
            },
        )
        self.writer.close()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass  # workflow code may have closed or replaced it
        self.guards.real_exit(0)  # threads that workflow code left behind must not keep the process

    def _prepare(self):
        limits = self.request.get("limits") or {}
        self.writer.write(
            "start",
            {"contract_version": CONTRACT_VERSION, "python": "%d.%d.%d" % sys.version_info[:3]},
        )
        self.writer.flush()
        watch(os.path.join(self.scratch, "hang.txt"), limits.get("hang_after_s"))
        limit_resources(limits)
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 5000))
        self.platform.install()
        _import_stubs()
        self.stand_ins.install()
        Clock().install()
        self.guards.install()

    def new_run(self, order, number):
        return Execution(self.request, order, self.storage, self.places, self.writer, number)

    def before_start(self, run):
        """A place for what is decided when everything is there and nothing has run."""

    def _execute(self, order, number):
        from cloudify.state import current_workflow_ctx
        from cloudify.workflows import workflow_api as api
        from cloudify.workflows.workflow_context import CloudifyWorkflowContext

        api.cancel_request = api.kill_request = False
        is_built_in = order["mapping"].startswith("cloudify.plugins.")
        self.places.is_tracking = not is_built_in
        run = self.new_run(order, number)
        self.writer.write("execution", {"number": number, "workflow": order["workflow"]})
        initial = {key: row["state"] for key, row in self.storage.instances.items()}
        changed_rows = self.storage.wiring() if self.storage.generation else {}
        beginning = "Resuming" if order.get("resume") else "Starting"
        run.recorder.event("workflow_started", "%s '%s' workflow execution" % (beginning, run.workflow))
        ctx = CloudifyWorkflowContext(run)
        ctx.resume = bool(order.get("resume"))
        self.before_start(run)
        if run.cancel_after == 0:
            api.set_cancel_request()
        parameters = dict(order.get("parameters") or {}, ctx=ctx)
        with current_workflow_ctx.push(ctx, parameters):
            ending = Ending(run, self, ctx)
            ending.call(order, parameters)
        return ending.tell(initial, changed_rows)


class Ending(object):
    """Calls the workflow function and finds out how the execution ends."""

    def __init__(self, run, session, ctx):
        self.run = run
        self.session = session
        self.ctx = ctx
        self.status = "terminated"
        self.error = None
        self.traceback = None
        self.result = None
        self.function = None
        self.is_fatal = False

    def call(self, order, parameters):
        from cloudify.workflows import workflow_api as api

        try:
            self.function = self._find(order["mapping"])
            if order.get("resume"):
                _must_be_resumable(self.function)
            self.result = self.function(**parameters)
            if not self.ctx.internal.graph_mode:
                for task in self.ctx.internal.task_graph.tasks:
                    task.async_result.get()
            if isinstance(self.result, str) and self.result == api.EXECUTION_CANCELLED_RESULT:
                self.status = "cancelled"
        except api.ExecutionCancelled:
            self.status = "cancelled"
        except Interrupted:
            self.status = "interrupted"
        except BaseException as error:
            self._failed(error)

    @staticmethod
    def _find(mapping):
        """The function behind a dotted path; what breaks while it is imported is the workflow's failure."""
        import importlib

        from cloudify import exceptions

        module_name, _, name = mapping.rpartition(".")
        module = importlib.import_module(module_name)
        function = getattr(module, name, None)
        if not callable(function):
            raise exceptions.NonRecoverableError("%s has no function '%s'" % (module_name, name))
        return function

    def _failed(self, error):
        self.status = "failed"
        self.error = error
        self.traceback = error.__traceback__
        if isinstance(error, MemoryError):
            self.session.reserve = None
            self._defect("workflow-ends-process", error, is_memory=True)
        elif isinstance(error, SleepsForEver):
            self._defect("workflow-hangs", error, reason="sleeps", message=str(error))
        elif isinstance(error, ProcessEnded):
            self._defect("workflow-ends-process", error, how=str(error))
        elif isinstance(error, Forbidden):
            pass  # told with the guards' notes
        else:
            self._place_at_function(error)
            self.run.defects.add_exception(error, self.traceback)

    def _place_at_function(self, error):
        """A call that did not get into the function is told at its `def`."""
        places = self.run.places
        if self.function is None or places.of_traceback(self.traceback) is not None:
            return
        place = place_of_function(self.function)
        if place is not None and places.is_workflow_code(place[0]) and not hasattr(error, "bplint_place"):
            error.bplint_place = place

    def _defect(self, kind, error, **details):
        self.is_fatal = True
        place = self.run.places.of_traceback(error.__traceback__)
        self.run.defects.add(kind, place, **details)

    def _is_followed(self):
        """False where the plan ended for what a plan cannot know or does not do."""
        return not isinstance(self.error, Forbidden) and all(one.is_certain for one in self.run.defects.found)

    def tell(self, initial, changed_rows):
        """`changed_rows`: hosts and relationships at the beginning, where an earlier execution scaled."""
        run = self.run
        run.look_back(self.ctx, self.status == "terminated")
        kind, message = _last_event(run.workflow, self.status, self.error)
        run.recorder.event(kind, message)
        run.recorder.close()
        states = {key: row["state"] for key, row in run.storage.instances.items()}
        ending = {
            "status": self.status,
            "error": run.error_json(self.error, self.traceback),
            "result": self.result if _is_plain(self.result) else str(self.result),
            "is_fatal": self.is_fatal,
            "is_followed": self._is_followed(),
            "is_endless": isinstance(self.error, (EndlessWait, SleepsForEver)),
            "was_cancelled": run.is_cancelled(),
            "initial_states": initial,
            "changed_rows": changed_rows,
            "final_states": states,
            "operations": run.operations_done,
            "unused_failures": run.failures.unused(),
            "unanswered": run.unanswered,
            "remarks": run.remarks,
            "empty_loops": run.empty_loops,
            "defects": [defect.to_json() for defect in run.defects.found],
        }
        run.recorder.writer.write("ended", ending)
        run.recorder.writer.flush()
        return ending


def _must_be_resumable(function):
    from cloudify import exceptions

    if not getattr(function, "resumable", False):
        error = exceptions.NonRecoverableError(
            "Cannot resume - workflow not resumable: %s" % function.__name__
        )
        error.bplint_is_simulated = True  # the code is right: it only says that it cannot be resumed
        raise error


def _last_event(workflow, status, error):
    if status == "failed":
        return "workflow_failed", "'%s' workflow execution failed: %s" % (workflow, error)
    word = "succeeded" if status == "terminated" else status
    return "workflow_" + word, "'%s' workflow execution %s" % (workflow, word)


def _is_plain(value):
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


_STUBS = (
    "cloudify",
    "cloudify.state",
    "cloudify.decorators",
    "cloudify.exceptions",
    "cloudify.manager",
    "cloudify.utils",
    "cloudify.workflows",
    "cloudify.workflows.tasks",
    "cloudify.workflows.tasks_graph",
    "cloudify.workflows.workflow_context",
    "cloudify.plugins.lifecycle",
    "cloudify.plugins.workflows",
    "cloudify_rest_client.client",
)


def _import_stubs():
    import importlib

    for name in _STUBS:
        importlib.import_module(name)


class Fingerprints(object):
    """What the stub's names stand for, to tell where workflow code has replaced them."""

    def __init__(self):
        self._known = dict(self._read())

    @staticmethod
    def _read():
        own = [name for name in sys.modules if name.split(".")[0] in ("cloudify", "cloudify_rest_client")]
        for module_name in own + ["_bplint_engine.model"]:
            module = sys.modules[module_name]
            if not isinstance(getattr(module, "__file__", None), str):
                continue
            for name, value in list(vars(module).items()):
                if isinstance(value, type) and value.__module__ == module_name:
                    for member, found in list(vars(value).items()):
                        if callable(found) or isinstance(found, (property, staticmethod, classmethod)):
                            yield (module_name, "%s.%s" % (name, member)), found
                elif callable(value) and not name.startswith("__"):
                    yield (module_name, name), value

    def changes(self, places):
        """[{name, place}] of what is not what it was."""
        now = dict(self._read())
        found = []
        for key in sorted(self._known):
            if now.get(key) is not self._known[key]:
                place = place_of_function(now.get(key)) if now.get(key) is not None else None
                if place and not places.is_workflow_code(place[0]):
                    place = None
                module = key[0].replace("_bplint_engine.model", "cloudify.workflows.workflow_context")
                found.append({"name": "%s.%s" % (module, key[1]), "place": place})
        return found
