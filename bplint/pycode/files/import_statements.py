"""The imports of a module, in order, and what stands around them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.python_text import is_never_true
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.module import Module

_INDENTED: Final = lazy_pattern(r"\n[ \t]+(?:from|import)[ \t]")
# what a `try` around an import catches
NOTHING: Final = 0
IMPORT_ERRORS: Final = 1
EVERYTHING: Final = 2


class Imported:
    """One name that a module imports.

    module      full name of the module; '' where a relative import leaves the top package
    name        the name taken from it, None for `import module`, '*' for all
    level       dots of a relative import
    catches     what a `try` around it catches: NOTHING, IMPORT_ERRORS or EVERYTHING
    is_choice   whether an `if`, a loop or a handler decides that it runs
    is_late     whether it stands in a function
    top         the statement of the module's top level that it is part of
    """

    __slots__ = ("alias", "catches", "is_choice", "is_late", "level", "module", "name", "node", "top")

    def __init__(self, node: ast.stmt, alias: ast.alias, module: str, name: str | None, level: int) -> None:
        self.node = node
        self.alias = alias
        self.module = module
        self.name = name
        self.level = level
        self.catches = NOTHING
        self.is_choice = False
        self.is_late = False
        self.top: ast.stmt = node

    @property
    def is_guarded(self) -> bool:
        """Whether the code is prepared for a failure, or for not coming here at all."""
        return self.is_choice or self.catches != NOTHING


class _ImportContext:
    """What stands around a statement."""

    __slots__ = ("catches", "is_choice", "is_late")

    def __init__(self, catches: int = NOTHING, is_choice: bool = False, is_late: bool = False) -> None:
        self.catches = catches
        self.is_choice = is_choice
        self.is_late = is_late

    def with_choice(self) -> _ImportContext:
        return _ImportContext(self.catches, True, self.is_late)

    def in_try(self, catches: int) -> _ImportContext:
        return _ImportContext(max(self.catches, catches), self.is_choice, self.is_late)

    def in_function(self) -> _ImportContext:
        return _ImportContext(self.catches, self.is_choice, True)


def imports_of(module: Module, *, is_late: bool) -> Iterator[Imported]:
    """What a module imports, in the order of the text: what its import runs, or (`is_late`) what stands in
    functions. Not what only type checkers see."""
    if is_late and module.source is not None and not _INDENTED.search(module.source.text):
        return
    if module.tree is None or module.source is None or "import" not in module.source.text:
        return
    for top in module.tree.body:
        for imported in _in_statement(top, module, is_late):
            if imported.is_late == is_late:
                imported.top = top
                yield imported


def _in_statement(top: ast.stmt, module: Module, is_late: bool) -> Iterator[Imported]:
    """Those of a statement and of what it holds. (An `elif` is an `if` inside of `else`: long chains nest
    deeply, and are read without recursion.)"""
    stack = [(top, _ImportContext())]
    while stack:
        node, around = stack.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            for imported in _names(node, module):
                imported.catches = around.catches
                imported.is_choice = around.is_choice
                imported.is_late = around.is_late
                yield imported
            continue
        if not is_late and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        inner = [(statement, around_it) for body, around_it in _bodies(node, around) for statement in body]
        stack.extend(reversed(inner))


def _names(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[Imported]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Imported(node, alias, alias.name, None, 0)
        return
    base = module.scope.absolute(node.module, node.level)
    for alias in node.names:
        yield Imported(node, alias, base, alias.name, node.level)


def _bodies(node: ast.stmt, around: _ImportContext) -> Iterator[tuple[list[ast.stmt], _ImportContext]]:
    if isinstance(node, ast.If):
        is_checked = not is_never_true(node.test)
        if is_checked:
            yield node.body, around.with_choice()
        yield node.orelse, around.with_choice() if is_checked else around
    elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        yield from _try_bodies(node, around)  # type: ignore[arg-type]
    elif isinstance(node, ast.Match):
        for case in node.cases:
            yield case.body, around.with_choice()
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.body, around.in_function()
    elif isinstance(node, ast.For | ast.AsyncFor | ast.While):
        yield node.body, around.with_choice()
        yield node.orelse, around.with_choice()
    elif isinstance(node, ast.ClassDef | ast.With | ast.AsyncWith):
        yield node.body, around


def _try_bodies(node: ast.Try, around: _ImportContext) -> Iterator[tuple[list[ast.stmt], _ImportContext]]:
    caught = max((_caught(handler) for handler in node.handlers), default=NOTHING)
    yield node.body, around.in_try(caught)
    for handler in node.handlers:
        yield handler.body, around.with_choice()  # the other way of a guarded import
    yield node.orelse, around
    yield node.finalbody, around


def _caught(handler: ast.ExceptHandler) -> int:
    if handler.type is None:
        return EVERYTHING
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {kind.attr if isinstance(kind, ast.Attribute) else getattr(kind, "id", "") for kind in types}
    if names & {"Exception", "BaseException", "StandardError"}:
        return EVERYTHING
    return IMPORT_ERRORS if names & {"ImportError", "ModuleNotFoundError"} else NOTHING
