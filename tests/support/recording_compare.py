"""Equality of a plan's steps with a recording of the real engine, as the recordings' README defines it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

Row = dict[str, Any]
Point = tuple[str, bool]  # a task's start or (True) its end

_ENDS = ("added", "added_related", "removed", "removed_related")
_LABELS = {
    "subgraph": ("name",),
    "operation": ("operation", "mapping", "plugin", "executor", "instance", "side", "source", "target"),
    "set_state": ("instance", "state"),
    "node_event": ("instance", "event"),
}


def differences(planned: list[Row], recorded: list[Row]) -> dict[str, Any]:
    """What differs, by kind; empty where the steps are equal."""
    found: dict[str, Any] = {}
    kinds = [step["type"] for step in planned], [step["type"] for step in recorded]
    if kinds[0] != kinds[1]:
        return {"steps": kinds}
    for number, (mine, theirs) in enumerate(zip(planned, recorded, strict=True)):
        for kind, pair in _step_differences(mine, theirs).items():
            found[f"{kind} of step {number}"] = pair
    return found


def _step_differences(mine: Row, theirs: Row) -> dict[str, Any]:
    if theirs["type"] == "modification_start":
        ends = [
            {name: sorted(step[name]) for name in _ENDS} | {"nodes": step["nodes"]} for step in (mine, theirs)
        ]
        return {} if ends[0] == ends[1] else {"modification": ends}
    if theirs["type"] != "graph":
        return {}
    graphs = Graph(mine["tasks"]), Graph(theirs["tasks"])
    tasks = graphs[0].labels(), graphs[1].labels()
    if tasks[0] != tasks[1]:
        return {
            "tasks": {"only planned": list(tasks[0] - tasks[1]), "only recorded": list(tasks[1] - tasks[0])}
        }
    order = graphs[0].order(), graphs[1].order()
    if order[0] != order[1]:
        return {
            "order": {"only planned": list(order[0] - order[1]), "only recorded": list(order[1] - order[0])}
        }
    return {}


def labels(step: Row) -> list[str]:
    """What the tasks of a step are, in the order of their making."""
    return [label_of(task) for task in step["tasks"] if task["kind"] != "nop"]


class Graph:
    """Tasks of one graph step; no-ops and empty subgraphs do not count, what leads through them does."""

    def __init__(self, tasks: list[Row]) -> None:
        self.tasks = {task["key"]: task for task in tasks}
        paths = {_path(task): task["key"] for task in tasks if task["kind"] == "subgraph"}
        # a recording that has no keys of parents has their paths
        self.holder = {
            task["key"]: task.get("parent") or (paths.get(task["in"]) if task["in"] else None)
            for task in tasks
        }
        self.members: dict[str, list[str]] = defaultdict(list)
        for key, holder in self.holder.items():
            if holder is not None:
                self.members[holder].append(key)

    def counts(self, key: str) -> bool:
        if self.tasks[key]["kind"] == "subgraph":
            return any(self.counts(member) for member in self.members[key])
        return bool(self.tasks[key]["kind"] != "nop")

    def labels(self) -> Counter[str]:
        return Counter(label_of(self.tasks[key]) for key in self.tasks if self.counts(key))

    def order(self) -> Counter[tuple[str, str]]:
        """(earlier, later) labels of all tasks of which one must end before the other starts."""
        behind: dict[Point, frozenset[str]] = {}
        for point in self._sorted():
            found: set[str] = set()
            for earlier in self._behind(point):
                found |= behind[earlier]
                if earlier[1] and self.tasks[earlier[0]]["kind"] not in ("nop", "subgraph"):
                    found.add(earlier[0])
            behind[point] = frozenset(found)
        return Counter(
            (label_of(self.tasks[earlier]), label_of(self.tasks[key]))
            for key, task in self.tasks.items()
            if task["kind"] not in ("nop", "subgraph")
            for earlier in behind[(key, False)]
        )

    def _behind(self, point: Point) -> list[Point]:
        key, is_end = point
        if is_end:
            return [(key, False), *((member, True) for member in self.members[key])]
        return [(dep, dep != self.holder[key]) for dep in self.tasks[key]["deps"]]

    def _sorted(self) -> list[Point]:
        waiting = {(key, is_end): 0 for key in self.tasks for is_end in (False, True)}
        followers: dict[Point, list[Point]] = defaultdict(list)
        for point in waiting:
            for earlier in self._behind(point):
                followers[earlier].append(point)
                waiting[point] += 1
        ready = [point for point, count in waiting.items() if not count]
        for point in ready:
            for follower in followers[point]:
                waiting[follower] -= 1
                if not waiting[follower]:
                    ready.append(follower)
        return ready


def _path(task: Row) -> str:
    return f"{task['in']}/{task['name']}" if task["in"] else str(task["name"])


def label_of(task: Row) -> str:
    """What a task is, wherever it stands."""
    if task["kind"] not in _LABELS:
        return "other"  # events of the workflow, its own callables: a recording does not tell them apart
    parts = [task["kind"], *(task.get(name) for name in _LABELS[task["kind"]])]
    if task["kind"] == "operation":
        parts.append(json.dumps(task["inputs"], sort_keys=True))
    return json.dumps(parts)
