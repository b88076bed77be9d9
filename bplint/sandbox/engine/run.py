"""One execution of one workflow on the simulated deployment."""

import logging
import os
import sys

from .answers import evaluated
from .attributes import Attributes, UnresolvedAttribute, reads_of
from .defects import Defects, make_error, traceback_rows
from .graphrun import EndlessWait
from .mishaps import Failures, Interrupted
from .record import Recorder

_EVENTS = {
    "sending": ("sending_task", "Sending task '%s'"),
    "started": ("task_started", "%s started '%s'"),
    "succeeded": ("task_succeeded", "%s succeeded '%s'"),
    "rescheduled": ("task_rescheduled", "%s rescheduled '%s'"),
    "failed": ("task_failed", "%s failed '%s'"),
}
_TOLD = (str, int, float, list, dict, tuple)
_DEFAULTS = {"task_retries": 60, "task_retry_interval": 15, "subgraph_retries": 0}


class Execution(object):
    """State of the execution; the stub's objects hold it as `ctx._run`."""

    def __init__(self, request, order, storage, places, writer, number):
        self.workflow = order["workflow"]
        self.order = order
        self.execution_id = "execution-%d" % number
        self.deployment = request["deployment"]
        self.given = request.get("given") or {}
        self.code = request.get("code") or {}
        self.settings = dict(_DEFAULTS, **(order.get("settings") or {}))
        self.storage = storage
        self.places = places
        self.recorder = Recorder(writer)
        self.defects = Defects(places)
        self.failures = Failures(order.get("fail_tasks") or [])
        self.cancel_after = order.get("cancel_after")
        self.interrupt_after = order.get("interrupt_after")
        self.operations_done = 0
        self.unanswered = []
        self.remarks = []
        self.empty_loops = []
        self._ids = 0
        self._tasks_made = 0
        self._max_tasks = int((request.get("limits") or {}).get("tasks") or 2000000)
        self._loose = {}
        self._unmapped = {}
        self._loggers = {}

    # -- tasks --------------------------------------------------------------------------------------

    def new_id(self):
        self._ids += 1
        return "task-%d" % self._ids

    def made(self, task):
        """A task was made; tasks of workflow code that never reach a graph are told at the end."""
        self._tasks_made += 1
        if self._tasks_made > self._max_tasks:
            raise make_error(
                EndlessWait,
                "workflow-hangs",
                "more than %d tasks were made" % self._max_tasks,
                reason="too-many-tasks",
                limit=self._max_tasks,
            )
        if task.made_at is not None:
            self._loose[task.id] = task

    def added(self, task):
        self._loose.pop(task.id, None)

    forget = added

    def check_interrupted(self):
        """Raise where the process of the execution is taken to end."""
        if self.interrupt_after is not None and self.operations_done >= self.interrupt_after:
            raise Interrupted("interrupted after %d operations" % self.operations_done)

    def keep_graph(self, name, graph):
        """Graphs are stored by the manager; only an execution that will be interrupted needs them."""
        if self.interrupt_after is not None:
            self.storage.stored_graphs[name] = graph

    def stored_graph(self, name):
        """What an interrupted execution has stored, in the one that resumes it."""
        return self.storage.stored_graphs.get(name) if self.order.get("resume") else None

    def begins_linear(self, task):
        self.check_interrupted()
        self.recorder.linear().begin(task)

    def awaited(self, task):
        if self.recorder._linear is not None:
            self.recorder._linear.awaited(task)

    def task_event(self, state, task, error, result):
        if state not in _EVENTS or (state != "failed" and not task.send_task_events) or task.is_silent:
            return
        kind, template = _EVENTS[state]
        if state == "sending":
            message = template % task.name
        else:
            message = template % ("Subgraph" if task.is_subgraph else "Task", task.name)
        if state in ("failed", "rescheduled") and error is not None:
            message = "%s -> %s" % (message, error)
        elif state == "succeeded" and isinstance(result, _TOLD):
            message = "%s - %s" % (message, result)  # of the workflow's own callables: no operation has any
        if task.current_retries > 0:
            limit = "/%d" % task.total_retries if task.total_retries >= 0 else ""
            message = "%s [retry %d%s]" % (message, task.current_retries, limit)
        self.recorder.event(kind, message, task.instance_id, task.record_number)

    def outcome_of(self, task):
        """The error that the simulation lets an operation end with, or None; may request cancellation."""
        from cloudify.workflows import workflow_api as api

        error = self.failures.error_for(task) or self._unresolved(task)
        self.operations_done += 1
        row = task.describe()
        self.storage.operated.update(
            filter(None, (row.get("instance"), row.get("source"), row.get("target")))
        )
        if self.cancel_after is not None and self.operations_done >= self.cancel_after:
            api.set_cancel_request()
        return error

    def _unresolved(self, task):
        """The failure of an operation whose inputs read an attribute of no instance, or of one of several."""
        row = task.describe()
        if not task.has_functions or row["kind"] != "operation":
            return None
        attributes = Attributes(self.storage, row["instance"], row.get("source"), row.get("target"))
        name = "%s@%s" % (row["operation"].rpartition(".")[2], row["instance"].rpartition("#")[0])
        for argument in reads_of(row["inputs"]):
            try:
                unset = attributes.unset(argument)
            except UnresolvedAttribute as error:
                error.bplint_is_simulated = True
                text = "%s fails: an input reads '%s' of '%s': %s" % (name, argument[1], argument[0], error)
                self.remark("attribute", text, node=row["instance"])
                return error
            if unset is not None:
                node = unset.rpartition("#")[0]
                text = "%s reads '%s' of '%s' before anything has run there that could set it"
                self.remark("attribute", text % (name, argument[1], node), node=row["instance"])
        return None

    def is_cancelled(self):
        from cloudify.workflows import workflow_api as api

        return api.has_cancel_request()

    def local_task_failed(self, task, error):
        """A callable of workflow code raised: that is a defect, unless it says what operations say."""
        from cloudify import exceptions

        meant = (exceptions.NonRecoverableError, exceptions.RecoverableError)
        if not isinstance(error, meant):
            self.defects.add_exception(error, sys.exc_info()[2])

    # -- operations ---------------------------------------------------------------------------------

    def asked_for(self, operation, instance, operations, is_mapped):
        """Workflow code asks for an operation of an instance: is it mapped, is the instance a stale one?"""
        place = self.places.here()
        if place is None:
            return
        known = self._unmapped.setdefault((place, operation), {"mapped": False, "on": [], "near": None})
        if is_mapped:
            known["mapped"] = True
        else:
            known["on"].append(instance.id)
            if known["near"] is None:
                known["near"] = _full_name_of(operation, operations)
        self._look_for_stale(instance, place)

    def _look_for_stale(self, instance, place):
        """Tell instances that a modification removed, and objects made before a modification began."""
        if instance.id not in self.storage.instances:
            why = "gone"
        elif instance._container.generation < self.storage.started_generation:
            why = "old"
        else:
            return
        self.defects.add("stale-instance", place, instance=instance.id, why=why)

    # -- modifications ------------------------------------------------------------------------------

    def start_modification(self, nodes):
        raw = self.storage.start_modification(nodes)
        raw["place"] = self.places.here()
        for entity, (ids, count) in raw["by_chance"].items():
            self.remark(
                "chance",
                "which of the %d instances of '%s' leave is left to the manager; here it is %s"
                % (count, entity, _enumerated(ids)),
                raw["place"],
            )
        self.recorder.step(
            "modification_start",
            id=raw["id"],
            nodes=nodes,
            added=raw["added_ids"],
            added_related=list(raw["added_related"]),
            removed=raw["removed_ids"],
            removed_related=list(raw["removed_related"]),
        )
        return raw

    def finish_modification(self, raw):
        self.storage.finish_modification(raw)
        self.recorder.step("modification_finish", id=raw["id"])

    def roll_back_modification(self, raw):
        self.storage.roll_back_modification(raw)
        self.recorder.step("modification_rollback", id=raw["id"])

    # -- what else workflow code asks for -----------------------------------------------------------

    def logger(self, instance_id=None):
        logger = self._loggers.get(instance_id)
        if logger is None:
            logger = logging.Logger("%s.%s" % (self.execution_id, instance_id or "workflow"), logging.DEBUG)
            logger.addHandler(_LogHandler(self.recorder, instance_id))
            self._loggers[instance_id] = logger
        return logger

    def cannot_answer(self, what, how=None):
        """Note that workflow code asked the manager for what no blueprint knows; `how` it could be given."""
        entry = {"what": what, "how": how, "place": self.places.here()}
        if entry not in self.unanswered and len(self.unanswered) < 200:
            self.unanswered.append(entry)

    def loops_over_nothing(self, what):
        """Workflow code goes through what is empty."""
        place = self.places.here()
        if place is not None and len(self.empty_loops) < 20:
            found = {"what": what, "place": place}
            if found not in self.empty_loops:
                self.empty_loops.append(found)

    def remark(self, kind, message, place=None, node=None):
        """Something that a reader of the plan should know and that is nobody's fault; of workflow code at
        `place`, or of the blueprint's node of the instance `node`."""
        node = node and node.rpartition("#")[0]
        found = {"kind": kind, "message": message, "place": place, "node": node}
        if found not in self.remarks:
            self.remarks.append(found)

    def ordered_by_chance(self, place):
        """Tasks of several instances wait for each other as the code goes through the instances."""
        self.remark(
            "chance",
            "instances come one after the other here; unless the code sorts them, a manager gives them in no "
            "certain order, and the plan in that of the blueprint",
            place,
        )

    def evaluate(self, payload, context=None):
        context = context or {}
        attributes = Attributes(
            self.storage, context.get("self"), context.get("source"), context.get("target")
        )
        return evaluated(payload, attributes, self)

    def download_resource(self, resource_path, target_path):
        root = self.code.get("resource_root") or os.getcwd()
        path = os.path.normpath(os.path.join(root, resource_path))
        if not os.path.isfile(path):
            raise IOError("no such resource: %s" % resource_path)
        if target_path is None:
            return path
        with open(path, "rb") as source, open(target_path, "wb") as target:
            target.write(source.read())
        return target_path

    # -- the end ------------------------------------------------------------------------------------

    def look_back(self, ctx, ended_well):
        """Faults that show only when the workflow function is through."""
        graph = ctx.internal.task_graph
        if ctx.internal.graph_mode and ended_well and graph.tasks and not self.is_cancelled():
            first = next((task for task in graph.tasks if task.made_at), graph.tasks[0])
            self.defects.add("graph-left-unexecuted", first.made_at, tasks=len(graph.tasks))
        elif ended_well:
            for task in list(self._loose.values()):
                if ctx.internal.graph_mode and not task.is_nop():
                    self.defects.add(
                        "task-left-out",
                        task.made_at,
                        task=task.short_description,
                        operation=task.operation_name,
                        instance=task.instance_id,
                    )
        for (place, operation), known in self._unmapped.items():
            if not known["mapped"]:
                self.defects.add(
                    "unmapped-operation-run",
                    place,
                    operation=operation,
                    instances=known["on"][:5],
                    count=len(known["on"]),
                    near=known["near"],
                )
        for raw in self.storage.modifications:
            if raw["status"] == "started" and raw["place"] is not None:
                self.defects.add("modification-left-started", raw["place"], id=raw["id"])

    def error_json(self, error, traceback):
        if error is None:
            return None
        return {
            "type": type(error).__name__,
            "message": str(error),
            "is_simulated": bool(getattr(error, "bplint_is_simulated", False)),
            "traceback": [row for row in traceback_rows(traceback) if self.places.is_workflow_code(row[0])],
        }


class _LogHandler(logging.Handler):
    def __init__(self, recorder, instance_id):
        logging.Handler.__init__(self)
        self._recorder = recorder
        self._instance_id = instance_id

    def emit(self, record):
        try:
            message = record.getMessage()
        except Exception as error:  # a format that does not fit its arguments
            message = "%s (%s)" % (record.msg, error)
        self._recorder.event("log", message, self._instance_id, None, record.levelname.lower())


def _enumerated(names):
    few = ", ".join(names[:5])
    return few if len(names) <= 5 else "%s and %d more" % (few, len(names) - 5)


def _full_name_of(operation, operations):
    if operation in operations:
        return None  # declared, and mapped to nothing
    ends = [
        name
        for name, found in operations.items()
        if name.endswith("." + operation) and found.get("operation")
    ]
    if ends:
        return sorted(ends)[0]
    import difflib

    mapped = sorted(name for name, found in operations.items() if found.get("operation"))
    near = difflib.get_close_matches(operation, mapped, 1, 0.8)
    return near[0] if near else None
