"""Expected diagnostics, read from comments in fixtures and documentation examples.

`#    ^^^^ BP201` under a line expects BP201 at the columns of the carets in the nearest line above that
is not such a comment. `#@ BP201 3:1-4:9` expects it at that place (1-based, end exclusive).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CARETS = re.compile(r"^\s*#[ \t]*(\^+)[ \t]+(BP\d{3})\b")
_ABSOLUTE = re.compile(r"#@ (BP\d{3}) (\d+):(\d+)-(\d+):(\d+)")


class Expected(NamedTuple):
    code: str
    start: tuple[int, int]
    end: tuple[int, int]


def read_markers(text: str) -> set[Expected]:
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
