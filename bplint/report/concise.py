"""One line a diagnostic, in the form that editors and CI systems know from compilers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.report.summary import summary_lines
from bplint.terminal.colors import SEVERITY_COLORS, styler
from bplint.terminal.terminal_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.report import ReportOptions


def render(result: LintResult, options: ReportOptions) -> str:
    """`path:line:column: severity: message [code name]`, then the summary."""
    style = styler(options.color)
    lines = [_line(entry, result, style) for entry in result.diagnostics]
    lines += summary_lines(result, options)
    return "".join(line + "\n" for line in lines)


def _line(entry: Diagnostic, result: LintResult, style: Callable[..., str]) -> str:
    source = result.sources.get(entry.path)
    line, column = source.lines.position(entry.span.start) if source is not None else (1, 1)
    severity = style(entry.severity.value, fg=SEVERITY_COLORS[entry.severity], bold=True)
    place = f"{style(visible(entry.path), bold=True)}:{line}:{column}"
    rule = style(f"[{entry.code} {entry.name}]", dim=True)
    return f"{place}: {severity}: {visible(entry.message)} {rule}"
