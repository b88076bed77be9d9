"""The place that is being typed at, in a text that need not parse: a mark is set there, and the block around
it is read alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.language.spot import Spot, spots_of
from bplint.regex import lazy_pattern
from bplint.source import Source
from bplint.syntax.parser import parse
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.syntax.tree import Node

MARK: Final = "\ue000"  # a character that nobody types

_TOP_LEVEL: Final = lazy_pattern(r"^[^\s#\-\]}].*$", re.MULTILINE)


class TypingPlace:
    """spot      the place in a tree of the block around it, with the mark in its text
    prefix    what is typed of the word already
    start, end  what a completion replaces, in the whole text
    is_own_line  nothing but blanks and dashes stands before the word in its line
    """

    __slots__ = ("end", "is_own_line", "prefix", "spot", "start")

    def __init__(self, spot: Spot, offset: int, before: str) -> None:
        self.spot = spot
        prefix, _, suffix = (spot.node.text or "").partition(MARK)
        self.prefix = prefix
        self.start = offset - len(prefix)
        self.end = offset + len(suffix.partition("\n")[0])
        self.is_own_line = not before[: len(before) - len(prefix)].strip(" -\t\"'")


def typing_place(text: str, offset: int) -> TypingPlace | None:
    """What is being typed at an offset; None in comments and where nothing can be made of the text."""
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset]
    if _is_comment(before):
        return None
    for piece, place in _pieces(text, offset, line_start):
        for inserted in (MARK, f"{MARK}:", *_closed(before)):
            rest = piece[place:]
            if inserted not in (MARK, f"{MARK}:"):
                rest = rest[rest.find("\n") :] if "\n" in rest else ""
            elif inserted != MARK and rest.partition("\n")[0].strip():
                continue
            found = _find(piece[:place] + inserted + rest)
            if found is not None:
                return TypingPlace(found, offset, before)
    return None


def _is_comment(before: str) -> bool:
    stripped = before.lstrip()
    return stripped.startswith("#") or (" #" in before and '"' not in before and "'" not in before)


def _find(text: str) -> Spot | None:
    root = parse(Source("", text)).root
    if root is None or root.kind == SCALAR:
        return _alone(root)
    for spot in spots_of(root):
        if MARK in (spot.node.text or ""):
            return spot
    return None


def _alone(root: Node | None) -> Spot | None:
    """A file that holds nothing but a word."""
    return Spot(root, [], False) if root is not None and MARK in (root.text or "") else None


def _closed(before: str) -> Iterator[str]:
    """The mark with the brackets closed that the line opens before it."""
    closers: list[str] = []
    quote = ""
    for char in before:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "[{":
            closers.append("]" if char == "[" else "}")
        elif char in "]}" and closers:
            closers.pop()
    if closers or quote:
        tail = quote + "".join(reversed(closers))
        yield f"{MARK}{tail}"
        yield f"{MARK}: x{tail}" if not quote else f"{MARK}{tail}"


def _pieces(text: str, offset: int, line_start: int) -> Iterator[tuple[str, int]]:
    """Parts of the text that hold the place, with its offset in them: the item of a section, the section,
    the whole. A small part is read quickly, whatever is wrong elsewhere."""
    head = end = None
    for found in _TOP_LEVEL.finditer(text):
        if found.start() <= line_start:
            head = found
        else:
            end = found.start()
            break
    if head is None or head.start() == line_start:
        yield text, offset
        return
    section_end = end if end is not None else len(text)
    first = head.end() + 1
    cut = _item(text, first, line_start, section_end)
    if cut is not None:
        start, stop = cut
        top = text[head.start() : first]
        yield top + text[start:stop], len(top) + offset - start
    yield text[head.start() : section_end], offset - head.start()
    yield text, offset


def _item(text: str, first: int, line_start: int, end: int) -> tuple[int, int] | None:
    """The lines of the item of a section that a line lies in: from one at the least indentation to the
    next one."""
    indent: int | None = None
    start: int | None = None
    position = first
    while position < end:
        line_end = text.find("\n", position, end)
        line_end = end if line_end < 0 else line_end
        line = text[position:line_end]
        stripped = line.lstrip(" ")
        if stripped and not stripped.startswith("#"):
            depth = len(line) - len(stripped)
            if indent is None:
                indent = depth
            if stripped.startswith("- ") or depth < indent:
                return None
            if depth == indent:
                if position > line_start:
                    return (start, position) if start is not None else None
                start = position
        position = line_end + 1
    return (start, end) if start is not None else None
