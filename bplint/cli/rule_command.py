"""`bplint rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, output_width, write_document, write_text
from bplint.cli.shared_options import color_option, complete_rules, config_options, read_config

if TYPE_CHECKING:
    from bplint.rules.rule import Rule


@click.command("rule", cls=Command)
@click.argument("code", metavar="CODE|NAME|PREFIX", shell_complete=complete_rules)
@option(
    "--format",
    "format_name",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    show_default=True,
)
@config_options
@color_option
def command(code: str, format_name: str, config_file: str | None, no_config: bool, color: str) -> int:
    """Explain a rule: what is wrong, why it matters, what the manager does, and how to mend it.

    A prefix such as BP9 lists the rules of that family.
    """
    from bplint.app.rule_book import rule_names, selection_of
    from bplint.config.load import unknown_rule_message
    from bplint.report.rule_page import data_of, markdown_of, text_of

    config = read_config(".", {}, config_file, no_config, color).config
    selection = selection_of(config)
    rules = selection.rules
    wanted = {rule.name: rule for rule in rules} | {rule.code.lower(): rule for rule in rules}
    found = wanted.get(code.lower())
    if found is None:
        family = [rule for rule in rules if rule.code.startswith(code.upper())]
        if family:
            return _list_family(family, {rule.code for rule in selection.active}, format_name, color)
        raise click.UsageError(unknown_rule_message(code, rule_names(rules)))
    if format_name == "json":
        import json

        write_document(json.dumps(data_of(found), indent=2, ensure_ascii=False) + "\n")
    elif format_name == "markdown":
        write_text(markdown_of(found))
    else:
        write_text(text_of(found, color=is_colored(color), width=output_width()[0]))
    return 0


def _list_family(family: list[Rule], active: set[str], format_name: str, color: str) -> int:
    from bplint.cli.rules_command import rule_table
    from bplint.report.rule_page import data_of, markdown_of

    if format_name == "json":
        import json

        write_document(json.dumps([data_of(rule) for rule in family], indent=2, ensure_ascii=False) + "\n")
    elif format_name == "markdown":
        write_text("\n".join(markdown_of(rule) for rule in family))
    else:
        write_text(rule_table(family, active, color))
    return 0
