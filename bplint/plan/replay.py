"""Events of a real execution laid on its plan: what was done, what failed, what never ran, and how long."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bplint.plan.event_files import node_of_real
from bplint.plan.natural_order import natural
from bplint.plan.operation import key_of
from bplint.plan.plan import FAILED, PENDING, SUCCEEDED
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.plan.event_files import RealEvent
    from bplint.plan.plan import Plan, Task

RUNNING: Final = "running"
UNFINISHED: Final = "unfinished"
_ENDS: Final = {"task_succeeded": SUCCEEDED, "task_failed": FAILED, "task_rescheduled": FAILED}
_STATUSES: Final = {
    "workflow_succeeded": "terminated",
    "workflow_failed": "failed",
    "workflow_cancelled": "cancelled",
}


class RealTask(Record):
    """An operation as it really ran. `task` is the plan's, None where it has none.

    outcome  succeeded, failed, running (it was started and has not ended) or pending (it was sent at most)
    """

    name: str
    instance: str
    task: Task | None
    outcome: str
    attempts: int
    start_s: float | None
    end_s: float | None
    error: str | None = None

    @property
    def duration_s(self) -> float | None:
        """From its first start to its last end."""
        return None if self.start_s is None or self.end_s is None else self.end_s - self.start_s


class Replay(Record):
    """An execution compared with its plan.

    status     terminated, failed, cancelled, or unfinished where the events do not tell the end
    plan       the plan with the real outcomes of its operations
    ran        operations that were started, in the order in which they were
    never_ran  operations of the plan that were not
    unplanned  those of `ran` that the plan does not have
    instances  node instance → its id in the plan
    start_s, end_s  of the events, in seconds since 1970
    """

    status: str
    plan: Plan
    ran: tuple[RealTask, ...]
    never_ran: tuple[Task, ...]
    unplanned: tuple[RealTask, ...]
    instances: dict[str, str]
    start_s: float
    end_s: float
    message: str | None

    @property
    def failed(self) -> tuple[RealTask, ...]:
        """Operations whose last attempt failed, the first one first."""
        found = [one for one in self.ran if one.outcome == FAILED]
        return tuple(sorted(found, key=lambda one: one.end_s or 0))


class _ReplayRun:
    """What the events say of one operation."""

    def __init__(self, first: RealEvent) -> None:
        self.first = first
        self.start_s: float | None = None
        self.end_s: float | None = None
        self.outcome = PENDING
        self.attempts = 0
        self.error: str | None = None

    def add(self, event: RealEvent) -> None:
        if event.type == "task_started":
            self.start_s = event.time_s if self.start_s is None else self.start_s
            self.attempts += 1
            self.outcome = RUNNING
        elif event.type in _ENDS:
            self.start_s = event.time_s if self.start_s is None else self.start_s
            self.attempts = max(self.attempts, 1)
            self.end_s, self.outcome = event.time_s, _ENDS[event.type]
            self.error = event.message.partition(" -> ")[2] or None if self.outcome == FAILED else None


def lay_on_plan(plan: Plan, events: Sequence[RealEvent]) -> Replay:
    """The comparison; `events` are those of one execution, in the order of their times, and not empty."""
    runs = _runs(events)
    instances = _match_instances(plan, events)
    left: dict[tuple[str, ...], list[Task]] = {}
    for task in plan.tasks:
        if task.kind == "operation":
            left.setdefault(_key_of_task(task), []).append(task)
    ran: list[RealTask] = []
    for run in runs:
        planned = _take(left, run, instances)
        if run.outcome == PENDING:
            if planned is not None:
                left[_key_of_task(planned)].append(planned)
            continue
        ran.append(_real_task(run, planned, instances))
    done = {one.task.number: one for one in ran if one.task is not None}
    never = tuple(task for task in plan.tasks if task.kind == "operation" and task.number not in done)
    ending = next((event for event in reversed(events) if event.type in _STATUSES), None)
    return Replay(
        status=_STATUSES[ending.type] if ending is not None else UNFINISHED,
        plan=_with_outcomes(plan, done, ending),
        ran=tuple(ran),
        never_ran=never,
        unplanned=tuple(one for one in ran if one.task is None),
        instances=instances,
        start_s=events[0].time_s,
        end_s=events[-1].time_s,
        message=ending.message if ending is not None else None,
    )


def _runs(events: Sequence[RealEvent]) -> list[_ReplayRun]:
    """Operations in the order in which they begin; one that starts again after a success is another one."""
    found: list[_ReplayRun] = []
    open_: dict[tuple[str | None, ...], _ReplayRun] = {}
    for event in events:
        if event.operation is None or event.task is None or not (event.instance or event.source):
            continue
        key = (event.instance, event.operation, event.source, event.target, event.task)
        run = open_.get(key)
        if run is None or run.outcome == SUCCEEDED:
            run = open_[key] = _ReplayRun(event)
            found.append(run)
        run.add(event)
    return found


def _match_instances(plan: Plan, events: Sequence[RealEvent]) -> dict[str, str]:
    """Real id → id in the plan: related ones to related ones, else in the order in which they come up."""
    seen: dict[str, None] = {}
    edges: set[tuple[str, str]] = set()
    for event in events:
        for name in (event.instance, event.source, event.target):
            if name is not None:
                seen.setdefault(name)
        if event.source is not None and event.target is not None:
            edges.add((event.source, event.target))
    related = {one.id: {each.target for each in one.relationships} for one in plan.instances}
    free: dict[str, list[str]] = {}
    for one in sorted(plan.instances, key=lambda one: natural(one.id)):
        free.setdefault(one.node, []).append(one.id)
    found: dict[str, str] = {name: name for name in seen if name in related}
    for name in found:
        free[name.rpartition("#")[0]].remove(name)
    # what others point to is matched first, so that these can be told apart by it
    for name in sorted(seen, key=lambda one: sum(source == one for source, _ in edges)):
        candidates = free.get(node_of_real(name), [])
        if name in found or not candidates:
            continue
        wanted = {found[target] for source, target in edges if source == name and target in found}
        best = max(candidates, key=lambda one: len(wanted & related[one]))
        found[name] = best
        candidates.remove(best)
    return found


def _key_of_task(task: Task) -> tuple[str, ...]:
    last = (task.operation or "").rpartition(".")[2]
    if task.side is not None:
        return (last, task.source or "", task.target or "")
    return (last, task.instance or "")


def _take(left: dict[tuple[str, ...], list[Task]], run: _ReplayRun, instances: dict[str, str]) -> Task | None:
    """The operation of the plan that really ran; it is no longer left then."""
    event = run.first
    last = (event.operation or "").rpartition(".")[2]
    names = (event.source, event.target) if event.source is not None else (event.instance,)
    tasks = left.get((last, *(instances.get(name or "", "") for name in names)), [])
    fitting = [one for one in tasks if event.operation in (one.operation, last)]
    same = [one for one in fitting if event.task == one.mapping] or fitting
    if not same:
        return None
    tasks.remove(same[0])
    return same[0]


def _real_task(run: _ReplayRun, task: Task | None, instances: dict[str, str]) -> RealTask:
    event = run.first
    real = event.instance or f"{event.source}->{event.target}"
    shown = instances.get(real, real)
    name = str(key_of(task)) if task is not None else f"{(event.operation or '').rpartition('.')[2]}@{shown}"
    return RealTask(name, real, task, run.outcome, run.attempts, run.start_s, run.end_s, run.error)


def _with_outcomes(plan: Plan, done: dict[int, RealTask], ending: RealEvent | None) -> Plan:
    steps = []
    for step in plan.steps:
        tasks = []
        for task in step.tasks:
            if task.kind == "operation":
                real = done.get(task.number)
                outcome, attempts = (real.outcome, real.attempts) if real is not None else (PENDING, 1)
                task = task._replace(outcome=outcome, attempts=max(attempts, 1))
            tasks.append(task)
        steps.append(step._replace(tasks=tuple(tasks)))
    status = _STATUSES[ending.type] if ending is not None else UNFINISHED
    return replace(plan, steps=tuple(steps), execution=plan.execution._replace(status=status))
