"""`bplint rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, output_width, write_document, write_text
from bplint.cli.shared_options import color_option, complete_rules, config_options, read_config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.lint.select import Selection
    from bplint.rules.rule import Rule

_LEAST_SUMMARY: Final = 40  # columns; less of a sentence says nothing
_FEW: Final = 60  # rules: a list of so many can have a second line each
_EFFECTS: Final = ("refused", "fails", "advice")


@click.command("rules", cls=Command)
@click.argument("selectors", metavar="[CODES]", nargs=-1, shell_complete=complete_rules)
@option("--effect", type=click.Choice(_EFFECTS), help="Only rules on what the manager does so.")
@option("--fixable", is_flag=True, help="Only rules that can mend what they find.")
@option("--active", "is_active", is_flag=True, help="Only rules that run here.")
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@config_options
@color_option
def command(
    selectors: tuple[str, ...],
    effect: str | None,
    fixable: bool,
    is_active: bool,
    format_name: str,
    config_file: str | None,
    no_config: bool,
    color: str,
) -> int:
    """List the rules, with a mark at those that run under the configuration found here.

    CODES are codes, prefixes such as BP5, or names; without them, all rules are listed.
    """
    from bplint.app.rule_book import chosen_rules, selection_of

    config = read_config(".", {}, config_file, no_config, color).config
    selection = selection_of(config)
    rules = chosen_rules(selection, _checked(selectors, selection))
    active = {rule.code for rule in selection.active}
    rules = [
        rule
        for rule in rules
        if (effect is None or rule.effect.value == effect)
        and (rule.fixable is not None or not fixable)
        and (rule.code in active or not is_active)
    ]
    if format_name == "json":
        import json

        from bplint.report.rule_page import data_of

        data = [{**data_of(rule), "active": rule.code in active} for rule in rules]
        write_document(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    else:
        write_text(rule_table(rules, active, color))
    return 0


def _checked(selectors: Sequence[str], selection: Selection) -> list[str]:
    """The selectors as codes are written; one that means no rule is a mistake of usage."""
    from bplint.app.rule_book import rule_names, unknown_selectors
    from bplint.config.load import unknown_rule_message

    wanted = [each.upper() if each[:2].lower() == "bp" else each for each in selectors]
    unknown = unknown_selectors(wanted, selection.rules)
    if unknown:
        raise click.UsageError(unknown_rule_message(unknown[0], rule_names(selection.rules)))
    return wanted


def rule_table(rules: Sequence[Rule], active: set[str], color: str) -> str:
    """Rules, one a line, as wide as the terminal, and how many of them run."""
    from bplint.app.rule_book import documentation_of
    from bplint.terminal.colors import SEVERITY_COLORS, styler
    from bplint.terminal.terminal_text import clipped, wrapped

    style = styler(is_colored(color))
    width = output_width()[0]
    widest = max((len(rule.name) for rule in rules), default=0)
    lines = []
    for rule in rules:
        mark = "*" if rule.code in active else " "
        severity = style(f"{rule.severity.value:<7}", fg=SEVERITY_COLORS[rule.severity])
        fix = {"safe": "fix", "unsafe": "fix?"}.get(rule.fixable or "", "")
        room = width - widest - 27
        summary = documentation_of(rule).summary
        line = f"{mark} {rule.code:<5}  {rule.name:<{widest}}  {severity}  {fix:<4}"
        if room >= _LEAST_SUMMARY:
            lines.append(f"{line}  {clipped(summary, room)}".rstrip())
        else:
            lines.append(line.rstrip())
            if len(rules) <= _FEW:
                lines.append(f"         {style(wrapped(summary, width - 9, ' ' * 9), dim=True)}")
    running = sum(rule.code in active for rule in rules)
    lines.append(f"{running} of {len(rules)} rules run (*); 'bplint rule CODE' explains one")
    return "".join(line + "\n" for line in lines)
