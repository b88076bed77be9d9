"""Paths and options in, diagnostics out: the first of the two straight lines."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from bplint.app.results import LintResult
from bplint.app.telling import Main, Told, tell
from bplint.app.workspace import Workspace
from bplint.diagnostic import Effect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bplint.app.results import LintRequest
    from bplint.diagnostic import Diagnostic
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.files.discover import Discovery
    from bplint.imports.graph import ImportGraph
    from bplint.lint.inspect import Inspected
    from bplint.source import Source

    Track = Callable[[Sequence[ImportGraph]], Iterable[ImportGraph]]


def lint(
    request: LintRequest, texts: Mapping[str, str] | None = None, track: Track | None = None
) -> LintResult:
    """Lint files, folders and globs. `texts` stands in for files on disk (path in the result → text);
    `track` is given the main files and passes them on, to show how far the run is."""
    return run(request, Workspace(request.config, texts), track).result()


def run(
    request: LintRequest,
    workspace: Workspace,
    track: Track | None = None,
    discovery: Discovery | None = None,
) -> LintRun:
    """A lint on a workspace, which keeps what was read and inspected for the next one. `discovery` are the
    files of the request, where they are known already."""
    was_enabled = gc.isenabled()
    gc.disable()  # trees and models are no garbage while they are in use: the collector would only walk them
    try:
        return LintRun(request, workspace, track, discovery)
    finally:
        if was_enabled:
            gc.enable()


class LintRun:
    """One lint: every main file of the request is inspected with its imports. What else is found later, by
    planning, is added; the result is made of all of it."""

    __slots__ = ("_discovery", "_explicit", "_mains", "_parts", "_sources", "request", "workspace")

    def __init__(
        self,
        request: LintRequest,
        workspace: Workspace,
        track: Track | None,
        discovery: Discovery | None = None,
    ) -> None:
        from bplint.lint.mains import choose_mains  # in the function for the type checker's sake only

        self.request = request
        self.workspace = workspace
        self._discovery = discovery
        self._sources: dict[str, Source] = {}
        self._mains: list[Main] = []
        self._explicit: set[int] = set()  # ids of the documents that the user named
        graphs, self._parts = choose_mains(self._documents(), self._explicit, workspace.graph)
        for graph in track(graphs) if track is not None else graphs:
            self._inspect(graph)

    def result(self) -> LintResult:
        """What is told of it: selected, and accepted by no comment and no baseline."""
        return self._told().result(self._parts)

    def add_planned(self, graph: ImportGraph, faults: Sequence[Fault], sources: Mapping[str, Source]) -> None:
        """Faults that planning found in a main file and its code, whose texts are `sources`. A line that the
        lint says will fail needs no second word on it."""
        if not faults:
            return
        main = next(main for main in self._mains if main.document is graph.main.document)
        self._sources = {**sources, **self._sources}
        blueprint = self.workspace.inspected(graph).blueprint
        failing = {self._line_of(each) for each in self._told().kept if each.effect is Effect.FAILS}
        found = self.workspace.word(faults, blueprint)
        main.found += [each for each in found if self._line_of(each) not in failing]

    def _told(self) -> Told:
        return tell(self._mains, self._sources, self.workspace)

    def _line_of(self, entry: Diagnostic) -> tuple[str, int]:
        return entry.path, self._sources[entry.path].lines.position(entry.span.start)[0]

    # -- what is linted

    def _documents(self) -> list[Document]:
        """Every file of the request, read and parsed."""
        from bplint.document import Kind
        from bplint.files.discover import discover

        documents: list[Document] = []
        if self.request.stdin is not None:
            documents.append(self._from_bytes(*self.request.stdin))
            self._explicit.add(id(documents[0]))
            if not self.request.paths:
                return documents
        discovery = self._discovery or discover(self.request.paths, self.request.config)
        for fault in discovery.faults:
            self._unreadable(fault.path, [fault])
        for found in discovery.files:
            document, faults = self.workspace.resolver.open(found.path, found.path)
            if document is None:
                self._unreadable(found.path, faults)
            elif found.is_explicit or document.kind is not Kind.OTHER:
                documents.append(document)
                if found.is_explicit:
                    self._explicit.add(id(document))
        return documents

    def _from_bytes(self, name: str, data: bytes) -> Document:
        from bplint.document import load_document
        from bplint.source import Source

        source, faults = Source.from_bytes(name, data)
        if name in self.workspace.texts:
            source = source.with_text(self.workspace.texts[name])
        document = load_document(source)
        document.faults[:0] = faults
        return self.workspace.resolver.add(document)

    def _unreadable(self, name: str, faults: list[Fault]) -> None:
        from bplint.document import Document
        from bplint.source import Source

        document = Document(Source(name, ""), None, faults)
        self._sources[name] = document.source
        self._mains.append(Main(document, self.workspace.word(faults, None)))

    # -- what is found

    def _graded(self, graph: ImportGraph, found: list[Diagnostic]) -> tuple[ImportGraph, list[Diagnostic]]:
        """What other releases of its plugins say of a main file that is not correct; asked once of each."""
        workspace = self.workspace
        document = graph.main.document
        known = workspace.graded.get(id(document))
        if known is not None:
            return known
        if workspace.is_hurried:
            workspace.is_rough = True
            return graph, found
        from bplint.app.judging import fitting_releases, graded  # not for a correct file

        if fitting_releases(workspace, graph, found):
            graph = workspace.graph(document)
            found = list(workspace.found(graph))
        found = graded(workspace, graph, found)
        workspace.graded[id(document)] = graph, found
        return graph, found

    def _inspect(self, graph: ImportGraph) -> None:
        workspace = self.workspace
        found = list(workspace.found(graph))
        if (graph.assumed or graph.choices) and any(entry.effect is not Effect.ADVICE for entry in found):
            graph, found = self._graded(graph, found)
        inspected = workspace.inspected(graph)
        main = Main(graph.main.document, _with_chains(found, graph))
        main.is_named = id(graph.main.document) in self._explicit
        for file in graph.files:
            if file.is_own:
                self._sources[file.document.path] = file.document.source
                main.paths.append(file.document.path)
        self._sources.update(workspace.code.sources())
        self._sources.update(inspected.given)
        main.incomplete = tuple(dict.fromkeys(entry.text for entry in graph.unread))
        main.assumed = tuple(dict.fromkeys(entry.text for entry in graph.assumed))
        if main.incomplete:
            main.unchecked = _unchecked(inspected)
        self._mains.append(main)


def _unchecked(inspected: Inspected) -> int:
    from bplint.checks.unchecked import count_unchecked  # only where an import could not be read

    return count_unchecked(inspected.blueprint)


def _with_chains(found: list[Diagnostic], graph: ImportGraph) -> list[Diagnostic]:
    """Faults of imported files get the chain of imports that leads there as related places."""
    main = graph.main.document.path
    if all(entry.path == main for entry in found):
        return found
    from bplint.imports.graph import related_chain

    files = {file.document.path: file for file in reversed(graph.files[1:]) if file.is_own}
    return [
        entry
        if entry.path not in files or entry.effect is Effect.ADVICE
        else entry._replace(related=(*entry.related, *related_chain(files[entry.path])))
        for entry in found
    ]
