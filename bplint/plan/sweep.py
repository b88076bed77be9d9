"""What could go wrong with an execution: it is simulated with each of its operations failing, and with a
cancellation before each of them. One child process runs all of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.plan.launch import Limits, launch
from bplint.plan.left import Left, Mapped, Ran, find_left
from bplint.plan.operation import OperationKey, key_of
from bplint.plan.plan import PENDING, TERMINATED, Note
from bplint.plan.skipped import SkippedCode, find_skipped
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.plan.code_folders import Code
    from bplint.plan.launch import Launched
    from bplint.plan.plan import Plan, Task

Data = dict[str, Any]

FAILURE: Final = "failure"
CANCELLATION: Final = "cancellation"
ENDLESS: Final = "endless"

_MIN_VARIANT_S: Final = 5.0
_CUT: Final = {"hangs": "timeout", "ends": "exit"}


class Cause(Record):
    """What went wrong. kind: failure (`operation` fails whenever it is tried) or cancellation (before
    `operation`, when `after` operations have ended)."""

    kind: str
    operation: OperationKey
    after: int | None = None


class Outcome(Record):
    """How the execution ends then.

    status         terminated, failed, cancelled or endless (it would never end)
    error          the error's class and message; None for the failure itself
    never_ran      operations of the plan that did not run
    left           node instances that it made, or was to unmake, and that are still there
    states         of node instances that end in another state than without a fault; None: not in the model
    modifications  of the deployment, neither finished nor rolled back
    skipped_code   lines of workflow code that the execution without a fault runs and this one does not
    """

    status: str
    error: str | None
    never_ran: tuple[OperationKey, ...]
    left: tuple[Left, ...]
    states: tuple[tuple[str, str | None], ...]
    modifications: tuple[str, ...]
    skipped_code: tuple[SkippedCode, ...]

    @property
    def orphaned(self) -> tuple[Left, ...]:
        """Those left behind that nobody knows of any more."""
        return tuple(one for one in self.left if one.is_orphaned)


class Scenario(Record):
    """An outcome with everything that leads to it."""

    causes: tuple[Cause, ...]
    outcome: Outcome


class Sweep(Record):
    """All outcomes, in the order in which their first cause comes up.

    simulated  so many of `planned` variants were simulated before time was over
    """

    scenarios: tuple[Scenario, ...]
    operations: int
    simulated: int
    planned: int

    @property
    def is_complete(self) -> bool:
        return self.simulated == self.planned


class Swept(Record):
    """What came of it: `defects` as the child tells them, each of an execution that would not end."""

    sweep: Sweep | None
    defects: tuple[Data, ...] = ()
    notes: tuple[Note, ...] = ()


def sweep(plan: Plan, request: Data, code: Code, python: str | None, limits: Limits) -> Swept:
    """Simulate everything that could go wrong with a plan. A plan that does not end well is not swept."""
    if not plan.execution.is_complete or plan.execution.status != TERMINATED:
        return Swept(None, (), (Note("sweep", "nothing is swept: the execution does not end well as it is"),))
    return _Sweeping(plan, request, code).result(python, limits)


class _Sweeping:
    def __init__(self, plan: Plan, request: Data, code: Code) -> None:
        self.request = request
        self.code = code
        self.keys = list(dict.fromkeys(_keys(plan.tasks)))
        attempts = sum(task.attempts for task in plan.tasks if _has_run(task))
        self.causes: list[Cause | None] = [None, *(Cause(FAILURE, key) for key in self.keys)]
        # which operation comes next is known when the first variant, which has no fault, has been run
        self.cancellations = attempts
        self.mapped = Mapped(request)
        self.rows: dict[int, Data] = {}
        self.simulated = 0

    def result(self, python: str | None, limits: Limits) -> Swept:
        variants: list[Data] = [{"fail": list(one.operation) if one else None} for one in self.causes]
        variants += [{"cancel_after": count} for count in range(self.cancellations)]
        order = {
            "variants": variants,
            "operations": [list(key) for key in self.keys],
            "limit_s": limits.timeout_s,
            "variant_limit_s": max(_MIN_VARIANT_S, limits.timeout_s / 6),
        }
        launched = launch({**self.request, "sweep": order}, self._receive, python, limits)
        if 0 not in self.rows or self.rows[0].get("status") != TERMINATED:
            return Swept(None, (), (Note("sweep", f"nothing is swept: {_why(launched)}"),))
        judge = _Judge(self.rows.pop(0), self.keys, self.mapped, self.code)
        self.causes += list(judge.cancellations())
        planned = len(variants) - 1
        scenarios = tuple(self._scenarios(judge))
        found = Sweep(scenarios, len(self.keys), len(self.rows), planned)
        notes = []
        if not found.is_complete:
            text = f"the sweep was cut: {found.simulated} of {planned} simulations within the time limit"
            notes.append(Note("sweep", text))
        return Swept(found, tuple(self._defects()), tuple(notes))

    def _receive(self, kind: str, payload: Any) -> None:
        if kind == "variant":
            self.rows[payload[0]] = payload[1]

    def _scenarios(self, judge: _Judge) -> Iterator[Scenario]:
        """Failures first, each kind in the order in which the operations come."""
        found = [(self.causes[index], row) for index, row in self.rows.items()]
        position = {key: index for index, key in enumerate(judge.in_order)}
        folded: dict[Outcome, list[Cause]] = {}
        for cause, row in sorted(
            ((cause, row) for cause, row in found if cause is not None),
            key=lambda pair: (pair[0].kind == CANCELLATION, pair[0].after or position[pair[0].operation]),
        ):
            folded.setdefault(judge.outcome(row, cause), []).append(cause)
        for outcome, causes in folded.items():
            yield Scenario(tuple(causes), outcome)

    def _defects(self) -> Iterator[Data]:
        told = set()
        for _, row in sorted(self.rows.items()):
            found = row.get("defects", ())
            if row["status"] in _CUT:
                details = {"reason": _CUT[row["status"]]}
                found = [{"kind": "workflow-hangs", "place": None, "details": details}]
            for defect in found:
                key = (defect["kind"], str(defect["place"]))
                if key not in told and defect.get("is_certain", True):
                    told.add(key)
                    yield {"related": [], "is_certain": True, **defect}


def _has_run(task: Task) -> bool:
    return task.kind == "operation" and task.outcome != PENDING


def _keys(tasks: Iterable[Task]) -> Iterator[OperationKey]:
    for task in tasks:
        if _has_run(task):
            yield key_of(task)


def _why(launched: Launched) -> str:
    if launched.ending == "timeout":
        return "there was no time for a single simulation"
    return f"the simulation ended with {launched.ending} {launched.detail}".rstrip()


class _Judge:
    """Judges variants by comparison with the execution in which nothing goes wrong."""

    def __init__(self, base: Data, keys: list[OperationKey], mapped: Mapped, code: Code) -> None:
        self.base = base
        self.keys = keys
        self.mapped = mapped
        self.code = code
        self.initial: dict[str, str | None] = base["initial"]
        self.base_left = self._left(base)
        self.ran_in_base = tuple(self._ran(base))
        self.in_order = tuple(dict.fromkeys(key for key, _ in self.ran_in_base))

    def cancellations(self) -> Iterator[Cause]:
        """One before each operation, in the order in which they end."""
        for count, (key, _) in enumerate(self.ran_in_base):
            yield Cause(CANCELLATION, key, count)

    def outcome(self, row: Data, cause: Cause) -> Outcome:
        if row["status"] in _CUT:
            return Outcome(ENDLESS, None, (), (), (), (), ())
        ran = {key for key, _ in self._ran(row)}
        error = row["error"]
        is_own = cause.kind == FAILURE and error is not None and row["is_simulated"]
        return Outcome(
            status=ENDLESS if row["is_endless"] else row["status"],
            error=None if error is None or is_own else f"{error[0]}: {error[1]}",
            never_ran=tuple(key for key in self.in_order if key not in ran),
            left=tuple(self._left_by(row)),
            states=self._states(row),
            modifications=tuple(row["open"]),
            skipped_code=find_skipped(self.base["lines"], row["lines"], self.code),
        )

    def _left_by(self, row: Data) -> Iterator[Left]:
        """What is there in the end and is not meant to be."""
        for instance, left in sorted(self._left(row).items()):
            base = self.base_left.get(instance)
            was_there = bool(self.mapped.made_before(instance, self.initial.get(instance)))
            # what was there and stays there, and what is made by an execution that ends well, is meant
            is_meant = row["status"] == TERMINATED or (was_there and base is not None)
            is_worse = left.is_orphaned and not (base is not None and base.is_orphaned)
            if is_worse or not is_meant:
                yield left

    def _states(self, row: Data) -> tuple[tuple[str, str | None], ...]:
        meant = {**self.initial, **self.base["states"]}
        found = {**self.initial, **row["states"]}
        names = sorted({*meant, *found})
        return tuple((name, found.get(name)) for name in names if found.get(name) != meant.get(name))

    def _left(self, row: Data) -> dict[str, Left]:
        final = {**self.initial, **row["states"]}
        ran = [Ran(key.operation, key.instance, outcome) for key, outcome in self._ran(row)]
        return find_left(ran, self.initial, final, self.mapped)

    def _ran(self, row: Data) -> Iterator[tuple[OperationKey, str]]:
        for key, outcome in row["operations"]:
            yield (self.keys[key] if isinstance(key, int) else OperationKey(*key)), outcome
