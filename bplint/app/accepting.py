"""Baselines: accepting what a lint found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.lint.baseline import BaselineError, baseline_text, read_baseline

if TYPE_CHECKING:
    from bplint.app.results import LintResult


def baseline_of(path: str, result: LintResult) -> tuple[str, int]:
    """The text of a baseline file that accepts all diagnostics of a result, and their number."""
    places = {(entry.path, entry.span, entry.code) for entry in result.folded}
    single = [each for each in result.diagnostics if (each.path, each.span, each.code) not in places]
    found = sorted((*single, *result.folded), key=lambda entry: entry.sort_key)
    return baseline_text(path, found, result.sources)


__all__ = ["BaselineError", "baseline_of", "read_baseline"]
