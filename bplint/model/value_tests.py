"""What a single value is: null, true, an intrinsic function, fit for a primitive type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.functions import call_of
from bplint.lookup import UNKNOWN
from bplint.syntax.mapping import deref, is_set
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from bplint.syntax.tree import Node

# types that any value fits: dsl_parser tests nothing for them
UNTESTED: Final = BUILT_IN - {"integer", "float", "boolean", "regex", "list", "dict"}


def is_truthy(node: Node) -> bool:
    """Whether Python takes the value for true."""
    if node.kind == SCALAR:
        value = value_of(node)
        return bool(value) and value is not UNKNOWN
    return bool(node.items)


def is_function(node: Node) -> bool:
    """Whether dsl_parser takes the value for an intrinsic function."""
    node = deref(node)
    return node.kind == MAPPING and call_of(node) is not None


def fits(node: Node, kind: str) -> bool:
    """Whether a value fits a primitive type; True for what cannot be read."""
    if node.tag is not None and node.kind != SCALAR:
        return not is_set(node)
    if kind == "list":
        return node.kind == SEQUENCE
    if kind == "dict":
        return node.kind == MAPPING
    if node.kind != SCALAR:
        return False
    value = value_of(node)
    if value is UNKNOWN:
        return True
    if kind == "integer":
        return type(value) is int
    if kind == "float":
        return type(value) in (int, float)
    if kind == "boolean":
        return value is True or value is False
    if kind == "regex":
        return isinstance(value, str) and _compiles(value)
    return True


def _compiles(pattern: str) -> bool:
    # only for values of type regex
    import re

    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True
