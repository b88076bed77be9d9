"""Literal node ids, operations, states and modification values that cannot be."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.document import Kind
from bplint.lookup import MISSING
from bplint.pycode.flow.program import bindings_of, literal_text
from bplint.pycode.flow.workflow_faults import (
    ShortOperationName,
    UnknownModificationValue,
    UnknownNodeId,
    UnknownOperationCalled,
    UnknownState,
)
from bplint.pycode.names.api.members import BUILT_IN_OPERATIONS, MODIFICATIONS, STATES

if TYPE_CHECKING:
    from collections.abc import Set

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation
    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction

_CALLS = {
    "execute_operation": "instance",
    "execute_source_operation": "relationship",
    "execute_target_operation": "relationship",
}


def check_literals(run: FlowRun) -> None:
    states = STATES | _states_set(run)
    for function in run.reached:
        for node in function.own_nodes():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                _operation(run, node, node.func, function)
                _node_id(run, node, node.func, function)
                _state_set(run, node, node.func, function)
            elif isinstance(node, ast.Compare):
                _compared(run, node, function, states)


def _states_set(run: FlowRun) -> set[str]:
    """States that the module itself sets."""
    found = set()
    for function in run.program.functions:
        for node in run.calls(function):
            if isinstance(node.func, ast.Attribute) and node.func.attr == "set_state" and node.args:
                text = literal_text(node.args[0])
                if text is not None:
                    found.add(text)
    return found


def _argument(node: ast.Call, name: str) -> ast.expr | None:
    if node.args:
        return node.args[0]
    return next((keyword.value for keyword in node.keywords if keyword.arg == name), None)


def constant_text(run: FlowRun, node: ast.expr | None) -> str | None:
    """The text of a string constant, or of a name that the module's top level binds to one, and nothing
    else."""
    if not isinstance(node, ast.Name):
        return literal_text(node)
    bindings = run.program.module.scope.names.get(node.id, [])
    bound_inside = any(
        node.id in function.arguments or node.id in bindings_of(function)
        for function in run.program.functions
    )
    if len(bindings) != 1 or bound_inside or node.id in run.program.module.set_later:
        return None
    return literal_text(bindings[0].value)


def _operation(run: FlowRun, node: ast.Call, called: ast.Attribute, function: CodeFunction) -> None:
    if called.attr not in _CALLS or run.types.of(called.value, function) != _CALLS[called.attr]:
        return
    value = _argument(node, "operation")
    text = constant_text(run, value)
    if text is None or value is None:
        return
    known = operations_of(run.reading.blueprint)
    if "." not in text:
        full = sorted(name for name in known | BUILT_IN_OPERATIONS if name.rpartition(".")[2] == text)
        run.report(ShortOperationName, value, name=text, full=full[0] if full else None)
        return
    names = known | BUILT_IN_OPERATIONS
    if text in names or run.reading.blueprint.graph.unread:
        return
    near = _near(text, names)
    # a plugin's workflow may call operations of types that its users bring
    if near is not None or (_has_nodes(run) and not _asks_first(run, function)):
        fix = run.respelling(value, text, names)
        run.report(UnknownOperationCalled, value, name=text, near=(text, sorted(names)), fix=fix)


def _has_nodes(run: FlowRun) -> bool:
    """Whether a blueprint with nodes is linted: then what its workflows can meet is known."""
    blueprint = run.reading.blueprint
    return blueprint.graph.main.document.kind is Kind.BLUEPRINT and len(blueprint.node_templates) > 0


def _asks_first(run: FlowRun, function: CodeFunction) -> bool:
    """Whether a function looks which operations a node has."""
    return any(
        isinstance(node, ast.Attribute) and node.attr in ("has_operation", "operations")
        for node in function.own_nodes()
    )


def _near(text: str, names: set[str]) -> str | None:
    from bplint.near import nearest

    return nearest(text, names)


def _is_slip(text: str, known: Set[str]) -> bool:
    """Whether a state is a known one with a slip of the fingers: 'recreated' and the like are own ones."""
    near = _near(text, set(known))
    return near is not None and (
        sorted(near) == sorted(text) or (near[:1] == text[:1] and abs(len(near) - len(text)) <= 1)
    )


def operations_of(blueprint: Blueprint) -> set[str]:
    """Full names of the operations that anything of a blueprint has."""
    found: set[str] = set()
    for template in blueprint.node_templates.own():
        found.update(_full_names(template.interfaces))
        for relationship in template.relationships:
            found.update(_full_names(relationship.source_interfaces))
            found.update(_full_names(relationship.target_interfaces))
    for node_type in blueprint.node_types.own():
        found.update(_full_names(node_type.interfaces))
    for kind in blueprint.relationships.own():
        found.update(_full_names(kind.source_interfaces))
        found.update(_full_names(kind.target_interfaces))
    return found


def _full_names(interfaces: dict[str, dict[str, Operation]]) -> list[str]:
    return [f"{interface}.{name}" for interface, operations in interfaces.items() for name in operations]


def _node_id(run: FlowRun, node: ast.Call, called: ast.Attribute, function: CodeFunction) -> None:
    """`ctx.get_node('x')` used without a look whether there is such a node."""
    if called.attr != "get_node" or run.types.of(called.value, function) != "ctx":
        return
    value = _argument(node, "node_id")
    text = literal_text(value)
    blueprint = run.reading.blueprint
    if text is None or value is None or not _has_nodes(run):
        return
    if blueprint.node_templates.lookup(text) is not MISSING:
        return
    name = run.assigned_name(node)
    if isinstance(run.parent(node), ast.Attribute) or (
        name is not None and _is_used_at_once(run, name, function)
    ):
        known = list(blueprint.node_templates.names())
        run.report(UnknownNodeId, value, name=text, near=(text, known))


def _is_used_at_once(run: FlowRun, name: str, function: CodeFunction) -> bool:
    loads = run.loads(name, function)
    return bool(loads) and all(isinstance(run.parent(load), ast.Attribute) for load in loads)


def _state_set(run: FlowRun, node: ast.Call, called: ast.Attribute, function: CodeFunction) -> None:
    if called.attr != "set_state" or run.types.of(called.value, function) != "instance":
        return
    value = _argument(node, "state")
    text = literal_text(value)
    if text is None or value is None or text in STATES:
        return
    if _is_slip(text, STATES):
        fix = run.respelling(value, text, STATES)
        run.report(UnknownState, value, name=text, near=(text, sorted(STATES)), fix=fix)


def _compared(
    run: FlowRun, node: ast.Compare, function: CodeFunction, states: set[str] | frozenset[str]
) -> None:
    sides = [node.left, *node.comparators]
    member = next((side for side in sides if isinstance(side, ast.Attribute)), None)
    if member is None or member.attr not in ("state", "modification"):
        return
    if run.types.of(member.value, function) != "instance":
        return
    legal = states if member.attr == "state" else MODIFICATIONS
    kind = UnknownState if member.attr == "state" else UnknownModificationValue
    for value in _literals(sides):
        text = literal_text(value)
        if text is None or text in legal:
            continue
        # a workflow may have states of its own, set by an operation or another module
        if member.attr == "modification" or _is_slip(text, legal):
            fix = run.respelling(value, text, legal)
            run.report(kind, value, name=text, near=(text, sorted(legal)), fix=fix)


def _literals(sides: list[ast.expr]) -> list[ast.expr]:
    found: list[ast.expr] = []
    for side in sides:
        if isinstance(side, ast.Tuple | ast.List | ast.Set):
            found += side.elts
        else:
            found.append(side)
    return found
