"""Whether edits changed what they meant to change and nothing else."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from bplint.syntax.parser import parse
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.edit import Edit
    from bplint.source import Source
    from bplint.syntax.tree import Node

    Leaf = tuple[int, int, int, str | None, str]


def is_only_intended_change(before: Source, after: Source, edits: list[Edit]) -> bool:
    """Re-parse both texts: outside the edits every scalar and alias must stand where it stood, equally
    deep, with the same text and style, and the new text must not have syntax faults the old one had not.
    What a syntax fault had set aside may become anything."""
    old, new = parse(before), parse(after)
    if new.root is None or len(new.faults) > len(old.faults):
        return False
    if old.root is None:
        return True
    ordered = sorted(edits, key=lambda entry: entry.span)
    moves = _Moves(ordered)
    free = _united([*((edit.span.start, edit.span.end) for edit in ordered), *old.holes])
    kept_before = {moves.moved(leaf) for leaf in _leaves(old.root) if not _touches(leaf, free)}
    holes = [(moves.place(start), moves.place(end)) for start, end in old.holes]
    free = _united([*_inserted(ordered), *holes])
    kept_after = {leaf for leaf in _leaves(new.root) if not _touches(leaf, free)}
    return kept_before == kept_after


def _leaves(root: Node) -> Iterator[Leaf]:
    """Scalars and aliases with their places, and where collections in brackets begin; how deep all are."""
    stack: list[tuple[Node, int]] = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if node.kind in (MAPPING, SEQUENCE) and node.style == "{":
            yield node.start, node.start, depth, node.tag, f"{node.kind}{node.style}"
        if node.kind == MAPPING:
            for key, value in node.items or ():
                stack.append((key, depth + 1))
                stack.append((value, depth + 1))
        elif node.kind == SEQUENCE:
            stack.extend((item, depth + 1) for item in node.items or ())
        elif node.start < node.end:
            text = node.text if node.kind == SCALAR else node.anchor
            yield node.start, node.end, depth, text, f"{node.style}{node.tag or ''}"


class _Moves:
    """Where sorted edits move what they do not touch."""

    __slots__ = ("_ends", "_shifts")

    def __init__(self, edits: list[Edit]) -> None:
        self._ends = [edit.span.end for edit in edits]
        changes = (len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)
        self._shifts = [0, *accumulate(changes)]

    def place(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._ends, offset)]

    def moved(self, leaf: Leaf) -> Leaf:
        start = self.place(leaf[0])
        return start, start + leaf[1] - leaf[0], *leaf[2:]


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans of which none reaches another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _inserted(edits: list[Edit]) -> list[tuple[int, int]]:
    shift = 0
    spans = []
    for edit in edits:
        start = edit.span.start + shift
        spans.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return spans


def _touches(leaf: Leaf, spans: list[tuple[int, int]]) -> bool:
    """Whether one of these spans reaches the leaf: the last that begins before the leaf's end, or none."""
    index = bisect_right(spans, leaf[1], key=_start_of) - 1
    return index >= 0 and leaf[0] <= spans[index][1]


def _start_of(span: tuple[int, int]) -> int:
    return span[0]
