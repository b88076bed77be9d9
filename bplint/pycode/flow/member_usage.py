"""Members that do not exist, the wrong context, iterators walked twice, values that are lost."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.flow.counts import may_be_none
from bplint.pycode.flow.expression_types import element_of
from bplint.pycode.flow.flow_run import ends
from bplint.pycode.flow.program import AttributeName, bindings_of, last_name, literal_text
from bplint.pycode.flow.workflow_faults import (
    IteratorIndexed,
    IteratorUsedTwice,
    NextOfInstances,
    OperationContextInWorkflow,
    OperationContextMember,
    RuntimePropertiesNotStored,
    UnknownMember,
)
from bplint.pycode.names import known
from bplint.pycode.names.api.members import NOUNS, OPERATION_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction

_WALKS = frozenset(
    ["list", "set", "sorted", "tuple", "sum", "any", "all", "max", "min", "enumerate", "frozenset", "dict"]
)


def check_usage(run: FlowRun) -> None:
    for function in run.reached:
        for node in function.own_nodes():
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                _member(run, node, function)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                _operation_context(run, node, function)
            elif isinstance(node, ast.Subscript):
                _indexed(run, node, function)
            elif isinstance(node, ast.Call):
                _measured(run, node, function)
                _next_of_instances(run, node, function)
                _lost_update(run, node, function)
            if isinstance(node, ast.Assign | ast.AugAssign):
                _lost_properties(run, node, function)
                _misspelt_handler(run, node, function)
        _walked_twice(run, function)


def _member(run: FlowRun, node: ast.Attribute, function: CodeFunction) -> None:
    if node.attr.startswith("_") or run.program.is_guarded(node, "AttributeError"):
        return
    owner = run.types.of(node.value, function)
    if owner == "operation_ctx":
        return
    members = run.types.members(owner) if owner is not None else None
    if owner is None or members is None:
        _module_member(run, node, function)
        return
    if node.attr in members or _is_given(run, node):
        return
    if owner == "ctx" and node.attr in OPERATION_ONLY:
        run.report(OperationContextMember, _attribute_place(node), member=node.attr)
        return
    hint = _hint(owner, node.attr)
    place = _attribute_place(node)
    run.report(
        UnknownMember,
        place,
        member=node.attr,
        owner=NOUNS[owner],
        hint=hint,
        near=None if hint else (node.attr, list(members)),
        fix=None if hint else run.respelling(place, node.attr, members),
    )


def _misspelt_handler(run: FlowRun, node: ast.Assign | ast.AugAssign, function: CodeFunction) -> None:
    """`task.on_fail = …` sets an attribute that nothing looks at."""
    for target in node.targets if isinstance(node, ast.Assign) else []:
        if not isinstance(target, ast.Attribute) or not target.attr.startswith("on"):
            continue
        owner = run.types.of(target.value, function)
        members = run.types.members(owner) if owner in ("task", "subgraph") else None
        if owner is None or members is None or target.attr in members or _is_read(run, target.attr):
            continue
        place = _attribute_place(target)
        handlers = ["on_success", "on_failure"]
        run.report(
            UnknownMember,
            place,
            near=(target.attr, handlers),
            fix=run.respelling(place, target.attr, handlers),
            member=target.attr,
            owner=NOUNS[owner],
            hint="",
        )


def _is_read(run: FlowRun, attribute: str) -> bool:
    assert run.program.module.tree is not None
    return any(
        isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Load)
        for node in ast.walk(run.program.module.tree)
    )


_HINTS = {
    ("graph", "add"): "add_task",
    ("subgraph", "add"): "add_task",
    ("instance", "host_id"): "node.host_id",
    ("instance", "properties"): "node.properties",
    ("instance", "instances"): "node.instances",
    ("instance", "type"): "node.type",
    ("relationship", "target_node"): "target_node_instance.node",
    ("node", "name"): "id",
    ("node", "runtime_properties"): "",
    ("graph", "tasks_iter"): "tasks",
    ("ctx", "graph"): "graph_mode",
}


def _hint(owner: str, member: str) -> str:
    return _HINTS.get((owner, member), "")


def _attribute_place(node: ast.Attribute) -> ast.expr:
    return AttributeName(node)


def _is_given(run: FlowRun, node: ast.Attribute) -> bool:
    """Whether the module itself sets the attribute somewhere, or asks first whether it is there."""
    if run.given is None:
        run.given = _given_in(run)
    return node.attr in run.given


def _given_in(run: FlowRun) -> frozenset[str]:
    assert run.program.module.tree is not None
    found: set[str] = set()
    for node in ast.walk(run.program.module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.Call) and last_name(node.func) in ("hasattr", "getattr", "setattr"):
            found.update(
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )
    return frozenset(found)


def _module_member(run: FlowRun, node: ast.Attribute, function: CodeFunction) -> None:
    """`api.x`, where `api` is a module of cloudify-common that has no x."""
    origin = run.origin(node.value, function)
    if origin is None or not origin.startswith("cloudify."):
        return
    module = known.MODULE_ALIASES.get(origin, origin)
    names = known.module_names(module)
    if names is None or node.attr in names or node.attr in known.modules_of(module):
        return
    if known.is_former(module, node.attr) or _is_given(run, node):
        return
    run.report(
        UnknownMember,
        _attribute_place(node),
        member=node.attr,
        owner=f"module '{module}'",
        hint="",
        near=(node.attr, list(names)),
    )


def _operation_context(run: FlowRun, node: ast.Name, function: CodeFunction) -> None:
    if run.types.of_name(node.id, function, node) != "operation_ctx":
        return
    parent = run.parent(node)
    if isinstance(parent, ast.Attribute):
        run.report(OperationContextInWorkflow, node, name=node.id)


def _indexed(run: FlowRun, node: ast.Subscript, function: CodeFunction) -> None:
    kind = run.types.of(node.value, function)
    if _is_iterator(kind) and isinstance(node.ctx, ast.Load):
        run.report(IteratorIndexed, node, how="indexed")


def _is_iterator(kind: str | None) -> bool:
    """Whether a type is an iterator of the API, not one of Python's own."""
    return kind is not None and kind.startswith("iter:") and element_of(kind) is not None


