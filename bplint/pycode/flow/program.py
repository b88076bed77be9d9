"""A module of workflow code, prepared for the checks: functions, parents of nodes, imports."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from bplint.pycode.files.bindings import DEF
from bplint.pycode.names.origins import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.module import Module
    from bplint.span import Span

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


class CodeFunction:
    """A function of the module. `outer` is the function around it; `types` what callers pass."""

    __slots__ = (
        "_loads",
        "_nodes",
        "arguments",
        "bindings",
        "imports",
        "inner",
        "is_entry",
        "module",
        "name",
        "node",
        "outer",
        "resolving",
        "types",
    )

    def __init__(self, node: FunctionNode, module: Module, outer: CodeFunction | None) -> None:
        self.node = node
        self.module = module
        self.outer = outer
        self.name: str = getattr(node, "name", "lambda")
        self.is_entry = False
        self.types: dict[str, str | None] = {}
        self.bindings: dict[str, list[tuple[str, ast.expr | None]]] | None = None
        self.resolving: set[str] = set()
        args = node.args
        self.arguments = [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
        self.inner: dict[str, CodeFunction] = {}  # functions defined in it
        self.imports: dict[str, str] | None = None  # what it imports itself: name → full name
        self._nodes: list[ast.AST] | None = None
        self._loads: dict[str, list[ast.Name]] | None = None

    @property
    def keywords(self) -> str | None:
        return self.node.args.kwarg.arg if self.node.args.kwarg is not None else None

    @property
    def body(self) -> list[ast.stmt]:
        return [ast.Expr(self.node.body)] if isinstance(self.node, ast.Lambda) else self.node.body

    def own_nodes(self) -> list[ast.AST]:
        """The nodes of its body in order, without those of functions and classes defined in it (their
        `def` node itself is given)."""
        if self._nodes is None:
            self._nodes = list(_walk(self.node))
        return self._nodes

    def loads(self, name: str) -> list[ast.Name]:
        """Where it, or a function inside it, reads a name, in order."""
        if self._loads is None:
            self._loads = {}
            for node in ast.walk(self.node):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    self._loads.setdefault(node.id, []).append(node)
            for found in self._loads.values():
                found.sort(key=lambda node: (node.lineno, node.col_offset))
        return self._loads.get(name, [])


def _walk(root: ast.AST) -> Iterator[ast.AST]:
    body = root.body if isinstance(root.body, list) else [root.body]  # type: ignore[attr-defined]
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, SCOPES):
            continue
        stack.extend(reversed(list(ast.iter_child_nodes(node))))


class Program:
    """The functions of one module, its parents by node, and where its names come from."""

    __slots__ = ("by_node", "functions", "module", "parents", "top")

    def __init__(self, module: Module) -> None:
        assert module.tree is not None
        self.module = module
        self.parents: dict[ast.AST, ast.AST] = {}
        self.functions: list[CodeFunction] = []
        self.by_node: dict[ast.AST, CodeFunction] = {}
        self.top: dict[str, CodeFunction] = {}
        self._collect(module.tree)
        for name, bindings in module.scope.names.items():
            if len(bindings) == 1 and bindings[0].kind == DEF:
                function = self.by_node.get(bindings[0].node)
                if function is not None:
                    self.top[name] = function

    def _collect(self, tree: ast.Module) -> None:
        stack: list[tuple[ast.AST, CodeFunction | None]] = [(tree, None)]
        while stack:
            node, outer = stack.pop()
            inner = outer
            if isinstance(node, FunctionNode):
                inner = CodeFunction(node, self.module, outer)
                if outer is not None:
                    outer.inner[inner.name] = inner
                self.by_node[node] = inner
                self.functions.append(inner)
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
                stack.append((child, inner))
        self.functions.sort(key=lambda function: (function.node.lineno, function.node.col_offset))

    def origin(self, node: ast.expr, function: CodeFunction | None = None) -> str | None:
        """The full name that an expression was imported as, unless a function binds its first name."""
        first: ast.expr = node
        while isinstance(first, ast.Attribute):
            first = first.value
        if not isinstance(first, ast.Name):
            return None
        imported = local_import(first.id, function)
        if imported is not None:
            return imported + ast_tail(node)
        if function is not None and self.is_bound_in(first.id, function):
            return None
        return origin_of(node, self.module)

    def is_bound_in(self, name: str, function: CodeFunction | None) -> bool:
        """Whether a function, or one around it, binds a name."""
        while function is not None:
            if name in function.arguments or name in bindings_of(function):
                return True
            args = function.node.args
            if name in (getattr(args.kwarg, "arg", None), getattr(args.vararg, "arg", None)):
                return True
            function = function.outer
        return False

    def span(self, node: ast.AST) -> Span:
        return self.module.lines.span(node)

    def ancestors(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """(parent, child) pairs from a node up to the function it stands in."""
        while node in self.parents:
            parent = self.parents[node]
            yield parent, node
            if isinstance(parent, SCOPES):
                return
            node = parent

    def is_guarded(self, node: ast.AST, *names: str) -> bool:
        """Whether a node stands in a `try` that catches one of these exceptions, or every one."""
        for parent, child in self.ancestors(node):
            if isinstance(parent, ast.Try) and child in parent.body:
                for handler in parent.handlers:
                    if catches(handler, *names):
                        return True
        return False


def catches(handler: ast.ExceptHandler, *names: str) -> bool:
    """Whether a handler catches one of these exceptions by its last name, `Exception` or everything."""
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    wanted = {*names, "Exception", "BaseException"}
    return any(last_name(kind) in wanted for kind in types)


def last_name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def ast_tail(node: ast.expr) -> str:
    """The attributes behind the first name: `.b.c` of `a.b.c`."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return "".join(f".{name}" for name in reversed(attributes))


