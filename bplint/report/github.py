"""Annotations for GitHub Actions: workflow commands, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Severity
from bplint.report import from_root
from bplint.terminal.terminal_text import visible

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.report import ReportOptions

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: LintResult, options: ReportOptions) -> str:
    """`::error file=…,line=…::message`, with what the runner would take for syntax escaped."""
    return "".join(_command(entry, result, options) + "\n" for entry in result.diagnostics)


def _command(entry: Diagnostic, result: LintResult, options: ReportOptions) -> str:
    properties = {
        "file": from_root(entry.path, options.prefix),
        **_place(entry, result),
        "title": f"{entry.code} {entry.name}",
    }
    text = ",".join(f"{key}={_escaped_property(str(value))}" for key, value in properties.items())
    message = entry.message + (f"\n{entry.help}" if entry.help else "")
    lines = "\n".join(visible(line) for line in message.split("\n"))
    return f"::{_COMMANDS[entry.severity]} {text}::{_escaped(lines)}"


def _place(entry: Diagnostic, result: LintResult) -> dict[str, int]:
    """Columns are only understood within one line."""
    source = result.sources.get(entry.path)
    if source is None:
        return {"line": 1}
    line, column = source.lines.position(entry.span.start)
    end_line, end_column = source.lines.position(entry.span.end)
    if end_line != line:
        return {"line": line, "endLine": end_line}
    return {"line": line, "endLine": line, "col": column, "endColumn": end_column}


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
