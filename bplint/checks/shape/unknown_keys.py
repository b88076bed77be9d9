"""A key that an element cannot have: where it is told, and whether it is told at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.span import Span
from bplint.syntax.mapping import deref, is_merge_key, pairs

if TYPE_CHECKING:
    from bplint.checks.shape import shape_faults as kinds
    from bplint.dsl.shape import Shape
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.shape.shape_faults")

# what is declared with `default`: a mapping without any key of these is a value that was put in its place
DECLARATIONS: Final = frozenset(("input", "property_definition", "workflow_parameter", "plugin_property"))


def unknown_key(path: str, key: Node, value: Node, shape: Shape, node: Node) -> kinds.UnknownKey | None:
    """The fault of a key of a mapping. Where a merge key brings it, and nothing that the element can have, it
    is told at the merge key; a whole value in place of a declaration is told at its first key only."""
    merge = _misplaced_merge(key, shape, node)
    is_value = False
    if merge is None and shape.name in DECLARATIONS:
        written = [other for other, _ in pairs(node)]
        is_value = not any(other.text in shape.keys for other in written)
        if is_value and written[0] is not key:
            return None
    place = merge or key
    return kinds.UnknownKey(
        path,
        Span(place.start, place.end),
        name=deref(key).text or "",
        shape=shape,
        value=value,
        inside=node,
        is_merged=merge is not None,
        is_value=is_value,
    )


def _misplaced_merge(key: Node, shape: Shape, node: Node) -> Node | None:
    """The merge key that brings a key, where it brings none that the element can have."""
    for written, value in node.items or ():
        if written is key:
            return None
        if is_merge_key(written):
            merged = [other for other, _ in pairs(deref(value))]
            if any(other is key for other in merged):
                return None if any(other.text in shape.keys for other in merged) else written
    return None
