"""Which operations of a plan are the same but for the instances they are about: what happens when one of them
fails happens, with other names, when another one does.

Colours are refined until nothing changes: two operations have one colour if they are equal and if what they
wait for, and what waits for them, has the same colours. A workflow that treats equal instances in unlike ways
makes unlike graphs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bplint.plan.operation import key_of
from bplint.plan.waits import direct_waits

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from bplint.plan.operation import OperationKey
    from bplint.plan.plan import Plan, Step, Task


def operation_classes(plan: Plan) -> dict[OperationKey, int]:
    """Operation → a number that all have that are the same."""
    found: dict[OperationKey, list[int]] = {}
    numbers: dict[Hashable, int] = {}
    for index, step in enumerate(plan.steps):
        tasks = [task for task in step.tasks if task.kind == "operation"]
        for task, color in zip(tasks, _colors(step, tasks), strict=True):
            found.setdefault(key_of(task), []).append(_number(numbers, (index, color)))
    return {key: _number(numbers, tuple(colors)) for key, colors in found.items()}


def _number(numbers: dict[Hashable, int], key: Hashable) -> int:
    return numbers.setdefault(key, len(numbers))


def _colors(step: Step, tasks: list[Task]) -> list[Hashable]:
    index_of = {task.key: index for index, task in enumerate(tasks)}
    waits = direct_waits(step, index_of)
    before: list[tuple[int, ...]] = [waits.get(task.key, ()) for task in tasks]
    after: list[list[int]] = [[] for _ in tasks]
    for index, direct in enumerate(before):
        for one in direct:
            after[one].append(index)
    beside = _on_the_same_instance(tasks)
    colors: list[Hashable] = [_first_color(task) for task in tasks]
    count = len(set(colors))
    while True:
        numbers: dict[Hashable, int] = {}
        refined = [
            _number(
                numbers,
                (
                    colors[index],
                    _counted(colors[one] for one in before[index]),
                    _counted(colors[one] for one in after[index]),
                    beside[index],
                ),
            )
            for index in range(len(tasks))
        ]
        if len(numbers) == count:
            return list(refined)
        colors, count = list(refined), len(numbers)


def _counted(colors: Iterable[Hashable]) -> frozenset[tuple[Hashable, int]]:
    counts: dict[Hashable, int] = {}
    for color in colors:
        counts[color] = counts.get(color, 0) + 1
    return frozenset(counts.items())


def _on_the_same_instance(tasks: list[Task]) -> list[frozenset[tuple[Hashable, int]]]:
    names: dict[str | None, list[Hashable]] = {}
    for task in tasks:
        names.setdefault(task.instance, []).append(task.operation)
    counted = {instance: _counted(found) for instance, found in names.items()}
    return [counted[task.instance] for task in tasks]


def _first_color(task: Task) -> tuple[Any, ...]:
    inputs = json.dumps(task.inputs, sort_keys=True, default=str)
    nodes = [(name or "").rpartition("#")[0] for name in (task.instance, task.source, task.target)]
    return (
        task.operation,
        task.mapping,
        task.executor,
        task.side,
        task.max_retries,
        task.added,
        inputs,
        *nodes,
    )
