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


class UnknownKeys:
    """The faults of the unknown keys of one mapping. Where a merge key brings them, and nothing that the
    element can have, they are told at the merge key; a whole value in place of a declaration is told at its
    first key only."""

    def __init__(self, path: str, shape: Shape, node: Node) -> None:
        self._path = path
        self._shape = shape
        self._node = node
        self._merges = _misplaced_merges(shape, node)
        self._value_at: Node | None = None
        if shape.name in DECLARATIONS:
            written = [other for other, _ in pairs(node)]
            if not any(other.text in shape.keys for other in written):
                self._value_at = written[0]

    def fault(self, key: Node, value: Node) -> kinds.UnknownKey | None:
        """The fault of a key; None where another one stands for it."""
        merge = self._merges.get(id(key))
        is_value = merge is None and self._value_at is not None
        if is_value and self._value_at is not key:
            return None
        place = merge or key
        return kinds.UnknownKey(
            self._path,
            Span(place.start, place.end),
            name=deref(key).text or "",
            shape=self._shape,
            value=value,
            inside=self._node,
            is_merged=merge is not None,
            is_value=is_value,
        )


def _misplaced_merges(shape: Shape, node: Node) -> dict[int, Node]:
    """Merge keys that bring nothing that the element can have, by the ids of the keys that they bring."""
    found: dict[int, Node] = {}
    written = {id(key) for key, _ in node.items or ()}
    for key, value in node.items or ():
        if not is_merge_key(key):
            continue
        merged = [other for other, _ in pairs(deref(value))]
        if not any(other.text in shape.keys for other in merged):
            for other in merged:
                if id(other) not in written:
                    found.setdefault(id(other), key)
    return found
