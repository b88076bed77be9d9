"""The order in which a plan is evaluated when a deployment is made: node by node, and in a node its
properties in the order of its type's schema, then its operations; then everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl.functions import AT_RUN, FUNCTIONS, call_of
from bplint.model.elements import NodeType

if TYPE_CHECKING:
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate, Type
    from bplint.model.scan_places import ScanPlace
    from bplint.syntax.tree import Node


class EvaluationOrder:
    """Answers what is evaluated before what. Positions are worked out when they are first asked for."""

    __slots__ = ("_blueprint", "_positions")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._positions: dict[str, int] | None = None

    def is_read_too_early(self, value: Node, template: NodeTemplate, name: str, place: ScanPlace) -> bool:
        """Whether the function `value`, in property `name` of `template`, is still a function when a call
        in `place` reads a part of it."""
        call = call_of(value)
        if call is not None and FUNCTIONS[call.function].at == AT_RUN:
            return True
        if place.template is None:
            return False
        if place.template is not template:
            return self._position(template.name) > self._position(place.template.name)
        if (
            place.written.name is None
            or place.written.name == name
            or not isinstance(template.type, NodeType)
        ):
            return False
        order = schema_order(template.type)
        if name not in order or place.written.name not in order:
            return False
        return order.index(name) > order.index(place.written.name)

    def _position(self, name: str) -> int:
        if self._positions is None:
            names = self._blueprint.node_templates.names()
            self._positions = {entry: position for position, entry in enumerate(names)}
        return self._positions.get(name, 0)


def schema_order(kind: Type) -> list[str]:
    """Names of a type's properties as the reference parser orders them: its own, then its parent's."""
    found: dict[str, None] = {}
    for entry in kind.lineage():
        for name in entry.own_properties:
            found.setdefault(name)
    return list(found)
