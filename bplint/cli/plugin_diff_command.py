"""`bplint plugin-diff`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, write_document, write_text
from bplint.cli.shared_options import (
    color_option,
    config_options,
    import_options,
    overrides_of,
    read_config,
    start_folder,
)

if TYPE_CHECKING:
    from bplint.app.plugin_diff import PluginDiff, PluginFile
    from bplint.config import Config

_LEVELS: Final = ("breaking", "risky", "harmless", "never")
_COLORS: Final = {"breaking": "red", "risky": "yellow", "harmless": "green"}


@click.command("plugin-diff", cls=Command)
@click.argument("old")
@click.argument("new")
@click.argument("blueprints", metavar="[BLUEPRINT…]", nargs=-1)
@option("--fail-on", type=click.Choice(_LEVELS), default="never", show_default=True,
        help="Exit with 1 where a change is that bad, or a blueprint is hit.")  # fmt: skip
@option("--format", "format_name", type=click.Choice(("text", "json", "markdown")), default="text",
        show_default=True)  # fmt: skip
@import_options
@config_options
@color_option
def command(
    old: str,
    new: str,
    blueprints: tuple[str, ...],
    fail_on: str,
    format_name: str,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Show what a plugin's new file or release breaks and adds.

    OLD and NEW are files, releases of the catalogue (NAME==VERSION) or git revisions of a file (REV:path).
    With blueprints, those that are right with OLD and not with NEW are shown, too.
    """
    start = [path for path in (*blueprints, new, old) if os.path.exists(path)]
    config = read_config(start_folder(start), overrides_of(given), config_file, no_config, color).config
    found = _compared(old, new, blueprints, config)
    if format_name == "json":
        import json

        write_document(json.dumps(_data(found), indent=2, ensure_ascii=False) + "\n")
    elif format_name == "markdown":
        write_document(_markdown(found))
    else:
        write_text(_text(found, is_colored(color)))
    if fail_on == "never":
        return 0
    levels = _LEVELS[: _LEVELS.index(fail_on) + 1]
    return 1 if found.hits or any(found.count(level) for level in levels) else 0


def _compared(old: str, new: str, blueprints: tuple[str, ...], config: Config) -> PluginDiff:
    import tempfile

    from bplint.app.plugin_diff import UnknownReleaseError, compare, release_files

    is_release = [not os.path.exists(side) and "==" in side for side in (old, new)]
    try:
        with tempfile.TemporaryDirectory(prefix="bplint-diff-") as folder:
            sides = release_files(old if is_release[0] else None, new if is_release[1] else None)
            before = sides[0] or _file(old, folder)
            after = sides[1] or _file(new, folder)
            return compare(before, after, blueprints, config)
    except UnknownReleaseError as error:
        raise click.UsageError(str(error)) from error


def _file(side: str, folder: str) -> PluginFile:
    """A file, or a file of a git revision."""
    from bplint.app.plugin_diff import plugin_file

    if os.path.isfile(side):
        return plugin_file(side)
    revision, mark, path = side.partition(":")
    if not mark or not revision or not path:
        raise click.UsageError(f"'{side}' is no file, no NAME==VERSION and no REV:path")
    from bplint.cli.git import run_git

    content = run_git("plugin-diff", "show", f"{revision}:./{path}" if not os.path.isabs(path) else side)
    target = os.path.join(folder, str(len(os.listdir(folder))), os.path.basename(path))
    os.mkdir(os.path.dirname(target))
    with open(target, "wb") as stream:
        stream.write(content)
    return plugin_file(target, side)


def _data(found: PluginDiff) -> dict[str, Any]:
    return {
        "version": 1,
        "old": found.old,
        "new": found.new,
        "changes": [
            {
                "class": placed.change.severity,
                "message": placed.change.message,
                "keys": list(placed.change.keys),
                "line": placed.line,
                "column": placed.column,
            }
            for placed in found.changes
        ],
        "hits": [hit._asdict() for hit in found.hits],
    }


def _text(found: PluginDiff, color: bool) -> str:
    from bplint.terminal.colors import styler
    from bplint.terminal.terminal_text import visible

    style = styler(color)
    lines = []
    for placed in found.changes:
        severity = placed.change.severity
        place = f"{found.new}:{placed.line}:{placed.column}: " if placed.line else ""
        lines.append(
            visible(place) + style(severity, fg=_COLORS[severity]) + f": {visible(placed.change.message)}"
        )
    lines += [
        f"{visible(hit.path)}:{hit.line}:{hit.column}: hit: {visible(hit.message)} ({hit.code})"
        for hit in found.hits
    ]
    lines.append(_summary(found))
    return "\n".join(lines) + "\n"


def _summary(found: PluginDiff) -> str:
    counts = [f"{found.count(level)} {level}" for level in _COLORS]
    hit = f"; {len({hit.path for hit in found.hits})} blueprints hit" if found.hits else ""
    return f"from {found.old} to {found.new}: {', '.join(counts)}{hit}"


def _markdown(found: PluginDiff) -> str:
    lines = [f"### {found.old} → {found.new}", "", _summary(found).partition(": ")[2], ""]
    for level in _COLORS:
        changes = [placed for placed in found.changes if placed.change.severity == level]
        if changes:
            lines += [f"**{level.capitalize()}**", ""]
            lines += [f"- {_escaped(placed.change.message)}{_where(placed.line)}" for placed in changes]
            lines.append("")
    if found.hits:
        lines += ["**Blueprints that are hit**", ""]
        lines += [f"- `{hit.path}:{hit.line}`: {_escaped(hit.message)} ({hit.code})" for hit in found.hits]
        lines.append("")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_<>[]|#" else " " if sign in "\r\n" else sign for sign in text)


def _where(line: int | None) -> str:
    return f" (line {line})" if line else ""
