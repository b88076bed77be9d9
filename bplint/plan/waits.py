"""What waits for what: between those tasks of a step that are looked at, through all that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.plan.measure import points_of
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.plan.plan import Step


_MANY: Final = 20_000


class Order(Record):
    """The order between tasks, by key; a task is meant by the index it was given.

    before  those that must have ended when it starts, as a number with the bits of their indexes
    direct  those of them that no other of them waits for: the least that says it all, ascending
    """

    before: dict[str, int]
    direct: dict[str, tuple[int, ...]]


def find_order(step: Step, index_of: Mapping[str, int]) -> Order:
    """The order between the tasks of a step that have an index. Tasks that wait for each other in a circle
    are left out."""
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
                own |= 1 << index
                front = {index}
            else:
                known[index] = order.before[key] = own
                order.direct[key] = _latest(front, known) if front else ()
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


def direct_waits(step: Step, index_of: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The last ones that each task waits for, of those that have an index; it comes after what it waits for.

    Of more than 20,000 tasks only that is left out which follows within one subgraph at the top, or from the
    order of these subgraphs: the whole order takes memory as the square of the number of tasks.
    """
    if len(index_of) <= _MANY:
        return find_order(step, index_of).direct
    return _Near(step, index_of).direct


class _Near:
    def __init__(self, step: Step, index_of: Mapping[str, int]) -> None:
        self.direct: dict[str, tuple[int, ...]] = {}
        self._tasks = step.tasks
        self._index_of = index_of
        self._parent = {task.key: task.parent for task in step.tasks}
        self._behind: dict[int, set[int]] = {}  # those before it in its own top-level subgraph
        self._top: dict[int, str] = {index: self._top_of(key) for key, index in index_of.items()}
        self._holding = {holder for key in index_of for holder in self._holders(key)}
        self._before = self._order_of_tops()
        self._go(*points_of(step.tasks))

    def _order_of_tops(self) -> dict[str, int]:
        """Top-level task → the top-level tasks that end before it begins, as a number with the bits of their
        places in this order."""
        tops = [task for task in self._tasks if task.parent not in self._parent]
        self._place = {task.key: place for place, task in enumerate(tops)}
        missing = {task.key: sum(dep in self._place for dep in task.deps) for task in tops}
        after: dict[str, list[str]] = {}
        for task in tops:
            for dep in task.deps:
                if dep in self._place:
                    after.setdefault(dep, []).append(task.key)
        before = dict.fromkeys(missing, 0)
        ready = [key for key, count in missing.items() if not count]
        for key in ready:
            own = before[key] | 1 << self._place[key]
            for other in after.get(key, ()):
                before[other] |= own
                missing[other] -= 1
                if not missing[other]:
                    ready.append(other)
        return before

    def _holders(self, key: str) -> list[str]:
        found = []
        parent = self._parent[key]
        while parent is not None and parent in self._parent:
            found.append(parent)
            parent = self._parent[parent]
        return found

    def _top_of(self, key: str) -> str:
        holders = self._holders(key)
        return holders[-1] if holders else key

    def _go(self, missing: list[int], followers: list[list[int]]) -> None:
        fronts: list[set[int] | None] = [None] * len(missing)
        ready = [point for point, count in enumerate(missing) if not count]
        while ready:
            point = ready.pop()
            front, fronts[point] = self._pruned(fronts[point] or set()), None
            key = self._tasks[point // 2].key
            index = self._index_of.get(key)
            if index is not None and point % 2:
                front = {index}
            elif index is not None:
                self.direct[key] = tuple(sorted(front))
                own = {one for one in front if self._top[one] == self._top[index]}
                self._behind[index] = own.union(*(self._behind[one] for one in own))
            for follower in followers[point]:
                # the end of a subgraph is behind its members, and these are behind its start
                if front and not (follower == point + 1 and key in self._holding):
                    found = fronts[follower]
                    if found is None:
                        fronts[follower] = set(front)
                    else:
                        found |= front
                missing[follower] -= 1
                if not missing[follower]:
                    ready.append(follower)

    def _pruned(self, front: set[int]) -> set[int]:
        if len(front) < 2:
            return front
        covered = 0
        for top in {self._top[one] for one in front}:
            covered |= self._before[top]
        front = {one for one in front if not covered >> self._place[self._top[one]] & 1}
        return front.difference(*(self._behind[one] for one in front))
