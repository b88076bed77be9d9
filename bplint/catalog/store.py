"""Lookups in the catalogue: which file an import means, and what is in it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from bplint.catalog.facts import Facts, Gate, Need, Rows

if TYPE_CHECKING:
    from bplint.dsl.versions import Version

BASIC_TYPES_LOCATION: Final = "cloudify/types/types.yaml"

# compiled when they are needed: most blueprints need one of them or none
_BASIC_TYPES: Final = r"cloudify/types/types(?:_(\d_\d+))?\.yaml"
_SPEC_TYPES: Final = r"[a-z]+://[^?#]*/spec/cloudify/([^/]+)/types\.yaml"
_SPEC_PLUGIN: Final = r"[a-z]+://[^?#]*/([^/]+)/([^/]+)/((?:v2_)?plugin(?:_\d_\d+)?)\.yaml"
_NUMBERS: Final = r"\d+(?:\.\d+)*"


class PluginEntry:
    """A published plugin: its version and the names of its files."""

    __slots__ = ("files", "name", "version")

    def __init__(self, name: str, version: str, files: list[str]) -> None:
        self.name = name
        self.version = version
        self.files = files


class Catalog:
    """The catalogue's index; files are read when they are asked for and kept."""

    __slots__ = ("_folder", "_heads", "_plugins", "_rows", "_types")

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder or os.path.join(os.path.dirname(__file__), "data")
        self._types: dict[str, str] = {}
        self._plugins: dict[str, PluginEntry] = {}
        self._heads: dict[tuple[str, str], Facts] = {}
        self._rows: dict[str, Rows] = {}
        for line in self._read("index"):
            kind, name, *rest = line.split("\t")
            if kind == "types":
                self._types[name] = rest[0]
            else:
                self._plugins[name] = PluginEntry(name, rest[0], rest[1].split(" "))

    def types_for(self, location: str, version: Version | None) -> Facts | None:
        """The built-in types that a location means under a main file's version, or None.

        `cloudify/types/types.yaml` follows the main file's version, the types of the newest manager for
        all but 1_3 and 1_4; a URL `…/spec/cloudify/<version>/types.yaml` says which, a version that was
        never published means the nearest lower one.
        """
        if location == BASIC_TYPES_LOCATION:
            return self.built_in_types(version)
        if not location.endswith(".yaml"):
            return None
        found = re.fullmatch(_BASIC_TYPES, location)
        if found is not None:
            return self._types_by_version(found[1])
        found = re.fullmatch(_SPEC_TYPES, location)
        return self._published_types(found[1]) if found is not None else None

    def plugin_for(self, name: str, version: Version | None) -> Facts | None:
        """The file of a plugin that a blueprint of a version gets, or None where the plugin is not known."""
        plugin = self._plugins.get(name)
        if plugin is None:
            return None
        wanted = "plugin_{}_{}".format(*version) if version else ""
        return self._plugin_file(plugin, wanted if wanted in plugin.files else "plugin")

    def plugin_at(self, location: str) -> Facts | None:
        """The plugin file at a URL `…/<plugin>/<version>/plugin.yaml`, or None if it is another version's."""
        found = re.fullmatch(_SPEC_PLUGIN, location)
        if found is None:
            return None
        name, version, file = found.groups()
        plugin = self._plugins.get(name) or self._plugins.get(f"cloudify-{name}")
        if plugin is None or plugin.version != version or file not in plugin.files:
            return None
        return self._plugin_file(plugin, file)

    def plugin_version(self, name: str) -> str | None:
        """The version of a plugin that the catalogue has, or None."""
        plugin = self._plugins.get(name)
        return plugin.version if plugin else None

    def plugin_names(self) -> list[str]:
        return list(self._plugins)

    def built_in_types(self, version: Version | None) -> Facts:
        """The built-in types that `cloudify/types/types.yaml` means under a main file's version."""
        return self._types_by_version("{}_{}".format(*version) if version else "")

    def _types_by_version(self, version: str) -> Facts:
        name = f"dsl_{version}"
        if name in self._types:
            label = f"built-in types for cloudify_{name}"
        else:
            name, label = "latest", "built-in types of the newest manager"
        return self._head(f"types/{self._types[name]}", label)

    def _published_types(self, version: str) -> Facts | None:
        if version not in self._types:
            found = re.match(_NUMBERS, version)
            version = self._nearest_lower(found.group()) if found else ""
        if not version:
            return None
        return self._head(f"types/{self._types[version]}", f"built-in types {version}")

    def _nearest_lower(self, version: str) -> str:
        wanted = _numbers(version)
        known = [(_numbers(name), name) for name in self._types if name[0].isdigit()]
        return max((pair for pair in known if pair[0] <= wanted), default=((), ""))[1]

    def _plugin_file(self, plugin: PluginEntry, file: str) -> Facts:
        return self._head(f"plugins/{plugin.name}/{file}", f"{plugin.name} {plugin.version}")

    def _head(self, name: str, label: str) -> Facts:
        facts = self._heads.get((name, label))
        if facts is None:
            package = name.rpartition("/")[0]
            rows = self._rows.get(package)
            if rows is None:
                rows = self._rows[package] = Rows(os.path.join(self._folder, package, "rows"))
            facts = self._heads[name, label] = parse_head(self._read(f"{name}.head"), label, rows)
        return facts

    def _read(self, name: str) -> list[str]:
        # pathlib is not loaded on the way to here and costs 2 ms
        with open(os.path.join(self._folder, name), encoding="utf-8") as file:
            return file.read().split("\n")[:-1]


def parse_head(lines: list[str], label: str, rows: Rows) -> Facts:
    """The facts in the lines of a head (written by tools/catalog.py)."""
    facts = Facts(label, rows)
    following = iter(lines)
    for line in following:
        kind, *fields = line.split("\t")
        if kind == "section":
            names = next(following).split("\t")
            facts.sections[fields[0]] = dict(zip(names, map(int, next(following).split("\t")), strict=True))
        elif kind == "need":
            facts.needs.append(Need(*fields))
        elif kind == "gate":
            facts.gates.append(Gate((int(fields[0]), int(fields[1])), fields[2], fields[3]))
        elif kind == "version":
            facts.version = fields[0]
        elif kind == "unknown":
            facts.unknown_keys.append(fields[0])
        elif kind == "basic":
            facts.is_basic_types = True
    return facts


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
