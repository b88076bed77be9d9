"""`bplint init`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, write_file, write_text
from bplint.cli.shared_options import color_option

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.app.starting import Start


@click.command("init", cls=Command)
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@option("-y", "--yes", "is_sure", is_flag=True, help="Write without asking.")
@option("--dry-run", "is_dry", is_flag=True, help="Show what would be written, and write nothing.")
@color_option
def command(folder: str, is_sure: bool, is_dry: bool, color: str) -> int:
    """Write a configuration, a hook and a CI file, from what is in FOLDER (default: the current one).

    Everything is shown before it is written. What is found wrong today goes into a baseline, so that only
    new faults are told.
    """
    from bplint import __version__
    from bplint.app import LintRequest, lint
    from bplint.app.starting import plugin_folders, propose
    from bplint.config.load import find_config, load_config

    known = find_config(folder)
    if known is not None:
        raise click.UsageError(f"there is a configuration already: '{known}'")
    folders = tuple(os.path.normpath(os.path.join(folder, path)) for path in plugin_folders(folder))
    config = load_config(folder, {"plugin_path": folders} if folders else {}).config
    result = lint(LintRequest((folder,), config))
    start = propose(folder, result, __version__)
    write_text(_text(start, result, color))
    if is_dry:
        return 0
    if not is_sure and not click.confirm("Write these files?", default=True, err=True):
        return 0
    _write(folder, start, result)
    return 0


def _text(start: Start, result: LintResult, color: str) -> str:
    from bplint.report.summary import counted
    from bplint.terminal.colors import styler

    style = styler(is_colored(color))
    lines = [f"{counted(len(result.files), 'file')}, {counted(len(result.diagnostics), 'diagnostic')}", ""]
    for each in start.proposals:
        verb = "add to" if each.exists else "write"
        lines.append(f"{style(f'{verb} {each.path}', bold=True)}: {each.reason}")
        lines += [f"    {line}".rstrip() for line in each.text.splitlines()] + [""]
    for path, text in start.by_hand:
        lines.append(f"{style(path, bold=True)} is there: add to it by hand")
        lines += [f"    {line}".rstrip() for line in text.splitlines()] + [""]
    if _needs_baseline(start):
        lines += [f"write {_baseline()}: accepts what is there today", ""]
    return "\n".join(lines)


def _baseline() -> str:
    from bplint.app.starting import BASELINE

    return BASELINE


def _needs_baseline(start: Start) -> bool:
    return _baseline() in start.proposals[0].text


def _write(folder: str, start: Start, result: LintResult) -> None:
    for each in start.proposals:
        path = os.path.join(folder, each.path)
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if each.exists:
            with open(path, encoding="utf-8") as stream:
                write_file(path, stream.read() + each.text)
        else:
            write_file(path, each.text)
        click.echo(f"wrote {path}", err=True)
    if _needs_baseline(start):
        from bplint.app.accepting import baseline_of

        path = os.path.join(folder, _baseline())
        text, number = baseline_of(path, result)
        write_file(path, text)
        click.echo(f"wrote {path}: {number} accepted", err=True)
