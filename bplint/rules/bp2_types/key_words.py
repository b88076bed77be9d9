"""What was meant by a key that an element cannot have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from bplint.checks.shape.shape_faults import UnknownKey
    from bplint.rules.context import Context

# what other languages and older versions call the sections
SECTIONS: Final = {
    "nodes": "node_templates",
    "templates": "node_templates",
    "resources": "node_templates",
    "includes": "imports",
    "include": "imports",
    "types": "node_types",
    "parameters": "inputs",
    "variables": "inputs",
    "relationship_types": "relationships",
}
# the sections that nearly every blueprint has
_COMMON: Final = (
    "imports", "inputs", "dsl_definitions", "plugins", "data_types", "node_types", "relationships",
    "node_templates", "groups", "policies", "workflows", "outputs", "capabilities",
)  # fmt: skip
_TIGHT: Final = r"[A-Za-z_][\w.-]*:[^\s]"
_TEMPLATE_KEYS: Final = frozenset(
    ("type", "properties", "instances", "capabilities", "interfaces", "relationships")
)


def tight_colon_help(name: str) -> str | None:
    """Help for a name such as `ip:{get_input`, of which a missing blank has made one word."""
    if re.match(_TIGHT, name) is None:
        return None
    return f"YAML wants a blank behind the colon: '{name.partition(':')[0]}: …'"


def help_for(fault: UnknownKey, ctx: Context) -> str | None:
    """What was probably meant, or None."""
    name, shape = fault.name, fault.shape
    if fault.is_merged:
        return f"what '<<' merges becomes keys of {shape.title}: write it where they belong"
    if fault.is_value:
        return f"{shape.title} is no value: write it as 'default: …'"
    found = tight_colon_help(name)
    if found is not None:
        return found
    if shape.name == "blueprint":
        return _at_the_top(fault)
    return _as_property(fault, ctx) if shape.name == "node_template" else None


def _at_the_top(fault: UnknownKey) -> str | None:
    value = deref(fault.value) if fault.value is not None else None
    if value is not None and value.kind == MAPPING:
        keys = as_dict(value).keys()
        kind = as_dict(value).get("type")
        if kind is not None and keys <= _TEMPLATE_KEYS and "." in (text_of(kind[1]) or ""):
            return f"it looks like a node template: indent '{fault.name}' below 'node_templates'"
        if "derived_from" in keys:
            return (
                f"it looks like a type: indent '{fault.name}' below 'node_types' or another section of types"
            )
    return f"the sections of a blueprint are {', '.join(_COMMON)}" if fault.name in SECTIONS else None


def _as_property(fault: UnknownKey, ctx: Context) -> str | None:
    """A property that stands beside `properties` instead of below it."""
    for template in ctx.blueprint.node_templates.own():
        if template.node is fault.inside and template.type and fault.name in template.type.properties:
            return f"'{fault.name}' is a property of '{template.type.name}': write it below 'properties'"
    return None
