"""One step of a plan as lines."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.measure import count, longest_chain
from bplint.plan.render.outline import make_outline, name_of
from bplint.plan.render.same import SameInstances, differing, group_items, group_name, node_of, waits_text
from bplint.plan.render.styled import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.plan import Step, Task
    from bplint.plan.render.outline import OutlineItem
    from bplint.plan.render.styled import PlanView

_MAX_VALUE: Final = 100
_MAX_VALUES: Final = 3
_MAX_CHAIN: Final = 6
_OUTCOMES: Final = {
    "failed": "fails",
    "ignored": "fails, ignored",
    "running": "would be running",
    "pending": "never runs",
}
_BAD: Final = {"failed": "bad", "ignored": "doubtful", "running": "doubtful", "pending": "quiet"}


class PreparedStep:
    """A step with what has to be found out only once, however often it is written."""

    __slots__ = ("chain", "counts", "root", "step", "tops")

    def __init__(self, step: Step, view: PlanView) -> None:
        self.step = step
        self.counts = count((step,))
        self.chain = longest_chain(step)
        self.root = make_outline(step)
        if view.only:
            _keep_only(self.root, view.only)
        self.tops = group_items(self.root.ranks, is_folded=not view.is_all)


def step_lines(number: int, prepared: PreparedStep, view: PlanView, depth: int) -> Iterator[Line]:
    """The lines of a step; `depth`: 1 what begins at the margin, 2 operations, 3 states, 4 inputs."""
    step = prepared.step
    if step.type not in ("graph", "linear"):
        yield Line(0, f"step {number}: {step.type.replace('_', ' ')} {step.id}", "head")
        for name in ("added", "removed"):
            ids = getattr(step, name)
            if ids:
                yield Line(2, f"{name}: {', '.join(ids)}")
        return
    what = "graph" if step.type == "graph" else "one task after the other"
    counts, chain = prepared.counts, prepared.chain
    if not counts.tasks:
        yield Line(0, f"step {number}: {what}, nothing to do", "head")
        return
    waves = f" in {plural(len(chain), 'wave')}" if chain else ""
    operations = f"{plural(counts.operations, 'operation')}{waves}" if counts.operations else "no operation"
    yield Line(0, f"step {number}: {what}, {operations}, {plural(counts.tasks, 'task')}", "head")
    yield from _Writer(view, depth).ranks(prepared.tops, prepared.root, 2)
    if len(chain) > 1:
        yield Line(2, f"longest chain, {len(chain)} operations: ").add(chain_text(chain, view), "name")


def chain_text(chain: list[Task], view: PlanView) -> str:
    """The names of the tasks of a chain, of a long one only those at its ends."""
    names = [name_of(task) for task in chain]
    if len(names) > 2 * _MAX_CHAIN and not view.is_all:
        names[_MAX_CHAIN:-_MAX_CHAIN] = [f"({len(names) - 2 * _MAX_CHAIN} more)"]
    return " -> ".join(names)


def plural(number: int, noun: str) -> str:
    """'1 task', '2 tasks'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _keep_only(item: OutlineItem, only: tuple[str, ...]) -> None:
    item.items = [one for one in item.items if _has(one, only)]
    item.ranks = [found for rank in item.ranks if (found := [one for one in rank if one in item.items])]


def _has(item: OutlineItem, only: tuple[str, ...]) -> bool:
    task = item.task
    names = (task.instance, task.source, task.target) if task is not None else ()
    return any(name in only or node_of(name) in only for name in names if name) or any(
        _has(one, only) for one in item.items
    )


