"""What is known of a file that is not the user's, and the text files of the catalogue that hold it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.catalog.head import HeldRows
    from bplint.catalog.releases import History, Release
    from bplint.dsl.versions import Version


class Gate:
    """The file uses something that the language has from `version` on.

    feature  the key or the type, as written
    path     where its first use is: `node_types.acme.Server.properties.size.required`
    """

    __slots__ = ("feature", "path", "version")

    def __init__(self, version: Version, feature: str, path: str) -> None:
        self.version = version
        self.feature = feature
        self.path = path


class Need:
    """The file names something that it does not define itself. `path` is where its first use is."""

    __slots__ = ("name", "path", "section")

    def __init__(self, section: str, name: str, path: str) -> None:
        self.section = section
        self.name = name
        self.path = path


class Facts:
    """A file's sections by name, with what must be known of it at once.

    label           for messages: 'cloudify-aws-plugin 3.2.4'
    version         text of its tosca_definitions_version, or None
    gates           one for each version and feature that it uses
    needs           names from elsewhere that the reference parser looks up whether they are used or not
    unknown_keys    top-level keys that the language does not have
    imports         what it imports itself, as written
    release         the release of a published plugin that it is a file of, else None; history: all of them
    is_basic_types  it defines cloudify.nodes.Root
    sections        section → name → what `value` finds it by; in the order of the file
    """

    __slots__ = (
        "_rows",
        "gates",
        "history",
        "imports",
        "is_basic_types",
        "label",
        "needs",
        "release",
        "sections",
        "unknown_keys",
        "version",
    )

    def __init__(self, label: str, rows: Pages | HeldRows) -> None:
        self.label = label
        self.version: str | None = None
        self.gates: list[Gate] = []
        self.needs: list[Need] = []
        self.unknown_keys: list[str] = []
        self.imports: list[str] = []
        self.is_basic_types = False
        self.release: Release | None = None
        self.history: History | None = None
        self.sections: dict[str, dict[str, int]] = {}
        self._rows = rows

    def value(self, section: str, name: str) -> Any:
        """The Python value of an item. Raises KeyError where there is none."""
        return self._rows.value(self.sections[section][name])

    def modules(self) -> dict[str, int]:
        """The recorded Python modules of the release, with what `module` finds them by; empty where none are
        recorded."""
        place = self.release.code if self.release is not None else None
        if place is None:
            return {}
        names, rows = (self._rows.code(at) for at in self._rows.code(place))
        return dict(zip(names, rows, strict=True))

    def former_packages(self) -> set[str]:
        """The top-level packages of all recorded releases of the plugin."""
        if self.history is None:
            return set()
        found: set[str] = set()
        for release in self.history:
            if release.code is not None:
                names, _ = self._rows.code(release.code)
                found |= {name.partition(".")[0] for name in self._rows.code(names)}
        return found

    def module(self, place: int) -> Any:
        """A recorded module: its functions with their arguments, its classes, names and stars."""
        return self._rows.code(place)

    def words(self, section: str, name: str) -> frozenset[str]:
        """Everything in the text of an item that can be a name. Raises KeyError where there is none."""
        return self._rows.words(self.sections[section][name])


class DamagedCatalogueError(Exception):
    """A file of the catalogue that is not as `tools/catalog.py` writes it. The text names it."""


class Pages:
    """What is stored for the types or for a plugin, in three files that are read when they are needed.

    heads  what must be known of a file at once, and the names and row numbers of its sections
    rows   the distinct values of all items of all files
    code   the distinct modules of all releases, and which release has which

    A value is found by the offset of its line in bytes. Raises DamagedCatalogueError.
    """

    __slots__ = ("_code", "_folder", "_heads", "_rows", "_words")

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._heads: _FactsBlob | None = None
        self._rows: _FactsBlob | None = None
        self._code: _FactsBlob | None = None
        self._words: dict[int, frozenset[str]] = {}

    def head(self, offset: int) -> Any:
        if self._heads is None:
            self._heads = _FactsBlob(self._folder, "heads")
        return self._heads.value(offset)

    def value(self, offset: int) -> Any:
        if self._rows is None:
            self._rows = _FactsBlob(self._folder, "rows")
        return self._rows.value(offset)

    def words(self, offset: int) -> frozenset[str]:
        """Everything in the text of a value of `rows` that can be a name."""
        found = self._words.get(offset)
        if found is None:
            from bplint.catalog.content import words_in  # only where releases are compared

            self.value(offset)
            assert self._rows is not None
            found = self._words[offset] = frozenset(words_in(self._rows.text(offset)))
        return found

    def code(self, offset: int) -> Any:
        if self._code is None:
            self._code = _FactsBlob(self._folder, "code")
        return self._code.value(offset)


class _FactsBlob:
    """A file of lines, each found by the offset of its first byte: splitting a file into lines would take
    longer than all else that is done with it."""

    __slots__ = ("_bytes", "_decode", "_path")

    def __init__(self, folder: str, name: str) -> None:
        self._path = os.path.join(folder, name)
        self._decode = _decoder()
        try:
            with open(self._path, "rb") as file:
                self._bytes = file.read()
        except OSError as error:
            raise DamagedCatalogueError(f"{self._path}: {error.strerror}") from error

    def text(self, offset: int) -> str:
        """The line as it is written."""
        if offset and self._bytes[offset - 1] != 10:
            raise ValueError
        return self._bytes[offset : self._bytes.index(b"\n", offset)].decode("ascii")

    def value(self, offset: int) -> Any:
        try:
            return self._decode(self.text(offset))
        except (IndexError, ValueError, StopIteration) as error:
            raise DamagedCatalogueError(f"{self._path}: there is nothing to read at byte {offset}") from error


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
