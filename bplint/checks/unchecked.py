"""How much of a blueprint hangs on imports that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.lookup import UNKNOWN

if TYPE_CHECKING:
    from bplint.model.blueprint import Blueprint


def count_unchecked(blueprint: Blueprint) -> int:
    """Number of the user's elements of which something is UNKNOWN: node templates and relationships without
    a known type, types with an unread ancestor, workflows whose mapping names an unread plugin."""
    count = 0
    for template in blueprint.node_templates.own():
        count += template.type is UNKNOWN
        for relationship in template.relationships:
            count += relationship.type is UNKNOWN or relationship.target is UNKNOWN
    for section in (blueprint.node_types, blueprint.relationships, blueprint.data_types):
        count += sum(not each.is_complete for each in section.own())
    count += sum(workflow.target is UNKNOWN for workflow in blueprint.workflows.own())
    return count
