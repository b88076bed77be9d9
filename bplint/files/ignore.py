"""What .gitignore files leave out, as git decides it (gitignore(5)); checked against `git check-ignore`."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pattern(Record):
    """A line of a .gitignore file."""

    matches: re.Pattern[str]
    is_negated: bool
    is_for_folders: bool
    is_anchored: bool  # it is matched against the path below the file's folder, otherwise against the name


_CLASSES: Final = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "xdigit": "0-9a-fA-F",
    "cntrl": r"\x00-\x1f\x7f",
    "graph": "!-~",
    "print": " -~",
}


class IgnoreFile:
    """The patterns of one file, for paths below its folder."""

    __slots__ = ("patterns",)

    def __init__(self, text: str) -> None:
        parsed = (parse_pattern(line) for line in text.splitlines())
        self.patterns = [pattern for pattern in parsed if pattern is not None]

    def decide(self, path: str, is_folder: bool) -> bool | None:
        """Whether a path (below the folder, with `/`) is ignored; None where no pattern says anything."""
        name = path.rpartition("/")[2]
        for pattern in reversed(self.patterns):
            if pattern.is_for_folders and not is_folder:
                continue
            if pattern.matches.fullmatch(path if pattern.is_anchored else name):
                return not pattern.is_negated
        return None


@lru_cache(maxsize=512)
def parse_pattern(line: str) -> Pattern | None:
    """The pattern of a line, or None for comments, empty lines and what git cannot match."""
    line = _without_trailing_spaces(line)
    if not line or line.startswith("#"):
        return None
    is_negated = line.startswith("!")
    if is_negated:
        line = line[1:]
    is_for_folders = line.endswith("/")
    if is_for_folders:
        line = line[:-1]
    is_anchored = "/" in line
    expression = _translate(line.removeprefix("/"))
    if not line or expression is None:
        return None
    try:
        matches = re.compile(expression, re.DOTALL)
    except re.error:  # a range that runs backwards
        return None
    return Pattern(matches, is_negated, is_for_folders, is_anchored)


def _without_trailing_spaces(line: str) -> str:
    stripped = line.rstrip(" ")
    if stripped.endswith("\\") and len(stripped) < len(line):
        backslashes = len(stripped) - len(stripped.rstrip("\\"))
        return stripped + " " if backslashes % 2 else stripped
    return stripped


# parts of a translated glob that match more than one text
_STAR: Final = "[^/]*"
_FOLDERS: Final = "(?:[^/]*/)*?"
_SHORTEST: Final = {_STAR: "[^/]*?", _FOLDERS: _FOLDERS}


def _translate(glob: str) -> str | None:
    """A glob as a regular expression (git's wildmatch with path names), None where it is malformed."""
    out: list[str] = []
    position = 0
    while position < len(glob):
        char = glob[position]
        if char == "*":
            end = position
            while end < len(glob) and glob[end] == "*":
                end += 1
            before = position == 0 or glob[position - 1] == "/"
            if end - position >= 2 and before and (end == len(glob) or glob[end] == "/"):
                out.append(".*" if end == len(glob) else _FOLDERS)
                end += end < len(glob)
            else:
                out.append(_STAR)
            position = end
        elif char == "[":
            found = _translate_set(glob, position)
            if found is None:
                return None
            out.append(found[0])
            position = found[1]
        elif char == "\\":
            if position + 1 == len(glob):
                return None
            out.append(re.escape(glob[position + 1]))
            position += 2
        else:
            out.append("[^/]" if char == "?" else re.escape(char))
            position += 1
    names = count()
    pieces = [_join(piece, _STAR, names) for piece in _split(out, _FOLDERS)]
    return _join([part for piece in pieces for part in (_FOLDERS, piece)][1:], _FOLDERS, names)


def _join(parts: list[str], wildcard: str, names: Iterator[int]) -> str:
    """The parts as one expression. What stands between two wildcards is matched at the first place that it
    fits and never tried again: a later place does not help what comes behind, and `*a*a*a*a*b` would take
    for ever. The last wildcard has to reach the end."""
    first, *others = ("".join(piece) for piece in _split(parts, wildcard))
    for piece in others[:-1]:
        name = f"g{next(names)}"
        # Python 3.10 has no atomic groups: a look ahead is one
        first += f"(?=(?P<{name}>{_SHORTEST[wildcard]}{piece}))(?P={name})"
    return first + (wildcard + others[-1] if others else "")


def _split(parts: list[str], wildcard: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for part in parts:
        if part == wildcard:
            found.append([])
        else:
            found[-1].append(part)
    return found


def _translate_set(glob: str, start: int) -> tuple[str, int] | None:
    """A bracket expression and the position behind it; None where it is not closed."""
    position = start + 1
    is_negated = glob[position : position + 1] in ("!", "^")
    position += is_negated
    parts: list[str] = []
    first = position
    while position < len(glob):
        char = glob[position]
        if char == "]" and position > first:
            body = "".join(parts)
            return (f"(?!/)[{'^' if is_negated else ''}{body}]", position + 1)
        if glob.startswith("[:", position):
            end = glob.find(":]", position)
            name = glob[position + 2 : end] if end > 0 else ""
            if name not in _CLASSES:
                return None
            parts.append(_CLASSES[name])
            position = end + 2
            continue
        if char == "\\" and position + 1 < len(glob):
            position += 1
            char = glob[position]
            parts.append(f"\\{char}" if not char.isalnum() else char)
        elif char == "-" and parts and position + 1 < len(glob) and glob[position + 1] != "]":
            parts.append("-")
        else:
            parts.append(f"\\{char}" if not char.isalnum() else char)
        position += 1
    return None
