"""Text edits and fixes as data."""

from __future__ import annotations

from bisect import bisect_left, insort
from enum import Enum
from typing import TYPE_CHECKING

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.span import Span


class Applicability(str, Enum):
    """Whether a fix is certain (`safe`) or wants a look (`unsafe`)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(Record):
    """Replace `span` of the text of `path` by `text`; an empty span inserts, an empty text deletes."""

    path: str
    span: Span
    text: str


class Fix(Record):
    """Edits that belong together, in one file or several: all are applied or none."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]


def select_edits(fixes: Iterable[Fix]) -> tuple[dict[str, list[Edit]], list[Fix]]:
    """Edits by path of as many fixes as fit together, and the fixes taken.

    Fixes are taken in order; one that touches what an earlier one changes (in any file) is left for the
    next round as a whole. Equal edits of several fixes count once.
    """
    chosen: dict[str, list[Edit]] = {}
    taken: list[Fix] = []
    for fix in fixes:
        new = [edit for edit in fix.edits if not _is_among(edit, chosen.get(edit.path, []))]
        if any(_overlaps_any(edit, chosen.get(edit.path, [])) for edit in new):
            continue
        for edit in new:
            insort(chosen.setdefault(edit.path, []), edit, key=_span_of)
        taken.append(fix)
    return chosen, taken


def _span_of(edit: Edit) -> Span:
    return edit.span


def _is_among(edit: Edit, edits: list[Edit]) -> bool:
    """Whether sorted edits hold this one."""
    index = bisect_left(edits, edit.span, key=_span_of)
    return index < len(edits) and edits[index] == edit


def _overlaps_any(edit: Edit, edits: list[Edit]) -> bool:
    """Whether an edit touches one of sorted edits that do not overlap each other: then it touches one of
    the two at its side."""
    index = bisect_left(edits, edit.span, key=_span_of)
    return any(_overlaps(edit, other) for other in edits[max(index - 1, 0) : index + 1])


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with non-overlapping edits applied; everything outside them stays as it is."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda entry: entry.span):
        parts.append(text[position : edit.span.start])
        parts.append(edit.text)
        position = edit.span.end
    parts.append(text[position:])
    return "".join(parts)


def _overlaps(one: Edit, other: Edit) -> bool:
    if one.span.start == one.span.end or other.span.start == other.span.end:
        # an insertion at the very edge of another edit has no order of its own
        return one.span.start <= other.span.end and other.span.start <= one.span.end
    return one.span.start < other.span.end and other.span.start < one.span.end
