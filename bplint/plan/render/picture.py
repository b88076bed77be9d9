"""A plan as boxes, groups of boxes and arrows: what the pictures have in common.

A box is an operation, or a subgraph that only sets states. Tasks that a reader of a picture does not look
for (states, events, no-ops) are left out; what waits through them still waits.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.operation import short_operation, short_path
from bplint.plan.waits import find_order
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from bplint.plan.plan import Plan, Step, Task

_SCRIPT_RUNNER: Final = "script_runner.tasks."
_GENERIC: Final = ("tasks", "operations", "plugin", "main")  # modules that say nothing by their names
_SHOWN: Final = ("operation", "local_task", "remote_task", "execution_status")
_MANY_SUBGRAPHS: Final = 60  # of a step, without another around: more are put together by node
_MODIFICATIONS: Final = {
    "modification_start": "modification starts",
    "modification_finish": "modification is finished",
    "modification_rollback": "modification is rolled back",
}


class Box(Record):
    """kind: operation, task, states (a subgraph without operations), step or folded.
    number: of the task; tasks: how many operations a folded one stands for."""

    id: str
    lines: tuple[str, ...]
    group: str | None
    kind: str
    outcome: str = "succeeded"
    number: int | None = None
    tasks: int = 1


class BoxGroup(Record):
    """kind: step, node (the subgraphs of its instances) or subgraph."""

    id: str
    label: str
    parent: str | None
    kind: str


class Picture(Record):
    """Arrows lead from what must end first: (box id, box id)."""

    groups: tuple[BoxGroup, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[tuple[str, str], ...]


def make_picture(plan: Plan, most_subgraphs: int = _MANY_SUBGRAPHS) -> Picture:
    """The picture of all steps, one after the other. More subgraphs of a step than that are put together by
    node."""
    drawing = _PictureDrawing(len([step for step in plan.steps if step.tasks]) > 1, most_subgraphs)
    for step in plan.steps:
        drawing.add(step)
    return Picture(tuple(drawing.groups), tuple(drawing.boxes), tuple(drawing.arrows))


class _PictureDrawing:
    def __init__(self, has_steps: bool, most_subgraphs: int) -> None:
        self.has_steps = has_steps
        self.most_subgraphs = most_subgraphs
        self.groups: list[BoxGroup] = []
        self.boxes: list[Box] = []
        self.arrows: list[tuple[str, str]] = []
        self._last: list[str] = []  # boxes that the next step comes after
        self._steps = 0

    def add(self, step: Step) -> None:
        self._steps += 1
        if step.type in _MODIFICATIONS:
            self._follow(self._step_box(_MODIFICATIONS[step.type], _changes(step)))
        elif step.tasks:
            self._add_tasks(step)

    def _step_box(self, *lines: str) -> str:
        box = Box(f"s{self._steps}", tuple(line for line in lines if line), None, "step", tasks=0)
        self.boxes.append(box)
        return box.id

    def _follow(self, box: str) -> None:
        self.arrows.extend((last, box) for last in self._last)
        self._last = [box]

    def _add_tasks(self, step: Step) -> None:
        below: dict[str | None, list[Task]] = {}
        for task in step.tasks:
            below.setdefault(task.parent, []).append(task)
        shown = {task.key: task for task in step.tasks if _is_shown(task, below)}
        if not shown:
            return
        if self._last and self.boxes[-1].kind != "step":
            self._follow(self._step_box("then"))
        self._add_groups(step, shown)
        keys = list(shown)
        order = find_order(step, {key: index for index, key in enumerate(keys)})
        awaited = {keys[index] for direct in order.direct.values() for index in direct}
        name = {key: f"n{task.number}" for key, task in shown.items()}
        for key in shown:
            direct = order.direct.get(key, ())
            self.arrows.extend((name[keys[index]], name[key]) for index in direct)
            if not direct:
                self.arrows.extend((last, name[key]) for last in self._last)
        self._last = [name[key] for key in shown if key not in awaited]

    def _add_groups(self, step: Step, shown: dict[str, Task]) -> None:
        by_key = {task.key: task for task in step.tasks}
        outer = f"g{self._steps}" if self.has_steps else None
        if outer is not None:
            what = "graph" if step.type == "graph" else "one after the other"
            self.groups.append(BoxGroup(outer, f"step {self._steps}: {what}", None, "step"))
        known: dict[str | None, str | None] = {None: outer}
        nodes = self._add_nodes(step, outer)

        def group_of(key: str | None) -> str | None:
            if key not in known:
                task = by_key[key or ""]
                parent = group_of(task.parent) if task.parent is not None else nodes.get(task.key, outer)
                made = BoxGroup(
                    f"g{self._steps}_{task.number}", short_path(task.name or task.key), parent, "subgraph"
                )
                self.groups.append(made)
                known[key] = made.id
            return known[key]

        for task in shown.values():
            self.boxes.append(
                _box(task, group_of(task.parent) if task.parent else nodes.get(task.key, outer))
            )

    def _add_nodes(self, step: Step, outer: str | None) -> dict[str, str]:
        """Groups for the nodes, where there are many subgraphs: a subgraph's key → its node's group."""
        tops = {task.key: task.key for task in step.tasks if task.kind == "subgraph" and task.parent is None}
        if len(tops) <= self.most_subgraphs:
            return {}
        node_of: dict[str, str] = {}
        for task in step.tasks:
            if task.parent is not None and task.parent in tops:
                tops[task.key] = tops[task.parent]
                if task.instance is not None:
                    node_of.setdefault(tops[task.key], task.instance.rpartition("#")[0])
        found: dict[str, str] = {}
        for number, (node, count) in enumerate(Counter(node_of.values()).items()):
            found[node] = f"g{self._steps}_node{number}"
            label = node if count == 1 else f"{node} \u00d7{count}"
            self.groups.append(BoxGroup(found[node], label, outer, "node"))
        return {key: found[node] for key, node in node_of.items()}


def _is_shown(task: Task, below: dict[str | None, list[Task]]) -> bool:
    if task.kind == "subgraph":
        members = below.get(task.key, ())
        return bool(members) and all(one.kind in ("set_state", "node_event", "nop") for one in members)
    return task.kind in _SHOWN


def _box(task: Task, group: str | None) -> Box:
    name = f"n{task.number}"
    if task.kind == "subgraph":
        return Box(name, (short_path(task.name or task.key),), group, "states", task.outcome, task.number, 0)
    if task.kind != "operation":
        line = f"{task.kind.replace('_', ' ')} {task.name or task.instance or ''}".rstrip()
        return Box(name, (line,), group, "task", task.outcome, task.number)
    lines = [short_operation(task.operation or "")]
    if task.side is not None:
        other = task.target if task.side == "source" else task.source
        arrow = "to" if task.side == "source" else "from"
        lines[0] += f" {arrow} {other} ({task.side})"
    elif task.parent is None:
        lines[0] += f" {task.instance}"
    lines.append(implementation_text(task))
    return Box(name, tuple(line for line in lines if line), group, "operation", task.outcome, task.number)


def implementation_text(task: Task) -> str:
    """What the operation is mapped to: the script's file, or the end of the dotted path."""
    inputs: dict[str, Any] = task.inputs or {}
    mapping = task.mapping or ""
    if mapping.startswith(_SCRIPT_RUNNER) and isinstance(inputs.get("script_path"), str):
        return str(inputs["script_path"]).rpartition("/")[2]
    parts = mapping.split(".")
    return ".".join(parts[-3 if parts[-2:-1] and parts[-2] in _GENERIC else -2 :])


