"""`bplint ignore`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bplint.cli.command import Command, option
from bplint.cli.output import write_text
from bplint.cli.shared_options import (
    code_options,
    color_option,
    complete_rules,
    config_options,
    import_options,
    overrides_of,
    read_config,
    split_codes,
    start_folder,
)

if TYPE_CHECKING:
    from bplint.app.ignoring import Ignoring


@click.command("ignore", cls=Command)
@click.argument("codes", metavar="CODES", shell_complete=complete_rules)
@click.argument("paths", metavar="[PATH…]", nargs=-1)
@option("-m", "--reason", required=True, metavar="TEXT", help="Why: it stands in the comment.")
@option("--diff", "is_diff", is_flag=True, help="Print what would change, and change nothing.")
@import_options
@code_options
@config_options
@color_option
def command(
    codes: str,
    paths: tuple[str, ...],
    reason: str,
    is_diff: bool,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Write suppression comments for what rules report, with the reason.

    CODES are codes, prefixes or names, separated by commas, or ALL. PATH is as for 'bplint validate'.
    """
    from bplint.app import LintRequest
    from bplint.app.ignoring import ignoring
    from bplint.app.rule_book import rule_names, selection_of, unknown_selectors
    from bplint.config.load import unknown_rule_message

    reason = " ".join(reason.split())
    if not reason:
        raise click.UsageError("the reason is empty: say why the rule does not apply here")
    config = read_config(start_folder(paths), overrides_of(given), config_file, no_config, color).config
    selectors = split_codes(codes)
    rules = selection_of(config).rules
    for each in unknown_selectors(selectors, rules):
        raise click.UsageError(unknown_rule_message(each, rule_names(rules)))
    outcome = ignoring(LintRequest(paths or (".",), config), selectors, reason)
    for entry in outcome.left:
        where = f"{entry.path}:{entry.line}"
        click.echo(f"{where}: no comment can silence {entry.code}: {entry.message}", err=True)
    _write(outcome, is_diff=is_diff)
    number = len(outcome.ignored)
    noun = "diagnostic" if number == 1 else "diagnostics"
    click.echo(f"{number} {noun} {'to be ignored' if is_diff else 'ignored'}", err=True)
    return 1 if outcome.left else 0


def _write(outcome: Ignoring, *, is_diff: bool) -> None:
    from bplint.app.fixing import WriteError, diff_of, write_together

    if is_diff:
        write_text(diff_of({path: (source.text, text) for path, (source, text) in outcome.texts.items()}))
        return
    try:
        write_together(
            {
                path: (source.to_bytes(source.text), source.to_bytes(text))
                for path, (source, text) in outcome.texts.items()
            }
        )
    except WriteError as error:
        raise click.UsageError(str(error)) from error
