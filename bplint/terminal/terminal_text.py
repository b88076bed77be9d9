"""Text as a terminal shows it: columns of wide characters, tabs, and characters that must not get through."""

from __future__ import annotations

from typing import Final

from bplint.regex import lazy_pattern

TAB_WIDTH: Final = 4
ELLIPSIS: Final = "…"

# what a terminal obeys or what reorders a line: shown as escapes, so that a file cannot forge a report
_BIDIRECTIONAL: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """The text in one line, with escapes in place of control and direction characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character.isprintable() and character not in _BIDIRECTIONAL:
        return character
    code = ord(character)
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if named is not None:
        return named
    if code < 0x100:
        return " " if code == 0xA0 else f"\\x{code:02x}"
    # other characters without a glyph of their own (joiners, spaces, unassigned) do no harm, but these do
    if character in _BIDIRECTIONAL or code in (0x2028, 0x2029) or 0xD800 <= code <= 0xDFFF:
        return f"\\u{code:04x}"
    return character


def cells(text: str) -> list[tuple[str, int]]:
    """What to print for each character of a source line, and how many columns it takes."""
    if text.isascii() and text.isprintable():
        return [(character, 1) for character in text]
    return [_cell(character) for character in text]


def _cell(character: str) -> tuple[str, int]:
    if character == "\t":
        return " " * TAB_WIDTH, TAB_WIDTH
    shown = _visible(character)
    if len(shown) > 1:
        return shown, len(shown)
    return shown, _columns(shown)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    # only lines that are not ASCII need the tables
    import unicodedata

    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_COLOR: Final = lazy_pattern(r"\x1b\[[0-9;]*m")


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(columns for _, columns in cells(text))


class Window:
    """The part of a source line that fits a width, chosen around a place in it."""

    __slots__ = ("_before", "_columns", "_first", "text", "width")

    def __init__(self, line: str, start: int, end: int, width: int) -> None:
        """`start` and `end` are offsets in the line; as much of what lies between is shown as fits."""
        parts = cells(line)
        first, last = _choose(parts, start, end, width)
        shown = "".join(text for text, _ in parts[first:last])
        self._first = first
        self._columns = [columns for _, columns in parts]
        self._before = 1 if first > 0 else 0
        after = ELLIPSIS if last < len(parts) else ""
        self.text = (ELLIPSIS if first > 0 else "") + shown + after
        self.width = self._before + sum(self._columns[first:last]) + len(after)

    def column(self, offset: int) -> int:
        """The column, from 0, at which the character at an offset of the line begins."""
        if offset < self._first:
            return 0
        return min(self._before + sum(self._columns[self._first : offset]), self.width)


def _choose(parts: list[tuple[str, int]], start: int, end: int, width: int) -> tuple[int, int]:
    """First and last character to show; room for the ellipses is kept where the line is cut."""
    if sum(columns for _, columns in parts) <= width:
        return 0, len(parts)
    room = width - 2
    if sum(columns for _, columns in parts[:start]) <= room // 3 or (
        sum(columns for _, columns in parts[:end]) <= room
    ):
        return 0, _forward(parts, 0, room + 1)
    marked = sum(columns for _, columns in parts[start:end])
    lead = min(max(room - marked, room // 4) // 2, 24)
    first = start
    while first > 0 and lead - parts[first - 1][1] >= 0:
        first -= 1
        lead -= parts[first][1]
    last = _forward(parts, first, room)
    if last == len(parts):  # the end of the line is in sight: use the whole width
        room += 1
        while first > 0 and sum(columns for _, columns in parts[first - 1 :]) <= room:
            first -= 1
    return first, last


def _forward(parts: list[tuple[str, int]], first: int, room: int) -> int:
    last = first
    while last < len(parts) and parts[last][1] <= room:
        room -= parts[last][1]
        last += 1
    return last


def clipped(text: str, width: int) -> str:
    """The text cut to a width, with an ellipsis where something is cut."""
    if width_of(text) <= width:
        return text
    shown = ""
    room = width - 1
    for character, columns in cells(text):
        if columns > room:
            break
        shown += character
        room -= columns
    return shown.rstrip() + ELLIPSIS


def wrapped(text: str, width: int, indent: str) -> str:
    """The text broken at spaces into lines of a width, those after the first indented. Colours take no
    columns."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        candidate = f"{current} {word}" if current else word
        room = width if not lines else width - len(indent)
        if current and width_of(_COLOR.sub("", candidate)) > room:
            lines.append(current)
            current = word
        else:
            current = candidate
    lines.append(current)
    return ("\n" + indent).join(lines)
