"""Parameters that workflow code reads and nothing declares, and the other way round."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.flow.program import bindings_of, literal_text
from bplint.pycode.flow.workflow_faults import ParameterNeverRead, UndeclaredParameterRead
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction


def check_parameters(run: FlowRun) -> None:
    for function, group in run.handed.items():
        declared = {name for handed in group for name in handed.declared}
        if function.keywords is not None:
            _undeclared(run, function, declared)
        _unread(run, function, group)


def _undeclared(run: FlowRun, function: CodeFunction, declared: set[str]) -> None:
    """`kwargs['x']` that no mapping of the function declares: KeyError."""
    name = function.keywords or ""
    if name in bindings_of(function):
        return
    checked = {literal for literal, _ in _asked(run, name, function)}
    for load in run.loads(name, function):
        item = run.parent(load)
        if (
            not isinstance(item, ast.Subscript)
            or item.value is not load
            or not isinstance(item.ctx, ast.Load)
        ):
            continue
        key = literal_text(item.slice)
        if key is None or key == "ctx" or key in declared or key in checked or key in function.arguments:
            continue
        if not run.program.is_guarded(item, "KeyError", "LookupError"):
            run.report(UndeclaredParameterRead, item, name=key, near=(key, sorted(declared)))


def _asked(run: FlowRun, name: str, function: CodeFunction) -> Iterator[tuple[str, ast.AST]]:
    """Keys that code asks for (`'x' in kwargs`), sets or gives a default."""
    for load in run.loads(name, function):
        parent = run.parent(load)
        if isinstance(parent, ast.Compare):
            for side in (parent.left, *parent.comparators):
                key = literal_text(side)
                if key is not None:
                    yield key, parent
        elif isinstance(parent, ast.Subscript) and not isinstance(parent.ctx, ast.Load):
            key = literal_text(parent.slice)
            if key is not None:
                yield key, parent
        elif isinstance(parent, ast.Attribute) and parent.attr in ("setdefault", "update"):
            call = run.parent(parent)
            if isinstance(call, ast.Call):
                for argument in call.args:
                    key = literal_text(argument)
                    if key is not None:
                        yield key, parent
                for keyword in call.keywords:
                    if keyword.arg is not None:
                        yield keyword.arg, parent


def _unread(run: FlowRun, function: CodeFunction, group: list[Handed]) -> None:
    """Declared parameters that the function takes and never looks at."""
    if run.types.program.module.scope.stars or _reads_everything(run, function):
        return
    keys = _keys_read(run, function)
    if keys is None:
        return
    for handed in group:
        for name, declared in handed.declared.items():
            if name in keys or name.startswith("_") or not _is_taken(function, name):
                continue
            module = run.program.module
            argument = next((a for a in _arguments(function) if a.arg == name), None)
            span = module.lines.span(argument) if argument is not None else _header(run, function)
            path, yaml_span = handed.place
            if declared.file.is_own:
                path, yaml_span = declared.path, declared.key.span
            place, related = run.reading.both_sides(
                (path, yaml_span, f"parameter '{name}' is declared here"),
                (module, span, "the function is here"),
            )
            run.reading.report(
                ParameterNeverRead, place, related=related, argument=name, function=function.name
            )


def _header(run: FlowRun, function: CodeFunction) -> Span:
    return run.program.module.lines.header_span(function.node)


def _arguments(function: CodeFunction) -> list[ast.arg]:
    args = function.node.args
    return [*args.posonlyargs, *args.args, *args.kwonlyargs]


def _is_taken(function: CodeFunction, name: str) -> bool:
    return name in function.arguments or function.keywords is not None


def _reads_everything(run: FlowRun, function: CodeFunction) -> bool:
    """`locals()`, or the module uses the proxy with all parameters."""
    for node in ast.walk(function.node):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("locals", "vars")
        ):
            return True
    for bindings in run.program.module.scope.names.values():
        for binding in bindings:
            if binding.attribute in ("parameters", "workflow_parameters", "get_workflow_parameters"):
                return True
    return False


def _keys_read(run: FlowRun, function: CodeFunction) -> set[str] | None:
    """Names that the function reads: its arguments and literal keys of its keywords. None where the
    keywords are handed on as a whole."""
    read = {
        node.id
        for node in ast.walk(function.node)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    if function.keywords is None:
        return read
    for load in run.loads(function.keywords, function):
        key = _key_of(run, load)
        if key is None:
            return None
        read.add(key)
    return read


def _key_of(run: FlowRun, load: ast.Name) -> str | None:
    parent = run.parent(load)
    if isinstance(parent, ast.Subscript) and parent.value is load:
        return literal_text(parent.slice)
    if isinstance(parent, ast.Compare):
        return literal_text(parent.left)
    if isinstance(parent, ast.Attribute) and parent.attr in ("get", "pop", "setdefault"):
        call = run.parent(parent)
        if isinstance(call, ast.Call) and call.args:
            return literal_text(call.args[0])
    return None
