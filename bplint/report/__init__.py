"""Renderers: a result in, text out. None reads or writes anything; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Severity
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.app import LintResult
    from bplint.rules.rule import Rule

FORMATS: Final = ("full", "concise", "json", "sarif", "junit", "github", "gitlab")
TEXT_FORMATS: Final = ("full", "concise")
_MODULES: Final = {"json": "json_report"}  # the others are called as their format


class ReportOptions(Record):
    """How to render.

    color       text formats only
    width       columns of source excerpts in `full`; `is_wrapped` wraps messages to it as well
    is_quiet    text formats: diagnostics without the summary
    is_counted  text formats: a table of counts by rule in place of the diagnostics
    rules       the rules of the run, for formats that describe them
    prefix      the current folder as seen from the repository's root, for formats whose paths begin there
    link        address of a rule's page with {code} in it; '' where there is none
    is_linked   text formats: names of rules are hyperlinks to it
    fail_on     the threshold of the exit code, for formats that tell failures from the rest
    """

    color: bool = False
    width: int = 80
    is_wrapped: bool = False
    is_quiet: bool = False
    is_counted: bool = False
    rules: Sequence[Rule] = ()
    prefix: str = ""
    link: str = ""
    is_linked: bool = False
    fail_on: Severity | None = Severity.ERROR


def render(format_name: str, result: LintResult, options: ReportOptions) -> str:
    """The report in one of FORMATS; it ends with a newline unless it is empty."""
    if options.is_counted and format_name in TEXT_FORMATS:
        format_name = "statistics"
    module = import_module(f"bplint.report.{_MODULES.get(format_name, format_name)}")
    text: str = module.render(result, options)
    return text


def from_root(path: str, prefix: str) -> str:
    """A path of the result as seen from the repository's root; absolute ones stay."""
    from posixpath import isabs, join, normpath

    if isabs(path) or path[1:3] == ":/" or not prefix:
        return path
    return normpath(join(prefix, path))
