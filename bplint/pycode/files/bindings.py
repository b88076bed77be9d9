"""What the names of a module or class are bound to, as far as reading can tell."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.python_text import is_never_true

if TYPE_CHECKING:
    from collections.abc import Iterable

DEF: Final = "def"
CLASS: Final = "class"
MODULE: Final = "module"  # `import a.b` binds a, `import a.b as c` binds a.b
FROM: Final = "from"
ASSIGN: Final = "assign"
OTHER: Final = "other"  # loop and with targets, unpacking: bound, to what is not known


class Binding:
    """One binding. `module` and `attribute` say where an import takes it from; `value` is an assigned
    expression; `is_conditional` where an `if`, `try` or loop decides."""

    __slots__ = ("attribute", "is_conditional", "kind", "module", "node", "value")

    def __init__(self, kind: str, node: ast.AST, is_conditional: bool) -> None:
        self.kind = kind
        self.node = node
        self.is_conditional = is_conditional
        self.module = ""
        self.attribute = ""
        self.value: ast.expr | None = None


class NameScope:
    """Names of a body: each with the bindings that can be in force at its end, and the modules whose
    names it takes with `*`, in order."""

    __slots__ = ("deleted", "first", "is_all_changed", "names", "package", "stars")

    def __init__(self, package: str) -> None:
        self.package = package
        self.names: dict[str, list[Binding]] = {}
        self.stars: list[str] = []
        self.deleted: set[str] = set()  # bound for a while
        self.first: dict[str, int] = {}  # name → the line that binds it first
        self.is_all_changed = False  # `__all__.append(…)` and the like

    def bind(self, name: str, binding: Binding) -> None:
        self.first.setdefault(name, getattr(binding.node, "lineno", 0))
        if binding.is_conditional:
            self.names.setdefault(name, []).append(binding)
        else:
            self.names[name] = [binding]

    def is_bound_up_to(self, name: str, line: int) -> bool:
        """Whether something binds a name, perhaps, up to a line."""
        return self.first.get(name, 0) <= line

    def absolute(self, module: str | None, level: int) -> str:
        """The full name of the module of a `from` import; '' where it leaves the top package."""
        if level == 0:
            return module or ""
        parts = self.package.split(".") if self.package else []
        if level > len(parts):
            return ""
        base = parts[: len(parts) - (level - 1)]
        return ".".join([*base, module] if module else base)


def read_scope(body: Iterable[ast.stmt], package: str) -> NameScope:
    """The bindings of a module's or class's body; `package` is what its relative imports start from."""
    scope = NameScope(package)
    _read_body(body, scope, is_conditional=False)
    return scope


def _read_body(body: Iterable[ast.stmt], scope: NameScope, *, is_conditional: bool) -> None:
    for statement in body:
        _read_statement(statement, scope, is_conditional)


def _read_statement(node: ast.stmt, scope: NameScope, is_conditional: bool) -> None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        scope.bind(node.name, Binding(DEF, node, is_conditional))
    elif isinstance(node, ast.ClassDef):
        scope.bind(node.name, Binding(CLASS, node, is_conditional))
    elif isinstance(node, ast.Import):
        _read_import(node, scope, is_conditional)
    elif isinstance(node, ast.ImportFrom):
        _read_from(node, scope, is_conditional)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        _read_assignment(node, scope, is_conditional)
    elif isinstance(node, ast.Delete):
        for target in node.targets:
            if isinstance(target, ast.Name) and not is_conditional:
                scope.names.pop(target.id, None)
                scope.deleted.add(target.id)
    else:
        _read_compound(node, scope, is_conditional)


def _read_import(node: ast.Import, scope: NameScope, is_conditional: bool) -> None:
    for alias in node.names:
        binding = Binding(MODULE, node, is_conditional)
        binding.module = alias.name if alias.asname else alias.name.split(".", 1)[0]
        scope.bind(alias.asname or binding.module, binding)


def _read_from(node: ast.ImportFrom, scope: NameScope, is_conditional: bool) -> None:
    module = scope.absolute(node.module, node.level)
    for alias in node.names:
        if alias.name == "*":
            scope.stars.append(module)
            continue
        binding = Binding(FROM, node, is_conditional)
        binding.module = module
        binding.attribute = alias.name
        scope.bind(alias.asname or alias.name, binding)


def _read_assignment(
    node: ast.Assign | ast.AnnAssign | ast.AugAssign, scope: NameScope, is_conditional: bool
) -> None:
    if isinstance(node, ast.AnnAssign) and node.value is None:
        return
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        if isinstance(target, ast.Name) and not isinstance(node, ast.AugAssign):
            binding = Binding(ASSIGN, node, is_conditional)
            binding.value = node.value
            scope.bind(target.id, binding)
        else:
            _bind_others(target, scope)


def _read_if(node: ast.If, scope: NameScope) -> None:
    """An `elif` is an `if` inside of `else`: long chains nest deeply, and are read without recursion."""
    while True:
        if not is_never_true(node.test):
            _read_body(node.body, scope, is_conditional=True)
        only = node.orelse[0] if len(node.orelse) == 1 else None
        if not isinstance(only, ast.If):
            _read_body(node.orelse, scope, is_conditional=True)
            return
        node = only


def _read_compound(node: ast.stmt, scope: NameScope, is_conditional: bool) -> None:
    if isinstance(node, ast.If):
        _read_if(node, scope)
    elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        for name in ("body", "orelse"):
            _read_body(getattr(node, name), scope, is_conditional=True)
        for handler in node.handlers:  # type: ignore[attr-defined]
            _read_body(handler.body, scope, is_conditional=True)
        _read_body(node.finalbody, scope, is_conditional=is_conditional)  # type: ignore[attr-defined]
    elif isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            if item.optional_vars is not None:
                _bind_others(item.optional_vars, scope)
        _read_body(node.body, scope, is_conditional=is_conditional)
    elif isinstance(node, ast.For | ast.AsyncFor):
        _bind_others(node.target, scope)
        _read_body([*node.body, *node.orelse], scope, is_conditional=True)
    elif isinstance(node, ast.While):
        _read_body([*node.body, *node.orelse], scope, is_conditional=True)
    elif isinstance(node, ast.Match):
        for case in node.cases:
            _read_body(case.body, scope, is_conditional=True)
    elif isinstance(node, ast.Expr):
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            scope.is_all_changed = scope.is_all_changed or _is_name(node.value.func.value, "__all__")
        for part in ast.walk(node):
            if isinstance(part, ast.NamedExpr):
                _bind_others(part.target, scope)


def _bind_others(target: ast.expr, scope: NameScope) -> None:
    for part in ast.walk(target):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            scope.bind(part.id, Binding(OTHER, part, is_conditional=True))


def names_at_run_time(tree: ast.Module) -> bool:
    """Whether a module makes names that no reader can see: `__getattr__`, `globals()`, `exec`,
    `sys.modules[__name__] = …` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__getattr__" and node in tree.body:
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("globals", "exec", "setattr", "vars", "locals"):
                return True
        elif isinstance(node, ast.Attribute) and node.attr == "modules" and _is_name(node.value, "sys"):
            return True
    return False


def names_set_later(tree: ast.Module) -> frozenset[str]:
    """Names of a module that its functions set when they are called (`global name`)."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.update(node.names)
    return frozenset(found)


def static_all(scope: NameScope) -> list[str] | None:
    """`__all__` where it is a plain list; None where there is none or it is put together at run time."""
    bindings = scope.names.get("__all__", [])
    if len(bindings) != 1 or bindings[0].kind != ASSIGN or scope.is_all_changed:
        return None
    value = bindings[0].value
    if not isinstance(value, ast.List | ast.Tuple):
        return None
    names = [item.value for item in value.elts if isinstance(item, ast.Constant)]
    return [name for name in names if isinstance(name, str)] if len(names) == len(value.elts) else None


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
