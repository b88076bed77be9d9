"""What `bplint validate` prints, writes and exits with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bplint.cli.output import is_colored, output_width, write_document, write_file, write_text
from bplint.report import TEXT_FORMATS

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.config import Config
    from bplint.report import ReportOptions

FOUND: Final = 1
INTERNAL: Final = 3
_LEVEL_ORDER: Final = ("info", "warning", "error")


def report(result: LintResult, config: Config, color: str, given: dict[str, Any]) -> None:
    """Print the report and write those of --output. `given` are the options of the command."""
    from bplint.report import render

    name = given["format_name"] or "full"
    options = _report_options(config, color, given)
    text = render(name, result, options)
    if name in TEXT_FORMATS:
        if given["format_name"] is None and os.environ.get("GITHUB_ACTIONS") == "true":
            text += render("github", result, options)
        write_text(text)
    else:
        write_document(text)
    for output, path in given["outputs"]:
        write_file(
            path,
            render(
                output, result, options._replace(color=False, is_wrapped=False, width=80, is_linked=False)
            ),
        )


def _report_options(config: Config, color: str, given: dict[str, Any]) -> ReportOptions:
    from bplint.report import ReportOptions

    width, is_terminal = output_width()
    options = ReportOptions(
        color=is_colored(color),
        width=width,
        is_wrapped=is_terminal,
        is_quiet=given["is_quiet"],
        is_counted=given["is_counted"],
        fail_on=config.fail_on,
        link=config.rule_url or "",
        is_linked=is_terminal and is_colored(color),
    )
    formats = {given["format_name"], *(name for name, _ in given["outputs"])}
    if formats & {"sarif", "github", "gitlab"} or os.environ.get("GITHUB_ACTIONS") == "true":
        from bplint.app.rule_book import known_rules
        from bplint.cli.git import prefix_of

        options = options._replace(
            prefix=prefix_of("."), rules=known_rules(config.rule_plugins, config.policies)
        )
    return options


def exit_code(result: LintResult, config: Config) -> int:
    """3 after a bug of a rule, 1 with a diagnostic at or above the threshold, else 0."""
    if any(entry.code == "BP000" for entry in result.diagnostics):
        return INTERNAL
    if config.fail_on is None:
        return 0
    threshold = _LEVEL_ORDER.index(config.fail_on.value)
    worst = max((_LEVEL_ORDER.index(entry.severity.value) for entry in result.diagnostics), default=-1)
    return FOUND if worst >= threshold else 0
