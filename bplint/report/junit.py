"""A JUnit report: a suite a file, a failed test for each diagnostic at or above the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Severity
from bplint.regex import lazy_pattern
from bplint.terminal.terminal_text import visible

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.report import ReportOptions

_ORDER: Final = (Severity.INFO, Severity.WARNING, Severity.ERROR)
# what XML 1.0 cannot hold even as a reference
_ILLEGAL: Final = lazy_pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(result: LintResult, options: ReportOptions) -> str:
    """XML; a file without diagnostics is one test that passed, one below the threshold a test that passed
    and says something."""
    suites = {file.path: list[str]() for file in result.files}
    failures = dict.fromkeys(suites, 0)
    for entry in result.diagnostics:
        is_failure = _is_failure(entry, options)
        suites.setdefault(entry.path, []).append(_case(entry, result, is_failure))
        failures[entry.path] = failures.get(entry.path, 0) + is_failure
    for path, cases in suites.items():
        if not cases:
            cases.append(f'    <testcase name="bplint" classname={_quoted(path)}/>\n')
    tests = sum(len(cases) for cases in suites.values())
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<testsuites name="bplint" tests="{tests}" failures="{sum(failures.values())}" errors="0">\n',
    ]
    for path, cases in sorted(suites.items()):
        counts = f'tests="{len(cases)}" failures="{failures.get(path, 0)}" errors="0" skipped="0"'
        parts += [f"  <testsuite name={_quoted(path)} {counts}>\n", *cases, "  </testsuite>\n"]
    return "".join([*parts, "</testsuites>\n"])


def _is_failure(entry: Diagnostic, options: ReportOptions) -> bool:
    if options.fail_on is None:
        return False
    return _ORDER.index(entry.severity) >= _ORDER.index(options.fail_on)


def _case(entry: Diagnostic, result: LintResult, is_failure: bool) -> str:
    source = result.sources.get(entry.path)
    line, column = source.lines.position(entry.span.start) if source is not None else (1, 1)
    name = f"{entry.code} {entry.name} at {line}:{column}"
    head = f"    <testcase name={_quoted(name)} classname={_quoted(entry.path)}>\n"
    text = f"{entry.path}:{line}:{column}: {entry.severity.value}: {entry.message}"
    if entry.help:
        text += f"\nhelp: {entry.help}"
    if is_failure:
        attributes = f"type={_quoted(entry.severity.value)} message={_quoted(entry.message)}"
        body = f"      <failure {attributes}>{_escaped(text)}</failure>\n"
    else:
        body = f"      <system-out>{_escaped(text)}</system-out>\n"
    return f"{head}{body}    </testcase>\n"


def _escaped(text: str) -> str:
    text = _ILLEGAL.sub(lambda match: visible(match[0]), text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    escaped = _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped}"'
