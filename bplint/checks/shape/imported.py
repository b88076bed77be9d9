"""The section `imported_blueprints`, which the manager writes for itself and people had better not.

Facts from dsl_parser (elements/imports.py, `_merge_lists_with_no_duplicates`): whatever stands there is gone
through, mappings and texts too, and what is found is taken for names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl import shape as table
from bplint.syntax.mapping import pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.dsl.shape import Raises
    from bplint.syntax.tree import Node


def imported_faults(node: Node, type_of: Callable[[Node], int]) -> Iterator[tuple[Node, Raises]]:
    """What is wrong in the value of the section, each with what the reference parser raises."""
    if node.kind == SCALAR:
        value = value_of(node)
        if not isinstance(value, (str, bytes)):
            yield node, ("TypeError", None)
        elif value:
            yield node, ("AttributeError", None)
        return
    names = [key for key, _ in pairs(node)] if node.kind == MAPPING else node.items or ()
    for name in names:
        found = type_of(name)
        if not found & (table.STRING | table.NULL):
            yield name, (table.VALUE_ERROR if found == table.OTHER else table.FORMAT)
