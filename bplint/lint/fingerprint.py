"""Fingerprints: the same fault has the same one after lines above it came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bplint.diagnostic import Diagnostic
    from bplint.source import Source

# what changes without the fault changing: names that became known, the catalogue's version, line numbers
_VOLATILE: Final = lazy_pattern(
    r"; did you mean '.*?'\?|\(checked against [^)]*\)|(?<=line )\d+|(?<=column )\d+"
)


def fingerprints(
    found: Iterable[Diagnostic], sources: Mapping[str, Source], paths: Mapping[str, str] | None = None
) -> list[str]:
    """A fingerprint for each diagnostic, in their order: 32 hexadecimal digits from the code, the path, the
    message without what is volatile, the text of the line, and a count where all these are the same.

    `paths` gives the paths to use where those of the diagnostics are relative to another folder.
    """
    # hashlib costs more than many a lint: only reports and baselines for machines need it
    from hashlib import sha256

    counts: dict[tuple[str, str, str, str], int] = {}
    result: list[str] = []
    for entry in found:
        path = paths.get(entry.path, entry.path) if paths else entry.path
        key = (entry.code, path, normalised(entry.message), _line_text(entry, sources))
        count = counts[key] = counts.get(key, -1) + 1
        parts = "\0".join((*key, str(count)))
        result.append(sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return result


def normalised(message: str) -> str:
    """The message without what may change while the fault stays."""
    return _VOLATILE.sub("", message).strip()


def _line_text(entry: Diagnostic, sources: Mapping[str, Source]) -> str:
    source = sources.get(entry.path)
    if source is None:
        return ""
    line, _ = source.lines.position(entry.span.start)
    span = source.lines.line_span(line)
    return source.text[span.start : span.end].strip()
