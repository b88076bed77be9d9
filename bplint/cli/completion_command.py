"""`bplint completion`."""

from __future__ import annotations

import click

from bplint.cli.command import Command
from bplint.cli.output import write_text


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> int:
    """Print the completion script of a shell.

    bash: eval "$(bplint completion bash)" in ~/.bashrc. zsh: the same in ~/.zshrc. fish: bplint
    completion fish > ~/.config/fish/completions/bplint.fish.
    """
    from click.shell_completion import get_completion_class

    from bplint.cli.group import cli

    completion_class = get_completion_class(shell)
    if completion_class is None:
        raise click.UsageError(f"no completion for {shell}")
    completion = completion_class(cli, {}, "bplint", "_BPLINT_COMPLETE")
    # click's own source() of bash runs bash to learn its version; the script itself needs no process
    write_text(completion.source_template % completion.source_vars() + "\n")
    return 0
