"""Blocks of a file that are set aside after a syntax error; what seems to be missing may stand in them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from bplint.document import Document

_BLANK: Final = lazy_pattern(r"(?:\s|#[^\n]*)*")


class Holes:
    """The blocks of one file that are set aside."""

    __slots__ = ("_holes", "_text")

    def __init__(self, document: Document) -> None:
        self._holes = sorted(document.holes)
        self._text = document.source.text

    def are_beside(self, start: int, end: int) -> bool:
        """Whether one lies in this range or directly behind it."""
        holes, text = self._holes, self._text
        next_one = bisect_right(holes, (start, start))
        if next_one and holes[next_one - 1][1] > start:
            return True
        if next_one == len(holes):
            return False
        hole = holes[next_one][0]
        if hole <= end:
            return True
        blank = _BLANK.match(text, end)
        behind = blank.end() if blank is not None else end
        # what begins on a line of its own and no deeper than the element is no part of it
        is_sibling = "\n" in text[end:behind] and _column(text, behind) <= _column(text, start)
        return hole <= behind and not is_sibling


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset)
