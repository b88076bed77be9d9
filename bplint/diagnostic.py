"""What is told to the user: diagnostics, their severity and their order."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from bplint.edit import Fix
    from bplint.span import Span

# what the reference parser raises most; its code says which fault it is
LOGIC: Final = "DSLParsingLogicException"


class Effect(str, Enum):
    """What happens to the user if nothing is changed."""

    REFUSED = "refused"  # the manager does not take the blueprint
    FAILS = "fails"  # it is taken; a deployment or an execution fails or does something else
    ADVICE = "advice"  # nothing is refused and nothing is known to fail


class Severity(str, Enum):
    """How loudly a diagnostic is told."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(str, Enum):
    """How sure a judgement is; facts are always HIGH. MEDIUM is what holds if the newest known release stands
    for an import that moves, such as a branch. LOW is off by default."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reference(Record):
    """What the reference parser would raise: exception class name and code (None where it has none)."""

    exception: str
    code: int | None


class Related(Record):
    """Another place that belongs to a diagnostic, such as the definition it contradicts."""

    message: str
    path: str
    span: Span


class Diagnostic(Record):
    """One fault at one place. `path` is the key of a source in the result; `span` lies in that source.
    `start` and `end` are the same place as (line, column), both from 1 and in code points, the end exclusive;
    they are filled in for the result of a lint."""

    code: str
    name: str
    severity: Severity
    effect: Effect
    message: str
    path: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    confidence: Confidence = Confidence.HIGH
    reference: Reference | None = None
    help: str | None = None  # one line: what would be right
    blame: str | None = None  # what to change, where that is not the file of `path`: an import as written
    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)

    @property
    def line(self) -> int:
        """The first line, from 1."""
        return self.start[0]

    @property
    def column(self) -> int:
        """The first column, from 1, in code points."""
        return self.start[1]

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Total order: path, place, code, message."""
        return (self.path, self.span.start, self.span.end, self.code, self.message)
