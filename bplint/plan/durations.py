"""How long an execution would take if its operations took as long as they did before: `--durations FILE`."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bplint.plan.measure import points_of
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.plan.event_files import RealEvent
    from bplint.plan.plan import Plan, Task


class Durations:
    """Medians, in seconds: of an operation of a node, of the operation on any node, of all."""

    __slots__ = ("_by_node", "_by_operation", "_of_all")

    def __init__(self, found: Iterable[tuple[str, str, float]]) -> None:
        by_node: dict[tuple[str, str], list[float]] = {}
        by_operation: dict[str, list[float]] = {}
        for operation, node, seconds in found:
            last = operation.rpartition(".")[2]
            by_node.setdefault((last, node), []).append(seconds)
            by_operation.setdefault(last, []).append(seconds)
        self._by_node = {key: median(values) for key, values in by_node.items()}
        self._by_operation = {key: median(values) for key, values in by_operation.items()}
        every = [seconds for values in by_operation.values() for seconds in values]
        self._of_all = median(every) if every else 0.0

    def of(self, task: Task) -> tuple[float, bool]:
        """How long the operation takes, and whether that is known of it or of its like on other nodes."""
        last = (task.operation or "").rpartition(".")[2]
        known = self._by_node.get(
            (last, (task.instance or "").rpartition("#")[0]), self._by_operation.get(last)
        )
        return (self._of_all, False) if known is None else (known, True)


class Scheduled(Record):
    """An operation with its expected start and end, in seconds from the beginning."""

    task: Task
    start_s: float
    end_s: float
    is_known: bool


class PlanSchedule(Record):
    """A plan on a time line, where everything begins as soon as what it waits for has ended.

    critical  the operations that make it as long as it is, in their order
    """

    length_s: float
    operations: tuple[Scheduled, ...]
    critical: tuple[Scheduled, ...]


def measured(events: Iterable[RealEvent]) -> Durations:
    """Durations of the operations that events tell the start and the end of, retries each on its own."""
    found: list[tuple[str, str, float]] = []
    started: dict[tuple[str | None, ...], float] = {}
    for event in events:
        if event.operation is None:
            continue
        key = (event.execution, event.instance, event.operation, event.source, event.target, event.task)
        if event.type == "task_started":
            started[key] = event.time_s
        elif event.type in ("task_succeeded", "task_failed") and key in started:
            node = event.node or (event.instance or event.target or "").rpartition("_")[0]
            found.append((event.operation, node, event.time_s - started.pop(key)))
    return Durations(found)


def schedule(plan: Plan, durations: Durations) -> PlanSchedule:
    """When each operation of the plan would run; steps come one after the other."""
    begin = 0.0
    operations: list[Scheduled] = []
    critical: list[Scheduled] = []
    for step in plan.steps:
        tasks = step.tasks
        missing, followers = points_of(tasks)
        at = [begin] * len(missing)
        before = [-1] * len(missing)
        ready = [point for point, count in enumerate(missing) if not count]
        found: dict[int, Scheduled] = {}
        while ready:
            point = ready.pop()
            task = tasks[point // 2]
            if point % 2 and task.kind == "operation":
                seconds, is_known = durations.of(task)
                found[point] = Scheduled(task, at[point], at[point] + seconds, is_known)
                at[point] += seconds
            for follower in followers[point]:
                if at[point] > at[follower] or before[follower] < 0:
                    at[follower], before[follower] = at[point], point
                missing[follower] -= 1
                if not missing[follower]:
                    ready.append(follower)
        if not found:
            continue
        operations += sorted(found.values(), key=lambda one: (one.start_s, one.task.number))
        point = max(range(len(at)), key=at.__getitem__)
        chain: list[Scheduled] = []
        begin = at[point]
        while point >= 0:
            if point in found:
                chain.append(found[point])
            point = before[point]
        critical += reversed(chain)
    return PlanSchedule(begin, tuple(operations), tuple(critical))
