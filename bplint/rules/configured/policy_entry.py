"""One policy of a configuration, as read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Severity
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

ANY: Final = "*"  # in `at`: every key of a mapping, every item of a list

# what a policy can be on → the class of `model/elements.py`; the blueprint stands for all files together
KINDS: Final = {
    "blueprint": "Blueprint",
    "capability": "Capability",
    "data_type": "DataType",
    "group": "Group",
    "input": "Input",
    "label": "Label",
    "node_template": "NodeTemplate",
    "node_type": "NodeType",
    "operation": "Operation",
    "output": "Output",
    "plugin": "Plugin",
    "policy": "Policy",
    "relationship": "Relationship",
    "relationship_type": "RelationshipType",
    "type_property": "SchemaProperty",
    "workflow": "Workflow",
    "workflow_parameter": "Parameter",
}
# those that are of a type or are one, so that `types` can choose among them
WITH_TYPES: Final = frozenset(
    ("data_type", "node_template", "node_type", "policy", "relationship", "relationship_type")
)
CONDITIONS: Final = ("required", "forbidden", "pattern", "one-of", "schema")


class ConfiguredPolicy(Record):
    """A policy: which elements, which place in them, what has to hold there, and what is said otherwise.

    on         a key of KINDS
    types      globs; an element counts whose type, or an ancestor of it, has such a name. Empty: all
    names      globs on the element's own name. Empty: all
    at         keys and indexes from the element's value down, ANY for all of them; empty: its name
    required, forbidden, pattern, one_of, schema  the conditions; None or False where not asked
    """

    code: str
    name: str
    on: str
    message: str
    severity: Severity = Severity.WARNING
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    required: bool = False
    forbidden: bool = False
    pattern: str | None = None
    one_of: tuple[Any, ...] | None = None
    schema: Mapping[str, Any] | bool | None = None
    why: str = ""


def split_at(text: str) -> tuple[str, ...]:
    """The parts of a place such as `properties.tags.*`; a part in double quotes may hold dots.

    >>> split_at('properties."a.b".c')
    ('properties', 'a.b', 'c')
    """
    parts = [""]
    is_quoted = False
    for character in text:
        if character == '"':
            is_quoted = not is_quoted
        elif character == "." and not is_quoted:
            parts.append("")
        else:
            parts[-1] += character
    return tuple(parts)
