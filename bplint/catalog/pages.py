"""The text files of a catalogue folder: JSON values, one a line, each decoded when it is asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class DamagedCatalogueError(Exception):
    """A file of the catalogue that is not as `tools/catalog.py` writes it. The text names it."""


class Pages:
    """What is stored for the types or for a plugin, in three files that are read when they are needed.

    heads  what must be known of a file at once, and the names and row numbers of its sections
    rows   the distinct values of all items of all files
    code   the distinct modules of all releases, and which release has which

    Numbers of lines are counted from 0. Raises DamagedCatalogueError.
    """

    __slots__ = ("_code", "_folder", "_heads", "_rows")

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._heads: _Lines | None = None
        self._rows: _Lines | None = None
        self._code: _Lines | None = None

    def head(self, line: int) -> Any:
        if self._heads is None:
            self._heads = _Lines(self._folder, "heads")
        return self._heads.value(line)

    def value(self, line: int) -> Any:
        if self._rows is None:
            self._rows = _Lines(self._folder, "rows")
        return self._rows.value(line)

    def code(self, line: int) -> Any:
        if self._code is None:
            self._code = _Lines(self._folder, "code")
        return self._code.value(line)


class _Lines:
    """The lines of one file, read at once: a file has 10 to 600 KB, and finding a line costs more than that."""

    __slots__ = ("_decode", "_lines", "_path")

    def __init__(self, folder: str, name: str) -> None:
        self._path = os.path.join(folder, name)
        self._decode = _decoder()
        try:
            with open(self._path, "rb") as file:
                self._lines = file.read().split(b"\n")
        except OSError as error:
            raise DamagedCatalogueError(f"{self._path}: {error.strerror}") from error

    def value(self, line: int) -> Any:
        try:
            return self._decode(self._lines[line].decode("ascii"))
        except (IndexError, ValueError, StopIteration) as error:
            raise DamagedCatalogueError(f"{self._path}: line {line + 1} cannot be read") from error


def read_lines(path: str) -> list[str]:
    """The lines of a text file of the catalogue. Raises DamagedCatalogueError."""
    # pathlib is not loaded on the way to here and costs 2 ms
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().split("\n")[:-1]
    except (OSError, ValueError) as error:
        raise DamagedCatalogueError(f"{path}: {error}") from error


def _decoder() -> Callable[[str], Any]:
    """What reads a line. Nearly every run of bplint needs it, and the json package takes 1 ms of start-up
    that its scanner in C does not; the package stands in where an interpreter has no such scanner."""
    try:
        from _json import make_scanner

        options: Any = _ScannerOptions
        scan: Any = make_scanner(options)
        if scan('{"a": [1, 2.5, true, null]}', 0)[0] == {"a": [1, 2.5, True, None]}:
            return lambda text: scan(text, 0)[0]
    except Exception:  # an interpreter's private part: whatever is wrong with it, json reads the line
        pass
    import json

    return json.loads


class _ScannerOptions:
    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = None
