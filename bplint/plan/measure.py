"""Counts of a plan: tasks, waves, the longest chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.plan.plan import Counts

if TYPE_CHECKING:
    from bplint.plan.plan import Step, Task


def count(steps: tuple[Step, ...]) -> Counts:
    """Numbers over all steps; steps follow each other, so waves and chains add up."""
    tasks = operations = waves = longest = 0
    for step in steps:
        done = [task for task in step.tasks if task.kind not in ("subgraph", "nop")]
        tasks += len(done)
        operations += sum(1 for task in done if task.kind == "operation")
        known = [task.wave for task in done if task.wave is not None]
        waves += max(known) + 1 if known else 0
        longest += len(longest_chain(step))
    return Counts(tasks, operations, waves, longest)


def longest_chain(step: Step) -> list[Task]:
    """The operations of a step that wait for each other, of the longest such chain the first found."""
    by_key = {task.key: task for task in step.tasks}
    lengths: dict[tuple[str, bool], int] = {}
    before: dict[tuple[str, bool], tuple[str, bool] | None] = {}
    members: dict[str, list[str]] = {}
    for task in step.tasks:
        if task.parent is not None:
            members.setdefault(task.parent, []).append(task.key)
    for point in _in_order(by_key, members):
        best: tuple[str, bool] | None = None
        for earlier in _behind(point, by_key, members):
            if earlier in lengths and (best is None or lengths[earlier] > lengths[best]):
                best = earlier
        own = 1 if point[1] and by_key[point[0]].kind == "operation" else 0
        lengths[point] = (lengths[best] if best is not None else 0) + own
        before[point] = best
    return _walk_back(lengths, before, by_key)


def _walk_back(
    lengths: dict[tuple[str, bool], int],
    before: dict[tuple[str, bool], tuple[str, bool] | None],
    by_key: dict[str, Task],
) -> list[Task]:
    point = max(lengths, key=lambda one: lengths[one], default=None)
    chain: list[Task] = []
    while point is not None:
        if point[1] and by_key[point[0]].kind == "operation":
            chain.append(by_key[point[0]])
        point = before[point]
    return chain[::-1]


def _behind(
    point: tuple[str, bool], by_key: dict[str, Task], members: dict[str, list[str]]
) -> list[tuple[str, bool]]:
    """Points (key, is it the end of the task?) that come directly before a point."""
    key, is_end = point
    task = by_key[key]
    if is_end:
        return [(key, False), *((member, True) for member in members.get(key, ()))]
    return [(dep, dep != task.parent) for dep in task.deps if dep in by_key]


def _in_order(by_key: dict[str, Task], members: dict[str, list[str]]) -> list[tuple[str, bool]]:
    points = [(key, is_end) for key in by_key for is_end in (False, True)]
    missing: dict[tuple[str, bool], int] = {}
    followers: dict[tuple[str, bool], list[tuple[str, bool]]] = {}
    for point in points:
        behind = _behind(point, by_key, members)
        missing[point] = len(behind)
        for earlier in behind:
            followers.setdefault(earlier, []).append(point)
    ready = [point for point in points if not missing[point]]
    ordered = []
    while ready:
        point = ready.pop()
        ordered.append(point)
        for follower in followers.get(point, ()):
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    return ordered
