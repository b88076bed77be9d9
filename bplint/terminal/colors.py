"""Colours of the text reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

SEVERITY_COLORS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
FRAME_COLOR: Final = "blue"


def styler(color: bool) -> Callable[..., str]:
    """`style(text, fg=…, bold=…, dim=…)` as click's, or a function that leaves the text as it is."""
    if not color:
        return lambda text, **_: text
    # click is there in every command, but not for callers of the Python interface
    from click import style

    return style
