"""Where a name of a module comes from."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.pycode.files.module import Module


def origin_of(node: ast.expr, module: Module) -> str | None:
    """The full dotted name that a name or attribute chain was imported as, or None.

    A name that nothing binds is a built-in and is its own origin.
    """
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    bindings = module.scope.names.get(node.id)
    if not bindings:
        return node.id if not attributes and not module.scope.stars else None
    binding = bindings[-1]
    if binding.module == "":
        return None
    base = f"{binding.module}.{binding.attribute}" if binding.attribute else binding.module
    return ".".join([base, *reversed(attributes)])
