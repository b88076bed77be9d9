"""Where a command's text goes: colours, encodings, files, and readers that go away."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

COLOR_CHOICES: Final = ("auto", "always", "never")
_MAX_WIDTH: Final = 120
_DEFAULT_WIDTH: Final = 80


def is_colored(choice: str) -> bool:
    """Whether to colour the standard output. `auto` follows NO_COLOR, then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def output_width() -> tuple[int, bool]:
    """Columns to use, and whether they are those of a terminal."""
    if not sys.stdout.isatty():
        return _DEFAULT_WIDTH, False
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return _DEFAULT_WIDTH, False
    return min(columns, _MAX_WIDTH) or _DEFAULT_WIDTH, True


def write_text(text: str) -> None:
    """Write text for people to the standard output: what its encoding lacks becomes escapes. A reader
    that goes away does not change the exit code."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    _write(text)


def write_document(text: str) -> None:
    """Write a document for programs to the standard output: UTF-8, whatever the terminal speaks."""
    _write(text.encode("utf-8", "backslashreplace"))


def write_bytes(content: bytes) -> None:
    """Write a file's content to the standard output as it is."""
    _write(content)


def _write(content: str | bytes) -> None:
    try:
        click.echo(content, nl=False, color=True)
        sys.stdout.flush()
    except BrokenPipeError:
        close_output()
    except OSError as error:  # such as a full disk
        raise click.ClickException(f"cannot write the report: {error.strerror}") from error


def close_output() -> None:
    """Let the interpreter flush into nothing at its end: the reader of the output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(path: str, text: str) -> None:
    """Write a report to a file. Raises click.UsageError where that is not possible."""
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise click.UsageError(f"cannot write '{path}': {error.strerror}") from error
