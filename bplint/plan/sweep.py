"""What could go wrong with an execution: it is simulated with each of its operations failing, and with a
cancellation before each of them. One child process runs all of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.plan.launch import Limits, launch
from bplint.plan.left import Left, Mapped, Ran, find_left
from bplint.plan.operation import OperationKey, key_of
from bplint.plan.plan import PENDING, TERMINATED, Note
from bplint.plan.skipped import SkippedCode, find_skipped
from bplint.plan.sweep_choice import choose
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
    """An outcome with everything that leads to it.

    represented  so many of the causes were not simulated: they are the same as others but for the instances
                 that they are about, and so is what they lead to
    """

    causes: tuple[Cause, ...]
    outcome: Outcome
    represented: int = 0


class Sweep(Record):
    """All outcomes, in the order in which their first cause comes up.

    simulated    so many of `planned` variants were simulated before time was over
    represented  so many more are the same as simulated ones but for the instances that they are about
    """

    scenarios: tuple[Scenario, ...]
    operations: int
    simulated: int
    planned: int
    represented: int = 0

    @property
    def is_complete(self) -> bool:
        return self.simulated + self.represented == self.planned


class Swept(Record):
    """What came of it: `defects` as the child tells them, each of an execution that would not end."""

    sweep: Sweep | None
    defects: tuple[Data, ...] = ()
    notes: tuple[Note, ...] = ()


def sweep(
    plan: Plan,
    request: Data,
    code: Code,
    python: str | None,
    limits: Limits,
    progress: Callable[[int, int], None] | None = None,
) -> Swept:
    """Simulate everything that could go wrong with a plan. A plan that does not end well is not swept."""
    if not plan.execution.is_complete or plan.execution.status != TERMINATED:
        return Swept(None, (), (Note("sweep", "nothing is swept: the execution does not end well as it is"),))
    return _Sweeping(plan, request, code).result(python, limits, progress)


class _Sweeping:
    def __init__(self, plan: Plan, request: Data, code: Code) -> None:
        self.request = request
        self.code = code
        self.keys = list(dict.fromkeys(_keys(plan.tasks)))
        # which operation comes next is known when the first variant, which has no fault, has been run
        self.choice = choose(plan, self.keys, sum(task.attempts for task in plan.tasks if _has_run(task)))
        self.mapped = Mapped(request)
        self.rows: dict[int, Data] = {}

    def result(
        self, python: str | None, limits: Limits, progress: Callable[[int, int], None] | None
    ) -> Swept:
        choice = self.choice
        variants: list[Data] = [{"fail": None}, *({"fail": list(one[0])} for one in choice.failures)]
        variants += [{"cancel_after": one[0]} for one in choice.cancellations]
        order = {
            "variants": variants,
            "operations": [list(key) for key in self.keys],
            "limit_s": limits.timeout_s,
            "variant_limit_s": max(_MIN_VARIANT_S, limits.timeout_s / 6),
        }
        if progress is not None:
            limits = limits._replace(progress=lambda lines: progress(max(lines - 1, 0), len(variants)))
        launched = launch({**self.request, "sweep": order}, self._receive, python, limits)
        if 0 not in self.rows or self.rows[0].get("status") != TERMINATED:
            return Swept(None, (), (Note("sweep", f"nothing is swept: {_why(launched)}"),))
        judge = _OutcomeJudge(self.rows.pop(0), self.keys, self.mapped, self.code)
        scenarios = tuple(self._scenarios(judge))
        represented = sum(one.represented for one in scenarios)
        found = Sweep(scenarios, len(self.keys), len(self.rows), choice.planned, represented)
        notes = []
        if not found.is_complete:
            done = found.simulated + found.represented
            text = f"the sweep was cut: {done} of {found.planned} simulations within the time limit"
            notes.append(Note("sweep", text))
        return Swept(found, tuple(self._defects()), tuple(notes))

    def _receive(self, kind: str, payload: Any) -> None:
        if kind == "variant":
            self.rows[payload[0]] = payload[1]

    def _scenarios(self, judge: _OutcomeJudge) -> Iterator[Scenario]:
        """Failures first, each kind in the order in which the operations come."""
        causes = [[Cause(FAILURE, key) for key in one] for one in self.choice.failures]
        befores = list(judge.cancellations())
        causes += [
            [befores[count] for count in one if count < len(befores)] for one in self.choice.cancellations
        ]
        position = {key: index for index, key in enumerate(judge.in_order)}
        found = [(causes[index - 1], row) for index, row in self.rows.items() if causes[index - 1]]
        folded: dict[Outcome, list[list[Cause]]] = {}
        for each, row in sorted(
            found, key=lambda pair: (pair[0][0].kind == CANCELLATION, _place(pair[0][0], position))
        ):
            folded.setdefault(judge.outcome(row, each[0]), []).append(each)
        for outcome, groups in folded.items():
            every = tuple(cause for group in groups for cause in group)
            yield Scenario(every, outcome, len(every) - len(groups))

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


def _place(cause: Cause, position: dict[OperationKey, int]) -> int:
    return cause.after if cause.after is not None else position[cause.operation]


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


class _OutcomeJudge:
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