def _changes(step: Step) -> str:
    parts = [f"+ {', '.join(step.added)}"] if step.added else []
    parts += [f"- {', '.join(step.removed)}"] if step.removed else []
    return "; ".join(parts)


# -- folding


def fold(picture: Picture, folded: Collection[str]) -> Picture:
    """The picture with each of these groups drawn as one box."""
    groups = {group.id: group for group in picture.groups}

    def holder(group: str | None) -> str | None:
        """The outermost folded group around."""
        found = None
        while group is not None:
            if group in folded:
                found = group
            group = groups[group].parent
        return found

    inside = {box.id: holder(box.group) for box in picture.boxes}
    members: dict[str, list[Box]] = {}
    for box in picture.boxes:
        within = inside[box.id]
        if within is not None:
            members.setdefault(within, []).append(box)
    boxes = []
    for box in picture.boxes:
        within = inside[box.id]
        if within is None:
            boxes.append(box)
        elif box is members[within][0]:
            boxes.append(_folded(groups[within], members[within]))
    place = {name: within or name for name, within in inside.items()}
    arrows = dict.fromkeys(
        (place[one], place[other]) for one, other in picture.arrows if place[one] != place[other]
    )
    kept = tuple(one for one in picture.groups if holder(one.id) is None)
    return Picture(kept, tuple(boxes), tuple(arrows))


