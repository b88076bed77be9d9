"""`bplint test`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click

from bplint.cli.command import Command
from bplint.cli.output import is_colored, write_text
from bplint.cli.shared_options import color_option, config_options, read_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.app.fixtures import FixtureResult

FOLDER: Final = "bplint-tests"


@click.command("test", cls=Command)
@click.argument("folder", default=FOLDER, type=click.Path(file_okay=False))
@config_options
@color_option
def command(folder: str, config_file: str | None, no_config: bool, color: str) -> int:
    """Test rules of your own: the policies of the configuration and the rules of packages.

    FOLDER (default: bplint-tests) holds a folder for each code, with files named bad*.yaml, which mark the
    places of the diagnostics that they expect, and good*.yaml, which expect none.
    """
    from bplint.app.fixtures import fixtures_of, own_codes, run_fixtures
    from bplint.terminal.colors import styler

    start = folder if os.path.isdir(folder) else "."
    config = read_config(start, {}, config_file, no_config, color).config
    codes = own_codes(config)
    if not codes:
        raise click.UsageError("no rules to test: the configuration has no 'policies' and no 'rule-plugins'")
    if not os.path.isdir(folder):
        raise click.UsageError(
            f"no folder '{folder}': it would hold {codes[0]}/bad.yaml and {codes[0]}/good.yaml"
        )
    unknown = [code for code in fixtures_of(folder) if code not in codes]
    if unknown:
        raise click.UsageError(f"'{folder}/{unknown[0]}' is for a rule that the configuration does not have")
    style = styler(is_colored(color))
    results = list(run_fixtures(folder, config))
    lines = [line for each in results for line in _lines(each, style)]
    tested = {os.path.basename(os.path.dirname(each.path)) for each in results}
    lines += [f"{style('none', fg='yellow')}  {code} has no fixture" for code in codes if code not in tested]
    wrong = sum(not each.is_right for each in results)
    lines.append(f"{len(results) - wrong} of {len(results)} fixtures as expected")
    write_text("".join(line + "\n" for line in lines))
    return 1 if wrong else 0


def _lines(result: FixtureResult, style: Callable[..., str]) -> Iterator[str]:
    path = result.path.replace(os.sep, "/")
    if result.is_right:
        yield f"{style('ok', fg='green')}    {path}"
        return
    yield f"{style('wrong', fg='red', bold=True)} {path}"
    if result.remark:
        yield f"      {result.remark}"
    for place in result.missing:
        yield f"      {place.start[0]}:{place.start[1]}-{place.end[0]}:{place.end[1]}: expected, not found"
    for place, message in result.unexpected:
        where = f"{place.start[0]}:{place.start[1]}-{place.end[0]}:{place.end[1]}"
        yield f"      {where}: found, not expected: {message}"
