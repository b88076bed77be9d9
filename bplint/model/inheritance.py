"""Types and what they inherit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from bplint.lookup import MISSING
from bplint.model.elements import (
    DataType,
    NodeType,
    RelationshipType,
    SchemaProperty,
    Type,
)
from bplint.model.full_names import qualify
from bplint.model.interfaces import inherit_interfaces, read_type_interfaces
from bplint.model.schema_properties import inherit, read_schema
from bplint.syntax.mapping import as_dict, deref, get
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from bplint.imports.merge import Item
    from bplint.model.blueprint import Blueprint, Section
    from bplint.syntax.tree import Node

T = TypeVar("T", bound=Type)

HOST: Final = "cloudify.nodes.Compute"


class TypeBuilder:
    """Makes the types of one blueprint when they are asked for, parents first and without recursion over
    the length of a chain. A type that inherits from itself has the parent MISSING at one place."""

    __slots__ = ("_blueprint", "_open")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._open: set[tuple[str, str]] = set()

    def data_type(self, name: str, item: Item) -> DataType:
        section = self._blueprint.data_types
        found = self._begin("data_types", section, DataType(name, item.key, deref(item.value), item.file))
        self._inherit_properties(found)
        return found

    def node_type(self, name: str, item: Item) -> NodeType:
        section = self._blueprint.node_types
        found = self._begin("node_types", section, NodeType(name, item.key, deref(item.value), item.file))
        self._inherit_properties(found)
        parts = as_dict(found.node)
        parent = found.parent if isinstance(found.parent, NodeType) else None
        found.is_host = HOST in name or (parent is not None and parent.is_host)
        if "runtime_properties" in parts:
            node = parts["runtime_properties"][1]
            found.runtime_properties = read_schema(node, found.file, found, SchemaProperty)
        own = read_type_interfaces(parts.get("interfaces"), found, self._blueprint.targets.resolve)
        found.own_interfaces = own
        found.interfaces = inherit_interfaces({} if parent is None else parent.interfaces, own)
        return found

    def relationship_type(self, name: str, item: Item) -> RelationshipType:
        section = self._blueprint.relationships
        made = RelationshipType(name, item.key, deref(item.value), item.file)
        found = self._begin("relationships", section, made)
        self._inherit_properties(found)
        parts = as_dict(found.node)
        parent = found.parent if isinstance(found.parent, RelationshipType) else None
        resolve = self._blueprint.targets.resolve
        source = read_type_interfaces(parts.get("source_interfaces"), found, resolve)
        target = read_type_interfaces(parts.get("target_interfaces"), found, resolve)
        found.own_source_interfaces, found.own_target_interfaces = source, target
        found.source_interfaces = inherit_interfaces(
            {} if parent is None else parent.source_interfaces, source
        )
        found.target_interfaces = inherit_interfaces(
            {} if parent is None else parent.target_interfaces, target
        )
        return found

    def _begin(self, kind: str, section: Section[T], found: T) -> T:
        broken = self._blueprint.broken
        if broken and (id(found.node) in broken or id(get(found.node, "properties")) in broken):
            found.is_complete = False
        derived_from = parent_name(found.node, found.file.namespace)
        if derived_from is None:
            return found
        self._build_ancestors(kind, section, found.name, derived_from)
        found.derived_from_node = get(found.node, "derived_from")
        found.derived_from = derived_from
        if (kind, derived_from) in self._open or derived_from == found.name:
            found.parent = MISSING
        else:
            found.parent = section.lookup(derived_from)
        has_parent = isinstance(found.parent, Type) and found.parent.is_complete
        found.is_complete = found.is_complete and has_parent
        return found

    def _build_ancestors(self, kind: str, section: Section[T], name: str, parent: str) -> None:
        chain: list[str] = []
        seen = {name}
        current: str | None = parent
        while current is not None and current not in seen and not section.is_built(current):
            item = section.item(current)
            if item is None or (kind, current) in self._open:
                break
            seen.add(current)
            chain.append(current)
            current = parent_name(deref(item.value), item.file.namespace)
        self._open.update((kind, other) for other in (name, *chain))
        for ancestor in reversed(chain):
            section.lookup(ancestor)
            self._open.discard((kind, ancestor))
        self._open.discard((kind, name))

    def _inherit_properties(self, found: Type) -> None:
        found.own_properties = read_schema(get(found.node, "properties"), found.file, found, SchemaProperty)
        base = found.parent.properties if isinstance(found.parent, Type) else {}
        found.properties = inherit(base, found.own_properties)


def parent_name(node: Node, namespace: str | None) -> str | None:
    """Full name of the type that a type is derived from, or None."""
    written = get(node, "derived_from")
    text = text_of(written) if written is not None else None
    return None if text is None else qualify(text, namespace)
