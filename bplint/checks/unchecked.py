"""How much of a blueprint hangs on imports that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl.builtin_types import BUILT_IN
from bplint.lookup import UNKNOWN
from bplint.model.elements import NodeType, RelationshipType

if TYPE_CHECKING:
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Type
    from bplint.model.interfaces import Interfaces


def count_unchecked(blueprint: Blueprint) -> int:
    """Number of the user's elements of which something is UNKNOWN: node templates and relationships without
    a known type, types with an unread ancestor, a property of an unread type or an operation of an unread
    plugin, and workflows whose mapping names one."""
    count = 0
    for template in blueprint.node_templates.own():
        count += template.type is UNKNOWN
        for relationship in template.relationships:
            count += relationship.type is UNKNOWN or relationship.target is UNKNOWN
    for section in (blueprint.node_types, blueprint.relationships, blueprint.data_types):
        count += sum(not each.is_complete or _hangs_on_unread(each, blueprint) for each in section.own())
    count += sum(workflow.target is UNKNOWN for workflow in blueprint.workflows.own())
    return count


def _hangs_on_unread(kind: Type, blueprint: Blueprint) -> bool:
    """Whether a property of a type or an operation that it has itself leads to what nobody could read."""
    lookup = blueprint.data_types.lookup
    types = {each.type for each in kind.own_properties.values()} - BUILT_IN - {None}
    if any(lookup(name) is UNKNOWN for name in types if name is not None):
        return True
    return any(
        operation.target is UNKNOWN
        for interfaces in _own_interfaces(kind)
        for operations in interfaces.values()
        for operation in operations.values()
    )


def _own_interfaces(kind: Type) -> tuple[Interfaces, ...]:
    if isinstance(kind, NodeType):
        return (kind.own_interfaces,)
    if isinstance(kind, RelationshipType):
        return kind.own_source_interfaces, kind.own_target_interfaces
    return ()
