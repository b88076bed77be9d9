"""A file's text, decoded once, and the views of its offsets as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from bplint.later import later
from bplint.regex import lazy_pattern
from bplint.span import Span

if TYPE_CHECKING:
    from bplint import source_faults as kinds
    from bplint.fault import Fault
else:
    kinds = later("bplint.source_faults")

MAX_BYTES: Final = 32 * 1024 * 1024

_LINE_BREAK: Final = lazy_pattern(r"\r\n|\r|\n")
_LEGAL_ASCII: Final = bytes([9, 10, 13, *range(32, 127)])
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@cache
def _illegal() -> re.Pattern[str]:
    """What PyYAML's reader does not call printable: refused wherever it stands, also in comments.

    A class of this size takes milliseconds to compile, and most texts are plain ASCII.
    """
    return re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class LineIndex:
    """Lines and columns of offsets, 1-based. A line ends with \\n, \\r\\n or \\r, as editors count them."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Offsets of the first character of every line."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self._text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in code points; an offset outside the text counts as its nearest end."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def position_utf16(self, offset: int) -> tuple[int, int]:
        """Line and column in UTF-16 code units, for editors."""
        line, column = self.position(offset)
        start = self.starts[line - 1]
        before = self._text[start : start + column - 1]
        if before.isascii():
            return line, column
        return line, sum(2 if char > "\uffff" else 1 for char in before) + 1

    def offset(self, line: int, column: int) -> int:
        """Offset of a line and column; columns behind the end of the line mean its end."""
        if line < 1:
            return 0
        if line > len(self.starts):
            return len(self._text)
        span = self.line_span(line)
        return min(span.start + max(column, 1) - 1, span.end)

    def line_span(self, line: int) -> Span:
        """The text of a line without its line break."""
        starts = self.starts
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self._text)
        if line < len(starts):
            end -= 2 if self._text[end - 2 : end] == "\r\n" else 1
        return Span(start, end)


class Source:
    """The text of one file.

    path      its key in a result, as given by the caller
    text      without a byte order mark
    encoding  'utf-8', 'utf-16-le', 'utf-16-be' or 'latin-1' (bytes that are not UTF-8)
    newline   the line break that it uses: the first one, '\\n' where there is none
    root      the tree, once the parser has been here: whoever looks for comments needs it again
    """

    __slots__ = ("encoding", "has_bom", "lines", "newline", "path", "root", "text")

    def __init__(self, path: str, text: str, encoding: str = "utf-8", has_bom: bool = False) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.has_bom = has_bom
        found = _LINE_BREAK.search(text) if "\r" in text else None
        self.newline = found.group() if found else "\n"
        self.lines = LineIndex(text)
        self.root: Any = None

    @staticmethod
    def from_text(path: str, text: str) -> Source:
        """A source from text that was never bytes; a leading U+FEFF is taken for a byte order mark."""
        if text.startswith("\ufeff"):
            return Source(path, text[1:], has_bom=True)
        return Source(path, text)

    @staticmethod
    def from_bytes(path: str, data: bytes) -> tuple[Source, list[Fault]]:
        """Decode the bytes of a file. Always gives a text; what is wrong with the bytes is in the faults."""
        faults: list[Fault] = []
        source = _decode(path, data, faults)
        if source.encoding != "utf-8":
            _check_characters(source, faults)
        elif data.isascii():
            if data.translate(None, _LEGAL_ASCII):
                _check_characters(source, faults)
        else:
            _check_characters(source, faults)
        return source, faults

    def with_text(self, text: str) -> Source:
        """The same file with another text: path, encoding and byte order mark stay."""
        return Source(self.path, text, self.encoding, self.has_bom)

    def to_bytes(self, text: str) -> bytes:
        """The bytes of a changed text, in the encoding and with the byte order mark of this source."""
        return (("\ufeff" if self.has_bom else "") + text).encode(self.encoding, "surrogatepass")


def read_source(path: str, name: str | None = None) -> tuple[Source | None, list[Fault]]:
    """Read a regular file. `name` is what results call it. None, with one fault, where it cannot be read."""
    # os and stat come with every start of Python; pathlib would not
    import os
    import stat

    name = path if name is None else name
    try:
        mode = os.stat(path)
        if not stat.S_ISREG(mode.st_mode):
            return None, [_unreadable(name, _kind_of_file(mode.st_mode), "irregular")]
        if mode.st_size > MAX_BYTES:
            return None, [_too_large(name, mode.st_size)]
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [_unreadable(name, error.strerror or type(error).__name__, type(error).__name__)]
    except ValueError as error:  # a NUL in the path
        return None, [_unreadable(name, str(error), "ValueError")]
    if len(data) > MAX_BYTES:
        return None, [_too_large(name, len(data))]
    return Source.from_bytes(name, data)


def _unreadable(name: str, reason: str, cause: str) -> Fault:
    return kinds.UnreadableFile(name, Span(0, 0), reason=reason, cause=cause)


def _too_large(name: str, size_bytes: int) -> Fault:
    return kinds.FileTooLarge(name, Span(0, 0), size_bytes=size_bytes, limit_bytes=MAX_BYTES)


def _kind_of_file(mode: int) -> str:
    import stat

    if stat.S_ISDIR(mode):
        return "it is a folder"
    if stat.S_ISFIFO(mode):
        return "it is a pipe"
    if stat.S_ISSOCK(mode):
        return "it is a socket"
    return "it is a device"


def _decode(path: str, data: bytes, faults: list[Fault]) -> Source:
    for bom, encoding in _BOMS:
        if not data.startswith(bom):
            continue
        rest = data[len(bom) :]
        if encoding != "utf-8":
            # the manager opens files as UTF-8 and fails on the mark itself
            faults.append(kinds.BadEncoding(path, Span(0, 0), encoding="UTF-16"))
            return Source(path, _decode_utf16(path, rest, encoding, faults), encoding, has_bom=True)
        try:
            return Source(path, rest.decode("utf-8"), has_bom=True)
        except UnicodeDecodeError:
            break
    try:
        return Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        first = error.start
        faults.append(kinds.BadEncoding(path, Span(first, first + 1), byte=data[first]))
        return Source(path, data.decode("latin-1"), "latin-1")


def _decode_utf16(path: str, data: bytes, encoding: str, faults: list[Fault]) -> str:
    if len(data) % 2:
        data = data[:-1]
    return data.decode(encoding, "surrogatepass")


def _check_characters(source: Source, faults: list[Fault]) -> None:
    """One fault for all characters that YAML does not allow, at the first of them."""
    if source.encoding == "latin-1":
        return  # the first wrong byte is already told
    found = _illegal().search(source.text)
    if found is None:
        return
    start = found.start()
    more = sum(1 for _ in _illegal().finditer(source.text, found.end()))
    faults.append(
        kinds.IllegalCharacter(source.path, Span(start, start + 1), character=found.group(), more=more)
    )


def without_illegal(text: str) -> str:
    """The text with every character that YAML does not allow replaced by '?', offsets unchanged."""
    if text.isascii() and not text.encode("ascii").translate(None, _LEGAL_ASCII):
        return text
    return _illegal().sub("?", text)
