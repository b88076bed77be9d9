"""Which release of each published plugin judges a blueprint that the newest one refuses.

An import without an exact version allows many releases, and the one that a manager has is not known here:
a verdict that holds for some of them only is not the blueprint's. So where the judge refuses, the older
releases that the import allows are tried, newest first, and the first that accepts judges instead.

What a release says of a blueprint depends on the items that the blueprint can reach, so releases that have
the same of those are tried once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.catalog.content import ContentKeys, names_in, words_in
from bplint.diagnostic import Confidence, Effect
from bplint.document import FactsDocument
from bplint.imports.import_faults import NewerReleaseRefuses
from bplint.pycode.files.recorded import CHECKED_AGAINST_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bplint.catalog.releases import Release, ReleaseChoice, ReleaseFile
    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.imports.graph import ImportEntry, ImportGraph

    Pins = Mapping[str, str | None]

_MAX_TRIES: Final = 60  # lints of one main file
_MIN_TRIES: Final = 6  # of a file so large that each takes seconds
_MAX_CHARACTERS: Final = 3_000_000  # that all tries may read


def refusals(found: Iterable[Diagnostic]) -> set[tuple[str, int, int, str, str]]:
    """What the manager does not take, and mappings onto functions that a release does not have so, by place
    and words."""
    return {entry.sort_key for entry in found if entry.effect is Effect.REFUSED or is_of_code(entry)}


def is_of_code(entry: Diagnostic) -> bool:
    """Whether something fails by the recorded code of a release."""
    return entry.effect is Effect.FAILS and any(
        related.message.startswith(CHECKED_AGAINST_CODE) for related in entry.related
    )


class ReleaseSearch:
    """The search for one main file. `judge` lints it with the releases that the pins say: location →
    version, or None for an import that is left unread."""

    def __init__(
        self, graph: ImportGraph, found: Sequence[Diagnostic], judge: Callable[[Pins], list[Diagnostic]]
    ) -> None:
        self._graph = graph
        self._found = found
        self._judge = judge
        self._tries = 0
        size = sum(len(file.document.source.text) for file in graph.files if file.is_own)
        self._allowed = max(_MIN_TRIES, min(_MAX_TRIES, _MAX_CHARACTERS // (size or 1)))
        self.with_code = any(map(is_of_code, found))
        self.pins: dict[str, str | None] = {}
        self.faults: list[Fault] = []  # what newer releases than the judges would refuse

    def run(self) -> None:
        """Find the releases to judge with: `pins`, empty where those that were taken first stay."""
        entries = _open_entries(self._graph)
        refused = refusals(self._found)
        if not entries or not refused:
            return
        if refused <= self._refused(dict.fromkeys(entries)):
            return  # no release has a part in it
        for location, entry in entries.items():
            left = self._refused({**self.pins, location: None})
            if not refused <= left:
                refused = self._settle(location, entry, refused, left)

    def _first_refuses(self) -> bool:
        return any(entry.effect is Effect.REFUSED for entry in self._found)

    def _refused(self, pins: Pins) -> set[tuple[str, int, int, str, str]]:
        self._tries += 1
        return refusals(self._judge(pins))

    def _settle(
        self,
        location: str,
        entry: ImportEntry,
        refused: set[tuple[str, int, int, str, str]],
        left: set[tuple[str, int, int, str, str]],
    ) -> set[tuple[str, int, int, str, str]]:
        """Take the newest release of one import with which least is refused; what is refused with it."""
        assert entry.choice is not None
        choice = entry.choice
        found_groups = grouped(choice.fitting, choice, self._graph, with_code=self.with_code)
        groups = [group for _, group in found_groups]
        best, chosen = refused, 0
        for index, group in enumerate(groups[1:], 1):
            if self._tries >= self._allowed:
                break
            found = self._refused({**self.pins, location: group[0][0].version})
            if len(found) < len(best):
                best, chosen = found, index
            if best <= left:
                break
        if chosen:
            release = groups[chosen][0][0]
            self.pins[location] = release.version
            self._tell(entry, release, groups[chosen - 1][-1][0], refused - best)
        return best

    def _tell(
        self,
        entry: ImportEntry,
        judge: Release,
        since: Release,
        reasons: set[tuple[str, int, int, str, str]],
    ) -> None:
        assert entry.choice is not None
        first = min(reasons)
        self.faults.append(
            NewerReleaseRefuses(
                entry.path,
                entry.node.span,
                plugin=entry.choice.name,
                judge=judge.version,
                since=since.version,
                code=first[3],
                message=_bare(first[4]),
                verb="fails" if self.with_code and not self._first_refuses() else "is refused",
                number=len(reasons),
            )
        )


def _bare(message: str) -> str:
    """A message without its suggestion and without what it was checked against."""
    return message.partition("; did you mean")[0].partition(" (checked against")[0]


def _open_entries(graph: ImportGraph) -> dict[str, ImportEntry]:
    """The imports that allow more than one release, by location."""
    return {
        entry.location: entry
        for entry in graph.entries
        if entry.choice is not None and len(entry.choice.fitting) > 1
    }


def grouped(
    releases: Iterable[tuple[Release, ReleaseFile]],
    choice: ReleaseChoice,
    graph: ImportGraph,
    *,
    with_code: bool,
) -> list[tuple[object, list[tuple[Release, ReleaseFile]]]]:
    """Releases in groups of those that follow each other and say the same of a blueprint, each group with a
    key that is equal where they say the same. `with_code`: the functions that it maps to count, too."""
    keys = ContentKeys(_words_of(graph, choice), graph.version, with_code=with_code)
    groups: list[tuple[object, list[tuple[Release, ReleaseFile]]]] = []
    for pair in releases:
        key = keys.key(choice.facts_of(*pair))
        if not groups or key != groups[-1][0]:
            groups.append((key, []))
        groups[-1][1].append(pair)
    return groups


def _words_of(graph: ImportGraph, choice: ReleaseChoice) -> set[str]:
    """The names in the files that a blueprint is made of, without those of the plugin itself."""
    words: set[str] = set()
    for file in graph.files:
        document = file.document
        if not isinstance(document, FactsDocument):
            words |= words_in(document.source.text)
        elif document.facts.release is not choice.judge[0]:
            words |= names_in(document.facts)
    return words


def doubtful(found: list[Diagnostic], sure: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What was found, with medium confidence but for what is `sure` and for advice."""
    known = {entry.sort_key for entry in sure}
    return [
        entry
        if entry.sort_key in known or entry.effect is Effect.ADVICE
        else entry._replace(confidence=Confidence.MEDIUM)
        for entry in found
    ]
