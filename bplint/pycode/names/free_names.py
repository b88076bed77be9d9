"""Names of a module that nothing binds, each with where it is used and when.

The scopes are those of the compiler (`symtable`); the tree is looked at only where it leaves a name over.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.python_text import is_never_true

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.module import Module

PYTHON2_BUILTINS: Final = frozenset(
    [
        *("apply", "basestring", "buffer", "cmp", "coerce", "execfile", "file", "intern", "long"),
        *("raw_input", "reduce", "reload", "unichr", "unicode", "xrange", "StandardError"),
    ]
)
_ALWAYS: Final = frozenset(dir(builtins)) | frozenset(
    [
        *("__file__", "__name__", "__doc__", "__path__", "__spec__", "__loader__", "__package__"),
        *("__class__", "__annotations__", "__builtins__", "__module__", "__qualname__", "__all__"),
        *("__debug__", "__dict__", "WindowsError", "_", "reveal_type", "__conditional_annotations__"),
    ]
)
_MAKE_NAMES: Final = frozenset(("globals", "exec", "execfile", "vars", "locals", "eval"))
_VERSIONS: Final = frozenset(("PY2", "PY3", "PY26", "PY27", "version_info", "python_version", "hexversion"))


class FreeName:
    """A use of a name that nothing binds. `is_at_import` where the module's import comes by it,
    `is_choice` where an `if`, a loop or a handler decides that."""

    __slots__ = ("is_at_import", "is_choice", "locals", "node", "top")

    def __init__(self, node: ast.Name, is_at_import: bool, is_choice: bool, top: ast.stmt) -> None:
        self.node = node
        self.is_at_import = is_at_import
        self.is_choice = is_choice
        self.top = top
        self.locals: set[str] = set()  # what the functions around it bind


def free_names(module: Module, text: str) -> list[FreeName]:
    """The uses, in the order of the text; `text` is what the tree was made of. Empty where names may be
    made at run time."""
    assert module.tree is not None
    try:
        table = symtable.symtable(text, module.path or "<module>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    bound = {symbol.get_name() for symbol in table.get_symbols() if _is_bound(symbol)}
    free: set[str] = set()
    set_later: set[str] = set()
    _collect(table, bound | _ALWAYS | module.scope.deleted, free, set_later)
    free -= set_later
    if not free or _makes_names(module.tree):
        return []
    finder = _Finder(free, "annotations" in bound and _defers_annotations(module.tree))
    finder.module(module.tree)
    return finder.found


def names_too_early(module: Module) -> Iterator[tuple[ast.Name, ast.stmt]]:
    """Uses at the top level, straight on, of names that are bound further down only: (use, statement)."""
    assert module.tree is not None
    scope = module.scope
    if scope.stars:
        return
    for statement in module.tree.body:
        if not isinstance(statement, ast.Assign | ast.Expr | ast.FunctionDef | ast.ClassDef):
            continue
        for node in _evaluated_at_once(statement):
            bindings = scope.names.get(node.id)
            if not bindings or scope.is_bound_up_to(node.id, statement.lineno):
                continue
            if node.id not in _ALWAYS | scope.deleted | module.set_later:
                yield node, statement


def _evaluated_at_once(statement: ast.stmt) -> Iterator[ast.Name]:
    """Names that a plain statement reads when it runs; nothing in lambdas, comprehensions and bodies."""
    if isinstance(statement, ast.FunctionDef):
        args = statement.args
        roots = [*statement.decorator_list, *args.defaults, *(each for each in args.kw_defaults if each)]
    elif isinstance(statement, ast.ClassDef):
        roots = [*statement.decorator_list, *statement.bases, *(each.value for each in statement.keywords)]
    else:
        roots = [statement.value]  # type: ignore[attr-defined]
    stack: list[ast.AST] = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.BoolOp | ast.IfExp):
            continue  # some of it may not be evaluated
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node
        stack.extend(ast.iter_child_nodes(node))


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace() or symbol.is_parameter()


def _collect(table: symtable.SymbolTable, known: set[str], free: set[str], set_later: set[str]) -> None:
    """Put into `free` what is used and not known, into `set_later` what a function declares global."""
    stack = [table]
    while stack:
        current = stack.pop()
        is_top = current.get_type() == "module"
        for symbol in current.get_symbols():
            name = symbol.get_name()
            if name not in known and symbol.is_referenced() and (is_top or symbol.is_global()):
                free.add(name)
            if not is_top and symbol.is_declared_global():
                set_later.add(name)
        stack.extend(current.get_children())


def _makes_names(tree: ast.Module) -> bool:
    """Whether a module binds names that no reader sees: `globals()`, `exec` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MAKE_NAMES:
            if node.func.id not in ("vars", "locals", "eval") or not node.args:
                return True
        elif isinstance(node, ast.Attribute) and node.attr in ("_convert_", "_convert"):
            return True  # of enumerations: puts their members into a module
        elif isinstance(node, ast.Attribute) and node.attr in ("modules", "__builtins__", "__dict__"):
            if isinstance(node.value, ast.Name) and node.value.id in ("sys", "builtins", "__builtin__"):
                return True
        elif isinstance(node, ast.Name) and node.id in ("builtins", "__builtin__", "__builtins__"):
            return True
    return False


def _defers_annotations(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
        for node in tree.body
    )


class _Scope:
    """A function or class around a node, and the free names that it binds after all."""

    __slots__ = ("bound", "is_class")

    def __init__(self, bound: set[str], is_class: bool) -> None:
        self.bound = bound
        self.is_class = is_class


