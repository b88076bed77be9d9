"""What waits for what: between those tasks of a step that are looked at, through all that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bplint.plan.measure import points_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bplint.plan.plan import Step


class Order(NamedTuple):
    """The order between tasks, by key.

    keys    the tasks that were looked at
    before  for each the tasks that must have ended when it starts, as a number with a bit for each of them
    direct  for each the tasks it waits for that no other of these waits for: the least that says it all
    """

    keys: tuple[str, ...]
    before: dict[str, int]
    direct: dict[str, tuple[str, ...]]


def find_order(step: Step, kept: Collection[str]) -> Order:
    """The order between the tasks of a step with the keys in `kept`. Tasks that wait for each other in a
    circle are left out."""
    tasks = step.tasks
    missing, followers = points_of(tasks)
    bit = {task.key: 1 << index for index, task in enumerate(one for one in tasks if one.key in kept)}
    behind = [0] * len(missing)
    before: dict[str, int] = {}
    ready = [point for point, count in enumerate(missing) if not count]
    while ready:
        point = ready.pop()
        own, task = behind[point], tasks[point // 2]
        if task.key in bit:
            if point % 2:
                own |= bit[task.key]
            else:
                before[task.key] = own
        behind[point] = 0  # every follower takes what it needs: memory stays with the front
        for follower in followers[point]:
            behind[follower] |= own
            missing[follower] -= 1
            if not missing[follower]:
                ready.append(follower)
    keys = tuple(bit)
    return Order(keys, before, {key: _direct(key, keys, before) for key in keys if key in before})


def _direct(key: str, keys: tuple[str, ...], before: dict[str, int]) -> tuple[str, ...]:
    """The latest of those before: what is before another of them need not be said."""
    rest = before[key]
    found = []
    for index in sorted(bits_of(rest), key=lambda one: before[keys[one]].bit_count(), reverse=True):
        if rest >> index & 1:
            found.append(index)
            rest &= ~before[keys[index]]
    return tuple(keys[index] for index in sorted(found))


def bits_of(number: int) -> Iterator[int]:
    """Indexes of the bits that are set, ascending."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
