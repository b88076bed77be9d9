"""Offsets of texts as an editor's lines and characters, in the units that were agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from bplint.source import Source
    from bplint.span import Span

UTF8 = types.PositionEncodingKind.Utf8
UTF16 = types.PositionEncodingKind.Utf16
UTF32 = types.PositionEncodingKind.Utf32


class Positions:
    """Converts in one encoding: characters count UTF-8 bytes, UTF-16 units or code points."""

    __slots__ = ("encoding",)

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    def position(self, source: Source, offset: int) -> types.Position:
        """The position of an offset."""
        line, column = source.lines.position(offset)
        start = source.lines.starts[line - 1]
        before = source.text[start : start + column - 1]
        return types.Position(line - 1, self.length(before))

    def length(self, text: str) -> int:
        """How many units a text has."""
        if self.encoding == UTF32 or text.isascii():
            return len(text)
        if self.encoding == UTF8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(char > "\uffff" for char in text)

    def range(self, source: Source, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def offset(self, source: Source, position: types.Position) -> int:
        """The offset of a position; one behind the end of a line means its end."""
        starts = source.lines.starts
        if position.line >= len(starts):
            return len(source.text)
        line = source.lines.line_span(position.line + 1)
        text = source.text[line.start : line.end]
        if self.encoding == UTF32 or text.isascii():
            return min(line.start + position.character, line.end)
        units = 0
        for index, char in enumerate(text):
            if units >= position.character:
                return line.start + index
            units += self.length(char)
        return line.end
