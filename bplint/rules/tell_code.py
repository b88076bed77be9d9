"""How faults of code are told; the rules themselves are in the files of their families."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.fault import Fault
    from bplint.rules.context import Context


def tell(
    fault: Fault, ctx: Context, message: str, help: str | None = None, fix: Fix | None = None
) -> Diagnostic:
    """The diagnostic of a fault of `pycode`, with its related places and its nearest name."""
    return ctx.report(
        fault,
        message,
        near=fault.details.get("near"),
        related=fault.details.get("related", ()),
        help=help,
        fix=fix if fix is not None else fault.details.get("fix"),
    )
