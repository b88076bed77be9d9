"""Entries of an `imports` list: their shape, their namespace, their properties.

Facts from dsl_parser (elements/imports.py): only the main file's list is checked. In an imported file the
list is read as it comes, so that a mapping in its place works by its keys and other shapes crash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC, Reference
from bplint.imports.graph import ImportEntry
from bplint.later import later
from bplint.syntax.mapping import deref, is_mapping, is_null, is_set, pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE, Node

if TYPE_CHECKING:
    from bplint.dsl.versions import Version
    from bplint.fault import Fault
    from bplint.imports import import_faults as kinds
    from bplint.imports.graph import ImportedFile
    from bplint.span import Span
else:
    kinds = later("bplint.imports.import_faults")

DELIMITER: Final = "--"
REMOTE: Final = ("http", "https", "file", "ftp", "plugin", "blueprint")

FORMAT: Final = "DSLParsingFormatException"


def split_namespace(text: str) -> tuple[str | None, str]:
    """Namespace and location of an entry: it is cut at the last `--`; nothing in front means no namespace."""
    namespace, _, location = text.rpartition(DELIMITER)
    return namespace or None, location


def join_namespace(outer: str | None, inner: str | None) -> str | None:
    """The full namespace of what a file under `outer` imports under `inner`."""
    if outer and inner:
        return f"{outer}{DELIMITER}{inner}"
    return outer or inner


def scheme_of(location: str) -> str | None:
    """What stands before the first colon if it makes the location remote, else None."""
    scheme = location.partition(":")[0]
    return scheme if scheme in REMOTE and ":" in location else None


def parse_entries(
    file: ImportedFile, is_main: bool, version: Version | None
) -> tuple[list[ImportEntry], list[Fault]]:
    """The legal entries of a file, in order, and what is wrong with the others.

    version  of the main file; None where it is not known
    """
    pair = file.document.sections.get("imports")
    if pair is None:
        return [], []
    reader = _EntryReader(file, is_main, version)
    reader.read(pair[0], deref(pair[1]))
    return reader.entries, reader.faults


class _EntryReader:
    def __init__(self, file: ImportedFile, is_main: bool, version: Version | None) -> None:
        self.file = file
        self.is_main = is_main
        self.version = version
        self.entries: list[ImportEntry] = []
        self.faults: list[Fault] = []
        self._first: dict[str, Node] = {}

    def read(self, key: Node, value: Node) -> None:
        if value.kind == SEQUENCE:
            for item in value.items or ():
                self._entry(deref(item), item)
        elif value.kind == MAPPING and not self.is_main:
            for name, _ in pairs(value):
                self._entry(deref(name), name)
        elif is_null(value):
            reference = Reference("TypeError", None)
            self._tell(kinds.ImportsNotAList(*self._at(key), reference=reference, found="nothing"))
        else:
            reference = _shape_error(value)
            if not self.is_main:
                content = value_of(value)
                if content == b"":
                    return
                reference = Reference("AttributeError" if isinstance(content, bytes) else "TypeError", None)
                if isinstance(content, str):
                    reference = Reference(LOGIC, 13)
            found = "a mapping" if value.kind == MAPPING else "a single value"
            self._tell(kinds.ImportsNotAList(*self._at(value), reference=reference, found=found))

    def _entry(self, item: Node, place: Node) -> None:
        if item.kind == SCALAR and isinstance(value_of(item), str):
            self._add(item, item.text or "", place, None)
        elif is_mapping(item):
            self._mapping(item, place)
        else:
            reference = Reference("AttributeError", None)
            if self.is_main:
                reference = Reference(FORMAT, 220) if is_null(item) else _shape_error(item)
            self._tell(kinds.BadImportEntry(*self._at(place), reference=reference, wrong="shape"))

    def _mapping(self, item: Node, place: Node) -> None:
        entry = pairs(item)
        for name, properties in entry:
            self._properties(deref(name), deref(properties))
        if not entry or (self.is_main and len(entry) != 1):
            reference = Reference("IndexError", None)
            if self.is_main:  # the shape of keys and values comes before their number
                reference = Reference(FORMAT, 220 if all(map(_is_entry, entry)) else 1)
            count = len(entry)
            self._tell(
                kinds.BadImportEntry(*self._at(place), reference=reference, wrong="count", count=count)
            )
            return
        key, value = deref(entry[0][0]), deref(entry[0][1])
        if not isinstance(value_of(key), str):
            reference = _key_error(key) if self.is_main else Reference("AttributeError", None)
            self._tell(kinds.BadImportEntry(*self._at(key), reference=reference, wrong="name"))
        elif is_mapping(value):
            self._add(key, key.text or "", place, value)
        elif is_null(value):
            self._add(key, key.text or "", place, None)
        elif self.is_main:
            reference = _shape_error(value)
            self._tell(kinds.BadImportEntry(*self._at(value), reference=reference, wrong="properties"))
        else:
            self._add(key, key.text or "", place, None)

    def _properties(self, key: Node, value: Node) -> None:
        if not self.is_main or not is_mapping(value):
            return
        if self.version is not None and self.version < (1, 5):
            self._tell(kinds.ImportPropertiesVersion(*self._at(key), version=self.version))
        for name, given in pairs(value):
            name, found = deref(name), deref(given)
            if not isinstance(value_of(name), str):
                place, error = self._at(name), _key_error(name)
                self._tell(kinds.BadImportProperty(*place, reference=error, name=name.text, wrong="name"))
            if not is_property_value(found):
                error = _shape_error(found)
                reference = error if error.code is None else None
                place = self._at(given)
                self._tell(
                    kinds.BadImportProperty(*place, reference=reference, name=name.text, wrong="value")
                )

    def _add(self, node: Node, text: str, place: Node, properties: Node | None) -> None:
        # an entry that comes through an alias is shown where the alias stands
        entry = ImportEntry(place if place.kind == ALIAS else node, text, self.file)
        entry.properties = properties
        entry.namespace, entry.location = split_namespace(text)
        first = self._first.setdefault(text, entry.node)
        if first is not entry.node:
            kind = kinds.DuplicateImport if self.is_main else kinds.RepeatedImport
            self._tell(kind(*self._at(entry.node), text=text, first=first))
            return
        self.entries.append(entry)

    def _at(self, node: Node) -> tuple[str, Span]:
        return self.file.document.path, node.span

    def _tell(self, fault: Fault) -> None:
        self.faults.append(fault)


def _is_entry(pair: tuple[Node, Node]) -> bool:
    """Whether a pair is a location with its properties, or without any."""
    key, value = deref(pair[0]), deref(pair[1])
    return isinstance(value_of(key), str) and (value.kind == MAPPING or is_null(value))


def _shape_error(node: Node) -> Reference:
    """What a wrong shape ends in: words fail the reference parser where it meets a date."""
    is_odd = node.kind == SCALAR and not isinstance(value_of(node), (str, int, float, type(None)))
    return Reference("ValueError", None) if is_odd or is_set(node) else Reference(FORMAT, 1)


def _key_error(key: Node) -> Reference:
    """The same for a key; as a key, words fail it for a null too."""
    return Reference("ValueError", None) if is_null(key) else _shape_error(key)


def is_property_value(node: Node) -> bool:
    """String, number, boolean, list, or a call of an intrinsic function."""
    if node.kind == SEQUENCE:
        return True
    if node.kind == SCALAR:
        return isinstance(value_of(node), (str, int, float, bool))
    # functions: only for the few entries that have properties
    from bplint.dsl.functions import call_of

    return call_of(node) is not None
