"""The nearest known name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_LIKENESS: Final = 0.75
_LEAST_PART: Final = 0.6


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None where nothing is near.

    Case is ignored; ties go to the name that sorts first, so that output is the same from run to run.
    """
    folded = name.casefold()
    letters = _letters(folded)
    parts = sorted(folded.split("."))
    possible: list[tuple[float, str]] = []
    for candidate in set(known):
        if candidate == name or abs(len(candidate) - len(name)) > max(len(name), 4) // 2:
            continue
        other = candidate.casefold()
        most = 2 * _shared(letters, other) / (len(folded) + len(other))
        if most >= _LEAST_LIKENESS:
            possible.append((-most, candidate))
    reordered = [each for _, each in possible if sorted(each.casefold().split(".")) == parts]
    return min(reordered) if reordered else _most_alike(folded, possible)


def _most_alike(folded: str, possible: list[tuple[float, str]]) -> str | None:
    """The candidate that is most alike; each comes with the negative of the most that it can be."""
    best: tuple[float, str] | None = None
    for most, candidate in sorted(possible):
        if best is not None and most > best[0]:
            break
        found = (-_likeness(folded, candidate.casefold()), candidate)
        if -found[0] >= _LEAST_LIKENESS and (best is None or found < best):
            best = found
    return best[1] if best else None


def _letters(name: str) -> list[tuple[str, int]]:
    """Each letter of a name, and how often it has it."""
    return [(letter, name.count(letter)) for letter in set(name)]


def _shared(letters: list[tuple[str, int]], other: str) -> int:
    """How many of the letters another name has, in whatever order."""
    shared = 0
    for letter, number in letters:
        found = other.count(letter)
        shared += number if number < found else found
    return shared


@lru_cache(maxsize=1024)  # a name that is wrong is wrong often
def _likeness(one: str, other: str) -> float:
    # most names are like nothing that is known, and difflib takes 2 ms to import
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def plausible(name: str, candidate: str) -> bool:
    """Whether a dotted name may be a slip for another: it has the same number of parts and each is alike its
    counterpart, or it is the other with a dot too many or too few. `cloudify.nodes.aws.ec2.Vpc` is none for
    `cloudify.nodes.WebServer`, however many letters they share."""
    one, other = name.casefold(), candidate.casefold()
    first, second = one.split("."), other.split(".")
    if sorted(first) == sorted(second):
        return True
    if len(first) != len(second):
        return abs(len(one) - len(other)) <= 2 and _distance(one, other) <= 2
    return all(
        mine == theirs or _likeness(mine, theirs) >= _LEAST_PART
        for mine, theirs in zip(first, second, strict=True)
    )


def unique_near(name: str, known: Iterable[str]) -> str | None:
    """The one known name that `name` is a slip of the keyboard for; None where there is none or several.

    Made for fixes that nobody looks at, so it is stricter than `nearest`: parts between dots that both
    have do not count, one letter may differ where few do, two in long names, and digits never.
    """
    folded = name.casefold()
    found: str | None = None
    for candidate in set(known):
        if candidate == name or not _is_slip(folded, candidate.casefold()):
            continue
        if found is not None:
            return None
        found = candidate
    return found


def _is_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 2:
        return False
    first, second = _differing_parts(one, other)
    if any(char.isdigit() for char in first + second):
        return _digits(first) == _digits(second) and _is_within(first, second)
    return _is_within(first, second)


def _is_within(first: str, second: str) -> bool:
    shorter, longer = sorted((len(first), len(second)))
    if first == second or shorter < 3:
        return first == second
    limit = 1 if shorter < 8 else 2
    # no change of one letter makes up for more than one that only one of them has
    return longer - _shared(_letters(first), second) <= limit and _distance(first, second) <= limit


def _differing_parts(one: str, other: str) -> tuple[str, str]:
    """Both names without the dotted parts that they share in front and behind."""
    first, second = one.split("."), other.split(".")
    while first and second and first[0] == second[0]:
        del first[0], second[0]
    while first and second and first[-1] == second[-1]:
        del first[-1], second[-1]
    return ".".join(first), ".".join(second)


def _digits(name: str) -> str:
    return "".join(char for char in name if char.isdigit())


def _distance(one: str, other: str) -> int:
    """Letters put in, left out, replaced, or exchanged with their neighbour, to make one of the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def is_one_slip(written: str, meant: str) -> bool:
    """Whether one slip of the fingers makes one name of the other: a letter too many, one too few, another
    one, or two that changed places."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    rest, other = written[start:], meant[start:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[:2][::-1] and rest[2:] == other[2:])
    )
