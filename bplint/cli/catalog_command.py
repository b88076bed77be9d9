"""`bplint catalog`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bplint.cli.command import Command, option
from bplint.cli.output import is_colored, write_document, write_text
from bplint.cli.shared_options import color_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bplint.app.catalog import ItemStory, PluginOverview, ReleaseOverview


@click.command("catalog", cls=Command)
@click.argument("name", required=False)
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@color_option
def command(name: str | None, format_name: str, color: str) -> int:
    """List the published plugins of the catalogue.

    NAME is a plugin, whose releases are listed, or a type, relationship or workflow: what it is, since and
    until when it exists, and what changed in which release.
    """
    from bplint.app.catalog import UnknownReleaseError, overview, releases_of, stories_of

    try:
        found: Any = overview() if name is None else releases_of(name)
        text: Callable[..., Iterable[str]] = _plugins if name is None else _releases
        if found is None:
            found, text = stories_of(str(name)), _stories
    except UnknownReleaseError as error:
        raise click.UsageError(str(error)) from error
    if format_name == "json":
        import json

        data = {"version": 1, "found": [_data(each) for each in found]}
        write_document(json.dumps(data, indent=2, ensure_ascii=False, default=_data) + "\n")
    else:
        from bplint.terminal.colors import styler

        write_text("\n".join(text(found, styler(is_colored(color)))) + "\n")
    return 0


def _data(record: Any) -> Any:
    if hasattr(record, "_asdict"):
        return {key: _data(value) for key, value in record._asdict().items()}
    return [_data(each) for each in record] if isinstance(record, (tuple, list)) else record


def _plugins(found: list[PluginOverview], style: Callable[..., str]) -> Iterable[str]:
    widest = max(len(each.name) for each in found)
    for each in found:
        span = each.oldest if each.oldest == each.newest else f"{each.oldest} to {each.newest}"
        also = f"  (also {', '.join(each.packages)})" if each.packages else ""
        noun = "release" if each.number == 1 else "releases"
        yield f"{style(f'{each.name:<{widest}}', bold=True)}  {each.number:>3} {noun}, {span}{also}"


def _releases(found: list[ReleaseOverview], style: Callable[..., str]) -> Iterable[str]:
    widest = max(len(each.version) for each in found)
    for each in found:
        files = ", ".join(f"{name} ({needs})" if needs else name for name, needs in each.files)
        yield f"{style(f'{each.version:<{widest}}', bold=True)}  {each.date or 'day not known'}  {files}"


def _stories(found: list[ItemStory], style: Callable[..., str]) -> Iterable[str]:
    from bplint.terminal.terminal_text import visible

    for story in found:
        yield style(visible(story.name), bold=True) + f"  {story.noun} of {story.plugin}"
        until = "the newest release" if story.is_in_newest else story.until
        yield f"  in {story.since} to {until}"
        if story.derived_from:
            yield f"  derived from {visible(story.derived_from)}"
        yield from (f"  {visible(line)}" for line in story.properties)
        for version, changes in story.changes:
            yield f"  {style(version, bold=True)}"
            yield from (f"    {severity}: {visible(message)}" for severity, message in changes)
