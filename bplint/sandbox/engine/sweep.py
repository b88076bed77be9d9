"""Many simulations of one execution, each with something that goes wrong, and one without.

The executions before it are simulated once, and so is the execution without a fault. Where there are forks,
every variant is a fork of that simulation, made when its fault comes: it has all that went before it, nothing
it does is seen by another one, and one that never ends can be ended alone. Elsewhere each runs from the
beginning, on a copy of the storage, in this process.
"""

import copy
import gc
import json
import sys
import time

from .forks import CAN_FORK, Forks
from .run import Execution
from .session import Session

_PERF = time.perf_counter  # before the clock replaces it

_ENDLESS = ("endless-retries", "endless-wait", "workflow-hangs", "workflow-ends-process", "plan-guard")
_END_MARGIN_S = 1.0


class SweepSession(Session):
    """Runs the variants of a request's `sweep` and writes one `variant` a line; the first has no fault."""

    def __init__(self, request, scratch, own_folder):
        Session.__init__(self, request, scratch, own_folder)
        sweep = request["sweep"]
        self.variants = sweep["variants"]
        self.known = {tuple(key): index for index, key in enumerate(sweep["operations"])}
        self.can_fork = CAN_FORK and sweep.get("isolate", True)
        self.end_s = _PERF() + sweep["limit_s"] - _END_MARGIN_S
        self.real_writer = self.writer
        self.forks = Forks(self.guards, self._tell, self.end_s, sweep["variant_limit_s"])
        self.failing = {}  # operation → the variants in which it fails
        self.cancelled = {}  # number of operations → the variants that are cancelled after so many
        self.variant = None
        self.told = 0

    def run(self):
        self._prepare()
        self.writer = Tap()
        orders = self.request["executions"]
        for number, order in enumerate(orders[:-1], 1):
            if self._execute(order, number)["status"] == "failed":
                self._end()
        if self.can_fork:
            self._sweep(orders[-1], len(orders))
        else:
            self._sweep_on_copies(orders[-1], len(orders))
        self._end()

    def _sweep(self, order, number):
        for index, variant in enumerate(self.variants):
            if variant.get("fail") is not None:
                self.failing.setdefault(tuple(variant["fail"]), []).append(index)
            elif variant.get("cancel_after") is not None:
                self.cancelled.setdefault(variant["cancel_after"], []).append(index)
        row = None
        try:
            row = self._simulate({}, order, number, is_first=True)
        finally:
            if self.forks.index is not None:
                if row is None:
                    self.forks.leave()
                self.forks.answer(row)
        self.guards.is_on = False
        self._tell(0, row)
        self.forks.finish()

    def _sweep_on_copies(self, order, number):
        for index, variant in enumerate(self.variants):
            if _PERF() >= self.end_s:
                return
            storage = self.storage
            shared = (storage._modules, storage._tables, storage._plugins, storage._plugins_made)
            self.storage = copy.deepcopy(storage, {id(one): one for one in shared if one is not None})
            try:
                self._tell(index, self._simulate(variant, order, number, is_first=index == 0))
            finally:
                self.storage = storage
                gc.collect()

    def _end(self):
        self.guards.is_on = False
        self.real_writer.write("end", {"simulated": self.told})
        self.real_writer.close()
        self.guards.real_exit(0)

    def _tell(self, index, row):
        """`row` is JSON; None where time was over, empty where the process ended without a word."""
        was_on, self.guards.is_on = self.guards.is_on, False
        row = row or '{"status":"%s"}' % ("hangs" if row is None else "ends")
        self.real_writer.write("variant", [index, json.loads(row)])
        self.real_writer.flush()
        self.told += 1
        self.guards.is_on = was_on

    # -- one simulation -----------------------------------------------------------------------------

    def _simulate(self, variant, order, number, is_first):
        self.writer = Tap()
        self.variant = variant
        changed = dict(order, fail_tasks=[], cancel_after=variant.get("cancel_after"))
        tracer = LineTracer(self.places) if not order["mapping"].startswith("cloudify.plugins.") else None
        if tracer is not None:
            tracer.start()
        try:
            self._execute(changed, number)
        finally:
            if tracer is not None:
                tracer.stop()
        is_first = is_first and self.forks.index is None
        row = _row(self.run_of_variant, self.writer, tracer, self.known, is_first)
        return json.dumps(row, separators=(",", ":"))

    def new_run(self, order, number):
        run = SweptExecution(self.request, order, self.storage, self.places, self.writer, number)
        if self.variant is not None:
            run.session = self
            if self.variant.get("fail") is not None:
                run.failures = OneFailure(self.variant["fail"])
        self.run_of_variant = run
        return run

    def before_start(self, run):
        if self.variant is not None and self.branch(self.cancelled, 0):
            run.cancel_after = 0

    def branch(self, waiting, key):
        """True in a fork that was made for a variant that waits for this moment."""
        return any(self.forks.branch(index) for index in waiting.pop(key, ()))


