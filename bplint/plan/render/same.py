"""Lines of an outline that are the same but for the node instance that they are about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.natural_order import natural, number_ranges
from bplint.plan.operation import OperationKey
from bplint.plan.render.outline import name_of
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bplint.plan.plan import Task
    from bplint.plan.render.outline import OutlineItem

_NUMBER: Final = lazy_pattern(r"#\d+")
_INSTANCE: Final = lazy_pattern(r"^(.*)#(\d+)$")
_MAX_NAMED: Final = 3


class SameInstances:
    """Items that are the same. `groups` are those of their items: rank by rank, each of as many items as
    this one has, or a multiple of it."""

    __slots__ = ("groups", "is_chain", "is_ranked", "items")

    def __init__(self, items: list[OutlineItem]) -> None:
        self.items = items
        self.is_ranked = items[0].is_ranked
        self.groups: list[list[SameInstances]] = []
        self.is_chain = False

    @property
    def task(self) -> Task:
        """The first one's."""
        task = self.items[0].task
        assert task is not None
        return task

    @property
    def tasks(self) -> list[Task]:
        return [one.task for one in self.items if one.task is not None]


def group_items(items: list[list[OutlineItem]], *, is_folded: bool) -> list[list[SameInstances]]:
    """Ranks of items of one subgraph, or of several that are the same, with those that are the same put
    together; without `is_folded` each stays alone."""
    signatures = _Signatures()
    return [list(_grouped(rank, signatures, is_folded)) for rank in items]


def _grouped(rank: list[OutlineItem], signatures: _Signatures, is_folded: bool) -> Iterator[SameInstances]:
    found: dict[Any, list[OutlineItem]] = {}
    for item in rank:
        found.setdefault(signatures.of(item) if is_folded else id(item), []).append(item)
    for items in found.values():
        group = SameInstances(items)
        ranks = zip(*(one.ranks for one in items), strict=True)
        group.groups = group_items([[each for part in parts for each in part] for parts in ranks],
                                   is_folded=is_folded)  # fmt: skip
        group.is_chain = len(items) > 1 and _is_chain(items)
        yield group


def _is_chain(items: list[OutlineItem]) -> bool:
    """Whether they wait for each other."""
    inside = {_owner(task) for one in items for task in _tasks(one)}
    return any(_owner(wait) in inside for one in items for wait in one.waits)


def _tasks(item: OutlineItem) -> Iterator[Task]:
    if item.task is not None:
        yield item.task
    for one in item.items:
        yield from _tasks(one)


def _owner(task: Task) -> str:
    return task.key


class _Signatures:
    """What an item is, without its instances."""

    def __init__(self) -> None:
        self._known: dict[int, Any] = {}

    def of(self, item: OutlineItem) -> Any:
        found = self._known.get(id(item))
        if found is None:
            ranks = tuple(tuple(sorted(repr(self.of(one)) for one in rank)) for rank in item.ranks)
            found = hash((_sign(item.task), item.is_ranked, ranks, _sign_waits(item.waits)))
            self._known[id(item)] = found
        return found


def _sign(task: Task | None) -> tuple[Any, ...]:
    if task is None:
        return ()
    names = (task.instance, task.source, task.target)
    return (
        task.kind,
        _bare(task.name),
        task.operation,
        task.mapping,
        task.executor,
        task.state,
        task.event,
        task.side,
        task.outcome,
        task.attempts,
        task.added,
        tuple(node_of(one) for one in names),
        tuple(task.inputs or ()),
    )


def _sign_waits(waits: Iterable[Task]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for one in waits:
        name = _bare(name_of(one)) or ""
        counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts.items()))


def node_of(instance: str | None) -> str:
    """The node of an instance's id."""
    return (instance or "").rpartition("#")[0]


def _bare(name: str | None) -> str | None:
    return _NUMBER.sub("#", name) if name is not None else None


# -- words


def range_name(names: Sequence[str]) -> str:
    """'web#0-47' for the instances; names that differ in other ways are put together by their beginnings."""
    if len(set(names)) == 1:
        return names[0]
    numbers: dict[str, list[int]] = {}
    for name in dict.fromkeys(names):
        match = _INSTANCE.search(name)
        if match is None:
            return f"{names[0]} and {len(set(names)) - 1} more"
        numbers.setdefault(match[1], []).append(int(match[2]))
    return ", ".join(f"{base}#{number_ranges(sorted(found))}" for base, found in numbers.items())


def group_name(tasks: Sequence[Task]) -> str:
    """What the tasks of a group are called together: `start@web#0-47`."""
    first = tasks[0]
    if len(tasks) == 1:
        return name_of(first)
    if first.kind == "node_event":
        return f"event@{_together(one.instance for one in tasks)}: {first.event}"
    if first.kind != "operation":
        return range_name([name_of(one) for one in tasks])
    key = OperationKey(
        _together(one.instance for one in tasks),
        first.operation or "",
        first.side,
        _together(one.source for one in tasks),
        _together(one.target for one in tasks),
    )
    return str(key)


def _together(names: Iterable[str | None]) -> str:
    return range_name([name or "" for name in names])


def waits_text(group: SameInstances) -> str:
    """What the items of a group wait for: names, or whose own; '' for nothing."""
    every = [_by_kind(one.waits) for one in group.items]
    parts: list[str] = []
    for bare, waits in every[0].items():
        if all(found[bare].keys() == waits.keys() for found in every):
            parts += _named(list(waits.values()))
        else:
            name = bare.replace("#", "")
            parts.append(f"its own {name}" if len(waits) == 1 else f"{len(waits)} of {name}")
    return ", ".join(parts)


def _by_kind(waits: Iterable[Task]) -> dict[str, dict[str, Task]]:
    """Tasks by their names, below the names without their instances."""
    found: dict[str, dict[str, Task]] = {}
    for task in waits:
        name = name_of(task)
        found.setdefault(_bare(name) or "", {})[name] = task
    return found


def _named(tasks: list[Task]) -> Iterator[str]:
    """Names of tasks; many that are the same but for the instance together."""
    found: dict[str, list[Task]] = {}
    for task in sorted(tasks, key=lambda one: natural(name_of(one))):
        found.setdefault(_bare(name_of(task)) or "", []).append(task)
    for same in found.values():
        if len(same) > _MAX_NAMED:
            yield group_name(same)
        else:
            yield from (name_of(one) for one in same)


def differing(tasks: Sequence[Task]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Inputs: (name, [(whose, value)]), of values that are equal all together; '' is everybody's."""
    found = []
    for name in tasks[0].inputs or {}:
        values: dict[str, list[Task]] = {}
        for task in tasks:
            text = json.dumps((task.inputs or {}).get(name), sort_keys=True, default=str)
            values.setdefault(text, []).append(task)
        entries = [
            ("" if len(values) == 1 else _together(_whose(one) for one in same), (same[0].inputs or {})[name])
            for same in values.values()
        ]
        found.append((name, entries))
    return found


def _whose(task: Task) -> str | None:
    return task.instance if task.side is None else task.source if task.side == "source" else task.target
