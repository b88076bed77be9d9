"""Where the keys and values of a TOML text stand; `tomllib` reads them and forgets their places."""

from __future__ import annotations

import re
from typing import Any, Final

from bplint.regex import lazy_pattern
from bplint.span import Span

_BLANK: Final = lazy_pattern(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = lazy_pattern(r"[ \t]*")
_BARE: Final = lazy_pattern(r"[A-Za-z0-9_-]+")
_QUOTED: Final = lazy_pattern(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_STRING: Final = lazy_pattern(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_PLAIN: Final = lazy_pattern(r"[^,\]}\n#]+")

Path = tuple[Any, ...]
Places = dict[Path, tuple[Span, Span]]  # path of keys and indexes → (place of the key, of the value)


class _Scanner:
    """Walks a text that `tomllib` has accepted, so that it can be lenient about everything."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: Places = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> Places:
        table: Path = ()
        while True:
            self._skip(_BLANK)
            if self.at >= len(self.text):
                return self.places
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _header(self) -> Path:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        keys, span = self._keys(())
        self.at += 2 if is_list else 1
        path = self._inside_lists(keys)
        if is_list:
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            path = (*path, index)
        self.places[path] = (span, span)
        return path

    def _inside_lists(self, keys: Path) -> Path:
        """The path with the index of the last element after each name of an array of tables."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if path in self.counts and position < len(keys) - 1:
                path = (*path, self.counts[path] - 1)
        return path

    def _keys(self, table: Path) -> tuple[Path, Span]:
        """A dotted key; the span is that of its last part."""
        path = table
        while True:
            self._skip(_SPACE)
            start = self.at
            match = _QUOTED.match(self.text, start) or _BARE.match(self.text, start)
            if match is None:  # not TOML; the text was accepted by tomllib, so this is a bug's way out
                self.at += 1
                return path, Span(start, self.at)
            self.at = match.end()
            name = match[0][1:-1] if match[0][0] in "\"'" else match[0]
            path = (*path, name)
            span = Span(start, self.at)
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return path, span
            self.places.setdefault(path, (span, span))
            self.at += 1

    def _pair(self, table: Path) -> None:
        path, key = self._keys(table)
        self._skip(_SPACE)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self.places[path] = (key, self._value(path))

    def _value(self, path: Path) -> Span:
        start = self.at
        first = self.text[start : start + 1]
        if first in ("[", "{"):
            self.at += 1
            self._items(path, "]" if first == "[" else "}")
            return Span(start, self.at)
        match = (_STRING if first in "\"'" else _PLAIN).match(self.text, start)
        if match is None:
            self.at += 1
            return Span(start, self.at)
        self.at = match.end()
        return Span(start, start + len(match[0].rstrip()))

    def _items(self, path: Path, closing: str) -> None:
        index = 0
        while self.at < len(self.text):
            self._skip(_BLANK)
            if self.text.startswith(closing, self.at):
                self.at += 1
                return
            if self.text.startswith(",", self.at):
                self.at += 1
            elif closing == "}":
                self._pair(path)
            else:
                item = (*path, index)
                span = self._value(item)
                self.places[item] = (span, span)
                index += 1


def places_of(text: str) -> Places:
    """Places of every key and value of a valid TOML text, by their path."""
    return _Scanner(text.replace("\r\n", " \n")).scan()
