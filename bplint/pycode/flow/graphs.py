"""Graphs, sequences, subgraphs and tasks that are made and then forgotten.

Facts (tasks_graph.py): at the end of a workflow in graph mode nothing is executed or waited for; a
sequence adds tasks one by one and forkjoins, never a list.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.flow.expression_types import MANY, called_function, is_none
from bplint.pycode.flow.flow_run import acts, block_of, ends
from bplint.pycode.flow.program import last_name
from bplint.pycode.flow.workflow_faults import (
    GetInGraphMode,
    GraphNeverExecuted,
    GraphNotReturned,
    GraphWithoutName,
    HandlerArguments,
    HandlerNotStorable,
    HandlerWithoutResult,
    ListInSequence,
    ModificationLeftOpen,
    NothingAdded,
    ResumableWithoutStoredGraph,
    TaskNeverAdded,
    TaskNotAwaited,
)

if TYPE_CHECKING:
    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction

MAKER = "cloudify.workflows.tasks_graph.make_or_get_graph"


def check_graphs(run: FlowRun) -> None:
    is_linear = run.is_linear
    for function in run.reached:
        _never_executed(run, function)
        _modifications(run, function)
        for call in run.calls(function):
            _filled(run, call, function)
            _lists(run, call, function)
        for node in function.own_nodes():
            if isinstance(node, ast.Expr | ast.Assign):
                _lost_task(run, node, function, is_linear)
        _waits(run, function)
    check_makers(run)


def _never_executed(run: FlowRun, function: CodeFunction) -> None:
    if any(last_name(node.func) == "execute" for node in run.calls(function)):
        return
    for call, kind in run.method_calls(function, "graph_mode"):
        if kind != "ctx" or is_maker(run, function):
            continue
        name = run.assigned_name(call)
        if name is None:
            parent = run.parent(call)
            if isinstance(parent, ast.Expr):
                run.report(GraphNeverExecuted, call)
            continue
        attributes = run.only_attributes(name, function)
        if attributes is not None and "execute" not in attributes:
            run.report(GraphNeverExecuted, call)


def _filled(run: FlowRun, node: ast.Call, function: CodeFunction) -> None:
    """A sequence or subgraph that nothing is put into."""
    kind = run.types.of(node, function)
    if kind not in ("sequence", "subgraph") or not isinstance(node.func, ast.Attribute):
        return
    name = run.assigned_name(node)
    if name is None:
        if isinstance(run.parent(node), ast.Expr):
            run.report(NothingAdded, node, what=kind)
        return
    fills = {"add"} if kind == "sequence" else {"add_task", "sequence", "subgraph", "tasks", "graph"}
    attributes = run.only_attributes(name, function)
    if attributes is not None and not attributes & fills:
        run.report(NothingAdded, node, what=kind)


def _lists(run: FlowRun, node: ast.Call, function: CodeFunction) -> None:
    """A list or None where tasks are to be given one by one."""
    origin = run.origin(node.func, function) or ""
    is_fork = origin == "cloudify.workflows.tasks_graph.forkjoin"
    is_add = (
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "add"
        and run.types.of(node.func.value, function) == "sequence"
    )
    if not is_fork and not is_add:
        return
    for value in node.args:
        if isinstance(value, ast.Starred):
            continue
        kind = run.types.of(value, function)
        if isinstance(value, ast.List | ast.Tuple) or (kind is not None and kind.startswith(MANY)):
            run.report(ListInSequence, value, what="a list", call="forkjoin" if is_fork else "sequence.add")
        elif is_none(value):
            run.report(ListInSequence, value, what="None", call="forkjoin" if is_fork else "sequence.add")


def _lost_task(run: FlowRun, node: ast.Expr | ast.Assign, function: CodeFunction, is_linear: bool) -> None:
    call = node.value
    if not isinstance(call, ast.Call) or run.types.of(call, function) != "task":
        return
    if not isinstance(call.func, ast.Attribute) or last_name(call.func) in (
        "get_task",
        "duplicate_for_retry",
    ):
        return
    if isinstance(node, ast.Assign):
        name = run.assigned_name(call)
        if name is None or run.loads(name, function):
            return
    if run.is_graph_mode(function) and not _before_graph(run, call, function):
        run.report(TaskNeverAdded, call, method=last_name(call.func))
    elif is_linear and last_name(call.func).startswith("execute_") and _goes_on(run, node, function):
        run.report(TaskNotAwaited, call, method=last_name(call.func))


def _goes_on(run: FlowRun, node: ast.stmt, function: CodeFunction) -> bool:
    """Whether the function does more behind a statement. The engine awaits all tasks at the end of a
    workflow: what is started last, or by a last loop for all at once, needs no `get()`."""
    current: ast.AST | None = node
    while isinstance(current, ast.stmt):
        block = block_of(run, current)
        if any(acts(later, with_assignments=True) for later in block[block.index(current) + 1 :]):
            return True
        parent = run.parent(current)
        if parent is function.node:
            break
        current = run.parent(parent) if isinstance(parent, ast.ExceptHandler) else parent
    return False


def _before_graph(run: FlowRun, call: ast.Call, function: CodeFunction) -> bool:
    """Whether a call stands before the function asks for its graph: then it is still linear."""
    asked = [graph.lineno for graph, kind in run.method_calls(function, "graph_mode") if kind == "ctx"]
    return bool(asked) and call.lineno < min(asked)


def _waits(run: FlowRun, function: CodeFunction) -> None:
    """`.get()` on a task of a graph: only results of linear mode have it."""
    if not run.is_graph_mode(function):
        return
    for call, kind in run.method_calls(function, "get"):
        if kind == "task" and not call.args and not _before_graph(run, call, function):
            run.report(GetInGraphMode, call)


def _modifications(run: FlowRun, function: CodeFunction) -> None:
    for call, kind in run.method_calls(function, "start_modification"):
        if kind != "deployment":
            continue
        name = run.assigned_name(call)
        if name is None:
            if isinstance(run.parent(call), ast.Expr):
                run.report(ModificationLeftOpen, call)
            continue
        attributes = run.only_attributes(name, function)
        if attributes is not None and not attributes & {"finish", "rollback"}:
            run.report(ModificationLeftOpen, call)


def is_maker(run: FlowRun, function: CodeFunction) -> bool:
    """Whether a function is decorated with make_or_get_graph."""
    decorators = getattr(function.node, "decorator_list", [])
    return any(run.origin(decorator, None) == MAKER for decorator in decorators)


def check_makers(run: FlowRun) -> None:
    """Functions under make_or_get_graph: what they return, how they are called, which handlers they set."""
    makers = [function for function in run.program.functions if is_maker(run, function)]
    for function in makers:
        values = [n.value for n in function.own_nodes() if isinstance(n, ast.Return)]
        if not any(value is not None and not is_none(value) for value in values):
            run.report_header(GraphNotReturned, function)
        for node in function.own_nodes():
            if isinstance(node, ast.Assign):
                _stored_handler(run, node, function)
    for function in run.program.functions:
        for node in run.calls(function):
            called = called_function(run.program, node.func, function)
            if called in makers and function not in makers:
                _made_and_left(run, node, function)
            if called in makers and not any(k.arg in ("name", None) for k in node.keywords):
                run.report(GraphWithoutName, node.func, function=last_name(node.func))
    _resumable(run, makers)


def _made_and_left(run: FlowRun, call: ast.Call, function: CodeFunction) -> None:
    """The graph of a maker that nobody executes."""
    name = run.assigned_name(call)
    if name is None:
        if isinstance(run.parent(call), ast.Expr):
            run.report(GraphNeverExecuted, call)
        return
    attributes = run.only_attributes(name, function)
    if attributes is not None and "execute" not in attributes:
        run.report(GraphNeverExecuted, call)


def _stored_handler(run: FlowRun, node: ast.Assign, function: CodeFunction) -> None:
    for target in node.targets:
        if not isinstance(target, ast.Attribute) or target.attr not in ("on_success", "on_failure"):
            continue
        value = node.value
        called = called_function(run.program, value, function)
        if (
            isinstance(value, ast.Lambda)
            or (called is not None and called.outer is not None)
            or (isinstance(value, ast.Call) and _lacks_dump(run, value))
        ):
            run.report(HandlerNotStorable, value)


def _lacks_dump(run: FlowRun, call: ast.Call) -> bool:
    """An instance of a class of this module, without bases, that has no `dump`."""
    name = last_name(call.func)
    bindings = run.program.module.scope.names.get(name, [])
    if len(bindings) != 1 or not isinstance(bindings[0].node, ast.ClassDef):
        return False
    node = bindings[0].node
    if any(last_name(base) != "object" for base in node.bases):
        return False
    return not any(isinstance(part, ast.FunctionDef) and part.name == "dump" for part in node.body)


def _resumable(run: FlowRun, makers: list[CodeFunction]) -> None:
    """`resumable=True` on a workflow that builds its graph by hand: a resume does everything again."""
    for function in run.entries:
        flag = next(
            (f for f in map(_resumable_flag, getattr(function.node, "decorator_list", [])) if f), None
        )
        if flag is None or makers:
            continue
        if any(run.hands_ctx_away(node, inner) for inner in run.reached for node in run.calls(inner)):
            continue
        if run.is_graph_mode(function):
            run.report(ResumableWithoutStoredGraph, flag, function=function.name)


def _resumable_flag(decorator: ast.expr) -> ast.keyword | None:
    if not isinstance(decorator, ast.Call) or last_name(decorator.func) != "workflow":
        return None
    for keyword in decorator.keywords:
        if (
            keyword.arg == "resumable"
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is True
        ):
            return keyword
    return None


def check_handlers(run: FlowRun) -> None:
    """What is set as `on_success` or `on_failure`: it gets the task and has to return a HandlerResult."""
    seen = set()
    for function in run.reached:
        for node in function.own_nodes():
            if not isinstance(node, ast.Assign):
                continue
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in ("on_success", "on_failure"):
                    handler = called_function(run.program, node.value, function)
                    if handler is not None and handler not in seen:
                        seen.add(handler)
                        _handler(run, handler, node)


def _handler(run: FlowRun, handler: CodeFunction, assigned: ast.Assign) -> None:
    args = handler.node.args
    positional = [*args.posonlyargs, *args.args]
    required = len(positional) - len(args.defaults)
    needs_more = required > 1 or any(default is None for default in args.kw_defaults)
    if needs_more or (not positional and args.vararg is None):
        run.report_header(HandlerArguments, handler)
    if isinstance(handler.node, ast.Lambda):
        if isinstance(handler.node.body, ast.Constant):
            run.report(HandlerWithoutResult, handler.node.body, function="lambda")
        return
    nodes = list(handler.own_nodes())
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes) or handler.node.decorator_list:
        return
    for node in nodes:
        if isinstance(node, ast.Return) and (node.value is None or isinstance(node.value, ast.Constant)):
            run.report(HandlerWithoutResult, node, function=handler.name)
    if not ends(handler.body):
        run.report_header(HandlerWithoutResult, handler)
