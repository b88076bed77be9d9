"""Which object an expression of workflow code holds. Where that is not known: None, and silence."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.flow.program import CodeFunction, bindings_of, literal_text
from bplint.pycode.names.api.members import ORIGINS, members_of

if TYPE_CHECKING:
    from bplint.pycode.flow.program import Program
    from bplint.pycode.names.api.members import Member

MAX_DEPTH: Final = 40
MANY: Final = ("iter:", "list:", "set:")


class Types:
    """Types of the expressions of one program. A call of a function of the module passes its types on."""

    __slots__ = ("_depth", "_known", "_members", "program")

    def __init__(self, program: Program) -> None:
        self.program = program
        self._members: dict[str, dict[str, Member] | None] = {}
        self._depth = 0
        self._known: dict[tuple[CodeFunction, str], str | None] = {}  # names; '' is what the function returns

    def forget(self) -> None:
        """Functions have got other types of arguments: what follows from them is to be found anew."""
        self._known.clear()

    def members(self, kind: str) -> dict[str, Member] | None:
        if kind not in self._members:
            self._members[kind] = members_of(kind)
        return self._members[kind]

    def of(self, node: ast.expr | None, function: CodeFunction | None) -> str | None:
        """The type of an expression where it stands in a function."""
        if node is None or self._depth > MAX_DEPTH:
            return None
        self._depth += 1
        try:
            return self._of(node, function)
        finally:
            self._depth -= 1

    def _of(self, node: ast.expr, function: CodeFunction | None) -> str | None:
        if isinstance(node, ast.Name):
            return self.of_name(node.id, function, node)
        if isinstance(node, ast.Attribute):
            return self._of_attribute(node, function)
        if isinstance(node, ast.Call):
            return self._of_call(node, function)
        if isinstance(node, ast.Subscript):
            return self._of_item(node, function)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            inner = self.of(node.elt, function)
            how = {ast.ListComp: "list:", ast.SetComp: "set:"}.get(type(node), "iter:")
            return f"{how}{inner}" if inner is not None else f"{how}?"
        if isinstance(node, ast.List | ast.Tuple):
            kinds = {self.of(item, function) for item in node.elts}
            only = kinds.pop() if len(kinds) == 1 else None
            return f"list:{only or '?'}"
        if isinstance(node, ast.IfExp):
            return self._agreed([node.body, node.orelse], function)
        if isinstance(node, ast.BoolOp):
            return self._agreed(node.values, function)
        if isinstance(node, ast.NamedExpr):
            return self.of(node.value, function)
        if isinstance(node, ast.BinOp):
            kind = self.of(node.left, function)
            return kind if kind is not None and kind.startswith(("set:", "list:")) else None
        return None

    def _agreed(self, values: list[ast.expr], function: CodeFunction | None) -> str | None:
        kinds = {self.of(value, function) for value in values if not is_none(value)}
        return kinds.pop() if len(kinds) == 1 else None

    def of_name(self, name: str, function: CodeFunction | None, node: ast.Name | None = None) -> str | None:
        """The type of a name; None where it is bound to different things."""
        scope = function
        while scope is not None:
            if name in scope.arguments or name in bindings_of(scope):
                return self._of_local(name, scope)
            if name == scope.keywords:
                return "kwargs"
            scope = scope.outer
        origin = self.program.origin(node or ast.Name(name, ast.Load()), None)
        return ORIGINS.get(origin) if origin is not None else None

    def _of_local(self, name: str, function: CodeFunction) -> str | None:
        key = (function, name)
        if key in self._known:
            return self._known[key]
        if name in function.resolving:
            return None
        function.resolving.add(name)
        try:
            kinds: set[str | None] = set()
            if name in function.arguments:
                kinds.add(function.types.get(name))
            for how, value in bindings_of(function).get(name, ()):
                if how == "is" and is_none(value):
                    continue
                kinds.add(self._bound(how, value, name, function))
            found = self._known[key] = kinds.pop() if len(kinds) == 1 else None
            return found
        finally:
            function.resolving.discard(name)

    def _bound(self, how: str, value: ast.expr | None, name: str, function: CodeFunction) -> str | None:
        if how == "is":
            return self.of(value, function)
        if how == "of":
            return element_of(self.of(value, function))
        if how == "import":
            origin = self.program.origin(ast.Name(name, ast.Load()), function)
            return ORIGINS.get(origin) if origin is not None else None
        return None

    def _of_attribute(self, node: ast.Attribute, function: CodeFunction | None) -> str | None:
        origin = self.program.origin(node, function)
        if origin in ORIGINS:
            return ORIGINS[origin]
        member = self._member(node, function)
        return member.result or None if member is not None and not member.is_method else None

    def _member(self, node: ast.Attribute, function: CodeFunction | None) -> Member | None:
        owner = self.of(node.value, function)
        members = self.members(owner) if owner is not None else None
        return members.get(node.attr) if members is not None else None

    def _of_call(self, node: ast.Call, function: CodeFunction | None) -> str | None:
        called = node.func
        if isinstance(called, ast.Attribute):
            member = self._member(called, function)
            if member is not None:
                return member.result or None if member.is_method else None
            if self.of(called.value, function) == "kwargs" and called.attr in ("get", "pop"):
                return "ctx" if node.args and literal_text(node.args[0]) == "ctx" else None
        if not isinstance(called, ast.Name):
            return None
        local = self.program.top.get(called.id)
        if local is not None and not self.program.is_bound_in(called.id, function):
            return self._returned(local)
        return self._of_builtin(called.id, node, function)

    def _of_builtin(self, name: str, node: ast.Call, function: CodeFunction | None) -> str | None:
        if not node.args or self.program.module.scope.names.get(name):
            return None
        inner = self.of(node.args[0], function)
        if name == "next":
            return element_of(inner)
        how = {"list": "list:", "sorted": "list:", "tuple": "list:", "set": "set:", "frozenset": "set:"}
        if name in how:
            return f"{how[name]}{element_of(inner) or '?'}"
        if name in ("iter", "reversed", "filter", "map"):
            source = self.of(node.args[-1], function) if name == "filter" else inner
            element = element_of(source) if name != "map" else None
            return f"iter:{element or '?'}"
        return None

    def _returned(self, function: CodeFunction) -> str | None:
        if (function, "") in self._known:
            return self._known[function, ""]
        if "" in function.resolving or isinstance(function.node, ast.Lambda):
            return None
        function.resolving.add("")
        try:
            if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in function.own_nodes()):
                return None
            values = [node.value for node in function.own_nodes() if isinstance(node, ast.Return)]
            kinds = {self.of(value, function) for value in values if value is not None and not is_none(value)}
            found = self._known[function, ""] = kinds.pop() if len(kinds) == 1 else None
            return found
        finally:
            function.resolving.discard("")

    def _of_item(self, node: ast.Subscript, function: CodeFunction | None) -> str | None:
        kind = self.of(node.value, function)
        if kind == "kwargs":
            return "ctx" if literal_text(node.slice) == "ctx" else None
        if kind is None or not kind.startswith(("list:", "iter:")):
            return None  # an iterator cannot be indexed; what is meant is known all the same
        return kind if isinstance(node.slice, ast.Slice) else element_of(kind)


def element_of(kind: str | None) -> str | None:
    """What walking over a type gives."""
    if kind is None or not kind.startswith(MANY):
        return None
    element = kind.partition(":")[2]
    return element if element != "?" else None


def is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def pass_types(types: Types, entries: list[CodeFunction]) -> list[CodeFunction]:
    """Give the functions that entries call, directly or not, the types they are called with. Returns all
    that are reached, entries first."""
    reached = list(entries)
    for _ in range(3):  # types settle after as many rounds as calls are nested with new types
        before = len(reached)
        passed: dict[CodeFunction, dict[str, set[str | None]]] = {}
        for function in reached:
            for node in function.own_nodes():
                if isinstance(node, ast.Call):
                    _pass_call(types, node, function, passed)
                elif isinstance(node, ast.Assign):
                    _pass_handler(types, node, function, passed)
        for function, arguments in passed.items():
            if not function.is_entry:
                function.types = {name: kinds.pop() for name, kinds in arguments.items() if len(kinds) == 1}
        types.forget()
        known = set(reached)
        reached += [function for function in passed if function not in known]
        if len(reached) == before and _ > 0:
            break
    return reached


def _pass_call(
    types: Types,
    node: ast.Call,
    function: CodeFunction,
    passed: dict[CodeFunction, dict[str, set[str | None]]],
) -> None:
    called = called_function(types.program, node.func, function)
    if called is None:
        return
    arguments = passed.setdefault(called, {})
    names = called.arguments
    for index, value in enumerate(node.args):
        if isinstance(value, ast.Starred):
            break
        if index < len(names):
            arguments.setdefault(names[index], set()).add(types.of(value, function))
    for keyword in node.keywords:
        if keyword.arg is not None:
            arguments.setdefault(keyword.arg, set()).add(types.of(keyword.value, function))


def _pass_handler(
    types: Types,
    node: ast.Assign,
    function: CodeFunction,
    passed: dict[CodeFunction, dict[str, set[str | None]]],
) -> None:
    for target in node.targets:
        if isinstance(target, ast.Attribute) and target.attr in ("on_success", "on_failure"):
            handler = called_function(types.program, node.value, function)
            if handler is not None and handler.arguments:
                kind = types.of(target.value, function)
                argument = passed.setdefault(handler, {}).setdefault(handler.arguments[0], set())
                argument.add("subgraph" if kind == "subgraph" else "task")


def called_function(program: Program, node: ast.expr, function: CodeFunction | None) -> CodeFunction | None:
    """The function of this module that a name means where it stands: one of an outer function, or of the
    top level."""
    if isinstance(node, ast.Lambda):
        return program.by_node.get(node)
    if not isinstance(node, ast.Name):
        return None
    scope = function
    while scope is not None:
        hows = bindings_of(scope).get(node.id)
        if hows is not None or node.id in scope.arguments:
            if hows is None or [how for how, _ in hows] != ["def"] or node.id in scope.arguments:
                return None
            return scope.inner.get(node.id)
        scope = scope.outer
    return program.top.get(node.id)
