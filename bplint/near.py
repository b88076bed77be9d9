"""The nearest known name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None where nothing is near.

    Case is ignored; ties go to the name that sorts first, so that output is the same from run to run.
    """
    # difflib is only needed once something is wrong: 2 ms of start-up otherwise
    from difflib import SequenceMatcher

    folded = name.casefold()
    parts = sorted(folded.split("."))
    best: tuple[float, str] | None = None
    for candidate in sorted(set(known)):
        if candidate == name or abs(len(candidate) - len(name)) > max(len(name), 4) // 2:
            continue
        if sorted(candidate.casefold().split(".")) == parts:
            return candidate  # the same words in another order
        matcher = SequenceMatcher(None, folded, candidate.casefold(), autojunk=False)
        if matcher.quick_ratio() < 0.75:
            continue
        score = matcher.ratio()
        if score >= 0.75 and (best is None or score > best[0]):
            best = (score, candidate)
    return best[1] if best else None
