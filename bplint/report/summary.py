"""The last lines of the text reports, and the counts that machines read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Severity
from bplint.terminal.colors import SEVERITY_COLORS, styler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.report import ReportOptions


_SHOWN: Final = 2  # imports that the line on what is unchecked names


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def count_by_severity(found: Iterable[Diagnostic]) -> dict[Severity, int]:
    counts = dict.fromkeys(Severity, 0)
    for entry in found:
        counts[entry.severity] += 1
    return counts


def count_by_code(found: Iterable[Diagnostic]) -> dict[tuple[str, str], int]:
    """Number of diagnostics by code and name, in order of the codes."""
    counts: dict[tuple[str, str], int] = {}
    for entry in found:
        counts[entry.code, entry.name] = counts.get((entry.code, entry.name), 0) + 1
    return dict(sorted(counts.items()))


def fixable(found: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many diagnostics carry a safe fix, and how many an unsafe one."""
    fixes = [entry.fix.applicability.value for entry in found if entry.fix is not None]
    return fixes.count("safe"), fixes.count("unsafe")


def summary_lines(result: LintResult, options: ReportOptions) -> list[str]:
    """Counts, then what hung on imports that could not be read; nothing when quiet."""
    if options.is_quiet:
        return []
    style = styler(options.color)
    lines = [_verdict(result, style)]
    unread = unchecked_line(result)
    if unread:
        lines.append(style(unread, fg="yellow") if options.color else unread)
    assumed = assumed_line(result)
    if assumed:
        lines.append(style(assumed, fg="yellow") if options.color else assumed)
    if options.is_wrapped:
        from bplint.terminal.terminal_text import wrapped  # only for a terminal

        return [wrapped(line, options.width, "  ") for line in lines]
    return lines


def _verdict(result: LintResult, style: Callable[..., str]) -> str:
    checked = f"in {counted(len(result.files), 'file')}"
    found = result.diagnostics
    suppressed = f", {result.suppressed} suppressed" if result.suppressed else ""
    if not found:
        return f"{style('Nothing to report', fg='green', bold=True)} {checked}{suppressed}"
    parts = [
        style(counted(number, severity.value), fg=SEVERITY_COLORS[severity], bold=True)
        for severity, number in count_by_severity(found).items()
        if number
    ]
    return f"{', '.join(parts)} {checked}{suppressed}{_fix_hint(found)}"


def _fix_hint(found: Iterable[Diagnostic]) -> str:
    safe, unsafe = fixable(found)
    if safe and unsafe:
        return f"; {safe} fixable with --fix, {unsafe} more with --unsafe-fixes"
    if safe:
        return f"; {safe} fixable with --fix"
    return f"; {unsafe} fixable with --fix --unsafe-fixes" if unsafe else ""


def assumed_line(result: LintResult) -> str | None:
    """`1 import moves, and was checked as the newest that is known: …`, or None where none does."""
    imports = sorted({text for file in result.files for text in file.assumed})
    if not imports:
        return None
    from bplint.terminal.terminal_text import visible

    verb, were = ("moves", "was") if len(imports) == 1 else ("move", "were")
    moving = f"{counted(len(imports), 'import')} {verb}, and {were} checked as the newest that is known"
    return f"{moving}: {visible(', '.join(imports))}"


def unchecked_line(result: LintResult) -> str | None:
    """`12 elements unchecked: plugin:acme is not here`. None where nothing is unchecked, and where all that
    was found is accepted: who accepts that an import is not here knows."""
    from bplint.terminal.terminal_text import visible

    imports = sorted({text for file in result.files for text in file.incomplete})
    number = sum(file.unchecked for file in result.files)
    if not imports or not number or (result.suppressed and not result.diagnostics):
        return None
    shown = ", ".join(imports[:_SHOWN])
    if len(imports) > _SHOWN:
        shown += f" and {counted(len(imports) - _SHOWN, 'more import')}"
    verb = "is" if len(imports) == 1 else "are"
    return f"{counted(number, 'element')} unchecked: {visible(shown)} {verb} not here"
