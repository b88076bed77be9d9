"""The layers that a value or an operation comes from: template, type, its parents, and who overrides whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.language.written import excerpt
from bplint.model.elements import NodeTemplate, NodeType, Operation, Relationship, RelationshipType, Type
from bplint.record import Record
from bplint.syntax.mapping import get_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.language.spot import Spot
    from bplint.model.elements import Element, SchemaProperty
    from bplint.span import Span


class Layer(Record):
    """One layer: `label` who says it, `text` what it says; the first one that gives a value counts. `path`
    and `span` where it stands; of the catalogue the import entry that brings it."""

    label: str
    text: str
    path: str
    span: Span


def layers_of_property(entry: SchemaProperty, spot: Spot, path: str, *, is_given: bool) -> Iterator[Layer]:
    """Who gives a value to a property, the strongest first: what is written at the place in the file `path`
    where it `is_given`, then each type of the lineage that declares it."""
    written = spot.steps[-1].node
    if is_given and spot.is_key:
        yield Layer("written here", excerpt(written), path, written.span)
    owner = entry.owner
    if not isinstance(owner, Type):
        if owner is None:
            yield Layer("declared in", entry.path, entry.path, entry.key.span)
        return
    for kind in owner.lineage():
        own = kind.own_properties.get(entry.name)
        if own is not None:
            text = f"default {excerpt(own.default)}" if own.default is not None else "no default"
            yield Layer(_label(kind), text, own.path, own.key.span)


def layers_of_operation(operation: Operation) -> Iterator[Layer]:
    """Who implements an operation, the strongest first: the template or relationship, its type, the type's
    parents."""
    owner = operation.declared_by
    if operation.overridden is not None or isinstance(owner, (NodeTemplate, Relationship)):
        mapping = get_pair(operation.node, "implementation")
        text = operation.implementation or "nothing"
        if operation.is_inherited:
            text = "the implementation of its type, with inputs or settings of its own"
        node = mapping[1] if mapping is not None else operation.key
        yield Layer("written here", text, operation.path, node.span)
    base = operation.overridden
    kind: Element | None = base.declared_by if base is not None else owner
    for each in kind.lineage() if isinstance(kind, (NodeType, RelationshipType)) else ():
        for interfaces in _own_interfaces(each):
            own = interfaces.get(operation.interface, {}).get(operation.name)
            if own is not None:
                yield Layer(_label(each), own.implementation or "nothing", own.path, own.key.span)


def _own_interfaces(kind: Type) -> list[dict[str, dict[str, Operation]]]:
    if isinstance(kind, NodeType):
        return [kind.own_interfaces]
    if isinstance(kind, RelationshipType):
        return [kind.own_source_interfaces, kind.own_target_interfaces]
    return []


def _label(kind: Type) -> str:
    entry = kind.file.entry
    if not kind.file.is_own and entry is not None:
        return f"type {kind.name} ({entry.answered_by})"
    return f"type {kind.name}"
