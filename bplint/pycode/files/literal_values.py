"""Values of literal expressions."""

from __future__ import annotations

import ast
from typing import Any, Final

NO_VALUE: Final = object()


def literal(node: ast.expr | None) -> Any:
    """The value of a literal expression, or NO_VALUE where it is computed."""
    if node is None:
        return NO_VALUE
    try:
        value = ast.literal_eval(node)
        repr(value)  # Python refuses to write integers of thousands of digits
        return value
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return NO_VALUE
