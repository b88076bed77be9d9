"""Comments of a file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from bplint.record import Record
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.tree import SCALAR, walk

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.syntax.tree import Node

_COMMENT: Final = lazy_pattern(r"#[^\r\n\x85\u2028\u2029]*")
_REST: Final = lazy_pattern(r"[^\r\n\x85\u2028\u2029]*")


class Comment(Record):
    """A comment from its `#` to the end of the line; `text` includes the `#`."""

    span: Span
    text: str


def comments_of(source: Source) -> list[Comment]:
    """All comments in the order of the text; in blocks set aside, everything that looks like one."""
    if source.root is None:
        from bplint.syntax.parser import parse  # only where nobody has parsed it: the parser needs us too

        parse(source)
    index = ScalarIndex(source.root)
    found = []
    position = source.text.find("#")
    while position >= 0:
        if index.begins_comment(source.text, position):
            match = _COMMENT.match(source.text, position)
            assert match is not None
            found.append(Comment(Span(*match.span()), match.group()))
            position = match.end()
        position = source.text.find("#", position + 1)
    return found


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
