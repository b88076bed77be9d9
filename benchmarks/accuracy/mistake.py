"""What a mistake is, and what makers of mistakes have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.accuracy.words import misspelt
from benchmarks.accuracy.yaml_places import Change, Entry, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

    Make = Callable[[Text, Random], Change | None]


class Mistake(NamedTuple):
    """A kind of mistake. `make` gives None where the text has no place for it."""

    name: str
    summary: str
    make: Make


def one_of(found: Sequence[Entry], random: Random) -> Entry | None:
    return random.choice(found) if found else None


def respelt(text: Text, node: Node, old: str, new: str) -> tuple[int, int, str]:
    """The edit that writes a scalar, or a part of it, anew; quotes stay."""
    start, end = node.start_mark.index, node.end_mark.index
    written = text.text[start:end]
    place = written.find(old)
    if place < 0:
        return start, end, new
    return start + place, start + place + len(old), new


def value_misspelt(found: Sequence[Entry], text: Text, random: Random) -> Change | None:
    """One of the scalars loses, gains or swaps a letter."""
    entry = one_of([each for each in found if each.text and not each.text.isdigit()], random)
    if entry is None:
        return None
    new = misspelt(entry.text, random)
    return Change((respelt(text, entry.value, entry.text, new),), (new,))


def key_misspelt(found: Iterable[Entry], text: Text, random: Random, *, lost: bool) -> Change | None:
    """One of the keys is misspelt. `lost`: what names it elsewhere no longer finds it."""
    entry = one_of([each for each in found if each.key is not None], random)
    if entry is None or entry.key is None:
        return None
    old = str(entry.key.value)
    edit = respelt(text, entry.key, old, misspelt(old, random))
    return Change((edit,), (old,) if lost else ())


def lines_cut(text: Text, entry: Entry, *names: str) -> Change | None:
    """The entry's lines are gone. The lines of what held it are right places, too."""
    if not text.is_whole_lines(entry) or entry.siblings < 2:
        return None
    start, end = text.line_span(entry)
    return Change(((start, end, ""),), (*names, *entry.path[-2:-1], *entry.path[1:2]))


def rewritten(entry: Entry, new: str) -> Change:
    """Another value."""
    start = int(entry.value.start_mark.index)
    end = max(entry.end, start)
    gap = " " if start == end and entry.key is not None else ""
    return Change(((start, end, gap + new),))
