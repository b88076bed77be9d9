"""Types that need no definition: primitives and those that name objects of the manager."""

from __future__ import annotations

from typing import Final

from bplint.dsl.versions import V1_4, V1_5, Version

PRIMITIVE: Final = (
    "string",
    "integer",
    "float",
    "boolean",
    "list",
    "dict",
    "regex",
    "textarea",
)

# object of the manager → version that knows the type
OBJECT_BASED: Final[dict[str, Version]] = {
    "blueprint_id": V1_4,
    "deployment_id": V1_4,
    "capability_value": V1_4,
    "scaling_group": V1_4,
    "node_id": V1_4,
    "node_type": V1_4,
    "node_instance": V1_4,
    "secret_key": V1_4,
    "operation_name": V1_5,
}

BUILT_IN: Final = frozenset((*PRIMITIVE, *OBJECT_BASED))
