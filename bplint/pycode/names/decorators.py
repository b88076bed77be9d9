"""From a decorator to the wrapper that it puts in place of a function, by reading its code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.names.origins import origin_of
from bplint.pycode.names.wrappers import FunctionNode, Wrapper, read_wrapper

if TYPE_CHECKING:
    from bplint.pycode.files.module import Module
    from bplint.pycode.names.target import Definition, TargetResolver

MAX_DEPTH: Final = 12
# they give back the function, or something that is called as it is
_SAME: Final = frozenset(
    [
        *("cloudify.decorators.workflow", "cloudify.decorators.operation", "cloudify.decorators.task"),
        *(
            "cloudify.decorators.serial_operation",
            "cloudify.workflows.workflow",
            "staticmethod",
            "classmethod",
        ),
        *("functools.lru_cache", "functools.cache", "functools.wraps", "contextlib.contextmanager"),
        *("retrying.retry", "tenacity.retry", "retry.retry", "backoff.on_exception", "backoff.on_predicate"),
        *("deprecated.deprecated", "deprecation.deprecated", "decorator.decorator", "atexit.register"),
        *("typing.no_type_check", "typing.overload", "typing.final", "six.wraps", "abc.abstractmethod"),
    ]
)


class Decoration:
    """`wrapper` is put in place of the function; None where the function stays as it is. `module` is where
    the wrapper is written."""

    __slots__ = ("module", "wrapper")

    def __init__(self, module: Module | None = None, wrapper: Wrapper | None = None) -> None:
        self.module = module
        self.wrapper = wrapper


def decorations_of(decorator: ast.expr, module: Module, resolver: TargetResolver) -> list[Decoration] | None:
    """What a decorator does, innermost first (one may apply others); None where that cannot be read."""
    return _DecoratorReader(resolver).of(decorator, module, 0)


class _DecoratorReader:
    """Follows decorators through the project's code."""

    __slots__ = ("_resolver",)

    def __init__(self, resolver: TargetResolver) -> None:
        self._resolver = resolver

    def of(self, decorator: ast.expr, module: Module, depth: int) -> list[Decoration] | None:
        if depth > MAX_DEPTH:
            return None
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if origin_of(called, module) in _SAME:
            return []
        answer = self._resolver.expression(module, module.scope, called, "decorator", 0)
        found = answer.definition
        if found is None:
            return None
        if isinstance(found.node, ast.ClassDef):
            return self._of_class(found, isinstance(decorator, ast.Call), depth)
        if isinstance(found.node, ast.Lambda) and not isinstance(decorator, ast.Call):
            return self._of_lambda(found.node, found.module, depth)
        if not isinstance(found.node, ast.FunctionDef):
            return None
        if found.node.decorator_list:
            return None
        if isinstance(decorator, ast.Call):
            return self._of_factory(found.node, found.module, depth)
        return self._of_maker(found.node, found.module, depth)

    def _of_factory(self, factory: ast.FunctionDef, module: Module, depth: int) -> list[Decoration] | None:
        """A function whose result is the decorator."""
        inner = {node.name: node for node in _own_statements(factory) if isinstance(node, ast.FunctionDef)}
        found: list[list[Decoration]] = []
        for value in _returned(factory):
            if isinstance(value, ast.Name) and value.id in inner:
                read = self._of_maker(inner[value.id], module, depth + 1)
                if read is None:
                    return None
                found.append(read)
            elif isinstance(value, ast.Lambda):
                read = self._of_lambda(value, module, depth + 1)
                if read is None:
                    return None
                found.append(read)
            elif not _is_for_direct_use(value, factory):
                return None
        return found[0] if len(found) == 1 else None

    def _of_lambda(self, maker: ast.Lambda, module: Module, depth: int) -> list[Decoration] | None:
        """`lambda function: other(function, …)`."""
        arguments = maker.args.args
        if len(arguments) != 1:
            return None
        return self._of_value(maker.body, arguments[0].arg, {}, module, depth)

    def _of_maker(
        self, maker: ast.FunctionDef, module: Module, depth: int, skip: int = 0
    ) -> list[Decoration] | None:
        """A function that is given the function, and gives back what is called instead."""
        arguments = [*maker.args.posonlyargs, *maker.args.args][skip:]
        if not arguments:
            return None
        function = arguments[0].arg
        inner = {node.name: node for node in _own_statements(maker) if isinstance(node, ast.FunctionDef)}
        found: list[list[Decoration]] = []
        for value in _returned(maker):
            read = self._of_value(value, function, inner, module, depth)
            if read is None:
                return None
            found.append(read)
        if not found:
            return None
        first = found[0]
        return first if all(_is_same(first, each) for each in found[1:]) else None

    def _of_value(
        self,
        value: ast.expr | None,
        function: str,
        inner: dict[str, ast.FunctionDef],
        module: Module,
        depth: int,
    ) -> list[Decoration] | None:
        """What a decorator gives back: the function, a wrapper of its own, or what others make of these."""
        if isinstance(value, ast.Name):
            if value.id == function:
                return []
            if value.id in inner:
                return self._of_wrapper(inner[value.id], function, module, depth)
            return None
        if isinstance(value, ast.Lambda):
            return self._of_wrapper(value, function, module, depth)
        if not isinstance(value, ast.Call) or not value.args:
            return None
        if origin_of(value.func, module) in ("functools.update_wrapper", "functools.wraps"):
            return self._of_value(value.args[0], function, inner, module, depth)
        if isinstance(value.func, ast.Call) and origin_of(value.func.func, module) == "functools.wraps":
            return self._of_value(value.args[0], function, inner, module, depth)
        below = self._of_value(value.args[0], function, inner, module, depth + 1)
        above = self.of(value.func, module, depth + 1) if below is not None and len(value.args) == 1 else None
        return None if below is None or above is None else [*below, *above]

    def _of_wrapper(
        self, node: FunctionNode, function: str, module: Module, depth: int
    ) -> list[Decoration] | None:
        wrapper = read_wrapper(node, function)
        if wrapper is None or isinstance(node, ast.AsyncFunctionDef):
            return None
        found = [Decoration(module, wrapper)]
        for decorator in reversed(getattr(node, "decorator_list", [])):
            above = self.of(decorator, module, depth + 1)
            if above is None:
                return None
            found += above
        return found

    def _of_class(self, found: Definition, is_called: bool, depth: int) -> list[Decoration] | None:
        """An instance that is a decorator: `@Decorator(…)` whose `__call__` is given the function."""
        answer = self._resolver.member(found, "__call__", 0).definition
        if not is_called or answer is None or not isinstance(answer.node, ast.FunctionDef):
            return None
        return self._of_maker(answer.node, answer.module, depth + 1, skip=1)


def _is_same(one: list[Decoration], other: list[Decoration]) -> bool:
    nodes = [each.wrapper.node if each.wrapper is not None else None for each in one]
    return nodes == [each.wrapper.node if each.wrapper is not None else None for each in other]


def _own_statements(function: ast.FunctionDef) -> list[ast.AST]:
    """The statements of a body and of what stands in it, without those of functions."""
    found: list[ast.AST] = []
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))
    return found


def _returned(function: ast.FunctionDef) -> list[ast.expr | None]:
    return [node.value for node in _own_statements(function) if isinstance(node, ast.Return)]


def _is_for_direct_use(value: ast.expr | None, factory: ast.FunctionDef) -> bool:
    """Whether a factory gives back its first argument, or what is made of it: then that argument is the
    function of `@factory` without arguments, which is meant as well."""
    arguments = [*factory.args.posonlyargs, *factory.args.args]
    if isinstance(value, ast.Call) and len(value.args) == 1 and not value.keywords:
        value = value.args[0]
    return bool(arguments) and isinstance(value, ast.Name) and value.id == arguments[0].arg
