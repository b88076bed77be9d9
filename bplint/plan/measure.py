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
    """The operations of a step that wait for each other: of the longest such chains the first found.

    Points are numbers: 2n is the start of the n-th task, 2n+1 its end."""
    tasks = step.tasks
    missing, followers = points_of(tasks)
    length = [0] * len(missing)
    before = [-1] * len(missing)
    ready = [point for point, count in enumerate(missing) if not count]
    while ready:
        point = ready.pop()
        own = length[point] + (1 if point % 2 and tasks[point // 2].kind == "operation" else 0)
        length[point] = own
        for follower in followers[point]:
            if own > length[follower] or before[follower] < 0:
                length[follower], before[follower] = own, point
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    return _walk_back(tasks, length, before)


def points_of(tasks: tuple[Task, ...]) -> tuple[list[int], list[list[int]]]:
    """How many points come directly before each point, and which come directly after it."""
    number = {task.key: index * 2 for index, task in enumerate(tasks)}
    missing = [0] * (2 * len(tasks))
    followers: list[list[int]] = [[] for _ in missing]

    def add(earlier: int, later: int) -> None:
        followers[earlier].append(later)
        missing[later] += 1

    for index, task in enumerate(tasks):
        start = 2 * index
        add(start, start + 1)
        if task.parent in number:
            add(start + 1, number[task.parent] + 1)
        for dep in task.deps:
            if dep in number:
                add(number[dep] + (0 if dep == task.parent else 1), start)
    return missing, followers


def _walk_back(tasks: tuple[Task, ...], length: list[int], before: list[int]) -> list[Task]:
    point = max(range(len(length)), key=length.__getitem__, default=-1)
    chain: list[Task] = []
    while point >= 0:
        if point % 2 and tasks[point // 2].kind == "operation":
            chain.append(tasks[point // 2])
        point = before[point]
    return chain[::-1]
