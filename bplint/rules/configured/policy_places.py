"""The values that a policy looks at: what is written at a place, or what a type fills in there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.dsl.functions import call_of
from bplint.model.elements import NodeTemplate, Relationship, RelationshipType
from bplint.model.plan_properties import Miss, Value, property_of
from bplint.record import Record
from bplint.rules.configured.policy_entry import ANY
from bplint.syntax.mapping import deref, is_null, pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element
    from bplint.syntax.tree import Node


class Found(Record):
    """A value at a policy's place. `shown` is where to point: the value, or the key of the element whose
    type fills it in. `key` is the key that it is written under, None for items and for what is filled in."""

    node: Node
    shown: Node
    key: Node | None = None


class PolicyPlaces:
    """What stands at a place of an element: `found`, and whether it `is_certain` that nothing else does:
    a function's value, an unread import and a block set aside after a syntax error may hold more."""

    __slots__ = ("found", "is_certain")

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.is_certain = True

    def descend(self, node: Node, parts: Sequence[str], key: Node | None = None) -> None:
        """Collect what stands at `parts` below a node."""
        node = deref(node)
        if not parts:
            self.found.append(Found(node, node, key))
            return
        if call_of(node) is not None:
            self.is_certain = False
            return
        for at, value in _below(node, parts[0]):
            self.descend(value, parts[1:], at)


def _below(node: Node, part: str) -> Iterator[tuple[Node | None, Node]]:
    if node.kind == MAPPING:
        for key, value in pairs(node):
            name = deref(key)
            if part == ANY or (name.kind == SCALAR and part in (name.text, value_of(name))):
                yield name, value
    elif node.kind == SEQUENCE:
        for index, item in enumerate(node.items or ()):
            if part in (ANY, str(index)):
                yield None, item


def places_in(element: Element, at: Sequence[str], blueprint: Blueprint) -> PolicyPlaces:
    """What stands at a place of an element. Where a node template or a relationship leaves a property to
    its type, the type's default counts."""
    places = PolicyPlaces()
    places.descend(element.node, at)
    if places.found:
        return places
    if element.file.document.holes:
        places.is_certain = False
    if len(at) > 1 and at[0] == "properties" and ANY not in at:
        if isinstance(element, NodeTemplate):
            _add_effective(places, element, at[1:], blueprint)
        elif isinstance(element, Relationship):
            _add_default(places, element, at[1:])
    return places


def _add_effective(
    places: PolicyPlaces, template: NodeTemplate, path: Sequence[str], blueprint: Blueprint
) -> None:
    value: Any = property_of(template, [int(part) if part.isdigit() else part for part in path], blueprint)
    if isinstance(value, Value):
        if value.node is None or value.through is not None:
            places.is_certain = False
        else:
            places.found.append(Found(value.node, template.key))
    elif not isinstance(value, Miss):  # a type that is not known may fill it in
        places.is_certain = False


def _add_default(places: PolicyPlaces, relationship: Relationship, path: Sequence[str]) -> None:
    kind = relationship.type
    if not isinstance(kind, RelationshipType) or not kind.is_complete:
        places.is_certain = False
        return
    declared = kind.properties.get(path[0])
    if declared is not None and declared.default is not None:
        inner = PolicyPlaces()
        inner.descend(declared.default, path[1:])
        places.found += [found._replace(shown=relationship.key, key=None) for found in inner.found]


def has_function(node: Node) -> bool:
    """Whether a value, or a part of it, is what an intrinsic function gives."""
    open_nodes = [node]
    while open_nodes:
        current = deref(open_nodes.pop())
        if current.kind == SCALAR:
            continue
        if call_of(current) is not None:
            return True
        if current.kind == SEQUENCE:
            open_nodes += current.items or ()
        else:
            open_nodes += [value for _, value in pairs(current)]
    return False


def is_absent(node: Node) -> bool:
    """Whether a value is null, which `required` does not take for a value."""
    return is_null(node)
