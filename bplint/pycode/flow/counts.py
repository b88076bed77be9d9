"""How many instances the nodes of a blueprint may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate
    from bplint.syntax.tree import Node

SCALING_POLICY: Final = "cloudify.policies.scaling"


def may_be_none(blueprint: Blueprint, name: str | None) -> bool:
    """Whether a node (or, without a name, any node) may be without instances by what the blueprint writes.
    A node that says nothing of numbers has one; workflows can still scale it, and seldom do to none."""
    if any(_allows_none(node) for node in _numbers_of_groups(blueprint)):
        return True
    found = blueprint.node_templates.lookup(name) if name is not None else None
    templates = [found] if found else blueprint.node_templates.own()
    return any(_allows_none(node) for template in templates for node in _numbers_of(template))


def _numbers_of(template: NodeTemplate) -> Iterator[Node]:
    parts = as_dict(template.node)
    if "instances" in parts:
        yield parts["instances"][1]
    scalable = as_dict(parts["capabilities"][1]).get("scalable") if "capabilities" in parts else None
    properties = as_dict(scalable[1]).get("properties") if scalable is not None else None
    if properties is not None:
        yield properties[1]


def _numbers_of_groups(blueprint: Blueprint) -> Iterator[Node]:
    for section in (file.document.sections.get("policies") for file in blueprint.graph.files):
        for _, policy in as_dict(section[1]).values() if section is not None else ():
            parts = as_dict(policy)
            if "type" in parts and text_of(parts["type"][1]) == SCALING_POLICY and "properties" in parts:
                yield parts["properties"][1]


def _allows_none(numbers: Node) -> bool:
    """Whether the number to begin with is 0, or not known here, or the least one that is written is 0."""
    written = as_dict(deref(numbers))
    for key in ("deploy", "default_instances", "min_instances"):
        if key in written:
            text = text_of(written[key][1])
            if text is None or text.strip() == "0":
                return True
    return False
