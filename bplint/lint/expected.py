"""Expected diagnostics, read from comments in fixtures and documentation examples.

`#    ^^^^ BP201` under a line expects BP201 at the columns of the carets in the nearest line above that
is not such a comment. `#@ BP201 3:1-4:9` expects it at that place (1-based, end exclusive).
"""

from __future__ import annotations

from typing import Final

from bplint.record import Record
from bplint.regex import lazy_pattern

_CARETS: Final = lazy_pattern(r"^\s*#[ \t]*(\^+)[ \t]+([A-Z]{2,8}\d{3,5})\b")
_ABSOLUTE: Final = lazy_pattern(r"#@ ([A-Z]{2,8}\d{3,5}) (\d+):(\d+)-(\d+):(\d+)")


class Expected(Record):
    """A diagnostic of a rule at a place: lines and columns from 1, the end exclusive."""

    code: str
    start: tuple[int, int]
    end: tuple[int, int]


def read_markers(text: str) -> set[Expected]:
    """What the comments of a text expect."""
    found: set[Expected] = set()
    anchor = 0
    for number, line in enumerate(text.splitlines(), 1):
        carets = _CARETS.match(line)
        if carets:
            column = carets.start(1) + 1
            found.add(Expected(carets[2], (anchor, column), (anchor, column + len(carets[1]))))
            continue
        absolute = _ABSOLUTE.search(line)
        if absolute:
            start_line, start, end_line, end = (int(absolute[n]) for n in range(2, 6))
            found.add(Expected(absolute[1], (start_line, start), (end_line, end)))
        else:
            anchor = number
    return found
