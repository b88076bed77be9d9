"""`bplint compat`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

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
    from collections.abc import Callable, Sequence

    from bplint.app.compat import Compatibility, PluginUse, ReleaseRange

_STYLES: Final = {"fits": "green", "advice": "yellow", "breaks": "red"}
_WORDS: Final = {"fits": "fits", "advice": "fits, with advice", "breaks": "breaks"}
_REQUIREMENT: Final = r"\s*([A-Za-z0-9][\w.\-]*)\s*(.*?)\s*"
_CLAUSE: Final = r"(?:===|~=|==|!=|<=|>=|<|>)?\s*v?\d[\w.+\-]*(?:\.\*)?"


def _wanted(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Pairs of `NAME=CONSTRAINT`, or of `NAME` alone for all releases."""
    found = []
    for value in values:
        name, _, constraint = value.partition("=")
        _check_clauses(value, constraint, len(name) + 1)
        found.append((name.strip(), constraint.strip()))
    return tuple(found)


def _requirements(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Pairs of a plugin and a constraint from texts such as `cloudify-aws-plugin>=3`."""
    found = []
    for value in values:
        match = re.fullmatch(_REQUIREMENT, value)
        if match is None:
            raise click.BadParameter(f"'{value}' does not begin with the name of a plugin")
        _check_clauses(value, match[2], match.start(2))
        found.append((match[1], match[2]))
    return tuple(found)


def _check_clauses(value: str, constraint: str, start: int) -> None:
    """Refuse a constraint that cannot be read, at its place."""
    for clause in constraint.split(",") if constraint.strip() else ():
        if re.fullmatch(_CLAUSE, clause.strip()) is None:
            column = start + 1 + len(clause) - len(clause.lstrip())
            message = f"'{clause.strip()}' is no constraint on a version, in '{value}' at character {column}"
            raise click.BadParameter(message)
        start += len(clause) + 1


@click.command("compat", cls=Command)
@click.argument("paths", metavar="BLUEPRINT…", nargs=-1, required=True)
@option("--plugin", "wanted", metavar="NAME[=CONSTRAINT]", multiple=True, callback=_wanted,
        help="Only this plugin, and only its releases that meet the constraint.")  # fmt: skip
@option("--fail-unless", "requirements", metavar="REQUIREMENT", multiple=True, callback=_requirements,
        help="Exit with 1 unless all blueprints fit all these releases: cloudify-aws-plugin>=3.")  # fmt: skip
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@import_options
@code_options
@config_options
@color_option
def command(
    paths: tuple[str, ...],
    wanted: tuple[tuple[str, str], ...],
    requirements: tuple[tuple[str, str], ...],
    format_name: str,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Show which releases of their plugins blueprints fit, whatever their imports allow.

    BLUEPRINT is a file, a folder or a glob. A release breaks a blueprint that is refused or fails with it.
    """
    from bplint.app.compat import UnknownPluginError, check_wanted, compatibility

    config = read_config(start_folder(paths), overrides_of(given), config_file, no_config, color).config
    try:
        check_wanted(config, dict(requirements))
        found = compatibility(paths, config, dict(wanted))
    except UnknownPluginError as error:
        raise click.UsageError(str(error)) from error
    if not found.blueprints:
        raise click.UsageError(f"no blueprint in {', '.join(paths)}")
    if format_name == "json":
        import json

        write_document(json.dumps(_data(found), indent=2, ensure_ascii=False) + "\n")
    else:
        write_text(_text(found, is_colored(color)))
    return _judged(found, requirements)


def _judged(found: Compatibility, requirements: Sequence[tuple[str, str]]) -> int:
    """The exit code: 1 where a blueprint breaks with a release of the requirements."""
    from bplint.app.compat import broken_by

    broken = [pair for name, constraint in requirements for pair in broken_by(found, name, constraint)]
    for use, versions in broken:
        shown = ", ".join(versions[:3]) + (f" and {len(versions) - 3} more" if versions[3:] else "")
        click.echo(f"bplint: '{use.path}' breaks with {use.plugin} {shown}", err=True)
    return 1 if broken else 0


def _data(found: Compatibility) -> dict[str, Any]:
    return {
        "version": 1,
        "blueprints": list(found.blueprints),
        "unread": list(found.unread),
        "plugins": [
            {
                "path": use.path,
                "plugin": use.plugin,
                "import": use.location,
                "ranges": [_range_data(each, use) for each in use.ranges],
            }
            for use in found.uses
        ],
    }


def _range_data(each: ReleaseRange, use: PluginUse) -> dict[str, Any]:
    return {
        "first": each.versions[0],
        "last": each.versions[-1],
        "versions": list(each.versions),
        "allowed": any(version in use.allowed for version in each.versions),
        "status": each.status,
        "reason": each.reason._asdict() if each.reason is not None else None,
    }


def _text(found: Compatibility, color: bool) -> str:
    from bplint.terminal.colors import styler

    style = styler(color)
    lines: list[str] = []
    for path in dict.fromkeys(use.path for use in found.uses):
        lines.append(style(path, bold=True))
        for use in found.uses:
            if use.path == path:
                lines += _use_lines(use, style)
    if len(found.blueprints) > 1:
        lines += ["", *_table(found, style)]
    without = len(found.blueprints) - len({use.path for use in found.uses})
    if without:
        noun = "blueprint imports" if without == 1 else "blueprints import"
        lines.append(f"{without} {noun} no plugin of the catalogue")
    if found.unread:
        lines.append(f"imports that could not be read: in {', '.join(found.unread)}")
    return "\n".join(lines) + "\n"


def _use_lines(use: PluginUse, style: Callable[..., str]) -> list[str]:
    from bplint.terminal.terminal_text import visible

    lines = [f"  {use.plugin}  {style(visible(use.location), dim=True)}"]
    widest = max(len(each.text) for each in use.ranges) if use.ranges else 0
    for each in use.ranges:
        word = style(_WORDS[each.status], fg=_STYLES[each.status])
        reason = ""
        if each.reason is not None:
            more = f", and {each.reason.number - 1} more" if each.reason.number > 1 else ""
            place = f"{each.reason.path}:{each.reason.line}:{each.reason.column}"
            reason = f": {visible(each.reason.message)} ({each.reason.code} at {place}{more})"
        lines.append(f"    {each.text:<{widest}}  {word}{reason}")
    return lines


def _table(found: Compatibility, style: Callable[..., str]) -> list[str]:
    """For each plugin the releases at which something changes for a blueprint, and which ones break."""
    from bplint.report.summary import counted

    lines = []
    for plugin in sorted({use.plugin for use in found.uses}):
        uses = [use for use in found.uses if use.plugin == plugin]
        lines.append(style(f"{plugin}: {counted(len({use.path for use in uses}), 'blueprint')}", bold=True))
        newest = [use.ranges[0] for use in uses if use.ranges]
        breaking = [each for each in newest if each.status == "breaks"]
        lines.append(f"  the newest release breaks {len(breaking)} of them")
        for use in uses:
            last = next((each.versions[-1] for each in use.ranges if each.status != "breaks"), None)
            if use.ranges and use.ranges[0].status == "breaks":
                fitting = f"the last that fits is {last}" if last else "no release fits"
                lines.append(f"    {use.path}: {fitting}")
    return lines
