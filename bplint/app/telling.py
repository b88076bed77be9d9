"""From what was found to what is told: selection, suppression, baseline, and the verdict of each file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.app.results import FileResult, LintResult
from bplint.diagnostic import Effect
from bplint.document import Kind
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bplint.app.workspace import Workspace
    from bplint.diagnostic import Diagnostic
    from bplint.document import Document
    from bplint.source import Source

    SortKey = tuple[str, int, int, str, str]


class Main:
    """A main file of the run and what was found in it and its imports.

    paths    the files that it is made of
    is_named the user named it: other main files may say more of what it imports
    """

    __slots__ = ("assumed", "document", "found", "incomplete", "is_named", "paths", "unchecked")

    def __init__(self, document: Document, found: list[Diagnostic]) -> None:
        self.document = document
        self.found = found
        self.incomplete: tuple[str, ...] = ()
        self.paths = [document.path]
        self.is_named = False
        self.assumed: tuple[str, ...] = ()
        self.unchecked = 0

    def judged(self) -> list[str]:
        """Files of which the run says all that there is to say. Of a plugin file that is named, its variants
        may have something to say."""
        if not self.is_named:
            return self.paths
        return self.paths[:1] if self.document.kind is Kind.BLUEPRINT else []


class Told(Record):
    """What is left of everything that was found in the main files, in its total order."""

    mains: Sequence[Main]
    kept: list[Diagnostic]
    sources: dict[str, Source]
    suppressed: int

    def shown(self) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """What is shown, and what one of it stands for as well."""
        if len(self.kept) < 2:
            return self.kept, []
        from bplint.app.folding import folded  # only where there is something to fold

        return folded(self.kept, self.sources)

    def result(self, parts: Iterable[Document]) -> LintResult:
        """With what is said of each file; `parts` are those of the run that were checked as parts of
        others."""
        told = {entry.sort_key for entry in self.kept}
        by_path: dict[str, list[Diagnostic]] = {}
        for entry in self.kept:
            by_path.setdefault(entry.path, []).append(entry)
        mains = [*self.mains, *(Main(part, by_path.get(part.path, [])) for part in parts)]
        files = sorted((_file_result(main, told) for main in mains), key=lambda file: file.path)
        shown, hidden = (tuple(map(self._placed, found)) for found in self.shown())
        return LintResult(tuple(files), shown, self.sources, self.suppressed, hidden)

    def _placed(self, entry: Diagnostic) -> Diagnostic:
        """A diagnostic with its place as lines and columns."""
        source = self.sources.get(entry.path)
        if source is None:  # a file that could not be read
            return entry._replace(start=(1, 1), end=(1, 1))
        lines = source.lines
        return entry._replace(start=lines.position(entry.span.start), end=lines.position(entry.span.end))


def tell(mains: Sequence[Main], sources: Mapping[str, Source], workspace: Workspace) -> Told:
    """What is selected, and accepted by no comment and no baseline. `sources` are all texts that the
    diagnostics point into."""
    found = workspace.selection.sift(_without_repeats(entry for main in mains for entry in main.found))
    kept, added, sources = _unsuppressed(found, mains, dict(sources), workspace)
    suppressed = len(found) - len(kept)
    kept = sorted(kept + added, key=lambda entry: entry.sort_key)
    return Told(mains, kept, sources, suppressed)


def _unsuppressed(
    found: list[Diagnostic], mains: Sequence[Main], sources: dict[str, Source], workspace: Workspace
) -> tuple[list[Diagnostic], list[Diagnostic], dict[str, Source]]:
    """What neither a comment nor the baseline accepts, what is wrong with those, and all texts."""
    config, selection = workspace.config, workspace.selection
    if not config.baseline and not any("bplint:" in each.text for each in sources.values()):
        return found, [], sources
    from bplint.lint.suppress import Suppressor  # only where a comment may silence something

    # an unread import may hide what a comment or an entry accepts in the files that it is for
    incomplete = {path for main in mains if main.incomplete for path in main.paths}
    suppressor = Suppressor(sources, selection)
    kept = suppressor.keep(found)
    faults = [*suppressor.faults, *suppressor.idle(incomplete)]
    if config.baseline:
        from bplint.lint.baseline import read_baseline  # json: only with a baseline

        baseline = read_baseline(config.baseline)
        sources[baseline.path] = baseline.source
        kept, used = baseline.sift(kept, sources, selection)
        judged = {path for main in mains for path in main.judged()} - incomplete
        faults += baseline.stale(used, judged, selection)
    told = selection.sift(workspace.word(faults, None))
    return kept, suppressor.keep(told), sources


def _without_repeats(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One of each fault that several main files see in one imported file; related places may differ."""
    first: dict[SortKey, Diagnostic] = {}
    for entry in found:
        first.setdefault(entry.sort_key, entry)
    return list(first.values())


def _file_result(main: Main, told: set[SortKey]) -> FileResult:
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
