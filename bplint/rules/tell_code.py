"""How faults of code are told; the rules themselves are in the files of their families."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.fault import Fault
    from bplint.rules.context import Context


def falls(fault: Fault) -> str:
    """What falls with an import that fails, for the end of a message: how many mappings, and through which
    modules where the failure lies deeper."""
    count, chain = fault.details.get("mappings", 0), fault.details.get("chain", [])
    if not count:
        return ""
    what = "1 mapping falls" if count == 1 else f"{count} mappings fall"
    return f"; {what} with it" + (f", by way of {' → '.join(chain)}" if len(chain) > 1 else "")


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
