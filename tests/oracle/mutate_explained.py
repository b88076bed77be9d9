"""Where bplint and the reference parser differ on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.app import LintResult
    from tests.oracle.mutate import Files
    from tests.oracle.mutate_compare import Verdict


def explanation(files: Files, theirs: Verdict, result: LintResult) -> str:
    """Why the two differ although both are right, or ''."""
    name = theirs[1] if theirs is not None else ""
    if name in ("TimeoutError", "MemoryError"):
        return "the parser does not end"
    if name == "RecursionError":
        return "how deep the parser gets depends on who calls it"
    if any(file.incomplete for file in result.files) and theirs is not None and theirs[2] == 13:
        return "an import that only a manager can read"
    if name == "UnboundLocalError":
        return "a mistake of plan creation behind what is wrong anyway"
    if result.suppressed:
        return "a comment accepts it"
    return ""
