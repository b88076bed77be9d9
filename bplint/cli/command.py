"""Commands and options whose help is shown as it is written. click cleans help texts with `inspect`, even
where no help is asked for; a start that does without it has neither that module nor `ast`, `dis` and
`tokenize` to load."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import click


class CommandOption(click.Option):
    """An option with one line of help."""

    def __init__(self, *arguments: Any, help: str | None = None, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.help = help


option: Final = partial(click.option, cls=CommandOption)


def _show_help(ctx: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


_HELP: Final = CommandOption(
    ("-h", "--help"),
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_help,
    help="Show this message and exit.",
)


class Command(click.Command):
    """A command with our option for help."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return _HELP


class CommandGroup(Command, click.Group):
    """A group with our option for help."""
