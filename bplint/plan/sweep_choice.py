"""Which of the things that could go wrong are simulated, and which others each of them stands for."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bplint.plan.operation import OperationKey, key_of
from bplint.plan.symmetry import operation_classes
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bplint.plan.plan import Plan

_FEW: Final = 300  # as many are all simulated
_ENDS: Final = ("task_succeeded", "task_failed", "task_rescheduled")


class SweepChoice(Record):
    """Each entry is simulated with its first member and stands for the others.

    failures       operations that fail
    cancellations  numbers of operations that have ended
    planned        how many there are in all
    """

    failures: tuple[tuple[OperationKey, ...], ...]
    cancellations: tuple[tuple[int, ...], ...]
    planned: int


def choose(plan: Plan, keys: Sequence[OperationKey], attempts: int) -> SweepChoice:
    """All of them, or of many those that differ."""
    planned = len(keys) + attempts
    if planned <= _FEW:
        return SweepChoice(
            tuple((key,) for key in keys), tuple((count,) for count in range(attempts)), planned
        )
    classes = operation_classes(plan)
    same: dict[int, list[OperationKey]] = {}
    for key in keys:
        same.setdefault(classes[key], []).append(key)
    failures = tuple(tuple(found) for found in same.values())
    ended = list(_ended(plan))
    if len(ended) != attempts:  # some operations end without an event
        return SweepChoice(failures, tuple((count,) for count in range(attempts)), planned)
    return SweepChoice(failures, tuple(_runs([classes[key] for key in ended])), planned)


def _runs(classes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Of operations of one class in a row: the cancellation before the first, and those between them, for
    which the one in the middle stands."""
    for _, found in groupby(range(len(classes)), key=classes.__getitem__):
        first, *rest = found
        yield (first,)
        if rest:
            middle = rest.pop(len(rest) // 2)
            yield (middle, *rest)


def _ended(plan: Plan) -> Iterator[OperationKey]:
    """Operations in the order in which they end."""
    keys = {task.number: key_of(task) for task in plan.tasks if task.kind == "operation"}
    for event in plan.events:
        if event.type in _ENDS and event.task in keys:
            yield keys[event.task]
