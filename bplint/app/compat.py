"""Which releases of its plugins a blueprint fits: every known one is judged, whatever the imports allow."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from bplint.app.judging import judged_with
from bplint.app.linting import run
from bplint.app.results import LintRequest
from bplint.app.workspace import Workspace
from bplint.catalog.constraint import meets
from bplint.diagnostic import Effect
from bplint.lint.release_judging import grouped
from bplint.near import nearest
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bplint.catalog.releases import Release, ReleaseFile
    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.imports.graph import ImportEntry, ImportGraph
    from bplint.span import Span

    _Place = tuple[str, Span, str]

FITS: Final = "fits"
ADVICE: Final = "advice"
BREAKS: Final = "breaks"
# what is said of other releases than the one that is judged with
_OF_OTHERS: Final = frozenset(("newer-release-needs-version", "newer-release-refuses", "moving-import"))


class UnknownPluginError(Exception):
    """A plugin or release that is asked for and not known; the text says what is near."""


class CompatReason(Record):
    """Why a release does not fit, or what is advised: the first diagnostic. `line` and `column` from 1."""

    code: str
    message: str
    path: str
    line: int
    column: int
    number: int  # of diagnostics in all


class ReleaseRange(Record):
    """Releases that follow each other and of which the same is said.

    versions  oldest first
    status    'fits', 'advice' (fits, with advice that hangs on the plugin) or 'breaks'
    reason    None where it fits
    """

    versions: tuple[str, ...]
    status: str
    reason: CompatReason | None

    @property
    def text(self) -> str:
        first, last = self.versions[0], self.versions[-1]
        return first if first == last else f"{first} to {last}"


class PluginUse(Record):
    """A plugin that a blueprint imports, with all its releases in ranges, newest first. `allowed` are the
    versions that the import itself allows."""

    path: str
    plugin: str
    location: str
    folder: str  # the plugin's name in the catalogue
    ranges: tuple[ReleaseRange, ...]
    allowed: frozenset[str]


class Compatibility(Record):
    """Every plugin of every blueprint, by path and plugin. `unread` are the blueprints of which an import
    could not be read, so that less is said of them."""

    uses: tuple[PluginUse, ...]
    blueprints: tuple[str, ...]
    unread: tuple[str, ...]


def compatibility(
    paths: Sequence[str], config: Config, wanted: Mapping[str, str] | None = None
) -> Compatibility:
    """Judge the blueprints with each known release of the plugins that they import.

    wanted  plugin → constraint: only these plugins and releases; empty for all
    Raises UnknownPluginError where no release is meant.
    """
    was_enabled = gc.isenabled()
    gc.disable()  # as in a lint: trees and models are no garbage while they are in use
    try:
        return _compatibility(paths, config, wanted or {})
    finally:
        if was_enabled:
            gc.enable()


def _compatibility(paths: Sequence[str], config: Config, wanted: Mapping[str, str]) -> Compatibility:
    check_wanted(config, wanted)
    workspace = Workspace(config)
    graphs: list[ImportGraph] = []

    def collect(mains: Sequence[ImportGraph]) -> Sequence[ImportGraph]:
        graphs.extend(mains)
        return mains

    run(LintRequest(tuple(paths), config), workspace, collect)
    uses: list[PluginUse] = []
    unread: list[str] = []
    for first in graphs:
        graph = workspace.graph(first.main.document)  # settled, where older releases judge it
        if graph.unread:
            unread.append(graph.main.document.path)
        judge = _CompatJudge(workspace, graph)
        for entry in _imports_of(graph):
            assert entry.choice is not None
            constraint = _constraint_for(entry, wanted)
            if constraint is not None:
                uses.append(judge.use(entry, constraint))
    uses.sort(key=lambda use: (use.path, use.plugin, use.location))
    blueprints = tuple(sorted(graph.main.document.path for graph in graphs))
    return Compatibility(tuple(uses), blueprints, tuple(sorted(unread)))


def check_wanted(config: Config, wanted: Mapping[str, str]) -> None:
    """Raise UnknownPluginError where a plugin is not known or a constraint means none of its releases."""
    catalog = Workspace(config).resolver.catalog
    for name, constraint in wanted.items():
        history = catalog.history(name)
        if history is None:
            near = nearest(name, catalog.package_names())
            hint = f"; did you mean '{near}'?" if near else ""
            raise UnknownPluginError(f"no plugin of the catalogue is called '{name}'{hint}")
        if not any(meets(release.version, constraint) for release in history.named(name)):
            from bplint.catalog.urls import versions_around  # only where a version is not known

            known = versions_around(history, constraint)
            raise UnknownPluginError(f"no release of '{name}' meets '{constraint}'; there are {known}")


def broken_by(found: Compatibility, plugin: str, constraint: str) -> list[tuple[PluginUse, tuple[str, ...]]]:
    """The blueprints that break with releases of a plugin that meet a constraint, and those, newest first."""
    broken = []
    for use in found.uses:
        if plugin in (use.plugin, use.folder):
            versions = tuple(
                version
                for each in use.ranges
                if each.status == BREAKS
                for version in reversed(each.versions)
                if not constraint or meets(version, constraint)
            )
            if versions:
                broken.append((use, versions))
    return broken


def _imports_of(graph: ImportGraph) -> list[ImportEntry]:
    """One entry for each location that a plugin of the catalogue answered."""
    return list({entry.location: entry for entry in graph.choices}.values())


def _constraint_for(entry: ImportEntry, wanted: Mapping[str, str]) -> str | None:
    """The releases that are asked for of an import's plugin; None where it is not asked for."""
    if not wanted:
        return ""
    assert entry.choice is not None
    names = (entry.choice.name, entry.choice.history.folder)
    return next((constraint for name, constraint in wanted.items() if name in names), None)


