"""Mistakes put into valid files: which, where, and what is then a right place to tell it."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.accuracy.mistakes_code import CODE
from benchmarks.accuracy.mistakes_names import NAMES
from benchmarks.accuracy.mistakes_values import VALUES
from benchmarks.accuracy.mistakes_yaml import YAML
from benchmarks.accuracy.yaml_places import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.accuracy.mistake import Mistake
    from benchmarks.accuracy.valid import Files, Valid
    from benchmarks.accuracy.yaml_places import Change

TRIES = 40
# how often a valid file is taken by where it comes from: published ones take the reference parser long
WEIGHTS = {"own": 5, "fixture": 4, "published": 2}
BY_FAMILY: dict[str, tuple[Mistake, ...]] = {
    "blueprint": (*YAML, *NAMES, *VALUES),
    "plugin": (*YAML, *NAMES, *VALUES),
    "code": CODE,
}


class Case(NamedTuple):
    """A valid file with one mistake.

    number  which valid file
    path    the file that was changed, and `text` what is in it now
    right   (path, line) of every place where a reader would look for the mistake
    """

    kind: str
    number: int
    path: str
    text: str
    right: frozenset[tuple[str, int]]


def cases(family: str, valid: Sequence[Valid], seed: str, count: int) -> Iterator[Case]:
    """That many cases, the kinds in turn; fewer where there are no more different ones."""
    kinds = BY_FAMILY[family]
    seen: set[tuple[int, str]] = set()
    for number in range(count):
        mistake = kinds[number % len(kinds)]
        case = _case(mistake, valid, Random(f"{seed}/{family}/{number}"))
        if case is not None and (case.number, case.text) not in seen:
            seen.add((case.number, case.text))
            yield case


def _case(mistake: Mistake, valid: Sequence[Valid], random: Random) -> Case | None:
    by_origin: dict[str, list[int]] = {}
    for index, each in enumerate(valid):
        by_origin.setdefault(each.origin, []).append(index)
    for _ in range(TRIES):
        origins = sorted(by_origin)
        origin = random.choices(origins, [WEIGHTS[each] for each in origins])[0]
        index = random.choice(by_origin[origin])
        chosen = valid[index]
        path = random.choice(chosen.changes)
        if path.endswith(".py") and mistake not in CODE:
            continue
        text = read(chosen.files[path])
        change = mistake.make(text, random)
        if change is None:
            continue
        made = applied(text.text, change)
        if made != text.text:
            return Case(
                mistake.name,
                index,
                path,
                made,
                _right(chosen.files, path, made, change, is_import_lost=mistake.name == "import-lost"),
            )
    return None


def applied(text: str, change: Change) -> str:
    for start, end, new in reversed(change.edits):
        text = text[:start] + new + text[end:]
    return text


def _right(
    files: Files, path: str, made: str, change: Change, *, is_import_lost: bool
) -> frozenset[tuple[str, int]]:
    """The changed lines, the line before a cut and the one after it, and lines with a name that was lost."""
    found = set()
    shift = 0
    for start, end, new in change.edits:
        first = made.count("\n", 0, start + shift) + 1
        behind = start + shift + len(new)
        last = made.count("\n", 0, behind) + 1
        found |= {(path, line) for line in range(first, last + 1)}
        if path.endswith(".py"):
            found.add((path, last + 1))  # where Python notices an indentation
        if not new:
            found |= {(path, first - 1), (path, first + 1)}
        shift += len(new) - (end - start)
    if is_import_lost:  # whatever comes from the import is in question, in all files
        for other, text in files.items():
            found |= {(other, line) for line in range(1, text.count("\n") + 2) if other != path}
    for name in change.names:
        before = r"(?<!\w)" if path.endswith(".py") else r"(?<![\w.])"
        pattern = re.compile(rf"{before}{re.escape(name)}(?!\w)")
        for other, text in {**files, path: made}.items():
            if other.endswith((".yaml", ".py")):
                lines = enumerate(text.split("\n"), 1)
                found |= {(other, number) for number, line in lines if pattern.search(line)}
    return frozenset(found)
