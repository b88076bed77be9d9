"""What can be imported: files of the project, built-in types, plugins of the catalogue and their versions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.catalog.store import BASIC_TYPES_LOCATION
from bplint.language import offers
from bplint.language.offers import Offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.catalog.store import Catalog
    from bplint.imports.graph import ImportedFile, ImportGraph
    from bplint.model.blueprint import Blueprint

_FILES: Final = (".yaml", ".yml")
_SKIPPED: Final = frozenset((".git", "node_modules", "__pycache__", ".venv"))


def import_offers(prefix: str, graph: ImportGraph, file: ImportedFile, catalog: Catalog) -> Iterator[Offer]:
    """Entries that an imports list can have, beginning with what is typed."""
    imported = {entry.text for entry in graph.entries}
    if prefix.startswith("plugin:") and "?" in prefix:
        name = prefix.removeprefix("plugin:").partition("?")[0]
        versions = catalog.plugin_versions(name)
        for constraint in (*(f">={version}" for version in versions[:1]), *versions):
            yield Offer(f"plugin:{name}?version={constraint}", offers.VALUE, "of the catalogue", rank=1)
        return
    if BASIC_TYPES_LOCATION not in imported:
        yield Offer(BASIC_TYPES_LOCATION, offers.FILE, "the built-in types", rank=0)
    for name in sorted(catalog.plugin_names()):
        location = f"plugin:{name}"
        if location not in imported:
            yield Offer(location, offers.MODULE, "in the catalogue", rank=2)
    folder = os.path.dirname(file.document.path)
    for path in files_below(folder, prefix, _FILES):
        if path not in imported and os.path.join(folder, path) != file.document.path:
            yield Offer(path, offers.FILE, rank=1)


def files_below(folder: str, prefix: str, extensions: tuple[str, ...] = ()) -> Iterator[str]:
    """Files in the folder that a prefix names and in folders there, relative to `folder`."""
    begin = os.path.dirname(prefix)
    if os.path.isabs(prefix) or ".." in prefix.split("/"):
        return
    for path in _listed(os.path.join(folder, begin) or ".", 2):
        relative = f"{begin}/{path}" if begin else path
        if not extensions or relative.endswith(extensions):
            yield relative


def _listed(folder: str, depth: int) -> Iterator[str]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if depth > 0 and entry.name not in _SKIPPED:
                for below in _listed(entry.path, depth - 1):
                    yield f"{entry.name}/{below}"
        elif entry.is_file():
            yield entry.name


def unimported_types(section: str, blueprint: Blueprint, catalog: Catalog) -> Iterator[Offer]:
    """Types of plugins of the catalogue that are not imported yet; choosing one adds the import. Of several
    plugins with a type the one of the highest version counts: others are its former names."""
    known = getattr(blueprint, section)
    version = blueprint.graph.version
    imported = {entry.location.partition("?")[0] for entry in blueprint.graph.entries}
    seen: set[str] = set()
    for plugin in sorted(catalog.plugin_names(), key=lambda name: _newest(name, catalog), reverse=True):
        location = f"plugin:{plugin}"
        facts = catalog.plugin_for(plugin, version) if location not in imported else None
        for name in facts.sections.get(section, ()) if facts is not None else ():
            if name not in known and name not in seen:
                seen.add(name)
                yield Offer(name, offers.TYPE, f"imports {plugin}", rank=8, imports=location)


def _newest(plugin: str, catalog: Catalog) -> tuple[int, ...]:
    versions = catalog.plugin_versions(plugin)
    return tuple(int(part) for part in versions[0].split(".") if part.isdecimal()) if versions else ()