class SweptExecution(Execution):
    """Keeps the operations in the order in which they end; with each fault that comes, a fork goes on."""

    session = None

    def __init__(self, *arguments):
        Execution.__init__(self, *arguments)
        self.log = []

    def outcome_of(self, task):
        session = self.session
        if session is not None and session.failing and task.operation_name is not None:
            key = key_of(task.describe())
            if session.branch(session.failing, key):
                self.failures = OneFailure(key)
        error = Execution.outcome_of(self, task)
        self.log.append((task.record_number, error is not None))
        if session is not None and session.branch(session.cancelled, self.operations_done):
            from cloudify.workflows import workflow_api as api

            api.set_cancel_request()
        return error

    def start_modification(self, nodes):
        raw = Execution.start_modification(self, nodes)
        self.recorder.writer.added.extend(raw["added_ids"])
        return raw


class OneFailure(object):
    """Lets one operation fail whenever it is tried, and no other."""

    def __init__(self, key):
        self._key = tuple(key)

    def error_for(self, task):
        from cloudify import exceptions

        if (task.instance_id, task.operation_name) != self._key[:2]:
            return None
        if key_of(task.describe()) != self._key:
            return None
        error = exceptions.NonRecoverableError("simulated failure")
        error.bplint_is_simulated = True
        return error

    def unused(self):
        return []


def key_of(row):
    """What an operation is, whatever task runs it."""
    return tuple(row.get(name) for name in ("instance", "operation", "side", "source", "target"))


class Tap(object):
    """Takes the place of the record's writer and keeps what a variant is judged by."""

    def __init__(self):
        self.rows = {}
        self.running = []
        self.added = []
        self.ended = None

    def write(self, kind, payload):
        if kind == "tasks":
            self.rows.update((row["number"], row) for row in payload)
        elif kind == "outcomes":
            self.running.extend(number for number, outcome, _ in payload if outcome == "running")
        elif kind == "ended":
            self.ended = payload

    def flush(self):
        pass

    close = flush


class LineTracer(object):
    """The lines of workflow code that run."""

    def __init__(self, places):
        self._places = places
        self.lines = {}

    def start(self):
        sys.settrace(self._call)

    @staticmethod
    def stop():
        sys.settrace(None)

    def _call(self, frame, _event, _argument):
        filename = frame.f_code.co_filename
        if not self._places.is_workflow_code(filename):
            return None
        lines = self.lines.setdefault(filename, set())

        def step(frame, event, _argument):
            if event == "line":
                lines.add(frame.f_lineno)
            return step

        return step


def _row(run, tap, tracer, known, is_first):
    ended = tap.ended
    initial, final = ended["initial_states"], ended["final_states"]
    everyone = list(initial) + tap.added
    operations = [[tap.rows[number], "failed" if failed else "succeeded"] for number, failed in run.log]
    operations += [[tap.rows[number], "running"] for number in tap.running if number in tap.rows]
    error = ended["error"]
    return {
        "status": ended["status"],
        "is_endless": ended["is_endless"] or ended["is_fatal"],
        "error": [error["type"], error["message"]] if error else None,
        "is_simulated": bool(error and error["is_simulated"]),
        "operations": [
            [known.get(key_of(row), key_of(row)), outcome]
            for row, outcome in operations
            if row["kind"] == "operation"
        ],
        "initial": initial if is_first else {},
        "states": {
            one: final.get(one) for one in everyone if one not in initial or final.get(one) != initial[one]
        },
        "open": [one["id"] for one in run.storage.modifications if one["status"] == "started"],
        "lines": {path: sorted(lines) for path, lines in tracer.lines.items()} if tracer else {},
        "defects": [one for one in ended["defects"] if one["kind"] in _ENDLESS],
    }
