"""How faults are told that only a run of workflow code finds: `bplint plan` and `validate --plan`.

The child process finds them while it simulates an execution; the rules are in plan_*.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.diagnostic import Diagnostic
    from bplint.plan.plan_faults import RunFault
    from bplint.rules.context import Context


def tell(fault: RunFault, ctx: Context, message: str, help: str | None = None) -> Diagnostic:
    """The diagnostic of a fault, with its related places."""
    return ctx.report(fault, message, related=fault.related, help=help)


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in quotes, the first few of them."""
    shown = ", ".join(f"'{name}'" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def one_line(text: Any) -> str:
    """A text without line breaks, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= 300 else f"{line[:297]}..."
