"""Schemas: the properties of types, the inputs of operations, the parameters of workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.functions import call_of
from bplint.model.declarations import PolicyType, SchemaProperty
from bplint.model.full_names import qualify
from bplint.syntax.mapping import as_dict, deref, odd_pairs
from bplint.syntax.scalars import text_of, value_of
from bplint.syntax.tree import MAPPING, SCALAR, Node

if TYPE_CHECKING:
    from bplint.imports.graph import ImportedFile
    from bplint.model.declarations import Element

P = TypeVar("P", bound=SchemaProperty)

MAX_DEPTH = 100
_KEYS = frozenset(
    (
        "type",
        "default",
        "description",
        "required",
        "item_type",
        "constraints",
        "display_label",
        "hidden",
        "display",
        "value",
    )
)


def read_schema(node: Node | None, file: ImportedFile, owner: Element, made_of: type[P]) -> dict[str, P]:
    """The properties of a schema by name; what has the wrong shape is a property without a type."""
    if node is None:
        return {}
    found = {
        name: read_property(name, key, deref(value), file, owner, made_of)
        for name, (key, value) in as_dict(node).items()
    }
    if len(found) < len(node.items or ()):
        # what has a name that is no string, which the structure check tells, is judged all the same
        for key, value in odd_pairs(node):
            name = str(key.text)
            if name not in found:
                found[name] = read_property(name, key, deref(value), file, owner, made_of)
    return found


def read_property(
    name: str, key: Node, node: Node, file: ImportedFile, owner: Element | None, made_of: type[P]
) -> P:
    """One property, input or parameter of a schema."""
    found = made_of(name, key, node, file)
    found.owner = owner
    if node.kind != MAPPING:
        # nobody knows what was meant; of policies the parser takes nothing for a property without keys
        is_nothing = node.kind == SCALAR and value_of(node) is None
        found.is_required = is_nothing and isinstance(owner, PolicyType)
        return found
    parts = as_dict(node)
    if "type" in parts:
        found.type_node = deref(parts["type"][1])
        text = text_of(found.type_node)
        # nothing is no type, unless a namespace makes a name of it
        found.type = qualify(text, file.namespace) if text is not None and (text or file.namespace) else None
    if "default" in parts:
        found.default = deref(parts["default"][1])
    if "required" in parts:
        required = deref(parts["required"][1])
        found.is_required = not (required.kind == SCALAR and value_of(required) in (False, None))
    elif not _KEYS.issuperset(parts):
        found.is_required = False  # an unknown key may be `default` or `required` misspelt
    if "item_type" in parts:
        found.item_type = text_of(parts["item_type"][1])
    if "constraints" in parts:
        found.constraints = deref(parts["constraints"][1])
    return found


def inherit(parent: dict[str, P], own: dict[str, P]) -> dict[str, P]:
    """The schema of a type over that of its parent. A property that is declared again replaces the
    parent's; only where both have the same data type, the parent's default fills the gaps of its own."""
    if not own:
        return parent
    if not parent:
        return own
    for name, entry in own.items():
        base = parent.get(name)
        if base is None or entry.type is None or entry.type != base.type or entry.type in BUILT_IN:
            continue
        # a function as the parent's default fills nothing
        if base.default is not None and base.default.kind == MAPPING and call_of(base.default) is None:
            entry.default = overlay(entry.default, base.default, entry.key)
    return {**parent, **own}


def overlay(upper: Node | None, lower: Node, place: Node, depth: int = 0) -> Node:
    """A mapping node with the keys of both, those of `upper` winning; nested mappings likewise.

    A null `upper` counts as absent. An `upper` that is no mapping stays as it is.
    """
    if upper is None or (upper.kind == SCALAR and value_of(upper) is None):
        upper = None
    elif upper.kind != MAPPING or depth > MAX_DEPTH or call_of(upper) is not None:
        return upper
    merged = dict(as_dict(lower))
    for name, (key, value) in as_dict(upper).items() if upper is not None else ():
        if name in merged:
            below = deref(merged[name][1])
            if below.kind == MAPPING and call_of(below) is None:
                value = overlay(deref(value), below, place, depth + 1)
        merged[name] = (key, value)
    node = upper if upper is not None else place
    odd = [*odd_pairs(lower), *(odd_pairs(upper) if upper is not None else ())]
    items = [*merged.values(), *odd]
    found = Node(MAPPING, node.start, node.end, style="", items=items)
    found.value = items
    return found