def _measured(run: FlowRun, node: ast.Call, function: CodeFunction) -> None:
    if isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
        kind = run.types.of(node.args[0], function)
        if _is_iterator(kind):
            run.report(IteratorIndexed, node, how="measured")
        return
    kind = run.types.of(node.func, function)
    if _is_iterator(kind) and not node.args:
        run.report(IteratorIndexed, node, how="called")


def _next_of_instances(run: FlowRun, node: ast.Call, function: CodeFunction) -> None:
    if not isinstance(node.func, ast.Name) or node.func.id != "next" or len(node.args) != 1:
        return
    argument = node.args[0]
    if not isinstance(argument, ast.Attribute) or argument.attr != "instances":
        return
    if run.types.of(argument.value, function) != "node" or run.program.is_guarded(node, "StopIteration"):
        return
    asked = argument.value
    name = None
    if isinstance(asked, ast.Call) and last_name(asked.func) == "get_node" and asked.args:
        name = literal_text(asked.args[0])
    if may_be_none(run.reading.blueprint, name):
        run.report(NextOfInstances, node)


def _lost_properties(run: FlowRun, node: ast.Assign | ast.AugAssign, function: CodeFunction) -> None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    for target in targets:
        current: ast.expr = target
        while isinstance(current, ast.Subscript):
            current = current.value
        if current is not target and _is_runtime_properties(run, current, function):
            run.report(RuntimePropertiesNotStored, target)


def _lost_update(run: FlowRun, node: ast.Call, function: CodeFunction) -> None:
    called = node.func
    changes = isinstance(called, ast.Attribute) and called.attr in ("update", "pop", "setdefault", "clear")
    if isinstance(called, ast.Attribute) and changes and _is_runtime_properties(run, called.value, function):
        run.report(RuntimePropertiesNotStored, node)


def _is_runtime_properties(run: FlowRun, node: ast.expr, function: CodeFunction) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr != "runtime_properties":
        return False
    if run.types.of(node.value, function) != "instance":
        return False
    return not any(last_name(call.func) == "update_node_instance" for call in run.calls(function))


def _walked_twice(run: FlowRun, function: CodeFunction) -> None:
    """A saved iterator that is walked a second time gives nothing."""
    for name, bound in bindings_of(function).items():
        if len(bound) != 1 or bound[0][0] != "is":
            continue
        kind = run.types.of_name(name, function)
        if kind is None or not kind.startswith("iter:") or element_of(kind) is None:
            continue
        walks = [load for load in run.loads(name, function) if _is_walked(run, load)]
        for index, load in enumerate(walks):
            again = _walked_in_loop(run, load, bound[0][1]) or any(
                not _excludes(run, earlier, load) for earlier in walks[:index]
            )
            if again:
                run.report(IteratorUsedTwice, load, name=name)
                break


def _is_walked(run: FlowRun, load: ast.Name) -> bool:
    parent = run.parent(load)
    if isinstance(parent, ast.For | ast.comprehension):
        return parent.iter is load
    if isinstance(parent, ast.Call):
        return isinstance(parent.func, ast.Name) and parent.func.id in _WALKS and load in parent.args
    if isinstance(parent, ast.Compare):
        return load in parent.comparators and any(isinstance(op, ast.In | ast.NotIn) for op in parent.ops)
    return isinstance(parent, ast.Starred)


def _walked_in_loop(run: FlowRun, load: ast.Name, made: ast.expr | None) -> bool:
    """Whether the walk is repeated by a loop that does not make the iterator anew."""
    around_made = {parent for parent, _ in run.program.ancestors(made)} if made is not None else set()
    for parent, child in run.program.ancestors(load):
        if isinstance(parent, ast.For) and child is parent.iter:
            continue
        if isinstance(parent, ast.For | ast.While) and parent not in around_made and child in parent.body:
            return not any(isinstance(node, ast.Break | ast.Return) for node in ast.walk(parent))
    return False


def _excludes(run: FlowRun, first: ast.AST, second: ast.AST) -> bool:
    """Whether a run that comes by the first place never comes by the second, or only has walked a part."""
    paths = [dict(_branches(run, place)) for place in (first, second)]
    for statement, branch in paths[0].items():
        other = paths[1].get(statement)
        if other is not None and other != branch:
            return True
        if other is None and ends(_block(statement, branch)) and isinstance(statement, ast.If):
            return True
    parent = run.parent(first)
    return isinstance(parent, ast.For) and any(
        isinstance(node, ast.Break | ast.Return) for node in ast.walk(parent)
    )


def _branches(run: FlowRun, node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for parent, child in run.program.ancestors(node):
        if isinstance(parent, ast.If | ast.IfExp):
            for branch in ("body", "orelse"):
                block = getattr(parent, branch)
                if child is block or (isinstance(block, list) and child in block):
                    yield parent, branch
        elif isinstance(parent, ast.Try):
            for handler in parent.handlers:
                if child is handler:
                    yield parent, "handler"
            if child in parent.body:
                yield parent, "body"


def _block(statement: ast.AST, branch: str) -> list[ast.stmt]:
    block = getattr(statement, branch, [])
    return block if isinstance(block, list) else []
