"""What a target accepts when it is called with keywords."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.names.target import FOUND, Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.module import Module
    from bplint.pycode.names.target import Resolver

# they give back the function that they were given (cloudify/decorators.py)
MARKERS: Final = frozenset({"workflow", "operation", "task"})
# gives back a wrapper that hands everything on
HANDS_ON: Final = frozenset({"serial_operation"})


class Argument:
    """One argument: `default` is its expression or None; `node` its place in the signature."""

    __slots__ = ("default", "is_bound", "is_positional_only", "name", "node")

    def __init__(self, node: ast.arg, default: ast.expr | None, is_positional_only: bool) -> None:
        self.name = node.arg
        self.node = node
        self.default = default
        self.is_bound = False  # by a `partial`, which is there to do so
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


def signature_of(definition: Definition, resolver: Resolver) -> Signature:
    """The signature of what a target resolved to; with a doubt where reading is not enough."""
    signature = Signature(definition)
    node = definition.node
    if definition.kind == "function" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        _take(signature, node.args, skip=_skips(definition))
        if isinstance(node, ast.AsyncFunctionDef):
            signature.doubt = "it is a coroutine"
        for decorator in node.decorator_list:
            if not _is_transparent(decorator, definition, resolver):
                signature.doubt = f"decorator '{_name_of(decorator)}' may change the signature"
                break
    elif isinstance(node, ast.Lambda):
        _take(signature, node.args, skip=0)
    elif definition.kind == "class" and isinstance(node, ast.ClassDef):
        _of_class(signature, definition, node, resolver)
    elif definition.kind == "partial":
        return _of_partial(definition, resolver)
    else:
        signature.doubt = "it is put together at run time"
    return signature


def _skips(definition: Definition) -> int:
    """Arguments that a class or instance fills in."""
    if definition.owner is None or not isinstance(definition.node, ast.FunctionDef):
        return 0
    names = {_name_of(decorator) for decorator in definition.node.decorator_list}
    return 1 if "classmethod" in names else 0


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


def _of_class(signature: Signature, definition: Definition, node: ast.ClassDef, resolver: Resolver) -> None:
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


def _of_partial(definition: Definition, resolver: Resolver) -> Signature:
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


def _is_transparent(decorator: ast.expr, definition: Definition, resolver: Resolver) -> bool:
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    origin = origin_of(node, definition.module)
    if origin is not None and origin.startswith("cloudify.decorators."):
        return origin.rpartition(".")[2] in MARKERS | HANDS_ON
    if origin in ("staticmethod", "classmethod", "functools.lru_cache", "functools.cache"):
        return True
    answer = resolver.expression(definition.module, definition.module.scope, node, "decorator", 0)
    found = answer.definition
    if found is None or not isinstance(found.node, ast.FunctionDef):
        return False
    maker = found.node
    return hands_on(maker, is_factory=isinstance(decorator, ast.Call))


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


def hands_on(maker: ast.FunctionDef, *, is_factory: bool) -> bool:
    """Whether a decorator gives back a wrapper that calls its function with all it is given, unchanged.

    Read are `def decorator(function)` and, for a factory, `def decorator(…)` that returns such a one.
    """
    if is_factory:
        inner = _returned_def(maker)
        return inner is not None and hands_on(inner, is_factory=False)
    function = maker.args.args[0].arg if maker.args.args else None
    wrapper = _returned_def(maker)
    if function is None:
        return False
    if wrapper is None:
        returned = [node.value for node in ast.walk(maker) if isinstance(node, ast.Return)]
        return bool(returned) and all(_is_name(value, function) for value in returned)
    return _passes_all(wrapper, function)


def _returned_def(maker: ast.FunctionDef) -> ast.FunctionDef | None:
    inner = {node.name: node for node in maker.body if isinstance(node, ast.FunctionDef)}
    returned = [node.value for node in maker.body if isinstance(node, ast.Return)]
    if len(returned) == 1 and isinstance(returned[0], ast.Name):
        return inner.get(returned[0].id)
    return None


def _passes_all(wrapper: ast.FunctionDef, function: str) -> bool:
    args = wrapper.args
    if args.args or args.posonlyargs or args.kwonlyargs or args.vararg is None or args.kwarg is None:
        return False
    calls = [
        node for node in ast.walk(wrapper) if isinstance(node, ast.Call) and _is_name(node.func, function)
    ]
    if not calls:
        return False
    allowed: set[int] = set()
    for call in calls:
        if len(call.args) != 1 or len(call.keywords) != 1 or call.keywords[0].arg is not None:
            return False
        star = call.args[0]
        if not isinstance(star, ast.Starred) or not _is_name(star.value, args.vararg.arg):
            return False
        if not _is_name(call.keywords[0].value, args.kwarg.arg):
            return False
        allowed.add(id(call.keywords[0].value))
    return all(_only_reads(node, args.kwarg.arg, allowed) for node in ast.walk(wrapper))


def _only_reads(node: ast.AST, keywords: str, allowed: set[int]) -> bool:
    """False where a node may change `kwargs`: anything but `kwargs[…]`, `kwargs.get` and handing on."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr) or not _is_name(child, keywords) or id(child) in allowed:
            continue
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            continue
        if isinstance(node, ast.Attribute) and node.attr in ("get", "items", "keys", "values"):
            continue
        return False
    return True


def _is_name(node: ast.expr | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
