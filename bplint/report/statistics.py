"""Counts by rule in place of the diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.report.summary import count_by_code, summary_lines
from bplint.terminal.colors import SEVERITY_COLORS, styler

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.report import ReportOptions


def render(result: LintResult, options: ReportOptions) -> str:
    """A line a rule, the most frequent first, then the summary."""
    style = styler(options.color)
    severities = {entry.code: entry.severity for entry in result.diagnostics}
    counts = sorted(count_by_code(result.diagnostics).items(), key=lambda item: (-item[1], item[0]))
    digits = len(str(counts[0][1])) if counts else 0
    lines = [
        f"{number:>{digits}}  {style(code, fg=SEVERITY_COLORS[severities[code]], bold=True)}  {name}"
        for (code, name), number in counts
    ]
    lines += summary_lines(result, options)
    return "".join(line + "\n" for line in lines)
