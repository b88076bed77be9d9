"""`bplint validate --watch`: the same check again whenever a file changes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ENDINGS: Final = (".yaml", ".yml", ".json", ".py", ".toml", ".zip", ".wgn", ".sh", ".ps1")
_CLEAR: Final = "\x1b[2J\x1b[H"


def watch(paths: Sequence[str], check: Callable[[], int]) -> int:
    """Run a check, and again after every change below the paths, until the user interrupts; 0."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise click.UsageError("--watch needs the package 'watchfiles': pip install watchfiles") from None
    folders = sorted({path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths})
    _run(check)
    for _ in changes(*folders, watch_filter=_is_wanted, raise_interrupt=False):
        if sys.stdout.isatty():
            click.echo(_CLEAR, nl=False)
        _run(check)
    return 0


def _is_wanted(change: Any, path: str) -> bool:
    """Whether a changed file may matter to a check: what lies in hidden folders does not."""
    below = os.path.relpath(path).replace(os.sep, "/").removeprefix("../")
    return path.endswith(_ENDINGS) and not any(part.startswith(".") for part in below.split("/")[:-1])


def _run(check: Callable[[], int]) -> None:
    """A check. Mistakes of usage are told and do not end the watch: a configuration may be half written."""
    try:
        check()
    except click.exceptions.Exit:
        pass
    except click.ClickException as error:
        error.show()
    click.echo("bplint: watching for changes; Ctrl-C ends", err=True)
