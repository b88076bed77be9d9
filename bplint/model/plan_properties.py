"""Reading a property of a node template as the plan has it: what is written, completed by the defaults of
the node type and of data types. Nothing is copied; a path is followed node by node.

Facts from dsl_parser (functions.py `_get_property_value`, utils.py `parse_value`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.functions import call_of, scalar_of
from bplint.lookup import UNKNOWN
from bplint.model.elements import DataType, NodeType
from bplint.syntax.mapping import deref, pairs
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bplint.lookup import Absent
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate, SchemaProperty
    from bplint.syntax.tree import Node

ABSENT: Final = "absent"  # nothing of that name, or the value has no parts
NO_INDEX: Final = "no-index"  # a list wants an integer
OUT_OF_RANGE: Final = "out-of-range"
THROUGH_FUNCTION: Final = "through-function"  # a part of a part of what a function gives


class Value:
    """A value of the plan.

    node     what is written, aliases followed; None for the empty mapping that stands in for a data type
    type     the declared type's name or None
    filler   the value that fills the gaps of a data type, or None
    through  for a part of a function's value: the function (the reference parser then has a list of the
             function and the part's name instead of the part)
    """

    __slots__ = ("filler", "node", "through", "type")

    def __init__(
        self,
        node: Node | None,
        type_name: str | None = None,
        filler: Value | None = None,
        through: Node | None = None,
    ) -> None:
        self.node = deref(node) if node is not None else None
        self.type = type_name if type_name is not None and type_name not in BUILT_IN else None
        self.filler = filler
        self.through = through


# the second of the two that a part of a function's value is: its name, which has no parts
_PART_NAME: Final = Value(None)


class Miss:
    """Why a path leads nowhere: `reason`, the position in the path, and the names that would have been
    right there."""

    __slots__ = ("known", "position", "reason", "size")

    def __init__(self, reason: str, position: int, known: Collection[str] = (), size: int = 0) -> None:
        self.reason = reason
        self.position = position
        self.known = known
        self.size = size


def property_of(template: NodeTemplate, path: Sequence[Any], blueprint: Blueprint) -> Value | Miss | Absent:
    """The value at a path of texts and integers below a template's properties; UNKNOWN where a type that
    is not known may have its say."""
    found = _first(template, path[0], blueprint)
    for position, part in enumerate(path[1:], 1):
        if not isinstance(found, Value):
            break
        found = _part(found, part, position, blueprint)
    return UNKNOWN if found is _PART_NAME else found


def _first(template: NodeTemplate, name: Any, blueprint: Blueprint) -> Value | Miss | Absent:
    node_type = template.type
    declared = node_type.properties.get(name) if isinstance(node_type, NodeType) else None
    pair = template.properties.get(name)
    if pair is not None:
        return Value(pair[1], declared.type if declared else None, _default(declared, blueprint))
    default = _default(declared, blueprint)
    if default is not None:
        return default
    if not isinstance(node_type, NodeType) or not node_type.is_complete:
        return UNKNOWN
    return Miss(ABSENT, 0, {**node_type.properties, **template.properties})


def _default(prop: SchemaProperty | None, blueprint: Blueprint) -> Value | None:
    if prop is None:
        return None
    if prop.default is not None:
        return Value(prop.default, prop.type)
    if prop.type is not None and prop.type not in BUILT_IN and blueprint.data_types.lookup(prop.type):
        return Value(None, prop.type)  # a data type fills itself
    return None


def _part(value: Value, part: Any, position: int, blueprint: Blueprint) -> Value | Miss | Absent:
    if value is _PART_NAME:
        return Miss(ABSENT, position)
    if value.through is not None:
        return _part_of_two(value, part, position)
    node = value.node
    if node is not None and call_of(node) is not None:
        return Value(node, through=node)
    if node is None or node.kind == MAPPING or _is_null_data(value):
        return _part_of_mapping(value, part, position, blueprint)
    if node.kind == SEQUENCE:
        return _part_of_list(node, part, position)
    return Miss(ABSENT, position)


def _is_null_data(value: Value) -> bool:
    return value.type is not None and value.node is not None and scalar_of(value.node) is None


def _part_of_two(value: Value, part: Any, position: int) -> Value | Miss | Absent:
    """A part of the list of a function and a name that the reference parser makes of a function's part."""
    if not isinstance(part, int) or part not in (0, 1, -1, -2):
        return Miss(THROUGH_FUNCTION, position)
    return Value(value.through) if part in (0, -2) else _PART_NAME


def _part_of_list(node: Node, part: Any, position: int) -> Value | Miss:
    items = node.items or ()
    if not isinstance(part, int):
        return Miss(NO_INDEX, position)
    if not -len(items) <= part < len(items):
        return Miss(OUT_OF_RANGE, position, size=len(items))
    return Value(items[part])


def _part_of_mapping(value: Value, part: Any, position: int, blueprint: Blueprint) -> Value | Miss | Absent:
    written = _written(value.node, part)
    if value.type is None:
        return Value(written) if written is not None else Miss(ABSENT, position, _names(value.node))
    data_type = blueprint.data_types.lookup(value.type)
    if not isinstance(data_type, DataType):
        return Value(written) if written is not None else UNKNOWN
    declared = data_type.properties.get(part)
    filler = _filler(value, part, position, blueprint) or _default(declared, blueprint)
    if written is not None:
        return Value(written, declared.type if declared else None, filler)
    if filler is not None:
        return filler
    return Miss(ABSENT, position, data_type.properties) if data_type.is_complete else UNKNOWN


def _filler(value: Value, part: Any, position: int, blueprint: Blueprint) -> Value | None:
    if value.filler is None or value.filler.node is None or value.filler.node.kind != MAPPING:
        return None
    found = _part(value.filler, part, position, blueprint)
    return found if isinstance(found, Value) else None


def _written(node: Node | None, part: Any) -> Node | None:
    for key, value in pairs(node) if node is not None else ():
        name = deref(key)
        if name.kind == SCALAR and scalar_of(name) == part:
            return value
    return None


def _names(node: Node | None) -> list[str]:
    names = [scalar_of(deref(key)) for key, _ in pairs(node)] if node is not None else []
    return [name for name in names if isinstance(name, str)]