def _folded(group: BoxGroup, members: list[Box]) -> Box:
    count = sum(box.tasks for box in members)
    lines = (group.label, f"{count} operation{'' if count == 1 else 's'}")
    return Box(group.id, lines, group.parent, "folded", worst(box.outcome for box in members), None, count)


def worst(outcomes: Iterable[str]) -> str:
    """The outcome that tells most of several."""
    found = set(outcomes)
    order = ("failed", "ignored", "running", "pending")
    return next((one for one in order if one in found), "succeeded")


def foldable(picture: Picture) -> list[set[str]]:
    """Sets of groups to fold, one after the other, each making the picture smaller: the innermost first,
    steps never."""
    groups = {group.id: group for group in picture.groups}

    def depth(group: BoxGroup) -> int:
        return 1 + (depth(groups[group.parent]) if group.parent is not None else 0)

    depths = {group.id: depth(group) for group in picture.groups if group.kind != "step"}
    return [
        {one for one, found in depths.items() if found >= level}
        for level in range(max(depths.values(), default=0), 0, -1)
        if level in depths.values()
    ]


# -- chains


def find_chains(picture: Picture) -> list[list[Box]]:
    """Boxes of one group that follow each other with nothing between and nothing beside, two or more."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for one, other in picture.arrows:
        after.setdefault(one, []).append(other)
        before.setdefault(other, []).append(one)
    boxes = {box.id: box for box in picture.boxes}

    def follower(box: Box) -> Box | None:
        """The one box of the same group that follows, if this is the only one it waits for."""
        found = [boxes[name] for name in after.get(box.id, ()) if boxes[name].group == box.group]
        if len(found) != 1 or box.group is None:
            return None
        inner = [name for name in before[found[0].id] if boxes[name].group == box.group]
        return found[0] if len(inner) == 1 else None

    follows = {box.id: found for box in picture.boxes if (found := follower(box)) is not None}
    inside = {found.id for found in follows.values()}
    chains = []
    for box in picture.boxes:
        if box.id in follows and box.id not in inside:
            chain = [box]
            while chain[-1].id in follows:
                chain.append(follows[chain[-1].id])
            chains.append(chain)
    return chains


def join_chains(picture: Picture) -> Picture:
    """The picture with each chain as one box, a line an operation: narrow enough for a page. What something
    outside waits for stays the last of its chain's box, what waits for something outside the first."""
    chains = find_chains(picture)
    inner = {(one.id, other.id) for chain in chains for one, other in pairwise(chain)}
    outer = [pair for pair in picture.arrows if pair not in inner]
    left, entered = {one for one, _ in outer}, {other for _, other in outer}
    place: dict[str, Box] = {}
    for chain in chains:
        for part in _cut(chain, entered, left):
            joined = _joined(part)
            place.update((box.id, joined) for box in part)
    boxes = tuple(dict.fromkeys(place.get(box.id, box) for box in picture.boxes))
    name = {box.id: place.get(box.id, box).id for box in picture.boxes}
    arrows = dict.fromkeys(
        (name[one], name[other]) for one, other in picture.arrows if name[one] != name[other]
    )
    return picture._replace(boxes=boxes, arrows=tuple(arrows))


def _cut(chain: list[Box], entered: Collection[str], left: Collection[str]) -> Iterator[list[Box]]:
    """Parts of a chain that only their first box is entered at and only their last one left from, of boxes
    with the same outcome."""
    part = [chain[0]]
    for box in chain[1:]:
        if box.id in entered or part[-1].id in left or box.outcome != part[-1].outcome:
            yield part
            part = []
        part.append(box)
    yield part


def _joined(part: list[Box]) -> Box:
    if len(part) == 1:
        return part[0]
    lines = tuple(": ".join(box.lines) for box in part)
    return part[0]._replace(lines=lines, number=None, tasks=sum(box.tasks for box in part))
