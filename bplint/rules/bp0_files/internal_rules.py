"""BP000: bplint's own mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.rules.bp0_files.internal_faults import InternalError
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP000", on=InternalError, effect=Effect.ADVICE, severity=Severity.ERROR)
def internal_error(fault: InternalError, ctx: Context) -> Iterator[Diagnostic]:
    """A rule of bplint failed.

    Why: it is a mistake of bplint or of a rule package, not of the file; what that rule would have said of
    this place is not known. The other rules are not touched, and the exit code is 3.
    Manager: it never hears of this; run `bplint` with BPLINT_TRACEBACK=1 to see where the rule failed.
    Fix: report it with the file that it happens on.
    """
    yield ctx.report(fault, fault.message)
