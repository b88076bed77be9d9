"""The command `bplint`: commands are imported when they are called, errors become exit codes."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from bplint import __version__
from bplint.cli.command import CommandGroup, CommandOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click import Command, Context, HelpFormatter

OK: Final = 0
FOUND: Final = 1
USAGE: Final = 2
INTERNAL: Final = 3
INTERRUPTED: Final = 130

# name → what `--help` says of it; the command is `command` of the module `NAME_command`
COMMANDS: Final = {
    "validate": "Check blueprints, plugin.yaml files and workflow code.",
    "plan": "Show what an execution would do, task by task.",
    "replay": "Lay the events of a real execution on its plan.",
    "explain": "Explain what stands at a place of a file.",
    "workflows": "Show the workflows of a blueprint and their parameters.",
    "compat": "Show which releases of their plugins blueprints fit.",
    "plugin-diff": "Show what a plugin's new file or release breaks and adds.",
    "catalog": "List published plugins, their releases, and what a type was in each.",
    "vendor": "Fetch imports that cannot be read into a folder that validate reads.",
    "ignore": "Write suppression comments, with a reason.",
    "init": "Write a configuration, a hook and a CI file for a folder.",
    "rules": "List the rules.",
    "rule": "Explain a rule.",
    "test": "Test rules of your own against fixtures.",
    "schema": "Print a JSON Schema.",
    "config": "Show the effective configuration and where it comes from.",
    "lsp": "Serve an editor by the language server protocol.",
    "completion": "Print the completion script of a shell.",
}


class LazyGroup(CommandGroup):
    """A group that imports a command's module when the command is called or explained."""

    def list_commands(self, ctx: Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: Command = import_module(f"bplint.cli.{cmd_name.replace('-', '_')}_command").command
        return command

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and (name == "-" or os.path.exists(name)):
            ctx.fail(f"no such command '{name}'; did you mean 'bplint validate {name}'?")
        if name not in COMMANDS:
            from bplint.near import nearest

            best = nearest(name, COMMANDS)
            hint = f"; did you mean '{best}'?" if best else ""
            ctx.fail(f"no such command '{name}'{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    context_settings={"max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s", cls=CommandOption)
def cli() -> None:
    """Check Cloudify blueprints and preview their execution plans, offline.

    Exit codes: 0 clean, 1 diagnostics at or above --fail-on, 2 usage or configuration, 3 internal
    error, 130 interrupted.
    """


def main(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit code; nothing escapes but what the interpreter itself raises."""
    try:
        outcome: Any = cli.main(args=list(arguments), prog_name="bplint", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("bplint: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away: `bplint rules | head`
        from bplint.cli.output import close_output

        close_output()
        return OK
    except Exception as error:
        return _internal_error(error)
    return outcome if isinstance(outcome, int) else OK


def _internal_error(error: Exception) -> int:
    from bplint.app.errors import DamagedCatalogueError  # only where something has gone wrong

    if isinstance(error, DamagedCatalogueError):
        click.echo(f"bplint: the catalogue is damaged, install bplint again: {error}", err=True)
        return INTERNAL
    if os.environ.get("BPLINT_TRACEBACK"):
        import traceback

        traceback.print_exc()
    else:
        text = " ".join(str(error).split())
        click.echo(f"bplint: internal error: {type(error).__name__}: {text}", err=True)
        click.echo("Set BPLINT_TRACEBACK=1 to see where, and please report it.", err=True)
    return INTERNAL
