"""What a published plugin had from release to release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.near import nearest
from bplint.record import Record

if TYPE_CHECKING:
    from bplint.catalog.facts import Facts
    from bplint.catalog.releases import History, Release, ReleaseFile
    from bplint.catalog.store import Catalog

KINDS = ("node_types", "relationships", "data_types", "workflows", "plugins")


class UnknownReleaseError(Exception):
    """A plugin, release or type that is asked for and not known; the text says what is near."""


class ReleaseSpan(Record):
    """Releases that follow each other, oldest first, in which something is the same. `value` is that."""

    versions: tuple[str, ...]
    value: Any


class ItemHistory(Record):
    """An item of a plugin: in which releases it is, in spans of the same content, oldest first."""

    plugin: str
    section: str
    name: str
    spans: tuple[ReleaseSpan, ...]
    is_in_newest: bool


def find_plugin(catalog: Catalog, name: str) -> History:
    """The releases of a plugin. Raises UnknownReleaseError where it is not known."""
    history = catalog.history(name)
    if history is None:
        near = nearest(name, catalog.package_names())
        hint = f"; did you mean '{near}'?" if near else ""
        raise UnknownReleaseError(f"no plugin of the catalogue is called '{name}'{hint}")
    return history


def find_release(history: History, version: str) -> Release:
    """A release by its version, or by its tag. Raises UnknownReleaseError where it is not known."""
    plain = version.removeprefix("v")
    for release in history:
        if release.version.removeprefix("v") == plain:
            return release
    for release in history:
        if any(file.tag.removeprefix("v") == plain for file in release.files):
            return release
    from bplint.catalog.urls import versions_around  # only where a version is not known

    raise UnknownReleaseError(
        f"no release '{version}' of {history.folder}; there are {versions_around(history, version)}"
    )


def plain_file(release: Release) -> ReleaseFile:
    """The file that says most of a release: the one for the newest version of the language."""
    files = [file for file in release.files if file.name.startswith("plugin")] or release.files
    return max(files, key=lambda file: file.name.removesuffix(".yaml"))


def facts_of_release(
    catalog: Catalog, history: History, release: Release, file: ReleaseFile | None = None
) -> Facts:
    """What is known of a release's file, by default the one for the newest version of the language."""
    return catalog.file_facts(history.folder, history, release, file or plain_file(release))


def items_called(catalog: Catalog, name: str) -> list[ItemHistory]:
    """The types, workflows and plugins of a name, with what they were in each release of each plugin that
    ever had them. Raises UnknownReleaseError where there never was one."""
    found = []
    known: set[str] = set()
    for plugin in catalog.plugin_names():
        history = catalog.history(plugin)
        assert history is not None
        every = list(history)
        for section in KINDS:
            spans: list[ReleaseSpan] = []
            last = ""
            for release in reversed(every):
                facts = facts_of_release(catalog, history, release)
                items = facts.sections.get(section, {})
                known.update(items)
                if name in items:
                    value = facts.value(section, name)
                    if spans and last and spans[-1].value == value:
                        spans[-1] = spans[-1]._replace(versions=(*spans[-1].versions, release.version))
                    else:
                        spans.append(ReleaseSpan((release.version,), value))
                last = release.version if name in items else ""
            if spans:
                is_in_newest = spans[-1].versions[-1] == every[0].version
                found.append(ItemHistory(plugin, section, name, tuple(spans), is_in_newest))
    if not found:
        near = nearest(name, known)
        hint = f"; did you mean '{near}'?" if near else ""
        raise UnknownReleaseError(f"no plugin of the catalogue ever had a type '{name}'{hint}")
    return found
