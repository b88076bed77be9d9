"""`--fix` and `--diff` of `bplint validate`: what is printed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bplint.app.fixing import Fixing, WriteError
from bplint.cli.output import write_bytes, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.app import LintRequest, LintResult


def fixed(request: LintRequest, given: dict[str, Any]) -> LintResult:
    """Fix files or the standard input, or print the diff; gives the result of the texts as they then are."""
    fixing = Fixing(request, is_unsafe=given["unsafe_fixes"])
    if given["is_diff"]:
        write_text(fixing.diff())
        summary = fixing.summary("to be fixed")
    elif request.stdin is not None:
        write_bytes(fixing.piped())
        summary = fixing.summary("fixed")
    else:
        _write(fixing)
        summary = fixing.summary("fixed")
    if given["is_shown"]:
        click.echo("".join(f"{line}\n" for line in _fix_list(fixing)), err=True, nl=False)
    if summary:
        click.echo(summary, err=True)
    return fixing.before if given["is_diff"] else fixing.after


def _write(fixing: Fixing) -> None:
    try:
        fixing.write()
    except WriteError as error:
        raise click.UsageError(str(error)) from error


def _fix_list(fixing: Fixing) -> Iterator[str]:
    """The fixes by file, each with how often it was applied."""
    counts: dict[str, dict[str, int]] = {}
    for fixes in fixing.rounds:
        for fix in fixes:
            titles = counts.setdefault(fix.edits[0].path, {})
            titles[fix.title] = titles.get(fix.title, 0) + 1
    for path in sorted(counts):
        yield f"{path}:"
        for title, number in counts[path].items():
            yield f"  {number} x {title}"
