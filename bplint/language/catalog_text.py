"""A file of the catalogue as a text that people can read: the facts, written as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.document import FactsDocument
from bplint.model.elements import (
    DataType,
    Input,
    NodeType,
    Operation,
    Plugin,
    PolicyTrigger,
    PolicyType,
    RelationshipType,
    SchemaProperty,
    Workflow,
)
from bplint.source import Source
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.catalog.facts import Facts
    from bplint.model.elements import Element

Path = tuple[str, ...]

_SECTIONS: tuple[tuple[type[Element] | Any, str], ...] = (
    (NodeType, "node_types"),
    (RelationshipType, "relationships"),
    (DataType, "data_types"),
    (Plugin, "plugins"),
    (Workflow, "workflows"),
    (PolicyTrigger, "policy_triggers"),
    (PolicyType, "policy_types"),
    (Input, "inputs"),
)


class CatalogText:
    """The text, its source, and the places of its items: `spans` has the place of each key by its path."""

    __slots__ = ("_offset", "_parts", "source", "spans", "text")

    def __init__(self, facts: Facts) -> None:
        self.spans: dict[Path, Span] = {}
        self._parts: list[str] = []
        self._offset = 0
        self._write(f"# {facts.label}: facts of the catalogue of bplint, not the file as it was published\n")
        if facts.version is not None:
            self._write(f"tosca_definitions_version: {facts.version}\n")
        for section, names in facts.sections.items():
            self._write("\n")
            self._write_pairs({name: facts.value(section, name) for name in names}, 1, (section,), section)
        self.text = "".join(self._parts)
        self.source = Source(facts.label, self.text)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._offset += len(text)

    def _write_pairs(self, value: dict[Any, Any], depth: int, path: Path, title: str | None = None) -> None:
        if title is not None:
            self._write_key(title, 0, path)
            self._write("\n")
        for key, item in value.items():
            below = (*path, str(key))
            self._write_key(str(key), depth, below)
            self._write_value(item, depth, below)

    def _write_key(self, key: str, depth: int, path: Path) -> None:
        self._write("  " * depth)
        written = _scalar(key)
        self.spans[path] = Span(self._offset, self._offset + len(written))
        self._write(f"{written}:")

    def _write_value(self, value: Any, depth: int, path: Path) -> None:
        if isinstance(value, dict) and value:
            self._write("\n")
            self._write_pairs(value, depth + 1, path)
        elif isinstance(value, list) and value and all(not isinstance(item, (dict, list)) for item in value):
            self._write("\n")
            for item in value:
                self._write("  " * (depth + 1) + f"- {_scalar(item)}\n")
        else:
            self._write(f" {_scalar(value)}\n")


def _scalar(value: Any) -> str:
    """A value in YAML's flow style; texts are quoted where they could be anything else."""
    import json  # only where a text of the catalogue is shown

    if isinstance(value, str):
        plain = value.replace(".", "").replace("_", "").replace("-", "").replace("/", "")
        is_word = plain.isalnum() and plain.isascii() and not plain[:1].isdigit()
        if is_word and value[0].isalpha() and value.lower() not in _WORDS:
            return value
    return json.dumps(value, ensure_ascii=False, default=str)


_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


def is_of_catalog(element: Element) -> bool:
    """Whether an element comes from the catalogue or an archive and has no place of its own."""
    return isinstance(element.file.document, FactsDocument)


def catalog_path(element: Element) -> Path | None:
    """The path of an element in the text of its file, or None where it has none."""
    if isinstance(element, SchemaProperty) and element.owner is not None:
        return _below_owner(element, element.owner)
    if isinstance(element, Operation):
        owner = element.declared_by
        base = catalog_path(owner) if owner is not None else None
        if base is None:
            return None
        side = _side_of(element, owner)
        return (*base, side, element.interface, element.name)
    for kind, section in _SECTIONS:
        if isinstance(element, kind):
            return (section, element.key.text or element.name)
    return None


def _below_owner(element: SchemaProperty, owner: Element) -> Path | None:
    base = catalog_path(owner)
    if base is None:
        return None
    if isinstance(owner, Operation):
        return (*base, "inputs", element.name)
    if isinstance(owner, (Workflow, PolicyTrigger)):
        return (*base, "parameters", element.name)
    if isinstance(owner, NodeType) and owner.runtime_properties.get(element.name) is element:
        return (*base, "runtime_properties", element.name)
    return (*base, "properties", element.name)


def _side_of(operation: Operation, owner: Element | None) -> str:
    if isinstance(owner, RelationshipType):
        source = owner.own_source_interfaces.get(operation.interface, {})
        is_source = source.get(operation.name) is operation
        return "source_interfaces" if is_source else "target_interfaces"
    return "interfaces"
