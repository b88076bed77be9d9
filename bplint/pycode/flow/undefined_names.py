"""Names that nothing binds, and names that cloudify-common does not have."""

from __future__ import annotations

import ast
import builtins
import keyword
from typing import TYPE_CHECKING

from bplint.pycode.files.python_text import is_never_true
from bplint.pycode.flow.program import bindings_of
from bplint.pycode.names import known
from bplint.pycode.names.api.members import MODULE_ALIASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.module import Module
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
            run.report("undefined-name", node, name=node.id, near=(node.id, names))


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


class Imported:
    """One name that a module imports: `name` is None for `import module`."""

    __slots__ = ("alias", "is_guarded", "module", "name", "node")

    def __init__(
        self, node: ast.stmt, alias: ast.alias, module: str, name: str | None, guarded: bool
    ) -> None:
        self.node = node
        self.alias = alias
        self.module = module
        self.name = name
        self.is_guarded = guarded


def imports_of(module: Module) -> Iterator[Imported]:
    """What a module imports, those in functions included; not what only type checkers see. Guarded is what
    stands in a `try` that catches the failure, or in one of two ways of an `if`."""
    if module.tree is None or module.source is None or "import" not in module.source.text:
        return
    stack: list[tuple[list[ast.stmt], bool]] = [(module.tree.body, False)]
    while stack:
        body, guarded = stack.pop()
        for node in body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Imported(node, alias, alias.name, None, guarded)
            elif isinstance(node, ast.ImportFrom):
                base = module.scope.absolute(node.module, node.level)
                for alias in node.names:
                    yield Imported(node, alias, base, alias.name, guarded)
            elif hasattr(node, "body") or isinstance(node, ast.Match):
                stack.extend(_inner_bodies(node, guarded))


def _inner_bodies(node: ast.stmt, guarded: bool) -> Iterator[tuple[list[ast.stmt], bool]]:
    if isinstance(node, ast.If):
        is_checked = not is_never_true(node.test)
        if is_checked:
            yield node.body, True
        yield node.orelse, guarded or is_checked
    elif isinstance(node, ast.Try):
        yield node.body, guarded or any(_catches_imports(handler) for handler in node.handlers)
        yield node.orelse, guarded
        yield node.finalbody, guarded
        for handler in node.handlers:
            yield handler.body, True  # the other way of a guarded import
    elif isinstance(node, ast.Match):
        for case in node.cases:
            yield case.body, True
    else:
        yield getattr(node, "body", []), guarded
        yield getattr(node, "orelse", []), guarded


def _catches_imports(handler: ast.ExceptHandler) -> bool:
    from bplint.pycode.flow.program import catches

    return catches(handler, "ImportError", "ModuleNotFoundError")


def missing_in_platform(imported: Imported) -> tuple[str, str, list[str]] | None:
    """What cloudify-common lacks of an import: ('module' or 'name', its name, what there is); None where
    nothing is missing, or where that is not known."""
    module = MODULE_ALIASES.get(imported.module, imported.module)
    if not known.is_described(module) or module in known.FORMER:
        return None
    names = known.module_names(module)
    if names is None:
        parent, _, last = module.rpartition(".")
        if known.module_names(parent) is None:
            return None
        return "module", last, known.modules_of(parent)
    if imported.name is None or imported.name == "*" or imported.name in names:
        return None
    children = known.modules_of(module)
    if imported.name in children or f"{module}.{imported.name}" in known.FORMER:
        return None
    if (module, imported.name) in known.FORMER_NAMES:
        return None
    return "name", imported.name, [*names, *children]
