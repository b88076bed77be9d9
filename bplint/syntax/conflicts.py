"""Lines that a merge of two versions of a file left in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.later import later
from bplint.regex import lazy_pattern
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.syntax import syntax_faults as kinds
    from bplint.syntax.checks import SyntaxFindings
else:
    kinds = later("bplint.syntax.syntax_faults")

_SCANNER_ERROR: Final = Reference("ScannerError", None)
_MARKER: Final = lazy_pattern(r"([<=>|])\1{6}(?: .*)?$")


def is_conflict(start: int, stopped: int, source: Source, findings: SyntaxFindings) -> bool:
    """Whether a block that begins at `start`, and that was given up at `stopped`, is set aside for such a
    line. It is told once for each merge, where that begins."""
    for offset in (start, stopped):
        line = source.lines.line_span(source.lines.position(offset)[0])
        marker = _MARKER.match(source.text, line.start, line.end)
        if marker is not None:
            if marker[1] == "<" or not any(
                isinstance(fault, kinds.ConflictMarker) for fault in findings.faults
            ):
                findings.add(kinds.ConflictMarker, Span(line.start, line.end), reference=_SCANNER_ERROR)
            return True
    return False
