"""Values of expressions that are known without running anything."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from bplint.pycode.files.bindings import ASSIGN
from bplint.pycode.files.literal_values import NO_VALUE, literal

if TYPE_CHECKING:
    from bplint.pycode.files.module import Module

UNKNOWN_VALUE: Final = object()
MAX_DEPTH: Final = 8
_LONGEST: Final = 10_000


def constant_value(node: ast.expr | None, module: Module, depth: int = 0) -> Any:
    """The value of a literal, of a name that the top level binds once to one, and of sums, differences and
    products of numbers; UNKNOWN_VALUE for everything else."""
    if node is None or depth > MAX_DEPTH:
        return UNKNOWN_VALUE
    if isinstance(node, ast.Name):
        bindings = module.scope.names.get(node.id, [])
        is_once = len(bindings) == 1 and bindings[0].kind == ASSIGN and not bindings[0].is_conditional
        if not is_once or node.id in module.set_later:
            return UNKNOWN_VALUE
        return constant_value(bindings[0].value, module, depth + 1)
    if isinstance(node, ast.BinOp):
        left = constant_value(node.left, module, depth + 1)
        right = constant_value(node.right, module, depth + 1)
        return _computed(node.op, left, right)
    value = literal(node)
    return UNKNOWN_VALUE if value is NO_VALUE else value


def _computed(operator: ast.operator, left: Any, right: Any) -> Any:
    """The result for two numbers of a sensible size."""
    if type(left) not in (int, float) or type(right) not in (int, float):
        return UNKNOWN_VALUE
    if max(abs(left), abs(right)) > _LONGEST * _LONGEST:
        return UNKNOWN_VALUE
    if isinstance(operator, ast.Mult):
        return left * right
    if isinstance(operator, ast.Add):
        return left + right
    return left - right if isinstance(operator, ast.Sub) else UNKNOWN_VALUE
