"""How workflow code meets a cancellation.

Facts (cloudify/workflows/tasks_graph.py, workflow_api.py): `graph.execute()` raises ExecutionCancelled,
which derives from Exception; it returns None. Code that runs no graph is never interrupted: it has to ask.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.flow.expression_types import called_function, is_none
from bplint.pycode.flow.flow_run import acts, block_of, raises, statement_of
from bplint.pycode.flow.program import catches, last_name, literal_text
from bplint.pycode.flow.workflow_faults import (
    CancellationNotRaisedAgain,
    CancelRequestAnsweredByReturn,
    CodeAfterExecute,
    DeprecatedCancelledResult,
    ExecuteResultCompared,
    LongSleep,
    LoopIgnoresCancellation,
    SwallowedCancellation,
)
from bplint.pycode.names.api.members import RUN_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction

CANCELLED: Final = "ExecutionCancelled"
RESULT: Final = "execution_cancelled"
_LONG_SLEEP_S: Final = 10


def check_cancellation(run: FlowRun) -> None:
    for function in run.reached:
        for call in executions(run, function):
            _code_after(run, call)
            _compared(run, call, function)
        for node in function.own_nodes():
            if isinstance(node, ast.Return):
                _deprecated_result(run, node, function)
            elif isinstance(node, ast.Try):
                _handlers(run, node, function)
            elif isinstance(node, (ast.While, ast.For)):
                _loop(run, node, function)
            elif isinstance(node, ast.If):
                _answered_by_return(run, node, function)
            elif isinstance(node, ast.Call):
                _long_sleep(run, node, function)


def executions(run: FlowRun, function: CodeFunction) -> Iterator[ast.Call]:
    """Calls of `graph.execute()`."""
    return (call for call, kind in run.method_calls(function, "execute") if kind == "graph")


def _runs_graph(run: FlowRun, node: ast.AST, function: CodeFunction) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr == "execute":
        return run.types.of(node.func.value, function) == "graph"
    origin = run.origin(node.func, function) or ""
    return origin.startswith("cloudify.plugins.lifecycle.") and origin.rpartition(".")[2] in RUN_GRAPHS


def _code_after(run: FlowRun, call: ast.Call) -> None:
    """Statements behind an execution that a cancellation skips, where they do more than tell."""
    statement = statement_of(run, call)
    if statement is None:
        return
    later: list[ast.stmt] = []
    current: ast.AST | None = statement
    while isinstance(current, ast.stmt):
        parent = run.parent(current)
        if isinstance(parent, ast.Try) and (parent.finalbody or parent.handlers):
            return
        block = block_of(run, current)
        later += block[block.index(current) + 1 :]
        if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.For | ast.While):
            break
        current = parent
    for node in later:
        if _goes_on(run, node):
            return
        if acts(node):
            run.report(CodeAfterExecute, node)
            return


def _goes_on(run: FlowRun, statement: ast.stmt) -> bool:
    """Whether the workflow goes on with another graph: to skip that is what a cancellation is for."""
    if isinstance(statement, ast.Return | ast.Raise):
        return True
    for node in ast.walk(statement):
        if isinstance(node, ast.Call):
            name = last_name(node.func)
            if name in ("execute", "graph_mode", "refresh_node_instances", "sequence", "subgraph"):
                return True
            if name in RUN_GRAPHS or any(run.types.of(a, None) == "graph" for a in node.args):
                return True
    return False


def _is_cancelled_result(run: FlowRun, node: ast.expr | None, function: CodeFunction) -> bool:
    if node is None:
        return False
    if literal_text(node) == RESULT:
        return True
    return (run.origin(node, function) or "").endswith(".EXECUTION_CANCELLED_RESULT")


def _deprecated_result(run: FlowRun, node: ast.Return, function: CodeFunction) -> None:
    if _is_cancelled_result(run, node.value, function):
        run.report(DeprecatedCancelledResult, node)


def _compared(run: FlowRun, call: ast.Call, function: CodeFunction) -> None:
    """`execute()`'s result against the value that only old releases returned."""
    name = run.assigned_name(call)
    for node in function.own_nodes():
        if not isinstance(node, ast.Compare) or len(node.comparators) != 1:
            continue
        sides = [node.left, node.comparators[0]]
        if not any(_is_cancelled_result(run, side, function) for side in sides):
            continue
        if any(side is call or (name and isinstance(side, ast.Name) and side.id == name) for side in sides):
            run.report(ExecuteResultCompared, node)


def _handlers(run: FlowRun, node: ast.Try, function: CodeFunction) -> None:
    runs = any(_runs_graph(run, inner, function) for part in node.body for inner in ast.walk(part))
    asks = runs or any(
        _may_be_cancelled(run, inner, function) for part in node.body for inner in ast.walk(part)
    )
    if not asks:
        return
    for handler in node.handlers:
        names = _names(handler)
        if CANCELLED in names:
            if _is_swallowed(run, handler, function):
                run.report(CancellationNotRaisedAgain, handler_head(handler))
            if runs:
                return  # what follows never sees it
        elif runs and catches(handler):
            if _is_swallowed(run, handler, function) and not _raises_later(run, node):
                run.report(SwallowedCancellation, handler_head(handler))
            return


