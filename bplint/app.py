"""The wiring: paths and options in, diagnostics out. Commands, hooks and tests call only this."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.imports.graph import ImportGraph
    from bplint.lint.inspect import Inspected, Judgement
    from bplint.lint.select import Selection
    from bplint.model.blueprint import Blueprint
    from bplint.pycode.files.codebase import CodeBase
    from bplint.source import Source

    Track = Callable[[Sequence[ImportGraph]], Iterable[ImportGraph]]


class LintRequest(Record):
    """What to lint. `stdin` is (the name to show, the bytes), linted beside the paths."""

    paths: tuple[str, ...]
    config: Config
    stdin: tuple[str, bytes] | None = None


class FileResult(Record):
    """What is said of one file as a whole.

    verdict     'refused', 'fails', 'advice' or 'ok': the worst effect of its diagnostics, those of the
                files it imports included
    incomplete  imports that could not be read, as written
    assumed     imports that name what changes in time, answered with the newest that is known, as written
    unchecked   number of elements that hang on them
    blame       the file or import to change, or None where nothing is refused or failing
    """

    path: str
    kind: str
    dsl_version: str | None
    verdict: str
    incomplete: tuple[str, ...] = ()
    unchecked: int = 0
    blame: str | None = None
    assumed: tuple[str, ...] = ()


class LintResult(Record):
    """Diagnostics in their total order, after selection, suppression and baseline, and all texts they
    point into. `suppressed` counts what comments and the baseline took away."""

    files: tuple[FileResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    suppressed: int = 0


def lint(
    request: LintRequest, texts: Mapping[str, str] | None = None, track: Track | None = None
) -> LintResult:
    """Lint files, folders and globs. `texts` stands in for files on disk (path in the result → text);
    `track` is given the main files and passes them on, to show how far the run is."""
    was_enabled = gc.isenabled()
    gc.disable()  # trees and models are no garbage while they are in use: the collector would only walk them
    try:
        return _Run(request, texts or {}).result(track)
    finally:
        if was_enabled:
            gc.enable()


class _Main:
    """A main file of the run and what was found in it and its imports."""

    __slots__ = ("assumed", "document", "found", "incomplete", "unchecked")

    def __init__(self, document: Document, found: list[Diagnostic]) -> None:
        self.document = document
        self.found = found
        self.incomplete: tuple[str, ...] = ()
        self.assumed: tuple[str, ...] = ()
        self.unchecked = 0


class _Run:
    """One lint: every document is read once, every main file is inspected with its imports."""

    def __init__(self, request: LintRequest, texts: Mapping[str, str]) -> None:
        from bplint.imports.resolve import Resolver
        from bplint.lint.select import Selection
        from bplint.lint.third_party import known_rules

        self.request = request
        self.config = request.config
        self.texts = texts
        self.resolver = Resolver(request.config, texts=texts)
        self.selection = Selection(request.config, known_rules(request.config.rule_plugins))
        self.sources: dict[str, Source] = {}
        self.mains: list[_Main] = []
        self.explicit: set[int] = set()  # ids of the documents that the user named
        self.code: CodeBase | None = None

    def result(self, track: Track | None) -> LintResult:
        from bplint.lint.mains import choose_mains

        documents = self._documents()
        graphs, parts = choose_mains(documents, self.explicit, self.resolver)
        for graph in track(graphs) if track is not None else graphs:
            self._inspect(graph)
        return self._sifted(parts)

    # -- what is linted

    def _documents(self) -> list[Document]:
        """Every file of the request, read and parsed."""
        from bplint.document import Kind
        from bplint.files.discover import discover

        documents: list[Document] = []
        if self.request.stdin is not None:
            documents.append(self._from_bytes(*self.request.stdin))
            self.explicit.add(id(documents[0]))
            if not self.request.paths:
                return documents
        discovery = discover(self.request.paths, self.config)
        for fault in discovery.faults:
            self._unreadable(fault.path, [fault])
        for found in discovery.files:
            document, faults = self.resolver.open(found.path, found.path)
            if document is None:
                self._unreadable(found.path, faults)
            elif found.is_explicit or document.kind is not Kind.OTHER:
                documents.append(document)
                if found.is_explicit:
                    self.explicit.add(id(document))
        return documents

    def _from_bytes(self, name: str, data: bytes) -> Document:
        from bplint.document import load_document
        from bplint.source import Source

        source, faults = Source.from_bytes(name, data)
        if name in self.texts:
            source = source.with_text(self.texts[name])
        document = load_document(source)
        document.faults[:0] = faults
        return self.resolver.add(document)

    def _unreadable(self, name: str, faults: list[Fault]) -> None:
        from bplint.document import Document
        from bplint.source import Source

        document = Document(Source(name, ""), None, faults)
        self.sources[name] = document.source
        self.mains.append(_Main(document, self._word(faults, None)))

    # -- what is found

    def _inspect(self, graph: ImportGraph) -> None:
        judged = self._judged(graph)
        if graph.assumed or any(entry.choice is not None for entry in graph.entries):
            judged = self._with_fitting_releases(judged)
        graph, inspected = judged.graph, judged.inspected
        main = _Main(graph.main.document, _with_chains(judged.found, graph))
        self._collect_sources(graph)
        self.sources.update(inspected.given)
        main.incomplete = tuple(dict.fromkeys(entry.text for entry in graph.unread))
        main.assumed = tuple(dict.fromkeys(entry.text for entry in graph.assumed))
        if main.incomplete:
            main.unchecked = _unchecked(inspected)
        self.mains.append(main)

    def _judged(
        self, graph: ImportGraph, *, is_searching: bool = False, with_code: bool = False
    ) -> Judgement:
        """What is found in a main file and told; in search of a release, without its code and deployment."""
        from bplint.lint.inspect import Judgement, inspect

        if is_searching:
            code = self._codebase() if with_code else None
            inspected = inspect(graph, self.config._replace(deployment=False, import_check=False), code)
        else:
            inspected = inspect(graph, self.config, self._codebase())
        found = self._word(inspected.faults, inspected.blueprint)
        on_elements = [rule for rule in self.selection.rules.on_elements() if self.selection.is_active(rule)]
        if on_elements and not is_searching:
            from bplint.lint.walk import walk  # bplint's own rules word faults: only for those of others

            found += walk(inspected.blueprint, on_elements)
        return Judgement(graph, inspected, found)

    def _with_fitting_releases(self, first: Judgement) -> Judgement:
        """The same, judged with releases of the published plugins that accept it, where there are any."""
        if not any(entry.effect is not Effect.ADVICE for entry in first.found):
            return first
        from bplint.lint.release_judging import (
            ReleaseSearch,
            grade_assumed,
            with_refusing_releases,
        )  # not for a correct file

        def judge(pins: Mapping[str, str | None], *, is_searching: bool = True) -> Judgement:
            graph = self._pinned(first, pins)
            return self._judged(graph, is_searching=is_searching, with_code=search.with_code)

        search = ReleaseSearch(first, judge)
        search.run()
        judged = first
        if search.pins:
            judged = judge(search.pins, is_searching=False)
            judged = judged._replace(
                found=with_refusing_releases(
                    judged.found, self._word(search.faults, judged.inspected.blueprint)
                )
            )
        if judged.graph.assumed:
            judged = judged._replace(found=grade_assumed(judged, judge, search.pins))
        return judged

    def _pinned(self, first: Judgement, pins: Mapping[str, str | None]) -> ImportGraph:
        """The graph of a main file with the releases that the pins say."""
        from bplint.imports.graph import build_graph

        self.resolver.pinned = dict(pins)
        try:
            return build_graph(first.graph.main.document, self.resolver)
        finally:
            self.resolver.pinned = {}

    def _word(self, faults: list[Fault], blueprint: Blueprint | None) -> list[Diagnostic]:
        return _worded(faults, self.selection, blueprint)

    def _codebase(self) -> CodeBase:
        if self.code is None:
            from bplint.pycode.files.codebase import CodeBase

            self.code = CodeBase(self.texts)
        return self.code

    def _collect_sources(self, graph: ImportGraph) -> None:
        for file in graph.files:
            if file.is_own:
                self.sources[file.document.path] = file.document.source
        if self.code is not None:
            self.sources.update(self.code.sources())

    # -- what is told

    def _sifted(self, parts: list[Document]) -> LintResult:
        """The result; `parts` are the documents of the run that were checked as parts of others."""
        found = [entry for main in self.mains for entry in main.found]
        found = self.selection.sift(_without_repeats(found))
        kept = self._unsuppressed(found)
        kept.sort(key=lambda entry: entry.sort_key)
        told = {entry.sort_key for entry in kept}
        files = [_file_result(main, told) for main in self.mains]
        by_path: dict[str, list[Diagnostic]] = {}
        for entry in kept:
            by_path.setdefault(entry.path, []).append(entry)
        files += [_file_result(_Main(part, by_path.get(part.path, [])), told) for part in parts]
        files.sort(key=lambda file: file.path)
        return LintResult(tuple(files), tuple(kept), self.sources, len(found) - len(kept))

    def _unsuppressed(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """What neither a comment nor the baseline accepts, and what is wrong with those."""
        if not self.config.baseline and not any("bplint:" in each.text for each in self.sources.values()):
            return found
        from bplint.lint.suppress import Suppressor  # only where a comment may silence something

        is_complete = not any(main.incomplete for main in self.mains)
        suppressor = Suppressor(self.sources, self.selection)
        kept = suppressor.keep(found)
        faults = [*suppressor.faults, *suppressor.idle(is_complete)]
        if self.config.baseline:
            from bplint.lint.baseline import read_baseline  # json: only with a baseline

            baseline = read_baseline(self.config.baseline)
            self.sources[baseline.path] = baseline.source
            kept, used = baseline.sift(kept, self.sources, self.selection)
            if is_complete:  # an unread import may hide what an entry accepts
                faults += baseline.stale(used, self.sources, self.selection)
        told = self.selection.sift(self._word(faults, None))
        return kept + suppressor.keep(told)


def add_faults(
    result: LintResult,
    faults: Sequence[Fault],
    blueprint: Blueprint,
    sources: Mapping[str, Source],
    config: Config,
) -> LintResult:
    """`result` with faults that were found after the lint of a blueprint, by planning, told as the lint tells
    its own: selected, and not where a comment or the baseline accepts them. `sources` are the texts that they
    point into. A line that the lint says will fail needs no second word on it.
    """
    from bplint.lint.select import Selection
    from bplint.lint.suppress import Suppressor
    from bplint.lint.third_party import known_rules

    if not faults:
        return result
    sources = {**sources, **result.sources}
    selection = Selection(config, known_rules(config.rule_plugins))
    failing = {_line_of(each, sources) for each in result.diagnostics if each.effect is Effect.FAILS}
    found = selection.sift(_worded(faults, selection, blueprint))
    found = [each for each in _without_repeats(found) if _line_of(each, sources) not in failing]
    kept = Suppressor(sources, selection).keep(found)
    if config.baseline:
        from bplint.lint.baseline import read_baseline  # json: only with a baseline

        kept, _ = read_baseline(config.baseline).sift(kept, sources, selection)
    told = sorted((*result.diagnostics, *kept), key=lambda entry: entry.sort_key)
    main = blueprint.graph.main.document.path
    files = tuple(_with_worst(file, kept) if file.path == main else file for file in result.files)
    return LintResult(files, tuple(told), sources, result.suppressed + len(found) - len(kept))


def _worded(faults: Sequence[Fault], selection: Selection, blueprint: Blueprint | None) -> list[Diagnostic]:
    """Diagnostics for faults, by the rules of their names as far as they are on."""
    faults = selection.audible(faults) if faults else faults
    if not faults:
        return []
    from bplint.lint.walk import word  # with the rules: only where there is something to tell

    rules = selection.rules.with_names({fault.kind for fault in faults})
    return word(faults, rules, selection, blueprint)


def _line_of(entry: Diagnostic, sources: Mapping[str, Source]) -> tuple[str, int]:
    return entry.path, sources[entry.path].lines.position(entry.span.start)[0]


def _with_worst(file: FileResult, added: list[Diagnostic]) -> FileResult:
    """The same with a verdict that counts the failures that were added."""
    failing = [entry for entry in added if entry.effect is Effect.FAILS]
    if not failing or file.verdict in (Effect.REFUSED.value, Effect.FAILS.value):
        return file
    return file._replace(verdict=Effect.FAILS.value, blame=failing[0].blame or failing[0].path)


def _without_repeats(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One of each fault that several main files see in one imported file; related places may differ."""
    first: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for entry in found:
        first.setdefault(entry.sort_key, entry)
    return list(first.values())


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


def _file_result(main: _Main, told: set[tuple[str, int, int, str, str]]) -> FileResult:
    own = [entry for entry in main.found if entry.sort_key in told]
    verdict, blame = "ok", None
    for effect in (Effect.REFUSED, Effect.FAILS, Effect.ADVICE):
        worst = [entry for entry in own if entry.effect is effect]
        if worst:
            verdict = effect.value
            first = min(worst, key=lambda entry: entry.sort_key)
            if effect is not Effect.ADVICE:
                blame = first.blame or first.path
            break
    document = main.document
    version = document.version if isinstance(document.version, str) else None
    return FileResult(
        document.path,
        document.kind.value,
        version,
        verdict,
        main.incomplete,
        main.unchecked,
        blame,
        main.assumed,
    )
