"""What waits for what: between those tasks of a step that are looked at, through all that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.plan.measure import points_of
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.plan.plan import Step


class Order(Record):
    """The order between tasks, by key; a task is meant by the index it was given.

    before  those that must have ended when it starts, as a number with the bits of their indexes
    direct  those of them that no other of them waits for: the least that says it all, ascending
    """

    before: dict[str, int]
    direct: dict[str, tuple[int, ...]]


def find_order(step: Step, index_of: Mapping[str, int], *, is_reduced: bool = True) -> Order:
    """The order between the tasks of a step that have an index. Tasks that wait for each other in a circle
    are left out.

    Not reduced, `before` is empty and `direct` may hold what follows from the rest of it: that takes memory
    as there are waits, and not as the square of the tasks."""
    tasks = step.tasks
    missing, followers = points_of(tasks)
    behind = [0] * len(missing)
    fronts: list[set[int] | None] = [None] * len(missing)  # the last ones behind, seen from there
    order = Order({}, {})
    known: dict[int, int] = {}
    ready = [point for point, count in enumerate(missing) if not count]
    while ready:
        point = ready.pop()
        own, front = behind[point], fronts[point]
        behind[point], fronts[point] = 0, None  # every follower takes what it needs
        key = tasks[point // 2].key
        if key in index_of:
            index = index_of[key]
            if point % 2:
                if is_reduced:
                    own |= 1 << index
                front = {index}
            else:
                if is_reduced:
                    known[index] = order.before[key] = own
                    order.direct[key] = _latest(front, known) if front else ()
                else:
                    order.direct[key] = tuple(sorted(front or ()))
        for follower in followers[point]:
            behind[follower] |= own
            if front:
                found = fronts[follower]
                if found is None:
                    fronts[follower] = set(front)
                else:
                    found |= front
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    return order


def _latest(front: set[int], before: Mapping[int, int]) -> tuple[int, ...]:
    """Those that are not before another of them."""
    if len(front) == 1:
        return tuple(front)
    covered = 0
    for one in front:
        covered |= before[one]
    return tuple(sorted(one for one in front if not covered >> one & 1))
