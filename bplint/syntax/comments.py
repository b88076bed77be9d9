"""Comments of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.record import Record
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.parser import parse
from bplint.syntax.scalar_index import ScalarIndex

if TYPE_CHECKING:
    from bplint.source import Source

_COMMENT: Final = lazy_pattern(r"#[^\r\n\x85\u2028\u2029]*")


class Comment(Record):
    """A comment from its `#` to the end of the line; `text` includes the `#`."""

    span: Span
    text: str


def comments_of(source: Source) -> list[Comment]:
    """All comments in the order of the text; in blocks set aside, everything that looks like one."""
    if source.root is None:
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
