"""The scalars of a tree by place, and where lines begin and end: what tells comments from texts."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern
from bplint.syntax.tree import SCALAR, walk

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.syntax.tree import Node

_REST: Final = lazy_pattern(r"[^\r\n\x85\u2028\u2029]*")


class ScalarIndex:
    """The scalars of a tree by place."""

    __slots__ = ("scalars", "starts")

    def __init__(self, root: Node | None) -> None:
        nodes = walk(root) if root is not None else ()
        self.scalars = [node for node in nodes if node.kind == SCALAR and node.end > node.start]
        self.starts = [node.start for node in self.scalars]

    def scalar_at(self, offset: int) -> Node | None:
        """The scalar that an offset lies in."""
        at = bisect_right(self.starts, offset) - 1
        return self.scalars[at] if at >= 0 and self.scalars[at].end > offset else None

    def begins_comment(self, text: str, offset: int) -> bool:
        """Whether the `#` at an offset begins a comment, if no comment begins before it in its line."""
        scalar = self.scalar_at(offset)
        if scalar is not None:
            if scalar.style not in ("|", ">"):
                return False
            # behind the header of a block scalar
            return scalar.start < offset < line_end(text, scalar.start) and text[offset - 1] in " \t"
        return offset == 0 or text[offset - 1] in " \t\r\n\"'[]{},\x85\u2028\u2029"


def line_start(source: Source, offset: int) -> int:
    """Where the line of an offset begins, with all that YAML 1.1 takes for line breaks."""
    start = source.lines.line_span(source.lines.position(offset)[0]).start
    if source.text.isascii():
        return start
    return max(start, *(source.text.rfind(character, start, offset) + 1 for character in "\x85\u2028\u2029"))


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, without its line break."""
    found = _REST.match(text, offset)
    return offset if found is None else found.end()
