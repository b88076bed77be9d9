"""Names that nothing binds."""

from __future__ import annotations

import ast
import builtins
import keyword
from typing import TYPE_CHECKING

from bplint.pycode.flow.program import bindings_of
from bplint.pycode.flow.workflow_faults import UndefinedName

if TYPE_CHECKING:
    from bplint.pycode.flow.flow_run import Run
    from bplint.pycode.flow.program import Function, Program

_ALWAYS = frozenset(dir(builtins)) | {
    "__file__",
    "__name__",
    "__doc__",
    "__path__",
    "__spec__",
    "__class__",
    "WindowsError",  # a built-in there
}


def check_names(run: Run) -> None:
    """Undefined names in every function of a module of workflows."""
    module = run.program.module
    if module.scope.stars or module.names_at_run_time:
        return
    top = set(module.scope.names) | module.scope.deleted | _declared_global(run.program)
    for function in run.program.functions:
        bound = _bound_around(function)
        for node in function.own_nodes():
            if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
                continue
            if node.id in bound or node.id in top or node.id in _ALWAYS:
                continue
            if run.program.is_guarded(node, "NameError") or _in_class_scope(run, node):
                continue
            names = [*top, *bound, *_ALWAYS, *keyword.kwlist]
            run.report(UndefinedName, node, name=node.id, near=(node.id, names))


def _bound_around(function: Function) -> set[str]:
    """Everything that a function and those around it bind, class bodies around it included."""
    bound: set[str] = set()
    current: Function | None = function
    while current is not None:
        args = current.node.args
        bound.update(current.arguments, bindings_of(current))
        bound.update(arg.arg for arg in (args.vararg, args.kwarg) if arg is not None)
        for node in current.own_nodes():
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
                bound.add(node.id)
            elif isinstance(node, ast.Global | ast.Nonlocal):
                bound.update(node.names)
        current = current.outer
    return bound


def _in_class_scope(run: Run, node: ast.AST) -> bool:
    return any(isinstance(parent, ast.ClassDef) for parent, _ in run.program.ancestors(node))


def _declared_global(program: Program) -> set[str]:
    assert program.module.tree is not None
    found: set[str] = set()
    for node in ast.walk(program.module.tree):
        if isinstance(node, ast.Global):
            found.update(node.names)
    return found