class _CompatJudge:
    """One main file with other releases of one import at a time."""

    def __init__(self, workspace: Workspace, graph: ImportGraph) -> None:
        self._workspace = workspace
        self._graph = graph

    def use(self, entry: ImportEntry, constraint: str) -> PluginUse:
        choice = entry.choice
        assert choice is not None
        releases = [pair for pair in choice.every() if not constraint or meets(pair[0].version, constraint)]
        groups = grouped(releases, choice, self._graph, with_code=True)
        outcomes: dict[object, list[Diagnostic]] = {}
        for key, group in groups:
            if key not in outcomes:
                outcomes[key] = self._found({entry.location: group[0][0].version})
        without = {_place(each) for each in self._found({entry.location: None})}
        taken = [found for found in outcomes.values() if not _worst(found)]
        # what is advised with every release does not hang on the plugin
        common = set.intersection(*({_place(each) for each in found} for found in taken)) if taken else set()
        ranges: list[ReleaseRange] = []
        for key, group in groups:
            _add(ranges, group, *self._outcome(outcomes[key], without, common))
        allowed = frozenset(release.version for release, _ in choice.fitting)
        path = self._graph.main.document.path
        return PluginUse(path, choice.name, entry.location, choice.history.folder, tuple(ranges), allowed)

    def _found(self, pins: Mapping[str, str | None]) -> list[Diagnostic]:
        found = judged_with(self._workspace, self._graph, {**self._graph.pinned, **pins}, with_code=True)
        selected = self._workspace.selection.sift(found)
        return sorted(
            (each for each in selected if each.name not in _OF_OTHERS), key=lambda each: each.sort_key
        )

    def _outcome(
        self, found: Sequence[Diagnostic], without: set[_Place], common: set[_Place]
    ) -> tuple[str, CompatReason | None]:
        worst = _worst(found)
        if worst:
            # what hangs on the plugin says more than what is wrong with every release
            return BREAKS, self._reason([each for each in worst if _place(each) not in without] or worst)
        advice = [each for each in found if _place(each) not in common]
        return (ADVICE, self._reason(advice)) if advice else (FITS, None)

    def _reason(self, found: Sequence[Diagnostic]) -> CompatReason:
        first = found[0]
        document = self._workspace.read(first.path)
        line, column = (1, 1) if document is None else document.source.lines.position(first.span.start)
        return CompatReason(first.code, first.message, first.path, line, column, len(found))


def _worst(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What is refused, else what fails."""
    for effect in (Effect.REFUSED, Effect.FAILS):
        worst = [each for each in found if each.effect is effect]
        if worst:
            return worst
    return []


def _place(entry: Diagnostic) -> _Place:
    """What stays the same of a diagnostic whatever release it was checked against."""
    return entry.path, entry.span, entry.code


def _add(
    ranges: list[ReleaseRange],
    group: Iterable[tuple[Release, ReleaseFile]],
    status: str,
    reason: CompatReason | None,
) -> None:
    """Add releases that are older than all before; what says the same as the last range joins it."""
    versions = tuple(release.version for release, _ in group)[::-1]
    last = ranges[-1] if ranges else None
    if last is not None and last.status == status and _is_same(last.reason, reason):
        ranges[-1] = last._replace(versions=versions + last.versions)
    else:
        ranges.append(ReleaseRange(versions, status, reason))


def _is_same(one: CompatReason | None, other: CompatReason | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.code, one.path, one.line, one.column) == (other.code, other.path, other.line, other.column)
