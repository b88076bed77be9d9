"""The pages of `docs/reference` that are made from the code: the commands and the Python interface."""

from __future__ import annotations

import inspect
import re
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Final

import click

import bplint
from bplint import api
from bplint.cli.group import COMMANDS, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_WIDTH: Final = 90
_GENERATED: Final = "<!-- Made by `python -m tools.generate`. -->\n\n"


def reference_pages() -> dict[str, str]:
    """Page name → text."""
    return {"commands.md": commands_page(), "python.md": python_page()}


# -- commands


def commands_page() -> str:
    """Every command with its arguments and options, from click."""
    lines = [
        "# Commands",
        "",
        "`bplint COMMAND --help` prints the same. Every command takes `-h`, `--help`.",
        "",
        "| exit code | |",
        "|---|---|",
        "| 0 | nothing at or above `--fail-on` (default: error) |",
        "| 1 | diagnostics at or above it; fixtures that do not hold; a plan that cannot be made |",
        "| 2 | a mistake of usage or of the configuration |",
        "| 3 | an internal error: please report it |",
        "| 130 | interrupted |",
        "",
    ]
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        lines += [f"## bplint {name}", "", *_command(name, command), ""]
    return _GENERATED + "\n".join(lines).rstrip() + "\n"


def _command(name: str, command: click.Command) -> Iterator[str]:
    ctx = click.Context(command, info_name=f"bplint {name}")
    usage = command.get_usage(ctx).removeprefix("Usage: ")
    yield from ("```text", " ".join(usage.split()), "```", "")
    yield from _paragraphs(command.help or "")
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if options:
        yield from ("", "| option | |", "|---|---|")
        yield from (_option(option, ctx) for option in options)


def _paragraphs(text: str) -> Iterator[str]:
    yield from inspect.cleandoc(text.replace("\b", "")).splitlines()


def _option(option: click.Option, ctx: click.Context) -> str:
    flags = ", ".join((*option.opts, *option.secondary_opts))
    kind = "" if option.is_flag else f" {option.make_metavar(ctx)}"
    text = option.help or ""
    if option.show_default and option.default is not None and not option.is_flag:
        text += f" [default: {option.default}]"
    return f"| `{_cell(flags + kind)}` | {_cell(text)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()


# -- the Python interface


def python_page() -> str:
    """Every name of the package, with what its docstring says."""
    lines = [
        "# Python interface",
        "",
        dedent(bplint.__doc__ or "").strip().partition("\n\n")[0],
        "Everything exported by `bplint` is typed and stable within a major version; modules below it are",
        "not, but for `bplint.rules_api`, for [rules of your own](../guides/platform-team.md).",
        "",
    ]
    names = [name for name in bplint.__all__ if not name.startswith("__")]
    # the package bplint.plan has the name of a function and can be called as it
    functions = [name for name in names if inspect.isfunction(getattr(api, name, None))]
    lines += ["## Functions", ""]
    for name in functions:
        function = getattr(api, name)
        lines += [f"### {name}", "", "```python", f"{name}{_signature(function)}", "```", ""]
        lines += [*_docstring(function), ""]
    lines += ["## Classes", ""]
    for name in names:
        if name not in functions:
            lines += [f"### {name}", "", *_class(getattr(bplint, name)), ""]
    return _GENERATED + re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _signature(function: Any) -> str:
    parts: list[str] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        star = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        parts.append(f"{star}{parameter.name}: {parameter.annotation}{default}")
    result = function.__annotations__["return"]
    text = f"({', '.join(parts)}) -> {result}"
    return text if len(text) <= _MAX_WIDTH else f"(\n    {', '.join(parts)}\n) -> {result}"


def _docstring(thing: Any) -> list[str]:
    """A docstring as Markdown: its examples and its tables of fields as code."""
    text = inspect.getdoc(thing) or ""
    lines: list[str] = []
    fenced = ""
    for line in text.splitlines():
        wanted = _fence_of(line, fenced)
        if wanted != fenced:
            lines += ["```"] * bool(fenced) + [f"```{wanted}"] * bool(wanted)
            fenced = wanted
        lines.append(line)
    return lines + ["```"] * bool(fenced)


def _fence_of(line: str, fenced: str) -> str:
    if line.startswith(">>>"):
        return "python"
    if re.match(r"\S[\w, ]*?  +\S", line):
        return "text"
    if not line.strip() or (fenced == "text" and not line.startswith(" ")):
        return ""
    return fenced


def _class(kind: Any) -> list[str]:
    lines = [*_docstring(kind), ""]
    members = getattr(kind, "__members__", None)
    if members is not None:
        values = ", ".join(f"`{each.value}`" for each in members.values())
        return [*lines, f"Values: {values}."]
    fields = getattr(kind, "__annotations__", {})
    defaults = getattr(kind, "_field_defaults", {})
    rows = [
        f"| `{name}` | `{_cell(str(annotation))}` | {_default(defaults, name)} |"
        for name, annotation in fields.items()
        if not name.startswith("_")
    ]
    return lines + (["| field | type | default |", "|---|---|---|", *rows] if rows else [])


def _default(defaults: dict[str, Any], name: str) -> str:
    if name not in defaults:
        return ""
    value = defaults[name]
    return f"`{getattr(value, 'value', value)!r}`" if not isinstance(value, type(_default)) else ""