class _Writer:
    def __init__(self, view: PlanView, depth: int) -> None:
        self.view = view
        self.depth = depth
        self._added = 0  # subgraphs around that are said to be added while running

    def ranks(
        self, ranks: list[list[SameInstances]], item: OutlineItem | SameInstances, indent: int
    ) -> Iterator[Line]:
        """A line a task; what does not wait for each other stands together, where the order of lines tells
        the waits."""
        size = len(item.items) if isinstance(item, SameInstances) else 1
        if not item.is_ranked:
            for group in (group for rank in ranks for group in rank):
                yield from self.group(group, indent, size)
            return
        states: list[Task] = []
        for rank in ranks:
            if self._is_states(rank):
                states.append(rank[0].task)
                continue
            yield from self._state_line(states, indent)
            states = []
            inner = indent
            if sum(not self._is_hidden(group) for group in rank) > 1:
                yield Line(indent, "side by side", "quiet")
                inner += 2
            for group in rank:
                yield from self.group(group, inner, size)
        yield from self._state_line(states, indent)

    def _is_hidden(self, group: SameInstances) -> bool:
        return self.depth < 3 and group.task.kind == "set_state"

    def _is_states(self, rank: list[SameInstances]) -> bool:
        return len(rank) == 1 and rank[0].task.kind == "set_state" and rank[0].task.parent is not None

    def _state_line(self, states: list[Task], indent: int) -> Iterator[Line]:
        """States that follow each other in a line; what did not happen in one of its own."""
        if self.depth < 3:
            return
        for outcome, same in groupby(states, key=lambda task: task.outcome):
            line = Line(indent, ", ".join(f"-> {one.state}" for one in same), "state")
            yield line.add(f"  [{_OUTCOMES[outcome]}]", _BAD[outcome]) if outcome in _OUTCOMES else line

    def group(self, group: SameInstances, indent: int, size: int) -> Iterator[Line]:
        """The lines of a group; `size`: how many stand for one another in what is around it."""
        task = group.task
        if task.kind == "subgraph":
            yield from self._subgraph(group, indent, size)
            return
        if task.kind == "set_state" and self.depth < 3:
            return
        line = self._headline(group, indent, _many(group, size))
        self._trouble(line, group)
        waits = waits_text(group)
        yield line
        if waits:
            yield Line(indent + 2, f"after {waits}", "quiet")
        if self.depth >= 4:
            yield from self._inputs(group, indent + 4)

    @staticmethod
    def _headline(group: SameInstances, indent: int, many: str) -> Line:
        task, tasks = group.task, group.tasks
        if task.kind == "operation":
            line = Line(indent, group_name(tasks), "name").add(many)
            return line.add("  ").add(f"{task.mapping} on {task.executor}", "", task.made_at)
        if task.kind == "set_state":
            name = group_name(tasks) if len(tasks) > 1 else str(task.instance)
            return Line(
                indent, f"-> {task.state}" if task.parent else f"{name} -> {task.state}", "state"
            ).add(many)
        return Line(indent, group_name(tasks), "name").add(many)

    def _subgraph(self, group: SameInstances, indent: int, size: int) -> Iterator[Line]:
        line = Line(indent, group_name(group.tasks), "name").add(_many(group, size))
        self._trouble(line, group)
        waits = waits_text(group)
        if self.depth < 2:
            yield line.add(f": {_short_list(group)}" if _short_list(group) else "")
            if waits:
                yield Line(indent + 2, f"after {waits}", "quiet")
            return
        yield line
        if waits:
            yield Line(indent + 2, f"after {waits}", "quiet")
        self._added += group.task.added
        lines = list(self.ranks(group.groups, group, indent + 2))
        self._added -= group.task.added
        yield from lines
        if not lines and self.depth >= 3:
            yield Line(indent + 2, "events only", "quiet")

    def _inputs(self, group: SameInstances, indent: int) -> Iterator[Line]:
        for name, values in differing(group.tasks):
            if len(values) == 1:
                yield Line(indent, f"{name}: {_value(values[0][1])}")
                continue
            shown = values if self.view.is_all else values[:_MAX_VALUES]
            for whose, value in shown:
                yield Line(indent, f"{name}: {_value(value)} ({whose})")
            if len(values) > len(shown):
                yield Line(indent, f"{name}: {plural(len(values) - len(shown), 'other value')}", "quiet")

    def _trouble(self, line: Line, group: SameInstances) -> None:
        task = group.task
        is_told = task.outcome in _OUTCOMES and task.kind != "subgraph"
        words = [_OUTCOMES[task.outcome]] if is_told else []
        if task.attempts > 1:
            words.append(f"tried {task.attempts} times")
        if task.added and not self._added:
            words.append("added while running")
        if words:
            line.add(f"  [{', '.join(words)}]", _BAD[task.outcome] if is_told else "doubtful")


def _many(group: SameInstances, size: int) -> str:
    times = len(group.items) // size
    if times == 1:
        return ""
    how = "one after the other" if group.is_chain else "the same"
    each = " each" if size > 1 else ""
    return f"  \u00d7{times}{each}, {how}"


def _short_list(group: SameInstances) -> str:
    """The operations of a subgraph in a line."""
    parts: list[str] = []
    for found in group.groups:
        for one in found:
            inner = _short_list(one) if one.task.kind == "subgraph" else _short(one)
            if inner:
                times = len(one.items) // len(group.items)
                parts.append(f"{times} {inner}" if times > 1 else inner)
    return ", ".join(parts)


def _short(group: SameInstances) -> str:
    task = group.task
    if task.kind == "set_state":
        return ""
    return name_of(task).partition("@")[0].partition("[")[0]


def _value(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 3]}..."
