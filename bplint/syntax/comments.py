"""Comments of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bplint.span import Span

if TYPE_CHECKING:
    from bplint.source import Source


class Comment(NamedTuple):
    """A comment from its `#` to the end of the line; `text` includes the `#`."""

    span: Span
    text: str
