"""Availability rules: whether a manager offers a workflow on this deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.model.elements import NodeType
from bplint.syntax.mapping import python_of

if TYPE_CHECKING:
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Workflow


def why_not_available(workflow: Workflow, blueprint: Blueprint, *, is_installed: bool) -> str | None:
    """Why the rules of a workflow exclude it here, or None."""
    if workflow.availability_rules is None:
        return None
    rules = python_of(workflow.availability_rules)
    if not isinstance(rules, dict):
        return None
    if rules.get("available") is False:
        return "its rules say 'available: false'"
    active = rules.get("node_instances_active")
    state = "all" if is_installed else "none"
    if isinstance(active, list) and active and state not in active:
        wanted = " or ".join(str(one) for one in active)
        return f"its rules want node instances to be active: {wanted}; here it is {state}"
    required = rules.get("node_types_required")
    if isinstance(required, list) and required and not _has_type(blueprint, [str(one) for one in required]):
        return f"no node is of type {' or '.join(str(one) for one in required)}"
    return None


def _has_type(blueprint: Blueprint, names: list[str]) -> bool:
    for name in blueprint.node_templates.names():
        template = blueprint.node_templates.lookup(name)
        if template and isinstance(template.type, NodeType):
            if any(template.type.derives_from(wanted) for wanted in names):
                return True
        elif template:
            return True  # a type that is not known may be one of them
    return False
