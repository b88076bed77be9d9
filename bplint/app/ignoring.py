"""Suppression comments for what a lint finds, each with its reason."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.app.linting import lint
from bplint.diagnostic import Severity
from bplint.record import Record
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bplint.app.results import LintRequest, LintResult
    from bplint.diagnostic import Diagnostic
    from bplint.source import Source

_OURS: Final = lazy_pattern(r"(#[ \t]*bplint:[ \t]*ignore\[)([^\]]*)(\])")
_INTERNAL: Final = ("BP000", "BP981", "BP982", "BP983", "BP984")  # no comment silences these, or it is one


class Ignoring(Record):
    """What writing the comments comes to.

    texts    path → (the file as read, its text with the comments)
    ignored  the diagnostics that the comments silence
    left     those of the wanted rules that no comment can silence: in archives, in the catalogue, mandatory
    """

    texts: dict[str, tuple[Source, str]]
    ignored: list[Diagnostic]
    left: list[Diagnostic]


def ignoring(request: LintRequest, codes: Iterable[str], reason: str) -> Ignoring:
    """Comments for every diagnostic of these rules (codes, prefixes or names) in the files of a request.

    The comment stands at the end of the line, or above it where the line's end is inside a text. What it does
    not silence is taken back.
    """
    before = lint(request)
    selectors = tuple(codes)
    wanted = [entry for entry in before.diagnostics if _is_meant(entry, selectors)]
    places = _by_line(wanted, before)
    above: frozenset[tuple[str, int]] = frozenset()
    texts = _written(places, before, reason, above)
    after = lint(request, texts)
    # a comment inside a text over several lines is text: those lines get theirs above the block
    broken = _broken(before, after)
    above = frozenset((entry.path, line) for entry, line in _still(after, places))
    above |= {place for place in places if place[0] in broken}
    if above:
        texts = _written(places, before, reason, above)
        after = lint(request, texts)
    broken = _broken(before, after)
    if broken:
        places = {place: found for place, found in places.items() if place[0] not in broken}
        texts = _written(places, before, reason, above)
        after = lint(request, texts)
    left = [entry for entry, _ in _still(after, places)]
    if left:
        gone = {id(entry) for entry in left}
        places = {
            place: kept
            for place, found in places.items()
            if (kept := [entry for entry in found if id(entry) not in gone])
        }
        texts = _written(places, before, reason, above)
    unwritable = [entry for entry in wanted if not _is_file(entry) or entry.path in broken]
    silenced = [entry for found in places.values() for entry in found]
    changed = {path: (before.sources[path], text) for path, text in texts.items()}
    return Ignoring(changed, silenced, left + unwritable)


def _is_meant(entry: Diagnostic, selectors: tuple[str, ...]) -> bool:
    if entry.code in _INTERNAL:
        return False
    return any(each == entry.name or each == "ALL" or entry.code.startswith(each) for each in selectors)


def _is_file(entry: Diagnostic) -> bool:
    return os.path.isfile(entry.path) and not entry.path.endswith(".json")  # which has no comments


def _broken(before: LintResult, after: LintResult) -> frozenset[str]:
    """Files that have errors with the comments which they do not have without."""
    known = {(entry.path, entry.code, entry.message) for entry in before.diagnostics}
    return frozenset(
        entry.path
        for entry in after.diagnostics
        if entry.severity is Severity.ERROR and (entry.path, entry.code, entry.message) not in known
    )


def _by_line(wanted: Iterable[Diagnostic], result: LintResult) -> dict[tuple[str, int], list[Diagnostic]]:
    found: dict[tuple[str, int], list[Diagnostic]] = {}
    for entry in wanted:
        if _is_file(entry) and result.sources[entry.path].text:
            found.setdefault((entry.path, entry.line), []).append(entry)
    return found


def _written(
    places: Mapping[tuple[str, int], list[Diagnostic]],
    result: LintResult,
    reason: str,
    above: frozenset[tuple[str, int]],
) -> dict[str, str]:
    """The texts with a comment for each line; `above` are the lines that get theirs in a line of its own."""
    texts: dict[str, str] = {}
    for path, line in sorted(places, reverse=True):  # from below, so that lines above keep their numbers
        source = result.sources[path]
        text = texts.get(path, source.text)
        span = source.lines.line_span(line)
        codes = ", ".join(sorted({entry.code for entry in places[path, line]}))
        if (path, line) in above:
            start, indent = _head(source, line)
            comment = f"{indent}# bplint: ignore[{codes}] {reason}{source.newline}"
            texts[path] = text[:start] + comment + text[start:]
        else:
            changed = _with_comment(text[span.start : span.end], codes, reason)
            texts[path] = text[: span.start] + changed + text[span.end :]
    return texts


def _head(source: Source, line: int) -> tuple[int, str]:
    """Where the block that a line belongs to begins, and its indentation: the nearest line above that is
    indented less."""
    own = _indentation(source, line)
    for above in range(line - 1, 0, -1):
        found = _indentation(source, above)
        if found is not None and (own is None or len(found) < len(own)):
            return source.lines.line_span(above).start, found
    return source.lines.line_span(line).start, own or ""


def _indentation(source: Source, line: int) -> str | None:
    """The blanks that a line begins with; None for an empty one."""
    span = source.lines.line_span(line)
    text = source.text[span.start : span.end]
    return text[: len(text) - len(text.lstrip())] if text.strip() else None


def _with_comment(line: str, codes: str, reason: str) -> str:
    ours = _OURS.search(line)
    if ours is not None:  # a comment of ours is there: it takes the codes as well
        return f"{line[: ours.end(2)]}, {codes}{line[ours.end(2) :]}"
    return f"{line.rstrip()}  # bplint: ignore[{codes}] {reason}"


def _still(
    after: LintResult, places: Mapping[tuple[str, int], list[Diagnostic]]
) -> list[tuple[Diagnostic, int]]:
    """Those of the wanted diagnostics that are told in spite of their comments. Lines above may have been
    added, so they are known again by rule and message."""
    told = {(entry.path, entry.code, entry.message) for entry in after.diagnostics}
    return [
        (entry, line)
        for (path, line), found in places.items()
        for entry in found
        if (path, entry.code, entry.message) in told
    ]
