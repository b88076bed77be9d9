"""What a manager would answer to imports, as files made of the catalogue."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers import keep_for_cfy_lint

if TYPE_CHECKING:
    from benchmarks.accuracy.valid import Files
    from bplint.catalog.facts import Facts

REMOTE: Final = ("http://", "https://", "plugin:")
WORD: Final = r"[\w.]+"
# sections of which only what a case names is written: the reference parser takes long for what nobody uses
REDUCED: Final = ("node_types", "data_types", "relationships", "workflows")
KEPT: Final = (
    "install",
    "cloudify.nodes.Root",
    "cloudify.nodes.Compute",
    "cloudify.relationships.depends_on",
    "cloudify.relationships.connected_to",
    "cloudify.relationships.contained_in",
)


class Answers:
    """Files for the judges. They hold every name that stands somewhere in a case's files, and what those
    need: a changed name that is by chance another one of the catalogue is there."""

    def __init__(self, folder: Path, peer: Path | None = None) -> None:
        """`peer`: the environment of cfy-lint, which finds the same answers in its own cache there."""
        from bplint.catalog.store import Catalog

        self.folder = folder
        self.peer = peer
        self.catalog = Catalog()
        self.written: dict[tuple[int, frozenset[str] | None], Path] = {}
        self.kept: set[str] = set()

    def types(self, files: Files, version: str, *, whole: bool = False) -> Path:
        """A folder with the built-in types that a main file of a version gets."""
        words = None if whole else _words(files)
        return self._file(self.catalog.built_in_types(_numbers(version)), words).parents[2]

    def remote(self, files: Files, version: str, *, whole: bool = False) -> dict[str, str]:
        """Import → path of a file, for all imports of the files that the catalogue can answer."""
        found = {}
        words = None if whole else _words(files)
        for text in files.values():
            for line in text.replace('"', " ").replace("'", " ").splitlines():
                location = line.strip().removeprefix("- ").strip()
                facts = self._facts(location, version) if location.startswith(REMOTE) else None
                if facts is not None:
                    found[location] = str(self._file(facts, words))
                    self._keep_for_cfy_lint(location, facts)
        return found

    def _facts(self, location: str, version: str) -> Facts | None:
        wanted = _numbers(version)
        if location.startswith("plugin:"):
            return self.catalog.plugin_for(location[7:].partition("?")[0], wanted)
        return self.catalog.types_for(location, wanted) or self.catalog.plugin_at(location)

    def _file(self, facts: Facts, words: set[str] | None) -> Path:
        names = None if words is None else _needed(facts, words)
        path = self.written.get((id(facts), names))
        if path is None:
            path = self.folder / str(len(self.written)) / "cloudify" / "types" / "types.yaml"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(_content(facts, names)), encoding="utf-8")
            self.written[id(facts), names] = path
        return path

    def _keep_for_cfy_lint(self, location: str, facts: Facts) -> None:
        if self.peer is not None and location not in self.kept:
            self.kept.add(location)
            keep_for_cfy_lint(self.peer, location, _content(facts, None))


def _words(files: Files) -> set[str]:
    return {word for text in files.values() for word in re.findall(WORD, text)}


def _needed(facts: Facts, words: set[str]) -> frozenset[str]:
    """The names of the reduced sections that words mention, and all that these mention."""
    sections = {section: facts.sections.get(section, {}) for section in REDUCED}
    found: set[str] = set()
    words = words | {*KEPT}
    waiting = [(section, name) for section in REDUCED for name in sections[section] if name in words]
    while waiting:
        section, name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        inside = set(re.findall(WORD, json.dumps(facts.value(section, name))))
        waiting += [(other, each) for other in REDUCED for each in sections[other] if each in inside - found]
    return frozenset(found)


def _content(facts: Facts, names: frozenset[str] | None) -> dict[str, Any]:
    """A file of the catalogue; with `names`, only those of the reduced sections."""
    content: dict[str, Any] = {"tosca_definitions_version": facts.version} if facts.version else {}
    for section, known in facts.sections.items():
        chosen = [name for name in known if names is None or section not in REDUCED or name in names]
        if chosen:
            content[section] = {name: facts.value(section, name) for name in chosen}
    if "cloudify.nodes.Root" in facts.sections.get("node_types", ()):
        content["metadata"] = {"cloudify_types": True}
    return content


def _numbers(version: str) -> tuple[int, int] | None:
    parts = version.removeprefix("cloudify_dsl_").split("_")
    if len(parts) != 2 or not all(each.isdigit() for each in parts):
        return None
    return int(parts[0]), int(parts[1])
