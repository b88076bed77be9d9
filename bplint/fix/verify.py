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
    deep, with the same text and style, and the new text must not have syntax faults the old one had not."""
    old, new = parse(before), parse(after)
    if new.root is None or len(new.faults) > len(old.faults):
        return False
    if old.root is None:
        return True
    ordered = sorted(edits, key=lambda entry: entry.span)
    kept_before = set(_moved(_leaves(old.root), ordered))
    inserted = _inserted(ordered)
    kept_after = {leaf for leaf in _leaves(new.root) if not _touches(leaf, inserted)}
    return kept_before == kept_after


def _leaves(root: Node) -> Iterator[Leaf]:
    """Scalars and aliases with their places, and where collections begin, of what kind, how deep."""
    stack: list[tuple[Node, int]] = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if node.kind in (MAPPING, SEQUENCE):
            yield node.start, node.start, depth, node.tag, f"{node.kind}{node.style}{node.anchor or ''}"
        if node.kind == MAPPING:
            for key, value in node.items or ():
                stack.append((key, depth + 1))
                stack.append((value, depth + 1))
        elif node.kind == SEQUENCE:
            stack.extend((item, depth + 1) for item in node.items or ())
        elif node.start < node.end:
            text = node.text if node.kind == SCALAR else node.anchor
            yield node.start, node.end, depth, text, f"{node.style}{node.tag or ''}"


def _moved(leaves: Iterator[Leaf], edits: list[Edit]) -> Iterator[Leaf]:
    """Leaves that no edit touches, where they stand after the edits."""
    spans = [(edit.span.start, edit.span.end) for edit in edits]
    ends = [edit.span.end for edit in edits]
    shifts = [0, *accumulate(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)]
    for leaf in leaves:
        if not _touches(leaf, spans):
            shift = shifts[bisect_right(ends, leaf[0])]
            yield (leaf[0] + shift, leaf[1] + shift, *leaf[2:])


def _inserted(edits: list[Edit]) -> list[tuple[int, int]]:
    shift = 0
    spans = []
    for edit in edits:
        start = edit.span.start + shift
        spans.append((start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return spans


def _touches(leaf: Leaf, spans: list[tuple[int, int]]) -> bool:
    """Whether one of these sorted spans reaches the leaf: the last that begins before the leaf's end does, or
    none."""
    index = bisect_right(spans, leaf[1], key=_start_of) - 1
    return index >= 0 and leaf[0] <= spans[index][1]


def _start_of(span: tuple[int, int]) -> int:
    return span[0]
