"""`bplint rule`."""

from __future__ import annotations

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, output_width, write_document, write_text
from bplint.cli.shared_options import color_option, complete_rules, config_options, read_config


@click.command("rule", cls=Command)
@click.argument("code", metavar="CODE|NAME", shell_complete=complete_rules)
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
    """Explain a rule: what is wrong, why it matters, what the manager does, and how to mend it."""
    from bplint.app.rule_book import known_rules, rule_names
    from bplint.config.load import unknown_rule_message
    from bplint.report.rule_page import data_of, markdown_of, text_of

    config = read_config(".", {}, config_file, no_config, color).config
    rules = known_rules(config.rule_plugins, config.policies)
    wanted = {rule.name: rule for rule in rules} | {rule.code.lower(): rule for rule in rules}
    found = wanted.get(code.lower())
    if found is None:
        raise click.UsageError(unknown_rule_message(code, rule_names(rules)))
    if format_name == "json":
        import json

        write_document(json.dumps(data_of(found), indent=2, ensure_ascii=False) + "\n")
    elif format_name == "markdown":
        write_text(markdown_of(found))
    else:
        write_text(text_of(found, color=is_colored(color), width=output_width()[0]))
    return 0