class _NameContext:
    """What stands around a node: scopes, guards, whether the import comes by."""

    __slots__ = ("is_at_import", "is_choice", "is_guarded", "scopes", "top")

    def __init__(self, top: ast.stmt) -> None:
        self.top = top
        self.scopes: tuple[_Scope, ...] = ()
        self.is_at_import = True
        self.is_choice = False
        self.is_guarded = False

    def copy(self, **changed: object) -> _NameContext:
        made = _NameContext(self.top)
        for name in self.__slots__:
            setattr(made, name, changed.get(name, getattr(self, name)))
        return made


class _Finder:
    """Walks a tree for the uses of some names."""

    def __init__(self, free: set[str], skips_annotations: bool) -> None:
        self._free = free
        self._skips_annotations = skips_annotations
        self._looked_for: set[str] = set()  # names that a `try` or a test looks for
        self.found: list[FreeName] = []

    def module(self, tree: ast.Module) -> None:
        stack: list[tuple[ast.AST, _NameContext]] = [
            (node, _NameContext(node)) for node in reversed(tree.body)
        ]
        while stack:
            node, around = stack.pop()
            if isinstance(node, ast.Name):
                self._name(node, around)
                continue
            stack.extend(reversed(list(self._inner(node, around))))
        self.found = [each for each in self.found if each.node.id not in self._looked_for]

    def _name(self, node: ast.Name, around: _NameContext) -> None:
        if node.id not in self._free or not isinstance(node.ctx, ast.Load):
            return
        if around.is_guarded:
            self._looked_for.add(node.id)
            return
        if around.is_choice and node.id in PYTHON2_BUILTINS:
            return  # most likely the version of Python is what decides
        scopes = around.scopes
        for index, scope in enumerate(scopes):
            if node.id in scope.bound and (not scope.is_class or index == len(scopes) - 1):
                return
        found = FreeName(node, around.is_at_import, around.is_choice, around.top)
        for scope in scopes:
            found.locals |= scope.bound
        self.found.append(found)

    def _inner(self, node: ast.AST, around: _NameContext) -> Iterator[tuple[ast.AST, _NameContext]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from self._function(node, around)
        elif isinstance(node, ast.ClassDef):
            for each in (*node.decorator_list, *node.bases, *node.keywords):
                yield each, around
            inner = around.copy(scopes=(*around.scopes, _Scope(_bound_in(node.body), True)))
            for statement in node.body:
                yield statement, inner
        elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            yield from self._try(node, around)  # type: ignore[arg-type]
        elif isinstance(node, ast.If | ast.IfExp | ast.While | ast.BoolOp | ast.For | ast.Match):
            yield from self._choice(node, around)
        elif isinstance(node, ast.AnnAssign):
            yield node.target, around
            if around.is_at_import and not self._skips_annotations:
                yield node.annotation, around
            if node.value is not None:
                yield node.value, around
        elif isinstance(node, ast.GeneratorExp):
            yield from ((child, around.copy(is_at_import=False)) for child in ast.iter_child_nodes(node))
        else:
            yield from ((child, around) for child in ast.iter_child_nodes(node))

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, around: _NameContext
    ) -> Iterator[tuple[ast.AST, _NameContext]]:
        args = node.args
        every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        every += [each for each in (args.vararg, args.kwarg) if each is not None]
        for outer in (*getattr(node, "decorator_list", []), *args.defaults, *args.kw_defaults):
            if outer is not None:
                yield outer, around
        if not self._skips_annotations and not isinstance(node, ast.Lambda):
            for annotation in (*(each.annotation for each in every), node.returns):
                if annotation is not None:
                    yield annotation, around
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        bound = {each.arg for each in every} | _bound_in(body)
        inner = around.copy(
            scopes=(*around.scopes, _Scope(bound, False)), is_at_import=False, is_choice=around.is_choice
        )
        for statement in body:
            yield statement, inner

    @staticmethod
    def _try(node: ast.Try, around: _NameContext) -> Iterator[tuple[ast.AST, _NameContext]]:
        caught = any(_catches_names(handler) for handler in node.handlers)
        guarded = around.copy(is_guarded=True) if caught else around
        for statement in node.body:
            yield statement, guarded
        for handler in node.handlers:
            yield handler, around.copy(is_choice=True)
        for statement in (*node.orelse, *node.finalbody):
            yield statement, around

    @staticmethod
    def _choice(
        node: ast.If | ast.IfExp | ast.While | ast.BoolOp | ast.For | ast.Match, around: _NameContext
    ) -> Iterator[tuple[ast.AST, _NameContext]]:
        children = list(ast.iter_child_nodes(node))
        test = getattr(node, "test", None)
        chosen = around.copy(is_choice=True)
        if test is not None and is_never_true(test):
            skipped = node.body if isinstance(node.body, list) else [node.body]  # type: ignore[union-attr]
            children = [child for child in children if child not in skipped]
        elif test is not None and _asks_version(test):
            chosen = around.copy(is_choice=True, is_guarded=True)
        for index, child in enumerate(children):
            yield child, around if child is test or (isinstance(node, ast.BoolOp) and index == 0) else chosen


def _catches_names(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "") for kind in types}
    return bool(names & {"NameError", "Exception", "BaseException", "StandardError"})


def _asks_version(test: ast.expr) -> bool:
    """Whether a test asks which Python runs, or whether a name is there."""
    for node in ast.walk(test):
        name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        if name in _VERSIONS or name in ("hasattr", "dir", "globals", "six", "sys"):
            return True
    return False


def _bound_in(body: list[ast.stmt] | list[ast.expr]) -> set[str]:
    """Names that a body binds, without those of functions and classes in it."""
    found: set[str] = set()
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            found.update(node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif type(node).__name__ in ("MatchAs", "MatchStar", "MatchMapping"):
            found.add(getattr(node, "name", None) or getattr(node, "rest", None) or "")
        if not isinstance(node, ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return found
