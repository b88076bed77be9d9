"""What must be known of a file before any of its items: its version gates and the names that it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.catalog.facts import Facts, Gate, Need
from bplint.dsl.builtin_types import BUILT_IN, OBJECT_BASED
from bplint.dsl.language import blueprint
from bplint.dsl.shape import FIXED, LIST_OF, MAPPING_OF, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bplint.dsl.versions import Version

BASIC_TYPE: Final = "cloudify.nodes.Root"
_BASE_SECTIONS: Final = ("node_types", "relationships", "data_types")
_MAIN_FILE_ONLY: Final = frozenset(("dsl_definitions",))  # an import may have it in every version


def is_basic_types(content: Mapping[str, Any]) -> bool:
    """Whether the file counts as Cloudify's basic types (reference parser, `is_cloudify_basic_types`)."""
    node_types = content.get("node_types")
    return isinstance(node_types, dict) and BASIC_TYPE in node_types


def gates_of(content: Mapping[str, Any]) -> list[Gate]:
    """The first use of every feature that not every version of the language has."""
    found: dict[tuple[Version, str], Gate] = {}
    for gate in _gates(blueprint(), content, ""):
        if gate.path not in _MAIN_FILE_ONLY:
            found.setdefault((gate.version, gate.feature), gate)
    return sorted(found.values(), key=lambda gate: (gate.version, gate.feature))


def unknown_keys_of(content: Mapping[str, Any]) -> list[str]:
    """Top-level keys that the reference parser refuses (code 1)."""
    known = blueprint().keys
    return [name for name in content if name not in known]


def needs_of(content: Mapping[str, Any]) -> list[Need]:
    """Parents and data types that the file names and does not define, each at its first use."""
    found: dict[tuple[str, str], Need] = {}
    for need in (*_parents(content), *_data_types(blueprint(), content, "")):
        defined = content.get(need.section)
        if not isinstance(defined, dict) or need.name not in defined:
            found.setdefault((need.section, need.name), need)
    return sorted(found.values(), key=lambda need: (need.section, need.name))


def _gates(shape: Shape, value: Any, path: str) -> Iterator[Gate]:
    if shape.check == "type" and isinstance(value, str):
        version = OBJECT_BASED.get(value)
        if version is not None:
            yield Gate(version, value, path)
    for inner, item, name, since in _inside(shape, value):
        below = f"{path}.{name}" if path else name
        if since is not None:
            yield Gate(since, name, below)
        yield from _gates(inner, item, below)


def _data_types(shape: Shape, value: Any, path: str) -> Iterator[Need]:
    if shape.check == "type" and isinstance(value, str) and value not in BUILT_IN:
        yield Need("data_types", value, path)
    for inner, item, name, _ in _inside(shape, value):
        yield from _data_types(inner, item, f"{path}.{name}" if path else name)


def _inside(shape: Shape, value: Any) -> Iterator[tuple[Shape, Any, str, Version | None]]:
    if shape.kind == FIXED and isinstance(value, dict):
        for name, item in value.items():
            key = shape.keys.get(name)
            if key is not None:
                yield key.shape, item, name, key.since
    elif shape.kind == MAPPING_OF and isinstance(value, dict) and shape.item is not None:
        for name, item in value.items():
            yield shape.item, item, str(name), None
    elif shape.kind == LIST_OF and isinstance(value, list) and shape.item is not None:
        for index, item in enumerate(value):
            yield shape.item, item, f"[{index}]", None


def _parents(content: Mapping[str, Any]) -> Iterator[Need]:
    for section in _BASE_SECTIONS:
        items = content.get(section)
        for name, item in items.items() if isinstance(items, dict) else ():
            base = item.get("derived_from") if isinstance(item, dict) else None
            if isinstance(base, str):
                yield Need(section, base, f"{section}.{name}.derived_from")


class HeldRows:
    """Values that are at hand."""

    __slots__ = ("_values",)

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def value(self, row: int) -> Any:
        return self._values[row]

    def code(self, row: int) -> Any:
        """A file at hand has no recorded modules."""
        raise KeyError(row)

    def words(self, row: int) -> frozenset[str]:
        from bplint.catalog.content import words_in  # only where releases are compared

        return frozenset(words_in(repr(self._values[row])))


def facts_of(label: str, content: Mapping[str, Any]) -> Facts:
    """Facts of a file at hand, such as a plugin.yaml inside an archive."""
    values: list[Any] = []
    facts = Facts(label, HeldRows(values))
    version = content.get("tosca_definitions_version")
    facts.version = version if isinstance(version, str) else None
    facts.gates = gates_of(content)
    facts.needs = needs_of(content)
    facts.unknown_keys = unknown_keys_of(content)
    facts.imports = imports_of(content)
    facts.is_basic_types = is_basic_types(content)
    for section, items in sections_of(content):
        rows: dict[str, int] = {}
        for name, value in items.items():
            if isinstance(name, str):
                rows[name] = len(values)
                values.append(value)
        facts.sections[section] = rows
    return facts


def imports_of(content: Mapping[str, Any]) -> list[str]:
    """The imports of a file, as written."""
    found = content.get("imports")
    entries = found if isinstance(found, list) else ()
    texts = (next(iter(entry), None) if isinstance(entry, dict) else entry for entry in entries)
    return [text for text in texts if isinstance(text, str)]


NOT_MERGED: Final = frozenset(
    ("tosca_definitions_version", "imports", "dsl_definitions", "metadata", "description")
)


def sections_of(content: Mapping[str, Any]) -> Iterable[tuple[str, dict[Any, Any]]]:
    """The sections of a file that are merged, with their items."""
    for section, items in content.items():
        if section not in NOT_MERGED and isinstance(items, dict):
            yield section, items