def bindings_of(function: CodeFunction) -> dict[str, list[tuple[str, ast.expr | None]]]:
    """How a function binds its names: ('is', expression), ('of', iterable) for a loop over it, or
    ('other', None). Names of comprehensions count as the function's."""
    if function.bindings is None:
        function.bindings = {}
        for node in function.own_nodes():
            _bind(node, function.bindings)
    return function.bindings


def _bind(node: ast.AST, found: dict[str, list[tuple[str, ast.expr | None]]]) -> None:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            _bind_target(target, "is", node.value, found)
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None:
            _bind_target(node.target, "is", node.value, found)
    elif isinstance(node, ast.AugAssign):
        _bind_target(node.target, "other", None, found)
    elif isinstance(node, ast.NamedExpr):
        _bind_target(node.target, "is", node.value, found)
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        _bind_target(node.target, "of", node.iter, found)
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        _bind_target(node.optional_vars, "other", None, found)
    elif isinstance(node, ast.ExceptHandler) and node.name:
        found.setdefault(node.name, []).append(("other", None))
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        found.setdefault(node.name, []).append(("def", None))
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            found.setdefault(alias.asname or alias.name.split(".")[0], []).append(("import", None))
    else:
        name = getattr(node, "name", None) if type(node).__name__.startswith("Match") else None
        if isinstance(name, str):
            found.setdefault(name, []).append(("other", None))


def _bind_target(
    target: ast.expr, how: str, value: ast.expr | None, found: dict[str, list[tuple[str, ast.expr | None]]]
) -> None:
    if isinstance(target, ast.Name):
        found.setdefault(target.id, []).append((how, value))
        return
    pairs = _pair_up(target, how, value)
    for inner, inner_how, inner_value in pairs:
        _bind_target(inner, inner_how, inner_value, found)


def _pair_up(
    target: ast.expr, how: str, value: ast.expr | None
) -> list[tuple[ast.expr, str, ast.expr | None]]:
    """The parts of an unpacking: element by element, and the second of `enumerate`."""
    if not isinstance(target, ast.Tuple | ast.List):
        return []
    if how == "is" and isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
        return [(inner, "is", part) for inner, part in zip(target.elts, value.elts, strict=True)]
    if how == "of" and isinstance(value, ast.Call) and last_name(value.func) == "enumerate" and value.args:
        second = target.elts[1] if len(target.elts) == 2 else None
        if second is not None:
            return [(target.elts[0], "other", None), (second, "of", value.args[0])]
    return [
        (inner.value if isinstance(inner, ast.Starred) else inner, "other", None) for inner in target.elts
    ]


def local_import(name: str, function: CodeFunction | None) -> str | None:
    """The full name of something that a function, or one around it, imports itself."""
    while function is not None:
        if function.imports is None:
            function.imports = _imports_of(function)
        if name in function.imports:
            return function.imports[name]
        function = function.outer
    return None


def _imports_of(function: CodeFunction) -> dict[str, str]:
    found = {}
    for node in function.own_nodes():
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            base = function.module.scope.absolute(node.module, node.level)
            for alias in node.names:
                found[alias.asname or alias.name] = f"{base}.{alias.name}"
    return found


def literal_text(node: Any) -> str | None:
    """The text of a string constant, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


class AttributeName(ast.expr):
    """The name behind the dot of an attribute, as a node with a place."""

    def __init__(self, node: ast.Attribute) -> None:
        super().__init__()
        self.lineno = self.end_lineno = node.end_lineno or node.lineno
        self.end_col_offset = node.end_col_offset or 0
        self.col_offset = self.end_col_offset - len(node.attr.encode())
