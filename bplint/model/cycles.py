"""Circles in a graph of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def find_cycles(graph: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """One circle for each group of names that reach each other, self-references included.

    A circle begins with the name that comes first in `graph` and follows the edges; names that are no keys
    lead nowhere. Linear in names and edges (Tarjan's components, without recursion).
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    cycles: list[list[str]] = []
    for root in graph:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(graph[root]))]
        while work:
            name, edges = work[-1]
            for target in edges:
                if target not in graph:
                    continue
                if target not in order:
                    order[target] = lowest[target] = len(order)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(graph[target])))
                    break
                if target in on_stack:
                    lowest[name] = min(lowest[name], order[target])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    lowest[above] = min(lowest[above], lowest[name])
                if lowest[name] == order[name]:
                    group = _pop_group(stack, on_stack, name)
                    if len(group) > 1 or name in graph[name]:
                        cycles.append(_circle(graph, group, min(group, key=order.__getitem__)))
    return cycles


def _pop_group(stack: list[str], on_stack: set[str], name: str) -> set[str]:
    group = set()
    while True:
        member = stack.pop()
        on_stack.discard(member)
        group.add(member)
        if member == name:
            return group


def _circle(graph: Mapping[str, Sequence[str]], group: set[str], start: str) -> list[str]:
    """A shortest way from `start` back to itself within the group."""
    came_from: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for target in graph[name]:
            if target == start:
                path = [name]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if target in group and target not in came_from:
                came_from[target] = name
                queue.append(target)
    return [start]
