"""Baselines: files of accepted diagnostics, matched by fingerprints that survive moved lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bplint.lint.fingerprint import fingerprints, normalised
from bplint.lint.select import INTERNAL
from bplint.record import Record
from bplint.rules.bp9_style.suppression_faults import StaleBaselineEntry
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.lint.select import Selection
    from bplint.source import Source

VERSION: Final = 1


class BaselineError(Exception):
    """A baseline that cannot be used; the text says why, `span` where in `source` (None: unreadable)."""

    def __init__(self, message: str, source: Source | None, span: Span) -> None:
        super().__init__(message)
        self.source = source
        self.span = span


class Entry(Record):
    """An accepted diagnostic; `span` is the place of its fingerprint in the file."""

    fingerprint: str
    code: str
    path: str
    span: Span


class Baseline:
    """A baseline as read. Paths in it are relative to its own folder."""

    __slots__ = ("entries", "path", "source")

    def __init__(self, path: str, source: Source, entries: Sequence[Entry]) -> None:
        self.path = path
        self.source = source
        self.entries = entries

    def sift(
        self, found: Sequence[Diagnostic], sources: Mapping[str, Source], selection: Selection
    ) -> tuple[list[Diagnostic], set[str]]:
        """The diagnostics that are not accepted, and the fingerprints that accepted one."""
        accepted = {entry.fingerprint for entry in self.entries}
        rules = {rule.code: rule for rule in selection.rules}
        prints = fingerprints(found, sources, paths_below(self.path, (entry.path for entry in found)))
        kept: list[Diagnostic] = []
        used: set[str] = set()
        for entry, fingerprint in zip(found, prints, strict=True):
            if fingerprint in accepted:
                used.add(fingerprint)
            rule = rules.get(entry.code)
            if fingerprint not in accepted or rule is None or selection.is_mandatory(rule):
                kept.append(entry)
        return kept, used

    def stale(self, used: set[str], judged: Iterable[str], selection: Selection) -> Iterator[Fault]:
        """Entries of files of which all was said (`judged`) that accepted nothing, of rules that would have
        found it, and entries of files that are gone."""
        checked = set(paths_below(self.path, judged).values())
        folder = os.path.dirname(os.path.abspath(self.path))
        rules = {rule.code for rule in selection.active if selection.is_run(rule)}
        for entry in self.entries:
            if entry.fingerprint in used or entry.code not in rules:
                continue
            is_gone = entry.path not in checked and not os.path.exists(os.path.join(folder, entry.path))
            if is_gone or entry.path in checked:
                place = self.path, entry.span
                yield StaleBaselineEntry(*place, code=entry.code, about=entry.path, is_gone=is_gone)


def paths_below(baseline: str, paths: Iterable[str]) -> dict[str, str]:
    """Paths relative to the folder of a baseline, by the paths of a run."""
    folder = os.path.dirname(os.path.abspath(baseline))
    found: dict[str, str] = {}
    for path in paths:
        if path not in found:
            try:
                relative = os.path.relpath(os.path.abspath(path), folder)
            except ValueError:  # another drive
                relative = path
            found[path] = relative.replace(os.sep, "/")
    return found


def read_baseline(path: str) -> Baseline:
    """Read a baseline. Raises BaselineError."""
    # json is needed by who has a baseline
    import json

    from bplint.source import read_source

    source, faults = read_source(path)
    if source is None:
        raise BaselineError(f"cannot read the baseline '{path}'", None, Span(0, 0))
    if faults:
        raise BaselineError("the baseline is no text", source, faults[0].span)
    try:
        content = json.loads(source.text)
    except json.JSONDecodeError as error:
        raise BaselineError(
            f"the baseline is no JSON: {error.msg}", source, Span(error.pos, error.pos)
        ) from None
    except RecursionError:
        raise BaselineError("the baseline is nested too deeply", source, Span(0, 0)) from None
    except ValueError:  # Python refuses to read integers of thousands of digits
        raise BaselineError("the baseline holds a number that is too long", source, Span(0, 0)) from None
    return Baseline(path, source, _entries(content, source))


def _entries(content: Any, source: Source) -> list[Entry]:
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise BaselineError(f"not a baseline of version {VERSION}", source, Span(0, 0))
    entries = content.get("entries")
    if not isinstance(entries, list):
        raise BaselineError("a baseline has a list of 'entries'", source, Span(0, 0))
    found: list[Entry] = []
    at = 0
    for number, entry in enumerate(entries, 1):
        texts = [
            entry.get(key) if isinstance(entry, dict) else None for key in ("fingerprint", "code", "path")
        ]
        fingerprint, code, path = texts
        if not (isinstance(fingerprint, str) and isinstance(code, str) and isinstance(path, str)):
            message = f"entry {number} wants the strings 'fingerprint', 'code' and 'path'"
            raise BaselineError(message, source, Span(at, at))
        start = source.text.find(f'"{fingerprint}"', at)
        at = start + len(fingerprint) + 2 if start >= 0 else at
        found.append(Entry(fingerprint, code, path, Span(max(start, 0), at)))
    return found


def baseline_text(path: str, found: Sequence[Diagnostic], sources: Mapping[str, Source]) -> tuple[str, int]:
    """The text of a baseline at `path` that accepts these diagnostics, and how many it accepts. Bugs of
    rules and what is said of suppressions and baselines are never accepted."""
    import json

    wanted = [entry for entry in found if entry.code != INTERNAL and not entry.code.startswith("BP98")]
    paths = paths_below(path, (entry.path for entry in wanted))
    prints = fingerprints(wanted, sources, paths)
    entries = [
        {
            "path": paths[entry.path],
            "code": entry.code,
            "message": normalised(entry.message),
            "fingerprint": fingerprint,
        }
        for entry, fingerprint in zip(wanted, prints, strict=True)
    ]
    return json.dumps({"version": VERSION, "entries": entries}, indent=2, ensure_ascii=False) + "\n", len(
        entries
    )