def _may_be_cancelled(run: FlowRun, node: ast.AST, function: CodeFunction) -> bool:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return last_name(raised) == CANCELLED
    return isinstance(node, ast.Call) and called_function(run.program, node.func, function) is not None


def _names(handler: ast.ExceptHandler) -> set[str]:
    if handler.type is None:
        return set()
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {last_name(kind) for kind in types}


def handler_head(handler: ast.ExceptHandler) -> ast.AST:
    """The exception named by a handler; the whole handler where it names none."""
    return handler.type if handler.type is not None else _Bare(handler)


class _Bare(ast.expr):
    """The word `except` of a bare handler, as a node with a place."""

    def __init__(self, handler: ast.ExceptHandler) -> None:
        super().__init__()
        self.lineno = self.end_lineno = handler.lineno
        self.col_offset = handler.col_offset
        self.end_col_offset = handler.col_offset + len("except")


def _is_swallowed(run: FlowRun, handler: ast.ExceptHandler, function: CodeFunction) -> bool:
    """Whether a handler neither raises nor ends the execution as cancelled nor hands the error on."""
    if raises(handler.body):
        return False
    for node in (inner for part in handler.body for inner in ast.walk(part)):
        if isinstance(node, ast.Return) and _is_cancelled_result(run, node.value, function):
            return False
        if isinstance(node, ast.Call) and last_name(node.func) in ("exit", "_exit", "abort", "reraise"):
            return False
        if isinstance(node, ast.Assign | ast.AugAssign) and handler.name:
            return not any(isinstance(p, ast.Name) and p.id == handler.name for p in ast.walk(node.value))
    return True


def _raises_later(run: FlowRun, node: ast.Try) -> bool:
    block = block_of(run, node)
    return raises(block[block.index(node) + 1 :]) or raises(node.finalbody)


def _asks(run: FlowRun, root: ast.AST, function: CodeFunction, depth: int = 0) -> bool:
    """Whether code asks for a cancellation, or runs a graph, which does so itself."""
    for node in ast.walk(root):
        if isinstance(node, ast.Call):
            name = last_name(node.func)
            if name in ("has_cancel_request", "has_kill_request", "execute") or _runs_graph(
                run, node, function
            ):
                return True
            called = called_function(run.program, node.func, function)
            if called is not None and depth < 5 and _asks(run, called.node, called, depth + 1):
                return True
            if called is None and run.hands_ctx_away(node, function):
                return True
        elif isinstance(node, ast.Attribute) and node.attr == "cancel_request":
            return True
    return False


def _is_sleep(run: FlowRun, node: ast.AST, function: CodeFunction) -> bool:
    return isinstance(node, ast.Call) and run.origin(node.func, function) == "time.sleep"


def _loop(run: FlowRun, node: ast.While | ast.For, function: CodeFunction) -> None:
    waits = any(
        _is_sleep(run, inner, function) and _innermost_loop(run, inner) is node for inner in ast.walk(node)
    )
    endless = isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and bool(node.test.value)
    if not waits and not (endless and not _is_left(node)):
        return
    if not _asks(run, node, function):
        run.report(LoopIgnoresCancellation, node.test if isinstance(node, ast.While) else node.iter)


def _innermost_loop(run: FlowRun, node: ast.AST) -> ast.AST | None:
    for parent, _ in run.program.ancestors(node):
        if isinstance(parent, ast.While | ast.For):
            return parent
    return None


def _is_left(node: ast.While | ast.For) -> bool:
    return any(isinstance(inner, ast.Break | ast.Return | ast.Raise) for inner in ast.walk(node))


def _long_sleep(run: FlowRun, node: ast.Call, function: CodeFunction) -> None:
    if not _is_sleep(run, node, function) or not node.args:
        return
    if any(isinstance(parent, ast.While | ast.For) for parent, _ in run.program.ancestors(node)):
        return
    value = node.args[0]
    if (
        isinstance(value, ast.Constant)
        and isinstance(value.value, int | float)
        and value.value > _LONG_SLEEP_S
    ):
        run.report(LongSleep, node, seconds=value.value)


def _answered_by_return(run: FlowRun, node: ast.If, function: CodeFunction) -> None:
    asked = [
        inner
        for inner in ast.walk(node.test)
        if isinstance(inner, ast.Call) and last_name(inner.func) == "has_cancel_request"
    ]
    negated = any(isinstance(inner, ast.Not) for inner in ast.walk(node.test))
    if not asked or negated or function not in run.entries:
        return
    for statement in node.body:
        if isinstance(statement, ast.Return):
            value = statement.value
            if (
                value is None
                or is_none(value)
                or (isinstance(value, ast.Constant) and literal_text(value) != RESULT)
            ):
                run.report(CancelRequestAnsweredByReturn, statement)
