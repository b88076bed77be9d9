"""A step of a plan as an outline: tasks below their subgraphs, rank by rank, with what each waits for.

Waits lead through the tasks that are not shown (events, no-ops, empty subgraphs) and are those of the tasks
that are. What is said by the place in the outline is not said again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.plan.natural_order import natural
from bplint.plan.operation import key_of, short_path
from bplint.plan.waits import direct_waits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.plan.plan import Step, Task

_UNSEEN: Final = ("node_event", "nop")
_STATES: Final = ("set_state", *_UNSEEN)
_MANY_MEMBERS: Final = 2_000


class OutlineItem:
    """A line of the outline.

    items      of a subgraph, in the order in which they are shown
    ranks      the same, put together where they do not wait for each other
    is_ranked  each rank waits for the whole rank before it, so that the order of lines tells all waits
    waits      the tasks that it waits for beyond that
    """

    __slots__ = ("is_ranked", "items", "ranks", "task", "waits")

    def __init__(self, task: Task | None) -> None:
        self.task = task
        self.items: list[OutlineItem] = []
        self.ranks: list[list[OutlineItem]] = []
        self.is_ranked = True
        self.waits: tuple[Task, ...] = ()


def make_outline(step: Step) -> OutlineItem:
    """The outline of a step: an item without a task that has all others."""
    return _Outliner(step).root


def name_of(task: Task) -> str:
    """What a task is called in a plan."""
    if task.kind == "operation":
        name = str(key_of(task))
    elif task.kind == "subgraph":
        return short_path(task.name or task.key)
    elif task.kind == "workflow_event":
        name = f"event: {task.event}"
    elif task.kind == "node_event":
        name = f"event@{task.instance}: {task.event}"
    else:
        name = f"{task.kind.replace('_', ' ')} {task.name or task.instance or ''}".rstrip()
    key, _, number = task.key.rpartition("~")
    return f"{name}~{number}" if key and number.isdecimal() else name


class _Outliner:
    def __init__(self, step: Step) -> None:
        self.step = step
        self.tasks = {task.key: task for task in step.tasks}
        self.below: dict[str | None, list[Task]] = {None: []}
        for task in step.tasks:
            self.below.setdefault(self._parent(task), []).append(task)
        self.leaves = {task.key: task for task in step.tasks if self._is_leaf(task)}
        self.direct = self._direct()
        self.edges, self.inexact = self._edges()
        self.root = self._item(None)
        self._place_waits(self.root, None)

    def _parent(self, task: Task) -> str | None:
        return task.parent if task.parent in self.tasks else None

    def _is_leaf(self, task: Task) -> bool:
        """Whether others wait for it: it does something, or is a subgraph that only sets states."""
        if task.kind == "subgraph":
            members = self.below.get(task.key, ())
            return any(one.kind == "set_state" for one in members) and all(
                one.kind in _STATES for one in members
            )
        return task.kind not in _STATES or (task.kind == "node_event" and self._is_seen(task))

    def _direct(self) -> dict[str, tuple[Task, ...]]:
        tasks = list(self.leaves.values())
        index_of = {task.key: index for index, task in enumerate(tasks)}
        waits = direct_waits(self.step, index_of)
        found = {key: tuple(tasks[one] for one in direct) for key, direct in waits.items()}
        for task in tasks:
            if task.key not in found:  # it waits for itself, in the end
                awaited = (self.tasks.get(dep) for dep in task.deps if dep != task.parent)
                found[task.key] = tuple(one for one in awaited if one is not None)
        return found

    # -- the layout

    def _edges(self) -> tuple[dict[str | None, list[tuple[str, str]]], set[str | None]]:
        """Subgraph → (earlier, later) among its members; those in which a member waits for a part of another
        one, or a part of it waits."""
        edges: dict[str | None, list[tuple[str, str]]] = {}
        inexact: set[str | None] = set()
        for task in self.step.tasks:
            for dep in task.deps:
                other = self.tasks.get(dep)
                if other is None or dep == task.parent:
                    continue
                one, two = other, task
                while self._parent(one) != self._parent(two):
                    deeper = one if self._depth(one) >= self._depth(two) else two
                    holder = self.tasks[deeper.parent or ""]
                    one, two = (holder, two) if deeper is one else (one, holder)
                if one.key != two.key:
                    edges.setdefault(self._parent(two), []).append((one.key, two.key))
                    if one is not other or two is not task:
                        inexact.add(self._parent(two))
        return edges, inexact

    def _depth(self, task: Task) -> int:
        depth, parent = 0, self._parent(task)
        while parent is not None:
            depth, parent = depth + 1, self._parent(self.tasks[parent])
        return depth

    def _item(self, task: Task | None) -> OutlineItem:
        item = OutlineItem(task)
        key = task.key if task is not None else None
        members = [one for one in self.below.get(key, ()) if self._is_seen(one)]
        made = {one.key: self._item(one) for one in members}
        rank, is_ranked = self._ranks(key, made)
        # what begins at the margin says what it waits for: readers do not look for order there
        is_margin = task is None and any(one.kind == "subgraph" for one in members)
        item.is_ranked = is_ranked and key not in self.inexact and not is_margin
        found = sorted(made.values(), key=lambda one: self._position(one, rank, item.is_ranked))
        item.items = found
        item.ranks = []
        for one in found:
            assert one.task is not None
            if item.ranks and rank[one.task.key] == rank[_key(item.ranks[-1][0])]:
                item.ranks[-1].append(one)
            else:
                item.ranks.append([one])
        return item

    def _is_seen(self, task: Task) -> bool:
        if task.kind == "subgraph":
            return any(self._is_seen(one) for one in self.below.get(task.key, ()))
        # events of the built-in workflows tell what the operations tell
        return task.kind not in _UNSEEN or (task.kind == "node_event" and task.made_at is not None)

    def _position(self, item: OutlineItem, rank: dict[str, int], is_ranked: bool) -> tuple[object, ...]:
        task = item.task
        assert task is not None
        if self.step.type == "linear":
            return (rank[task.key] if is_ranked else 0, task.number)
        first = rank[task.key] if is_ranked else -1 if task.wave is None else task.wave
        return (task.wave is None and not is_ranked, first, task.kind, natural(name_of(task)), task.number)

    def _ranks(self, key: str | None, made: dict[str, OutlineItem]) -> tuple[dict[str, int], bool]:
        """Of what is seen in a subgraph; whether each waits for all of the rank before it."""
        members = self.below.get(key, ())
        missing = dict.fromkeys((one.key for one in members), 0)
        after: dict[str, list[str]] = {}
        for one, other in self.edges.get(key, ()):
            missing[other] += 1
            after.setdefault(one, []).append(other)
        fronts: dict[str, set[str]] = {one: set() for one in missing}
        behind: dict[str, set[str]] = {}
        direct: dict[str, set[str]] = {}
        ready = [one for one, count in missing.items() if not count]
        for one in ready:
            front = fronts.pop(one)
            if one in made:
                direct[one] = front
                if len(made) <= _MANY_MEMBERS:
                    direct[one] = front - set().union(*(behind[each] for each in front))
                    behind[one] = front.union(*(behind[each] for each in direct[one]))
                front = {one}
            for other in after.get(one, ()):
                fronts[other] |= front
                missing[other] -= 1
                if not missing[other]:
                    ready.append(other)
        return _ranked(made, direct)

    # -- waits

    def _place_waits(self, item: OutlineItem, holder: str | None) -> tuple[Task, ...]:
        """Puts waits where they are shown; what all of the item waits for is left to it, and returned."""
        task = item.task
        if task is not None and task.key in self.leaves:
            return self.direct.get(task.key, ())
        key = task.key if task is not None else None
        found = [(one, self._place_waits(one, key)) for one in item.items]
        common: tuple[Task, ...] = ()
        if key is not None:
            entries = [
                waits
                for one, waits in found
                if self._counts(one) and not any(self._is_in(each, key) for each in waits)
            ]
            if entries:
                rest = [{each.key for each in waits} for waits in entries[1:]]
                common = tuple(each for each in entries[0] if all(each.key in keys for keys in rest))
        told = {each.key for each in common}
        for one, waits in found:
            one.waits = tuple(
                each
                for each in waits
                if each.key not in told and not (item.is_ranked and (key is None or self._is_in(each, key)))
            )
        return common

    def _counts(self, item: OutlineItem) -> bool:
        assert item.task is not None
        return item.task.key in self.leaves or any(self._counts(one) for one in item.items)

    def _is_in(self, task: Task, key: str) -> bool:
        parent = self._parent(task)
        while parent is not None and parent != key:
            parent = self._parent(self.tasks[parent])
        return parent == key


def _key(item: OutlineItem) -> str:
    assert item.task is not None
    return item.task.key


def _ranked(made: Iterable[str], direct: dict[str, set[str]]) -> tuple[dict[str, int], bool]:
    rank: dict[str, int] = {}
    members: dict[int, set[str]] = {}
    for one in direct:  # in an order in which each comes after what it waits for
        rank[one] = 1 + max((rank[each] for each in direct[one]), default=-1)
        members.setdefault(rank[one], set()).add(one)
    is_ranked = all(found == members.get(rank[one] - 1, set()) for one, found in direct.items())
    for one in made:
        if one not in rank:  # it waits for itself: it never runs
            rank[one], is_ranked = len(members), False
    return rank, is_ranked
