"""Functions in node types that nothing is made of yet: what every node template of the type ends in.

The reference parser evaluates functions of node templates only, so a file of types passes it with a
`get_property` of a property that the type does not have; the first template of the type is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.document import Kind
from bplint.later import later
from bplint.model.call_scan import Scanner
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.functions import function_faults as kinds
    from bplint.dsl.functions import Call
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeType
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.functions.function_faults")

_SELF: Final = "SELF"


def check_type_calls(blueprint: Blueprint) -> Iterator[Fault]:
    """Properties that functions of the types of a standalone file read of `SELF` and no such node has."""
    if blueprint.graph.main.document.kind is Kind.BLUEPRINT or len(blueprint.node_templates):
        return
    scanner = Scanner()
    types = list(blueprint.node_types.own())
    for kind in types:
        if not kind.is_complete:
            continue
        for value in _values(kind):
            for call in scanner.scan(value).calls:
                name = _property_of_self(call)
                if name is None or name in kind.properties:
                    continue
                if not any(name in other.own_properties and other.derives_from(kind.name) for other in types):
                    place = call.items[1].span
                    yield kinds.UnknownTypeProperty(kind.path, place, name=name, type=kind)


def _values(kind: NodeType) -> Iterator[Node]:
    for prop in kind.own_properties.values():
        if prop.default is not None:
            yield prop.default
    for operations in kind.own_interfaces.values():
        for operation in operations.values():
            for declared in operation.schema.values():
                if declared.default is not None:
                    yield declared.default


def _property_of_self(call: Call) -> str | None:
    if call.function != "get_property" or len(call.items) < 2 or text_of(call.items[0]) != _SELF:
        return None
    return text_of(call.items[1]) if call.items[1].kind == SCALAR else None
