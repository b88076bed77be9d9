"""How faults of code are told; the rules themselves are in the files of their families."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.pycode.code_faults import CodeFault, ImportFault
    from bplint.rules.context import Context


def falls(fault: ImportFault) -> str:
    """What falls with an import that fails, for the end of a message: how many mappings, and through which
    modules where the failure lies deeper."""
    if fault.falls is None or not fault.falls.mappings:
        return ""
    count, chain = fault.falls.mappings, fault.falls.chain
    what = "1 mapping falls" if count == 1 else f"{count} mappings fall"
    return f"; {what} with it" + (f", by way of {' → '.join(chain)}" if len(chain) > 1 else "")


def tell(
    fault: CodeFault, ctx: Context, message: str, help: str | None = None, fix: Fix | None = None
) -> Diagnostic:
    """The diagnostic of a fault of `pycode`, with its related places and its nearest name."""
    return ctx.report(
        fault,
        message,
        near=fault.near,
        related=fault.related,
        help=help,
        fix=fix if fix is not None else fault.fix,
    )
