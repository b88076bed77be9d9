"""One diagnostic for what is told of many files for one reason."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Related

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from bplint.diagnostic import Diagnostic
    from bplint.source import Source

MAX_PLACES: Final = 3  # further places that are shown
_UNREAD: Final = "unread-import"
_VARIANT: Final = re.compile(r"(.*/)?(?:v2_)?plugin(?:_\d_\d+)?\.ya?ml\Z")


def folded(
    found: list[Diagnostic], sources: Mapping[str, Source]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The diagnostics to show, in their order, and, as they were found, those that one of them stands for.

    An import that cannot be read is told once a run, with the number of files that have it; a fault that the
    variants of one plugin file share, on lines of the same text, once for all of them. What carries a fix
    stays: each place is mended for itself.
    """
    groups: dict[Hashable, list[Diagnostic]] = {}
    before: Counter[Hashable] = Counter()
    for entry in found:
        key = _key(entry, sources)
        if key is not None:
            # the second place in one file goes with the second place in the others
            groups.setdefault((key, before[key, entry.path]), []).append(entry)
            before[key, entry.path] += 1
    shown = {id(group[0]): group for group in groups.values() if len(group) > 1}
    if not shown:
        return found, []
    hidden = {id(entry) for group in shown.values() for entry in group[1:]}
    kept = [
        _for_all(shown[id(entry)]) if id(entry) in shown else entry
        for entry in found
        if id(entry) not in hidden
    ]
    return kept, [entry for entry in found if id(entry) in hidden or id(entry) in shown]


def _key(entry: Diagnostic, sources: Mapping[str, Source]) -> Hashable | None:
    if entry.fix is not None:
        return None
    if entry.name == _UNREAD:
        return entry.code, entry.message
    variant = _VARIANT.match(entry.path)
    source = sources.get(entry.path)
    if variant is None or source is None:
        return None
    line = source.lines.line_span(source.lines.position(entry.span.start)[0])
    return variant[1], entry.code, entry.message, source.text[line.start : line.end].strip()


def _for_all(group: list[Diagnostic]) -> Diagnostic:
    first, others = group[0], group[1:]
    more = [Related("here too", entry.path, entry.span) for entry in others[:MAX_PLACES]]
    message = f"{first.message} (in {len(group)} files)"
    return first._replace(message=message, related=(*first.related, *more))
