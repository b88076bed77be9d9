"""What the catalogue has: plugins, releases, and what a type was in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.catalog.plugin_differences import differences
from bplint.catalog.release_history import UnknownReleaseError, items_called
from bplint.catalog.store import Catalog
from bplint.dsl.versions import version_text
from bplint.record import Record

if TYPE_CHECKING:
    from bplint.catalog.release_history import ItemHistory

_NOUNS = {
    "node_types": "node type", "relationships": "relationship type", "data_types": "data type",
    "workflows": "workflow", "plugins": "plugin",
}  # fmt: skip


class PluginOverview(Record):
    """A plugin: its releases in number, the oldest and the newest; `packages`: its other names in imports."""

    name: str
    number: int
    oldest: str
    newest: str
    packages: tuple[str, ...]


class ReleaseOverview(Record):
    """A release: the day, "" where it is not known, and its files with the version of the language that each
    needs, "" where none is needed that not every blueprint has."""

    version: str
    date: str
    files: tuple[tuple[str, str], ...]


class ItemStory(Record):
    """What a type, relationship, workflow or plugin is in its newest release, and what changed before.

    changes  version → class and message of what that release changed, the newest first
    """

    plugin: str
    name: str
    noun: str
    since: str
    until: str
    is_in_newest: bool
    derived_from: str
    properties: tuple[str, ...]
    changes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def overview() -> list[PluginOverview]:
    """Every plugin of the catalogue."""
    catalog = Catalog()
    found = []
    for name in catalog.plugin_names():
        history = catalog.history(name)
        assert history is not None
        releases = list(history)
        packages = {file.package for release in releases for file in release.files} - {"", name}
        last, first = releases[-1].version, releases[0].version
        found.append(PluginOverview(name, len(releases), last, first, tuple(sorted(packages))))
    return found


def releases_of(name: str) -> list[ReleaseOverview] | None:
    """The releases of a plugin, newest first; None where no plugin has the name."""
    history = Catalog().history(name)
    if history is None:
        return None
    found = []
    for release in history.named(name):
        files = tuple(
            (file.name, version_text(file.needs) if file.needs else "no version") for file in release.files
        )
        found.append(ReleaseOverview(release.version, max(file.date for file in release.files), files))
    return found


def stories_of(name: str) -> list[ItemStory]:
    """What every plugin that ever had a type of the name says of it. Raises UnknownReleaseError."""
    return [_story(item) for item in items_called(Catalog(), name)]


def _story(item: ItemHistory) -> ItemStory:
    newest = item.spans[-1]
    changes = []
    for before, after in zip(item.spans, item.spans[1:], strict=False):
        sides = ({item.section: {item.name: span.value}} for span in (before, after))
        told = tuple((change.severity, change.message) for change in differences(*sides))
        if told:
            changes.append((after.versions[0], told))
    value = newest.value if isinstance(newest.value, dict) else {}
    return ItemStory(
        item.plugin,
        item.name,
        _NOUNS[item.section],
        item.spans[0].versions[0],
        newest.versions[-1],
        item.is_in_newest,
        str(value.get("derived_from") or ""),
        tuple(_properties(value)),
        tuple(reversed(changes)),
    )


def _properties(value: dict[str, Any]) -> list[str]:
    found = []
    for key, noun in (("properties", "property"), ("parameters", "parameter")):
        schemas = value.get(key)
        for name, schema in schemas.items() if isinstance(schemas, dict) else ():
            schema = schema if isinstance(schema, dict) else {"default": schema}
            is_mandatory = "default" not in schema and schema.get("required", True) is not False
            found.append(
                f"{noun} {name}: {schema.get('type', 'any type')}{', mandatory' if is_mandatory else ''}"
            )
    return found


__all__ = ["UnknownReleaseError", "overview", "releases_of", "stories_of"]
