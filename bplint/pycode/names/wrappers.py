"""What the functions that decorators give back do with the keywords they are called with.

Read is the code of the decorator: which arguments its wrapper takes, what it hands on to the function, and
what it adds to or takes from its `**kwargs` on the way. Nothing is passed by position (cloudify/dispatch.py),
so `*args` is empty.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
# calls that only look at the mapping they are given
_LOOKERS: Final = frozenset(
    [
        *("debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print", "format"),
        *("str", "repr", "len", "dict", "deepcopy", "copy", "list", "sorted", "bool", "dumps", "isinstance"),
        *("type", "any", "all", "iter", "id", "set", "tuple", "pformat"),
    ]
)
_TESTS: Final = (ast.FormattedValue, ast.BoolOp, ast.If, ast.IfExp, ast.UnaryOp, ast.BinOp)
_READING: Final = frozenset(["get", "items", "keys", "values", "copy", "iteritems", "iterkeys", "has_key"])


class Wrapper:
    """What a wrapper does.

    node        the function that is called instead
    passes      whether its `**kwargs` reach the function
    positional  how many arguments it hands over by position
    supplied    names that it gives the function itself, at least sometimes
    removed     names that it keeps, at least sometimes
    may_add     whether it may give more than can be read
    may_remove  whether it may keep more than can be read
    """

    __slots__ = ("may_add", "may_remove", "node", "passes", "positional", "removed", "supplied")

    def __init__(self, node: FunctionNode) -> None:
        self.node = node
        self.passes = False
        self.positional = 0
        self.supplied: set[str] = set()
        self.removed: set[str] = set()
        self.may_add = False
        self.may_remove = False


def read_wrapper(node: FunctionNode, function: str) -> Wrapper | None:
    """What a wrapper does with the function that is known to it by a name; None where that is used in a way
    that cannot be followed."""
    wrapper = Wrapper(node)
    body: list[ast.AST] = list(node.body) if isinstance(node.body, list) else [node.body]
    parents = _parents(body)
    calls: list[ast.Call] = []
    for use in _loads(parents, function):
        parent = parents.get(use)
        if isinstance(parent, ast.Call) and parent.func is use:
            calls.append(parent)
        elif not isinstance(parent, ast.Attribute) and not _is_argument_of(use, parent, _LOOKERS | {"wraps"}):
            return None
    for call in calls:
        _read_call(wrapper, call)
    if wrapper.passes:
        _read_keywords(wrapper, parents)
    return wrapper


def _parents(body: list[ast.AST]) -> dict[ast.AST, ast.AST | None]:
    found: dict[ast.AST, ast.AST | None] = dict.fromkeys(body)
    stack = list(body)
    while stack:
        node = stack.pop()
        for child in ast.iter_child_nodes(node):
            found[child] = node
            stack.append(child)
    return found


def _loads(parents: dict[ast.AST, ast.AST | None], name: str) -> Iterator[ast.Name]:
    for node in parents:
        if isinstance(node, ast.Name) and node.id == name:
            yield node


def _is_argument_of(node: ast.AST, parent: ast.AST | None, names: frozenset[str] | set[str]) -> bool:
    if isinstance(parent, ast.Call) and node in parent.args:
        called = parent.func
        return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in names
    return False


def _read_call(wrapper: Wrapper, call: ast.Call) -> None:
    args = wrapper.node.args
    own = args.kwarg.arg if args.kwarg is not None else None
    vararg = args.vararg.arg if args.vararg is not None else None
    count = 0
    for value in call.args:
        if not isinstance(value, ast.Starred):
            count += 1
        elif not _is_name(value.value, vararg):
            wrapper.may_add = True
    wrapper.positional = max(wrapper.positional, count)
    for keyword in call.keywords:
        if keyword.arg is not None:
            wrapper.supplied.add(keyword.arg)
        elif own is not None and _is_name(keyword.value, own):
            wrapper.passes = True
        else:
            # a mapping that was put together on the way
            wrapper.passes = wrapper.may_add = wrapper.may_remove = True


def _read_keywords(wrapper: Wrapper, parents: dict[ast.AST, ast.AST | None]) -> None:
    """What happens to `**kwargs` before they are handed on."""
    kwarg = wrapper.node.args.kwarg
    if kwarg is None:
        return
    for use in _loads(parents, kwarg.arg):
        parent = parents.get(use)
        if not isinstance(use.ctx, ast.Load):
            wrapper.may_add = wrapper.may_remove = True
        elif isinstance(parent, ast.Subscript) and parent.value is use:
            _read_item(wrapper, parent)
        elif isinstance(parent, ast.Attribute):
            _read_method(wrapper, parent, parents.get(parent))
        elif isinstance(parent, ast.keyword | ast.Compare | ast.For | ast.comprehension | ast.JoinedStr):
            if isinstance(parent, ast.keyword) and parent.arg is not None:
                wrapper.may_add = wrapper.may_remove = True
        elif isinstance(
            parent, ast.FormattedValue | ast.BoolOp | ast.If | ast.IfExp | ast.UnaryOp | ast.BinOp
        ):
            continue
        elif not _is_argument_of(use, parent, _LOOKERS) and not isinstance(parent, ast.Tuple):
            wrapper.may_add = wrapper.may_remove = True


def _read_item(wrapper: Wrapper, item: ast.Subscript) -> None:
    key = _text(item.slice)
    if isinstance(item.ctx, ast.Store):
        if key is None:
            wrapper.may_add = True
        else:
            wrapper.supplied.add(key)
    elif isinstance(item.ctx, ast.Del):
        if key is None:
            wrapper.may_remove = True
        else:
            wrapper.removed.add(key)


def _read_method(wrapper: Wrapper, method: ast.Attribute, call: ast.AST | None) -> None:
    if method.attr in _READING:
        return
    key = _text(call.args[0]) if isinstance(call, ast.Call) and call.args else None
    if method.attr == "setdefault" and key is not None:
        wrapper.supplied.add(key)
    elif method.attr == "pop" and key is not None:
        wrapper.removed.add(key)
    elif method.attr == "pop":
        wrapper.may_remove = True
    elif method.attr == "update" and isinstance(call, ast.Call):
        _read_update(wrapper, call)
    else:
        wrapper.may_add = wrapper.may_remove = True


def _read_update(wrapper: Wrapper, call: ast.Call) -> None:
    for keyword in call.keywords:
        if keyword.arg is None:
            wrapper.may_add = True
        else:
            wrapper.supplied.add(keyword.arg)
    for value in call.args:
        keys = [_text(key) for key in value.keys] if isinstance(value, ast.Dict) else [None]
        for key in keys:
            if key is None:
                wrapper.may_add = True
            else:
                wrapper.supplied.add(key)


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_name(node: ast.expr, name: str | None) -> bool:
    return name is not None and isinstance(node, ast.Name) and node.id == name
