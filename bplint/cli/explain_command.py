"""`bplint explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, write_document, write_text
from bplint.cli.shared_options import (
    code_options,
    color_option,
    config_options,
    import_options,
    overrides_of,
    read_config,
    start_folder,
)

if TYPE_CHECKING:
    from bplint.app.explaining import Explained


@click.command("explain", cls=Command)
@click.argument("place", metavar="FILE:LINE[:COLUMN]")
@option("-i", "--inputs", multiple=True, metavar="FILE|NAME=VALUE", help="Inputs for what functions give.")
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@import_options
@code_options
@config_options
@color_option
def command(
    place: str,
    inputs: tuple[str, ...],
    format_name: str,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Explain what stands at a place of a file: what it is, its type, where its value or its operation
    comes from, and what functions give."""
    path, line, column = split_place(place)
    loaded = read_config(start_folder([path]), overrides_of(given), config_file, no_config, color)
    from bplint.app.explaining import explain_at  # the model and what is asked of it

    try:
        found = explain_at(path, line, column, loaded, inputs)
    except OSError as error:
        raise click.UsageError(str(error)) from None
    if found is None:
        click.echo(f"nothing to explain at {place}", err=True)
        return 1
    if format_name == "json":
        import json

        write_document(json.dumps(_data(found), indent=2, ensure_ascii=False) + "\n")
    else:
        write_text(_text(found, is_colored(color)))
    return 0


def split_place(place: str) -> tuple[str, int, int | None]:
    """Path, line and column of `FILE:LINE[:COLUMN]`. Raises UsageError where it is none."""
    parts = place.rsplit(":", 2)
    numbers: list[int] = []
    while len(parts) > 1 and parts[-1].isdecimal() and len(numbers) < 2:
        numbers.insert(0, int(parts.pop()))
    path = ":".join(parts)
    if not numbers or not path or min(numbers) < 1:
        raise click.UsageError(f"'{place}' is not of the form FILE:LINE[:COLUMN]")
    return path, numbers[0], numbers[1] if len(numbers) > 1 else None


def _data(found: Explained) -> dict[str, Any]:
    line, column = found.source.lines.position(found.span.start)
    return {
        "path": found.source.path,
        "line": line,
        "column": column,
        "end_column": found.source.lines.position(found.span.end)[1],
        "title": found.said.title,
        "description": found.said.description,
        "statements": [
            {"label": each.label, "text": each.text, **_place(found, each.path, each.span)}
            for each in found.said.statements
        ],
    }


def _place(found: Explained, path: str | None, span: Any) -> dict[str, Any]:
    if path is None or path not in found.sources or span is None:
        return {}
    line, column = found.sources[path].lines.position(span.start)
    return {"path": path, "line": line, "column": column}


def _text(found: Explained, color: bool) -> str:
    from bplint.terminal.colors import styler
    from bplint.terminal.terminal_text import visible

    style = styler(color)
    line, column = found.source.lines.position(found.span.start)
    lines = [
        f"{visible(found.source.path)}:{line}:{column}: {style(visible(found.said.title), bold=True)}",
    ]
    if found.said.description:
        lines += [f"  {visible(each)}" for each in found.said.description.strip().splitlines()]
    widest = max((len(each.label) for each in found.said.statements), default=0)
    for each in found.said.statements:
        place = _place(found, each.path, each.span)
        where = f"{place['path']}:{place['line']}" if place else ""
        shown = f"  ({visible(where)})" if where and not each.text.startswith(place["path"]) else ""
        first, *rest = each.text.splitlines() or [""]
        lines.append(f"  {style(visible(each.label.ljust(widest)), dim=True)}  {visible(first)}{shown}")
        lines += [f"  {' ' * widest}  {visible(part)}" for part in rest]
    return "\n".join(lines) + "\n"
