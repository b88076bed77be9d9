"""What the checks of one module of workflow code share."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.edit import Applicability, Fix
from bplint.pycode.flow.expression_types import Types, called_function, pass_types
from bplint.pycode.flow.program import last_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.reading import Reading
    from bplint.pycode.code_faults import CodeKind, FunctionFault, P
    from bplint.pycode.flow.program import CodeFunction, Program


class FlowRun:
    """One module: its program, the workflow functions in it (`entries`), all functions they reach, and
    the declarations that are mapped to each entry (`handed`)."""

    __slots__ = ("_graph_mode", "entries", "given", "handed", "program", "reached", "reading", "types")

    def __init__(
        self,
        reading: Reading,
        program: Program,
        entries: list[CodeFunction],
        handed: dict[CodeFunction, list[Handed]],
    ) -> None:
        self.reading = reading
        self.program = program
        self.entries = entries
        self.handed = handed
        self.types = Types(program)
        self._graph_mode: dict[CodeFunction, bool] = {}
        self.given: frozenset[str] | None = None  # attributes that the module sets or asks for; see usage.py
        for function in entries:
            function.is_entry = True
            if "ctx" in function.arguments:
                function.types = {"ctx": "ctx"}
        self.reached = pass_types(self.types, entries)

    def report(self, kind: CodeKind[P], node: ast.AST, *rest: P.args, **fields: P.kwargs) -> None:
        """Record a fault of a kind at a node."""
        place = (self.program.module.path, self.program.span(node))
        self.reading.report(kind, place, *rest, **fields)

    def respelling(self, node: ast.AST, written: str, known: Iterable[str]) -> Fix | None:
        """The fix that writes the one known name that is within reach, as a name or in quotes."""
        # only where something is wrong
        from bplint.near import unique_near
        from bplint.pycode.checks.signature_fixes import can_edit
        from bplint.syntax.rewrite import respell

        module, best = self.program.module, unique_near(written, known)
        if best is None or module.source is None or not can_edit(module):
            return None
        edit = respell(module.source, self.program.span(node), written, best)
        return Fix(f"write '{best}'", Applicability.SAFE, (edit,)) if edit is not None else None

    def report_header(self, kind: type[FunctionFault], function: CodeFunction) -> None:
        """Record a fault of a kind at the line that a function begins on."""
        module = self.program.module
        span = module.lines.header_span(function.node)
        self.reading.report(kind, (module.path, span), function=function.name)

    def origin(self, node: ast.expr, function: CodeFunction | None) -> str | None:
        return self.program.origin(node, function)

    def calls(self, function: CodeFunction) -> Iterator[ast.Call]:
        return (node for node in function.own_nodes() if isinstance(node, ast.Call))

    def method_calls(self, function: CodeFunction, name: str) -> Iterator[tuple[ast.Call, str | None]]:
        """Calls `x.name(…)` with the type of x."""
        for node in self.calls(function):
            if isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield node, self.types.of(node.func.value, function)

    def loads(self, name: str, function: CodeFunction) -> list[ast.Name]:
        """Where a function, or one inside it, reads a name, in order."""
        return function.loads(name)

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self.program.parents.get(node)

    def assigned_name(self, node: ast.expr) -> str | None:
        """The one name an expression is assigned to, or None."""
        parent = self.parent(node)
        if isinstance(parent, ast.Assign) and parent.value is node and len(parent.targets) == 1:
            target = parent.targets[0]
            return target.id if isinstance(target, ast.Name) else None
        return None

    def only_attributes(self, name: str, function: CodeFunction) -> set[str] | None:
        """The attributes that are read of a name, or None where it is used in any other way (passed on,
        returned, kept): then somebody else may do what is missing here."""
        attributes = set()
        for load in self.loads(name, function):
            parent = self.parent(load)
            if isinstance(parent, ast.Attribute):
                attributes.add(parent.attr)
                continue
            inner = self._passed_on(load, function)
            if inner is None:
                return None
            attributes |= inner
        return attributes

    def _passed_on(self, load: ast.Name, function: CodeFunction) -> set[str] | None:
        """The attributes that a function of this module reads of an argument."""
        call = self.parent(load)
        keyword = None
        if isinstance(call, ast.keyword):
            keyword, call = call, self.parent(call)
        if not isinstance(call, ast.Call) or call.func is load:
            return None
        called = called_function(self.program, call.func, function)
        if called is None or called is function:
            return None
        if keyword is not None:
            argument = keyword.arg
        else:
            index = call.args.index(load)
            argument = called.arguments[index] if index < len(called.arguments) else None
        if argument is None or argument not in called.arguments:
            return None
        return self.only_attributes(argument, called)

    def is_graph_mode(self, function: CodeFunction) -> bool:
        """Whether a function certainly works on a graph: it asks for one or is given one."""
        found = self._graph_mode.get(function)
        if found is None:
            given = {"graph", "subgraph", "sequence"} & set(function.types.values())
            asked = any(kind == "ctx" for _, kind in self.method_calls(function, "graph_mode"))
            found = self._graph_mode[function] = bool(given) or asked
        return found

    @property
    def is_linear(self) -> bool:
        """Whether nothing in what the workflows reach, or calls outside this module, makes a graph."""
        for function in self.reached:
            for node in self.calls(function):
                if last_name(node.func) == "graph_mode" or self.hands_ctx_away(node, function):
                    return False
        return True

    def hands_ctx_away(self, node: ast.Call, function: CodeFunction) -> bool:
        """Whether a call of something outside this module is given the context."""
        if called_function(self.program, node.func, function) is not None:
            return False
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        return any(self.types.of(value, function) in ("ctx", "kwargs", "graph") for value in values)


def statement_of(run: FlowRun, node: ast.AST) -> ast.stmt | None:
    """The statement that an expression stands in."""
    current: ast.AST | None = node
    while current is not None and not isinstance(current, ast.stmt):
        current = run.parent(current)
    return current


def block_of(run: FlowRun, statement: ast.stmt) -> list[ast.stmt]:
    """The list of statements that a statement is one of."""
    parent = run.parent(statement)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(parent, name, None)
        if isinstance(block, list) and statement in block:
            return block
    return [statement]


_TELLS: Final = frozenset(
    "debug info warning warn error exception critical log print send_event".split()  # noqa: SIM905
)
_READS: Final = frozenset(
    {"format", "get", "items", "keys", "values", "join", "get_node", "get_node_instance"}
)
_PURE: Final = frozenset(
    "len str repr list dict set tuple sorted sum min max any all bool int float format isinstance hasattr "  # noqa: SIM905
    "getattr type zip range round".split()
)


def acts(statement: ast.stmt, *, with_assignments: bool = False) -> bool:
    """Whether a statement does more than tell something or end the function. What the arguments of a log
    line call is computed to be told; what is assigned counts only where `with_assignments` says so."""
    if isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign):
        call = statement.value
        if isinstance(call, ast.Call) and last_name(call.func) in _TELLS:
            return False
        if not with_assignments and not isinstance(statement, ast.Expr):
            return False
        return any(isinstance(node, ast.Call) and not _only_reads(node) for node in ast.walk(statement))
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    inner = [*getattr(statement, "body", []), *getattr(statement, "orelse", [])]
    inner += getattr(statement, "finalbody", [])
    for handler in getattr(statement, "handlers", []):
        inner += handler.body
    return any(acts(part, with_assignments=with_assignments) for part in inner)


def _only_reads(call: ast.Call) -> bool:
    """Whether a call only makes or looks up a value."""
    if isinstance(call.func, ast.Name):
        return call.func.id in _PURE
    return last_name(call.func) in _READS


def raises(body: list[ast.stmt]) -> bool:
    """Whether a body has a `raise` of its own."""
    return any(isinstance(node, ast.Raise) for statement in body for node in ast.walk(statement))


def ends(body: list[ast.stmt]) -> bool:
    """Whether control never leaves a body at its end."""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, ast.Return | ast.Raise | ast.Continue | ast.Break):
        return True
    if isinstance(last, ast.If):
        return bool(last.orelse) and ends(last.body) and ends(last.orelse)
    if isinstance(last, ast.With):
        return ends(last.body)
    if isinstance(last, ast.Try):
        handled = all(ends(handler.body) for handler in last.handlers)
        return ends(last.finalbody) or (handled and (ends(last.body) or ends(last.orelse)))
    if isinstance(last, ast.While):
        endless = isinstance(last.test, ast.Constant) and bool(last.test.value)
        return endless and not any(isinstance(node, ast.Break) for node in ast.walk(last))
    if isinstance(last, ast.Match):
        wild = any(
            isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None
            for case in last.cases
        )
        return wild and all(ends(case.body) for case in last.cases)
    return False
