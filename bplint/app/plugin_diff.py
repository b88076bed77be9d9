"""What a plugin's new file or release breaks and adds, and which blueprints are hit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bplint.app.linting import lint
from bplint.app.reaching import checked_files
from bplint.app.results import LintRequest
from bplint.app.workspace import Workspace
from bplint.catalog.plugin_differences import CLASSES, PluginChange, differences, lost_functions
from bplint.catalog.release_history import (
    UnknownReleaseError,
    facts_of_release,
    find_plugin,
    find_release,
    plain_file,
)
from bplint.catalog.store import Catalog
from bplint.diagnostic import Effect
from bplint.document import load_document
from bplint.record import Record
from bplint.source import read_source
from bplint.syntax.mapping import as_dict, deref, python_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bplint.catalog.facts import Facts
    from bplint.config import Config
    from bplint.document import Document


class PluginFile(Record):
    """One side of a comparison.

    label     what it is called: a path, or `NAME==VERSION`
    content   its sections as Python values
    location  what an import is answered with instead of it: a path, or a `plugin:` location
    document  its text and places, where it is a file; facts: of a release
    """

    label: str
    content: dict[str, Any]
    location: str
    document: Document | None = None
    facts: Facts | None = None


class Placed(Record):
    """A change, with its place in the newer file where that is a file: line and column from 1."""

    change: PluginChange
    line: int | None
    column: int | None


class Hit(Record):
    """A blueprint that is right with the older file and not with the newer one, and why."""

    path: str
    code: str
    message: str
    line: int
    column: int


class PluginDiff(Record):
    old: str
    new: str
    changes: tuple[Placed, ...]
    hits: tuple[Hit, ...] = ()

    def count(self, severity: str) -> int:
        return sum(placed.change.severity == severity for placed in self.changes)


def plugin_file(path: str, label: str | None = None) -> PluginFile:
    """A file as one side. Raises UnknownReleaseError where it cannot be read."""
    source, faults = read_source(path, label or path)
    document = load_document(source) if source is not None else None
    content = python_of(document.root) if document is not None and document.root is not None else None
    if document is None or faults or document.faults or not isinstance(content, dict):
        raise UnknownReleaseError(f"'{label or path}' cannot be read as a plugin file")
    return PluginFile(label or path, content, os.path.abspath(path), document)


def release_files(old: str | None, new: str | None) -> tuple[PluginFile | None, PluginFile | None]:
    """Sides that are releases, `NAME==VERSION`; of two, the files of one name. Raises UnknownReleaseError."""
    catalog = Catalog()
    found = [_Named(catalog, text) if text is not None else None for text in (old, new)]
    names = [{file.name for file in side.release.files} for side in found if side is not None]
    common = set.intersection(*names) if names else set()
    sides = [side.file(common) if side is not None else None for side in found]
    return sides[0], sides[1]


class _Named:
    """A release by the name of its plugin and its version."""

    def __init__(self, catalog: Catalog, text: str) -> None:
        self.catalog = catalog
        name, _, version = text.partition("==")
        self.name = name.strip()
        self.history = find_plugin(catalog, self.name)
        self.release = find_release(self.history, version.strip())

    def file(self, names: set[str]) -> PluginFile:
        """Its file for the newest version of the language, of those with these names if there is one."""
        files = [file for file in self.release.files if file.name in names and file.name.startswith("plugin")]
        file = max(files, key=lambda each: each.name.removesuffix(".yaml"), default=plain_file(self.release))
        facts = facts_of_release(self.catalog, self.history, self.release, file)
        content = {
            section: {name: facts.value(section, name) for name in rows}
            for section, rows in facts.sections.items()
        }
        label = f"{self.name}=={self.release.version}"
        location = f"plugin:{self.name}?version={self.release.version}"
        return PluginFile(label, content, location, None, facts)


def compare(old: PluginFile, new: PluginFile, blueprints: Sequence[str], config: Config) -> PluginDiff:
    """The changes from one side to the other, and who of the blueprints is hit."""
    changes = differences(old.content, new.content)
    if new.facts is not None and new.facts.modules():
        changes = sorted(
            [*lost_functions(old.content, _function_test(new)), *changes],
            key=lambda change: CLASSES.index(change.severity),
        )
    placed = tuple(_placed(change, new.document) for change in changes)
    hits = tuple(_hits(old, new, blueprints, config)) if blueprints else ()
    return PluginDiff(old.label, new.label, placed, hits)


def _function_test(new: PluginFile) -> Callable[[str], bool]:
    """Whether a mapping's function is there, by the recorded code; True where that is not known."""
    from bplint.pycode.files.codebase import CodeBase
    from bplint.pycode.files.recorded import RecordedPlace
    from bplint.pycode.names.target import MISSING, TargetResolver
    from bplint.span import Span

    assert new.facts is not None
    place = RecordedPlace(new.facts, new.label, Span(0, 0))
    resolver = TargetResolver(CodeBase(), (place,))

    def exists(mapping: str) -> bool:
        function = mapping.partition(".")[2]
        answer = resolver.resolve(function)
        return answer.state != MISSING and not (answer.package and place.is_gone(answer.package))

    return exists


def _placed(change: PluginChange, document: Document | None) -> Placed:
    """With the place of the deepest key that is there."""
    if document is None or document.root is None:
        return Placed(change, None, None)
    node, offset = deref(document.root), None
    for key in change.keys:
        pair = as_dict(node).get(key)
        if pair is None:
            break
        offset, node = pair[0].start, deref(pair[1])
    if offset is None:
        return Placed(change, None, None)
    return Placed(change, *document.source.lines.position(offset))


def _hits(old: PluginFile, new: PluginFile, blueprints: Sequence[str], config: Config) -> list[Hit]:
    """Blueprints that are accepted with the older side and refused, or failing, with the newer one."""
    locations = _locations(new, blueprints, config)
    if not locations:
        return []

    def judged(side: PluginFile) -> dict[tuple[str, str], Hit]:
        rules = tuple((location, side.location) for location in locations)
        result = lint(
            LintRequest(tuple(blueprints), config._replace(import_rules=(*rules, *config.import_rules)))
        )
        found: dict[tuple[str, str], Hit] = {}
        for entry in result.diagnostics:
            if entry.effect is not Effect.ADVICE:
                position = result.sources[entry.path].lines.position(entry.span.start)
                key = (entry.path, f"{entry.code} {position}")
                found.setdefault(key, Hit(entry.path, entry.code, entry.message, *position))
        return found

    before = judged(old)
    return [hit for key, hit in judged(new).items() if key not in before]


def _locations(new: PluginFile, blueprints: Sequence[str], config: Config) -> list[str]:
    """The imports of the blueprints that mean this plugin."""
    workspace = Workspace(config)
    names = {
        str(plugin["package_name"])
        for plugin in new.content.get("plugins", {}).values()
        if isinstance(plugin, dict) and plugin.get("package_name")
    }
    found: dict[str, None] = {}
    for path in checked_files(blueprints, config):
        document = workspace.read(path)
        for entry in workspace.graph(document).entries if document is not None else ():
            choice = entry.choice
            is_it = choice is not None and (choice.name in names or choice.history.folder in names)
            if is_it or entry.location.partition("?")[0].removeprefix("plugin:") in names:
                found[entry.location] = None
    return list(found)


__all__ = ["PluginDiff", "PluginFile", "UnknownReleaseError", "compare", "plugin_file", "release_files"]
