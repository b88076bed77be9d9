"""`bplint rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, write_document, write_text
from bplint.cli.shared_options import color_option, config_options, read_config

if TYPE_CHECKING:
    from bplint.lint.select import Selection


@click.command("rules", cls=Command)
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@config_options
@color_option
def command(format_name: str, config_file: str | None, no_config: bool, color: str) -> int:
    """List the rules, with a mark at those that run under the configuration found here."""
    from bplint.app.rule_book import selection_of

    config = read_config(".", {}, config_file, no_config, color).config
    selection = selection_of(config)
    if format_name == "json":
        import json

        from bplint.report.rule_page import data_of

        active = {rule.code for rule in selection.active}
        rules = [{**data_of(rule), "active": rule.code in active} for rule in selection.rules]
        write_document(json.dumps(rules, indent=2, ensure_ascii=False) + "\n")
    else:
        write_text(_table(selection, is_colored(color)))
    return 0


def _table(selection: Selection, color: bool) -> str:
    from bplint.app.rule_book import documentation_of
    from bplint.terminal.colors import SEVERITY_COLORS, styler

    style = styler(color)
    active = {rule.code for rule in selection.active}
    widest = max((len(rule.name) for rule in selection.rules), default=0)
    lines = []
    for rule in selection.rules:
        mark = "*" if rule.code in active else " "
        severity = style(f"{rule.severity.value:<7}", fg=SEVERITY_COLORS[rule.severity])
        fix = {"safe": "fix", "unsafe": "fix?"}.get(rule.fixable or "", "")
        summary = documentation_of(rule).summary
        lines.append(f"{mark} {rule.code}  {rule.name:<{widest}}  {severity}  {fix:<4}  {summary}".rstrip())
    lines.append(f"{len(active)} of {len(selection.rules)} rules run (*)")
    return "".join(line + "\n" for line in lines)
