"""What a target accepts when it is called with keywords."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.names.decorators import decorations_of
from bplint.pycode.names.target import FOUND, Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.module import Module
    from bplint.pycode.names.target import TargetResolver
    from bplint.pycode.names.wrappers import Wrapper

_GIVEN: Final = ast.Constant(None)  # stands for what a wrapper gives


class Argument:
    """One argument: `default` is its expression or None; `node` its place in the signature. `is_bound` where
    something else gives it: a `partial`, or the wrapper of a decorator."""

    __slots__ = ("default", "is_bound", "is_positional_only", "name", "node")

    def __init__(self, node: ast.arg, default: ast.expr | None, is_positional_only: bool) -> None:
        self.name = node.arg
        self.node = node
        self.default = default
        self.is_bound = False
        self.is_positional_only = is_positional_only


class Signature:
    """The arguments of a function as its caller sees them.

    keywords   name of `**kwargs`, or None
    doubt      why it cannot be trusted, or '' where it can
    """

    __slots__ = ("arguments", "definition", "doubt", "keywords")

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.arguments: dict[str, Argument] = {}
        self.keywords: str | None = None
        self.doubt = ""

    @property
    def module(self) -> Module:
        return self.definition.module

    def accepts(self, name: str) -> bool:
        """Whether `name=value` is taken."""
        argument = self.arguments.get(name)
        if argument is not None and not argument.is_positional_only:
            return True
        return self.keywords is not None

    def required(self) -> Iterator[Argument]:
        return (argument for argument in self.arguments.values() if argument.default is None)

    @property
    def text(self) -> str:
        """The signature as it is written, on one line."""
        node = self.definition.node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return f"{node.name}({ast.unparse(node.args)})"
        if isinstance(node, ast.Lambda):
            return f"{self.definition.name}({ast.unparse(node.args)})"
        return self.definition.name


def signature_of(definition: Definition, resolver: TargetResolver) -> Signature:
    """The signature of what a target resolved to; with a doubt where reading is not enough."""
    signature = Signature(definition)
    node = definition.node
    if definition.kind == "function" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        _take(signature, node.args, skip=_skips(definition))
        if isinstance(node, ast.AsyncFunctionDef):
            signature.doubt = "it is a coroutine"
        for decorator in reversed(node.decorator_list):
            decorations = decorations_of(decorator, definition.module, resolver)
            if decorations is None:
                signature.doubt = f"decorator '{_name_of(decorator)}' may change the signature"
                break
            for decoration in decorations:
                if decoration.wrapper is not None:
                    _wrap(signature, decoration.wrapper)
    elif isinstance(node, ast.Lambda):
        _take(signature, node.args, skip=0)
    elif definition.kind == "class" and isinstance(node, ast.ClassDef):
        _of_class(signature, definition, node, resolver)
    elif definition.kind == "partial":
        return _of_partial(definition, resolver)
    elif definition.kind == "instance":
        return _of_instance(definition, resolver)
    else:
        signature.doubt = "it is put together at run time"
    return signature


def _skips(definition: Definition) -> int:
    """Arguments that a class or instance fills in."""
    if definition.owner is None or not isinstance(definition.node, ast.FunctionDef):
        return 0
    names = {_name_of(decorator) for decorator in definition.node.decorator_list}
    if "staticmethod" in names:
        return 0
    return 1 if "classmethod" in names or definition.is_bound else 0


def _take(signature: Signature, args: ast.arguments, skip: int) -> None:
    positional = [*args.posonlyargs, *args.args]
    first_default = len(positional) - len(args.defaults)
    for index, node in enumerate(positional):
        if index < skip:
            continue
        default = args.defaults[index - first_default] if index >= first_default else None
        signature.arguments[node.arg] = Argument(node, default, index < len(args.posonlyargs))
    for node, value in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        signature.arguments[node.arg] = Argument(node, value, False)
    signature.keywords = args.kwarg.arg if args.kwarg is not None else None


def _of_class(
    signature: Signature, definition: Definition, node: ast.ClassDef, resolver: TargetResolver
) -> None:
    if node.keywords or node.decorator_list:
        signature.doubt = f"class '{node.name}' has a metaclass or decorator"
        return
    answer = resolver.member(definition, "__init__", 0)
    found = answer.definition
    if answer.state != FOUND or found is None or not isinstance(found.node, ast.FunctionDef):
        signature.doubt = f"the __init__ of class '{node.name}' is not known"
        return
    if any(isinstance(part, ast.FunctionDef) and part.name == "__new__" for part in node.body):
        signature.doubt = f"class '{node.name}' has a __new__"
    _take(signature, found.node.args, skip=1)


def _of_instance(definition: Definition, resolver: TargetResolver) -> Signature:
    """An instance is called by its `__call__`."""
    assert definition.inner is not None
    answer = resolver.member(definition, "__call__", 0)
    if answer.definition is None:
        signature = Signature(definition)
        signature.doubt = "it is put together at run time"
        return signature
    return signature_of(answer.definition, resolver)


def _wrap(signature: Signature, wrapper: Wrapper) -> None:
    """Turn the signature of a function into that of a wrapper around it."""
    inner = list(signature.arguments.values())
    inner_keywords = signature.keywords
    args = wrapper.node.args
    signature.arguments = {}
    _take(signature, args, skip=0)
    own = set(signature.arguments)
    if not wrapper.passes:
        return
    by_position = [each for each in inner if each.name not in {arg.arg for arg in _keyword_only(signature)}]
    filled = {each.name for each in by_position[: wrapper.positional]}
    for argument in inner:
        if argument.name in own or argument.name in filled:
            continue
        is_given = argument.name in wrapper.supplied | wrapper.removed or wrapper.may_add
        signature.arguments[argument.name] = _given(argument) if is_given else argument
    for name in wrapper.removed - set(signature.arguments):
        signature.arguments[name] = _given(Argument(ast.arg(name), None, False))
    if inner_keywords is None and not wrapper.may_remove:
        signature.keywords = None


def _keyword_only(signature: Signature) -> list[ast.arg]:
    node = signature.definition.node
    return node.args.kwonlyargs if isinstance(node, ast.FunctionDef | ast.Lambda) else []


def _given(argument: Argument) -> Argument:
    """The same argument, given by somebody else: taken, and not needed."""
    given = Argument(argument.node, argument.default or _GIVEN, False)
    given.is_bound = True
    return given


def _of_partial(definition: Definition, resolver: TargetResolver) -> Signature:
    assert definition.inner is not None
    inner = signature_of(definition.inner, resolver)
    call = definition.node
    if not isinstance(call, ast.Call) or any(isinstance(arg, ast.Starred) for arg in call.args):
        inner.doubt = "it is a partial with arguments that are not known"
        return inner
    for name in list(inner.arguments)[: len(call.args) - 1]:
        del inner.arguments[name]
    for keyword in call.keywords:
        if keyword.arg is None:
            inner.doubt = "it is a partial with keywords that are not known"
        elif keyword.arg in inner.arguments:
            # still accepted by keyword, but no longer required
            inner.arguments[keyword.arg].default = keyword.value
            inner.arguments[keyword.arg].is_bound = True
    return inner


def _name_of(decorator: ast.expr) -> str:
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    try:
        return ast.unparse(node)
    except (ValueError, RecursionError):
        return "?"
