"""Many simulations of one execution, each with something that goes wrong, and one without.

The executions before it are simulated once. From there every variant runs in a fork of this process where
there are forks, so that nothing a simulation does is seen by the next one and one that never ends can be
ended alone; elsewhere on a copy of the storage, in this process.
"""

import copy
import gc
import json
import os
import select
import signal
import sys
import time
import warnings

from .run import Execution
from .session import Session

# before the guards replace them
_FORK = getattr(os, "fork", None)
_KILL = os.kill
_PERF = time.perf_counter

_ENDLESS = ("endless-retries", "endless-wait", "workflow-hangs", "workflow-ends-process", "plan-guard")
_END_MARGIN_S = 1.0


class SweepSession(Session):
    """Runs the variants of a request's `sweep` and writes one `variant` a line."""

    def __init__(self, request, scratch, own_folder):
        Session.__init__(self, request, scratch, own_folder)
        sweep = request["sweep"]
        self.variants = sweep["variants"]
        self.known = {tuple(key): index for index, key in enumerate(sweep["operations"])}
        self.variant_limit_s = sweep["variant_limit_s"]
        self.can_fork = _FORK is not None and sweep.get("isolate", True)
        self.end_s = _PERF() + sweep["limit_s"] - _END_MARGIN_S
        self.real_writer = self.writer
        self.variant = None

    def run(self):
        self._prepare()
        self.writer = Tap()
        orders = self.request["executions"]
        for number, order in enumerate(orders[:-1], 1):
            if self._execute(order, number)["status"] == "failed":
                self._end(0)
        self._end(self._sweep(orders[-1], len(orders)))

    def _sweep(self, order, number):
        """Simulate as many variants as there is time for; how many that was."""
        for index, variant in enumerate(self.variants):
            left_s = self.end_s - _PERF()
            if left_s <= 0:
                return index
            self.real_writer.flush()
            if self.can_fork:
                self._in_fork(index, variant, order, number, min(left_s, self.variant_limit_s))
            else:
                self._on_copy(index, variant, order, number)
        return len(self.variants)

    def _end(self, simulated):
        self.guards.is_on = False
        self.real_writer.write("end", {"simulated": simulated})
        self.real_writer.close()
        self.guards.real_exit(0)

    # -- one variant --------------------------------------------------------------------------------

    def _in_fork(self, index, variant, order, number, limit_s):
        reader, writer = os.pipe()
        self.guards.is_on = False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the watching thread only waits
            process_id = _FORK()
        if process_id == 0:
            os.close(reader)
            self.guards.is_on = True
            try:
                row = self._simulate(variant, order, number)
                self.guards.is_on = False
                with os.fdopen(writer, "w", encoding="utf-8") as target:
                    target.write(row)
                for stream in (sys.stdout, sys.stderr):
                    stream.flush()
            finally:
                self.guards.real_exit(0)
        os.close(writer)
        row = _read_all(reader, _PERF() + limit_s)
        if row is None:
            _KILL(process_id, signal.SIGKILL)
        os.waitpid(process_id, 0)
        self.guards.is_on = True
        self._tell(index, row)

    def _on_copy(self, index, variant, order, number):
        storage = self.storage
        shared = (storage._modules, storage._tables, storage._plugins, storage._plugins_made)
        self.storage = copy.deepcopy(storage, {id(one): one for one in shared if one is not None})
        try:
            self._tell(index, self._simulate(variant, order, number))
        finally:
            self.storage = storage
            gc.collect()

    def _tell(self, index, row):
        """`row` is JSON; None where time was over, empty where the process ended without a word."""
        row = row or '{"status":"%s"}' % ("hangs" if row is None else "ends")
        self.real_writer.write("variant", [index, json.loads(row)])

    def _simulate(self, variant, order, number):
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
        run = self.run_of_variant
        return json.dumps(
            _row(run, self.writer, tracer, self.known, variant is self.variants[0]), separators=(",", ":")
        )

    def new_run(self, order, number):
        run = SweptExecution(self.request, order, self.storage, self.places, self.writer, number)
        if self.variant is not None and self.variant.get("fail") is not None:
            run.failures = OneFailure(self.variant["fail"])
        self.run_of_variant = run
        return run


class SweptExecution(Execution):
    """Keeps the operations in the order in which they end."""

    def __init__(self, *arguments):
        Execution.__init__(self, *arguments)
        self.log = []

    def outcome_of(self, task):
        error = Execution.outcome_of(self, task)
        self.log.append((task.record_number, error is not None))
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


def _read_all(descriptor, end_s):
    """Text of a pipe until it is closed; None if that takes longer."""
    parts = []
    try:
        while True:
            ready, _, _ = select.select([descriptor], [], [], max(end_s - _PERF(), 0))
            if not ready:
                return None
            part = os.read(descriptor, 1 << 16)
            if not part:
                return b"".join(parts).decode("utf-8")
            parts.append(part)
    finally:
        os.close(descriptor)
