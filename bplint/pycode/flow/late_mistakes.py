"""Handlers that come too late or read too late, requests to cancel that are asked for in vain, modifications
that stay started."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.flow.cancellation import CANCELLED, executions
from bplint.pycode.flow.expression_types import called_function
from bplint.pycode.flow.flow_run import acts, block_of, statement_of
from bplint.pycode.flow.mistake_faults import (
    CancellationReturned,
    CancelRequestBreaksLoop,
    CancelRequestNotCalled,
    HandlerAfterExecute,
    HandlerOfLoopVariable,
    ModificationNotRolledBack,
)
from bplint.pycode.flow.program import last_name
from bplint.pycode.names.api.members import RUN_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction

_HANDLERS = ("on_success", "on_failure")
_ASKS = ("has_cancel_request", "has_kill_request")


def check_late_mistakes(run: FlowRun) -> None:
    for function in run.reached:
        _late_handlers(run, function)
        _modifications(run, function)
        for node in function.own_nodes():
            if isinstance(node, ast.If | ast.While | ast.IfExp):
                _not_called(run, node.test, function)
            if isinstance(node, ast.If):
                _breaks(run, node, function)
            elif isinstance(node, ast.Return):
                _returned(run, node, function)
            elif isinstance(node, ast.For):
                _loop_handlers(run, node, function)


def _set_handlers(root: ast.AST) -> Iterator[tuple[ast.Assign, ast.Attribute]]:
    for node in ast.walk(root):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in _HANDLERS:
                    yield node, target


def _late_handlers(run: FlowRun, function: CodeFunction) -> None:
    """Handlers that are set behind the last execution of the function, in its own block."""
    runs = [statement_of(run, call) for call in executions(run, function)]
    if not runs:
        return
    last = max(statement.lineno for statement in runs if statement is not None)
    for assign, target in _set_handlers(function.node):
        in_loop = any(isinstance(parent, ast.For | ast.While) for parent, _ in run.program.ancestors(assign))
        kind = run.types.of(target.value, function)
        if assign.lineno > last and not in_loop and kind in ("task", "subgraph"):
            executed = next((each for each in runs if each is not None), None)
            if executed is not None and executed in block_of(run, executed) and _is_behind(run, assign, runs):
                run.report(HandlerAfterExecute, target, handler=target.attr)


def _is_behind(run: FlowRun, statement: ast.stmt, runs: list[ast.stmt | None]) -> bool:
    block = block_of(run, statement)
    return any(each in block and block.index(each) < block.index(statement) for each in runs if each)


def _not_called(run: FlowRun, test: ast.expr, function: CodeFunction) -> None:
    """`if api.has_cancel_request:` is always true."""
    stack = [test]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.BoolOp):
            stack.extend(node.values)
        elif isinstance(node, ast.UnaryOp):
            stack.append(node.operand)
        elif isinstance(node, ast.Attribute | ast.Name) and last_name(node) in _ASKS:
            origin = run.origin(node, function) or ""
            if origin.startswith("cloudify.workflows."):
                run.report(CancelRequestNotCalled, node, name=last_name(node))


def _returned(run: FlowRun, node: ast.Return, function: CodeFunction) -> None:
    value = node.value.func if isinstance(node.value, ast.Call) else node.value
    if not isinstance(value, ast.Attribute | ast.Name) or last_name(value) != CANCELLED:
        return
    if (run.origin(value, function) or "").startswith("cloudify.workflows."):
        run.report(CancellationReturned, node)


def _breaks(run: FlowRun, node: ast.If, function: CodeFunction) -> None:
    """`if api.has_cancel_request(): break` with work behind the loop."""
    asks = isinstance(node.test, ast.Call) and last_name(node.test.func) == "has_cancel_request"
    if not asks or not node.body or not isinstance(node.body[-1], ast.Break):
        return
    loop = next(
        (parent for parent, _ in run.program.ancestors(node) if isinstance(parent, ast.For | ast.While)), None
    )
    if loop is None or loop.orelse:
        return
    block = block_of(run, loop)
    for later in block[block.index(loop) + 1 :]:
        if isinstance(later, ast.Raise) or _asks_again(later):
            return
        if acts(later, with_assignments=True):
            run.report(CancelRequestBreaksLoop, node.body[-1], line=later.lineno)
            return


def _asks_again(statement: ast.stmt) -> bool:
    return any(
        isinstance(node, ast.Call) and last_name(node.func) == "has_cancel_request"
        for node in ast.walk(statement)
    )


def _loop_handlers(run: FlowRun, loop: ast.For, function: CodeFunction) -> None:
    """Handlers made in a loop that read its variable: they run when the loop is through."""
    names = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    inside = {id(node) for node in ast.walk(loop)}
    if any(id(call) in inside for call in executions(run, function)):
        return
    for assign, target in _set_handlers(loop):
        handler = called_function(run.program, assign.value, function)
        if handler is None or id(handler.node) not in inside:
            continue
        if run.types.of(target.value, function) not in ("task", "subgraph"):
            continue
        own = set(handler.arguments)
        read = [
            node
            for node in ast.walk(handler.node)
            if isinstance(node, ast.Name) and node.id in names - own and isinstance(node.ctx, ast.Load)
        ]
        outside_defaults = {id(n) for d in handler.node.args.defaults for n in ast.walk(d)}
        late = [node for node in read if id(node) not in outside_defaults]
        if late:
            run.report(HandlerOfLoopVariable, late[0], name=late[0].id)


def _modifications(run: FlowRun, function: CodeFunction) -> None:
    """A modification that is finished behind a graph's execution, and rolled back nowhere."""
    for call, kind in run.method_calls(function, "start_modification"):
        name = run.assigned_name(call)
        if kind != "deployment" or name is None:
            continue
        attributes = run.only_attributes(name, function)
        if attributes is None or "finish" not in attributes or "rollback" in attributes:
            continue
        between = [
            node
            for node in function.own_nodes()
            if isinstance(node, ast.Call)
            and node.lineno > call.lineno
            and (last_name(node.func) == "execute" or last_name(node.func) in RUN_GRAPHS)
        ]
        if between:
            run.report(ModificationNotRolledBack, call)
