"""Names and attributes of modules that the top level of a module uses and that are not there: its import
fails. And the same in functions, which fail when they run."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from bplint.near import is_one_slip
from bplint.pycode.files.bindings import FROM, MODULE
from bplint.pycode.files.codebase import NoModule
from bplint.pycode.files.module import Module
from bplint.pycode.flow.program import AttributeName
from bplint.pycode.names import known
from bplint.pycode.names.free_names import PYTHON2_BUILTINS, FreeName, free_names, names_too_early
from bplint.pycode.names.origins import origin_of
from bplint.pycode.names.target import MISSING
from bplint.pycode.names.target_python import OLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.names.stdlib import StandardLibrary
    from bplint.pycode.names.target import TargetResolver
    from bplint.pycode.names.target_python import TargetPython

Lacking = tuple[str, str, list[str]]  # module, name, what there is


class NamesAtImport:
    """One module under the Pythons that run it."""

    __slots__ = ("_found", "_module", "_python", "_resolver", "_stdlib")

    def __init__(
        self, module: Module, resolver: TargetResolver, stdlib: StandardLibrary, python: TargetPython
    ) -> None:
        self._module = module
        self._found: list[FreeName] | None = None
        self._resolver = resolver
        self._stdlib = stdlib
        self._python = python

    def undefined(self) -> Iterator[tuple[ast.AST, tuple[str, list[str]]]]:
        """Uses of undefined names that the import comes by for certain: (node, (name, what there is))."""
        for free in self._free():
            if free.is_at_import and not free.is_choice:
                yield free.node, (free.node.id, self._names())
        for node, _ in names_too_early(self._module):
            yield node, (node.id, [])

    def undefined_later(self) -> Iterator[FreeName]:
        """Uses of undefined names in functions."""
        return (free for free in self._free() if not free.is_at_import)

    def _free(self) -> Iterator[FreeName]:
        module = self._module
        if module.tree is None:
            return
        if self._found is None:
            self._found = free_names(module, module.parsed_text)
        for free in self._found:
            name = free.node.id
            if name in PYTHON2_BUILTINS and self._python.may_be_python2:
                continue
            if not module.scope.stars or not self._may_be_starred(name):
                yield free

    def _may_be_starred(self, name: str) -> bool:
        """Whether one of the modules that all names are taken from may have a name."""
        for star in self._module.scope.stars:
            if self._stdlib.module(star) is not None:
                if len(self._stdlib.lacks_name(star, name, self._python.versions)) < len(
                    self._python.versions
                ):
                    return True
            elif known.is_described(star):
                if known.lacks(star, name) is None:
                    return True
            else:
                source = self._resolver.code.module(star, self._resolver.places) if star else None
                if source is None or isinstance(source, NoModule):
                    return True
                if self._resolver.attribute(source, name, 0).state != MISSING:
                    return True
        return False

    def _names(self) -> list[str]:
        return list(self._module.scope.names)

    def attributes(self) -> Iterator[tuple[ast.AST, Lacking]]:
        """Attributes of modules that the import asks for, straight on: (place, what is lacking)."""
        if self._module.tree is None:
            return
        for statement in self._module.tree.body:
            for node in _attributes_at_once(statement):
                lacking = self.lacking(node)
                if lacking is not None:
                    yield AttributeName(node), lacking

    def attributes_later(self) -> Iterator[tuple[ast.AST, Lacking]]:
        """Attributes of the project's modules and the standard library's that functions ask for in vain."""
        if self._module.tree is None or not self._may_lack_attributes():
            return
        asked, changed, bound = _attributes_in_functions(self._module.tree)
        for node in asked:
            first = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in changed or first in bound or not first:
                continue
            origin = origin_of(node.value, self._module)
            if origin is None or known.is_described(origin):
                continue
            lacking = self.lacking(node)
            if lacking is not None:
                yield AttributeName(node), lacking

    def _may_lack_attributes(self) -> bool:
        """Whether the text has an attribute of an imported module that this has not. A look at the text
        costs a hundredth of a walk over the tree, and most modules have none."""
        first = {
            name: bindings[0]
            for name, bindings in self._module.scope.names.items()
            if len(bindings) == 1 and bindings[0].kind in (MODULE, FROM)
        }
        if not first:
            return False
        pattern = re.compile(rf"\b({'|'.join(first)})\s*\.\s*([^\W\d]\w*)")
        for name, attribute in set(pattern.findall(self._module.parsed_text)):
            binding = first[name]
            origin = f"{binding.module}.{binding.attribute}" if binding.attribute else binding.module
            is_lacking = not known.is_described(origin) and self._of_module(origin, attribute) is not None
            if is_lacking:
                return True
        return False

    def lacking(self, node: ast.Attribute) -> Lacking | None:
        """What is lacking of `module.name`; None where it is there, or where that is not known."""
        first: ast.expr = node.value
        while isinstance(first, ast.Attribute):
            first = first.value
        if not isinstance(first, ast.Name) or node.attr.startswith("__"):
            return None
        bindings = self._module.scope.names.get(first.id, [])
        if len(bindings) != 1 or bindings[0].is_conditional or first.id in self._module.set_later:
            return None
        origin = origin_of(node.value, self._module)
        if origin is None:
            return None
        return self._of_module(origin, node.attr)

    def _of_module(self, name: str, attribute: str) -> Lacking | None:
        top = name.split(".", 1)[0]
        pythons = self._python.versions
        if self._stdlib.is_part(top, pythons):
            if len(self._stdlib.lacks_name(name, attribute, pythons)) < len(pythons):
                return None
            names = self._stdlib.names_of(name, self._python.newest)
            # what newer Pythons and other systems have is asked for with care, far away from here at times
            is_old = self._stdlib.had(name, attribute) == OLD
            return (name, attribute, names) if is_old or _is_slip(attribute, names) else None
        if known.is_described(name):
            if known.module_names(known.MODULE_ALIASES.get(name, name)) is None:
                return None
            lacking = known.lacks(name, attribute)
            return None if lacking is None else (name, attribute, lacking[2])
        found = self._resolver.code.module(name, self._resolver.places)
        if not isinstance(found, Module) or not found.is_own or found is self._module:
            return None
        answer = self._resolver.attribute(found, attribute, 0)
        if answer.state != MISSING:
            return None
        return name, attribute, answer.known


def _is_slip(written: str, names: list[str]) -> bool:
    return any(is_one_slip(written, name) for name in names)


def _attributes_in_functions(tree: ast.Module) -> tuple[list[ast.Attribute], set[str], set[str]]:
    """Attributes that functions read; attributes that the module sets or asks for first; names that
    functions bind."""
    asked: list[ast.Attribute] = []
    changed: set[str] = set()
    bound: set[str] = set()
    stack: list[tuple[ast.AST, bool]] = [(node, False) for node in tree.body]
    while stack:
        node, is_inside = stack.pop()
        if isinstance(node, ast.Attribute):
            if not isinstance(node.ctx, ast.Load):
                changed.add(node.attr)
            elif is_inside:
                asked.append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            is_inside = True
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.Name) and is_inside and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.alias) and is_inside:
            bound.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if is_inside and node.value.isidentifier():
                changed.add(node.value)  # hasattr(module, "name") and the like
            continue
        elif isinstance(node, ast.Try | ast.If):
            # a `try` or a choice may be there because of it
            is_inside = is_inside and not _is_prepared(node)
        stack.extend((child, is_inside) for child in ast.iter_child_nodes(node))
    return asked, changed, bound


def _is_prepared(node: ast.Try | ast.If) -> bool:
    if isinstance(node, ast.Try):
        names = {getattr(each, "id", getattr(each, "attr", "")) for h in node.handlers for each in _types(h)}
        return any(h.type is None for h in node.handlers) or bool(names & {"AttributeError", "Exception"})
    return any(
        getattr(each, "attr", getattr(each, "id", ""))
        in ("version_info", "PY2", "PY3", "platform", "hasattr", "name")
        for each in ast.walk(node.test)
    )


def _types(handler: ast.ExceptHandler) -> list[ast.expr]:
    if isinstance(handler.type, ast.Tuple):
        return handler.type.elts
    return [handler.type] if handler.type is not None else []


def _attributes_at_once(statement: ast.stmt) -> Iterator[ast.Attribute]:
    """Attributes that a plain statement of the top level reads when it runs."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        roots: list[ast.AST] = [*statement.decorator_list, *statement.args.defaults]
    elif isinstance(statement, ast.ClassDef):
        roots = [*statement.decorator_list, *statement.bases]
        for inner in statement.body:
            yield from _attributes_at_once(inner)
    elif isinstance(statement, ast.Assign | ast.Expr | ast.AugAssign):
        roots = [statement.value]
    else:
        return
    stack = roots
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Lambda | ast.BoolOp | ast.IfExp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node
        stack.extend(ast.iter_child_nodes(node))
