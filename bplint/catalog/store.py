"""Lookups in the catalogue: which file an import means, and what is in it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

from bplint.catalog.facts import DamagedCatalogueError, Facts, Gate, Need, Pages, read_lines

if TYPE_CHECKING:
    from bplint.catalog.releases import History, Release, ReleaseFile
    from bplint.dsl.versions import Version

BASIC_TYPES_LOCATION: Final = "cloudify/types/types.yaml"

# compiled when they are needed: most blueprints need one of them or none
_BASIC_TYPES: Final = r"cloudify/types/types(?:_(\d_\d+))?\.yaml"
_SPEC_TYPES: Final = r"[a-z]+://[^?#]*/spec/cloudify/([^/]+)/types\.yaml"
_NUMBERS: Final = r"\d+(?:\.\d+)*"
_LAST: Final = 999  # above every patch of a line
_FIRST_YEAR: Final = 17  # versions of managers were years for a while


class Catalog:
    """The catalogue's index; files are read when they are asked for and kept.

    Raises DamagedCatalogueError where a file of it is not as it was written.
    """

    __slots__ = ("_facts", "_folder", "_histories", "_plugins", "_types", "_types_pages", "pages", "target")

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder or os.path.join(os.path.dirname(__file__), "data")
        # not taken apart before it is asked for: all runs pay for the index
        self._types: dict[str, str] = {}  # name → place of its head, version that it needs
        self._plugins: dict[str, str] = {}  # name → package names, repositories
        self._histories: dict[str, History] = {}
        self._facts: dict[tuple[str, int, str], Facts] = {}
        self.target: str | None = None  # the line of managers that is meant; None: the newest
        self.pages: dict[str, Pages] = {}  # by the name of the plugin
        self._types_pages = Pages(os.path.join(self._folder, "types"))
        index = os.path.join(self._folder, "index")
        try:
            for line in read_lines(index):
                kind, name, rest = line.split("\t", 2)
                (self._types if kind == "types" else self._plugins)[name] = rest
        except ValueError as error:
            raise DamagedCatalogueError(f"{index}: {error}") from error

    # -- built-in types

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
        return self.published_types(found[1], version) if found is not None else None

    def built_in_types(self, version: Version | None) -> Facts:
        """The built-in types that `cloudify/types/types.yaml` means under a main file's version: those of the
        target, which newer managers also have for older versions of the language."""
        if self.target is not None:
            name = self._nearest_lower(f"{self.target}.{_LAST}", None)
            needs = self._types[name].partition("\t")[2]
            if version is None or _takes(needs, version) or "dsl_{}_{}".format(*version) not in self._types:
                return self._types_facts(name, f"built-in types {name}")
        return self._types_by_version("{}_{}".format(*version) if version else "")

    def _types_by_version(self, version: str) -> Facts:
        if f"dsl_{version}" in self._types:
            return self._types_facts(f"dsl_{version}", f"built-in types for cloudify_dsl_{version}")
        return self._types_facts("latest", "built-in types of the newest manager")

    def published_types(self, version: str, language: Version | None) -> Facts | None:
        """The types of a manager's version, the nearest lower known one where it was never published; above
        all known ones, the newest that a blueprint of the language's version can take."""
        if version not in self._types:
            found = re.match(_NUMBERS, version)
            version = self._nearest_lower(found.group(), language) if found else ""
        if not version:
            return None
        return self._types_facts(version, f"built-in types {version}")

    def _nearest_lower(self, version: str, language: Version | None) -> str:
        wanted = _numbers(version)
        is_year = wanted[:1] >= (_FIRST_YEAR,)
        every = [(_numbers(name), name) for name in self._types if name[0].isdigit()]
        known = [pair for pair in every if pair[0] <= wanted]
        newest = max(pair for pair in every if (pair[0] >= (_FIRST_YEAR,)) is is_year)
        if newest in known and language is not None:
            known = [
                pair for pair in known if _takes(self._types[pair[1]].partition("\t")[2], language)
            ] or known
        return max(known, default=((), ""))[1]

    def _types_facts(self, name: str, label: str) -> Facts:
        return self._facts_at(self._types_pages, "", int(self._types[name].partition("\t")[0]), label)

    # -- plugins

    def history(self, name: str) -> History | None:
        """The releases of the plugin that has a package name, or None where it is not known."""
        folder = name if name in self._plugins else None
        if folder is None:
            folder = next((each for each in self._plugins if name in self._names(each, 0)), None)
        if folder is None:
            return None
        history = self._histories.get(folder)
        if history is None:
            from bplint.catalog.releases import read_history  # not where a blueprint has no plugin

            path = os.path.join(self._folder, "plugins", folder)
            history = self._histories[folder] = read_history(path, folder)
        return history

    def file_facts(self, name: str, history: History, release: Release, file: ReleaseFile) -> Facts:
        """What is known of a file of a release; `name` is what messages call the plugin."""
        pages = self.plugin_pages(history.folder)
        facts = self._facts_at(pages, history.folder, file.head, f"{name} {release.version}")
        facts.release = release
        facts.history = history
        return facts

    def plugin_pages(self, folder: str) -> Pages:
        """The stored content of a plugin, by its name in the catalogue."""
        pages = self.pages.get(folder)
        if pages is None:
            pages = self.pages[folder] = Pages(os.path.join(self._folder, "plugins", folder))
        return pages

    def plugin_for(self, name: str, version: Version | None) -> Facts | None:
        """The file that a blueprint of a version gets of the newest release that it can take, of the newest
        of all where it can take none; None where the plugin is not known."""
        from bplint.catalog.releases import choose_release

        choice = choose_release(self, name, "", version)
        return choice.facts() if choice is not None and not isinstance(choice, str) else None

    def plugin_at(self, location: str, version: Version | None = None) -> Facts | None:
        """The plugin file that a URL means, the newest where it names a branch; None where none is known."""
        from bplint.catalog.releases import choose_at

        choice = choose_at(self, location, version)
        return choice.facts() if choice is not None and not isinstance(choice, str) else None

    def plugin_versions(self, name: str) -> list[str]:
        """The versions of a plugin, by its package name, newest first; none where it is not known."""
        history = self.history(name)
        return [] if history is None else [release.version for release in history.named(name)]

    def plugin_names(self) -> list[str]:
        """What plugins are called in the catalogue."""
        return list(self._plugins)

    def package_names(self) -> list[str]:
        """All names that `plugin:` can have."""
        return [name for plugin in self._plugins for name in self._names(plugin, 0)]

    def plugins_of_repository(self, repository: str) -> list[str]:
        """The plugins that were published from a repository, by its name without the owner."""
        return [name for name in self._plugins if repository in self._names(name, 1)]

    def _names(self, plugin: str, field: int) -> list[str]:
        return self._plugins[plugin].split("\t")[field].split(" ")

    def _facts_at(self, pages: Pages, folder: str, line: int, label: str) -> Facts:
        facts = self._facts.get((folder, line, label))
        if facts is None:
            facts = self._facts[folder, line, label] = parse_head(pages, line, label)
        return facts


def parse_head(pages: Pages, line: int, label: str) -> Facts:
    """The facts at a place of the heads (written by tools/catalog.py)."""
    head: dict[str, Any] = pages.head(line)
    facts = Facts(label, pages)
    facts.version = head.get("version")
    facts.imports = head.get("imports", [])
    facts.unknown_keys = head.get("unknown", [])
    facts.is_basic_types = "basic" in head
    if "gates" in head:
        facts.gates = [Gate((major, minor), *rest) for major, minor, *rest in pages.head(head["gates"])]
    if "needs" in head:
        facts.needs = [Need(*need) for need in pages.head(head["needs"])]
    for key, at in head["keys"].items():
        if not isinstance(at, int):
            names, rows = pages.head(at[0]), pages.head(at[1])
            facts.sections[key] = dict(zip(names, rows, strict=True))
    return facts


def _takes(needs: str, language: Version) -> bool:
    major, _, minor = needs.partition(".")
    return bool(needs) and (int(major), int(minor)) <= language


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
