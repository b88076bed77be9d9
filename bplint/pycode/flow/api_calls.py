"""Calls of the workflow API: their arguments, and what is done with what they give."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from bplint.pycode.flow.literals import constant_text
from bplint.pycode.flow.mistake_faults import (
    KwargsRepeatInput,
    NodeNameAsInstance,
    TaskCompared,
    UnknownTypeTested,
    WrongApiArguments,
)
from bplint.pycode.flow.program import literal_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation
    from bplint.pycode.flow.flow_run import FlowRun
    from bplint.pycode.flow.program import CodeFunction

_RUN: Final = "operation kwargs? allow_kwargs_override? send_task_events?"
_ADD: Final = {"add_task": "task", "add_dependency": "src_task dst_task", "subgraph": "name", "sequence": ""}
# the arguments of methods (cloudify-common 7.0.5); `?` those that may be left out
CALLS: Final[dict[str, dict[str, str]]] = {
    "instance": {
        "execute_operation": _RUN,
        "set_state": "state",
        "get_state": "",
        "get_contained_subgraph": "",
        "send_event": "event additional_context?",
    },
    "relationship": {"execute_source_operation": _RUN, "execute_target_operation": _RUN},
    "node": {"has_operation": "operation_interface", "get_relationship": "target_id"},
    "graph": {**_ADD, "execute": "", "get_task": "task_id", "remove_task": "task", "linearize": ""},
    "subgraph": dict(_ADD),
    "ctx": {
        "graph_mode": "",
        "send_event": "event event_type? args? additional_context?",
        "update_execution_status": "new_status",
        "get_node": "node_id",
        "get_node_instance": "node_instance_id",
        "execute_task": "task_name local? task_queue? task_target? kwargs? node_context? send_task_events? "
        "total_retries? retry_interval? timeout? timeout_recoverable?",
        "local_task": "local_task node? info? kwargs? task_id? name? send_task_events? override_task_config? "
        "total_retries? retry_interval?",
    },
    "deployment": {"start_modification": "nodes"},
    "modification": {"finish": "", "rollback": ""},
}
_OPERATIONS: Final = frozenset({"execute_operation", "execute_source_operation", "execute_target_operation"})


def check_api_calls(run: FlowRun) -> None:
    for function in run.reached:
        for node in function.own_nodes():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                _arguments(run, node, node.func, function)
                _repeated_inputs(run, node, node.func, function)
                _node_name(run, node, node.func, function)
            elif isinstance(node, ast.Compare):
                _compared(run, node, function)
                _type_tested(run, node, function)


def _arguments(run: FlowRun, call: ast.Call, called: ast.Attribute, function: CodeFunction) -> None:
    owner = run.types.of(called.value, function)
    words = CALLS.get(owner or "", {}).get(called.attr)
    if words is None or any(isinstance(value, ast.Starred) for value in call.args):
        return
    names = [word.rstrip("?") for word in words.split()]
    required = [word for word in words.split() if not word.endswith("?")]
    if len(call.args) > len(names):
        _tell(run, call.args[len(names)], called, f"takes at most {len(names)} arguments")
        return
    given = set(names[: len(call.args)])
    for keyword in call.keywords:
        if keyword.arg is None:
            return
        if keyword.arg not in names:
            _tell(run, keyword, called, f"takes no '{keyword.arg}'", (keyword.arg, names))
            return
        if keyword.arg in given:
            _tell(run, keyword, called, f"gets '{keyword.arg}' twice")
            return
        given.add(keyword.arg)
    missing = [name for name in required if name not in given]
    if missing:
        _tell(run, call, called, f"needs '{missing[0]}'")


def _tell(
    run: FlowRun,
    node: ast.AST,
    called: ast.Attribute,
    problem: str,
    near: tuple[str, list[str]] | None = None,
) -> None:
    run.report(WrongApiArguments, node, near=near, method=called.attr, problem=problem)


def _repeated_inputs(run: FlowRun, call: ast.Call, called: ast.Attribute, function: CodeFunction) -> None:
    """Keys of a literal `kwargs` that every operation of this name declares as inputs."""
    if called.attr not in _OPERATIONS:
        return
    if run.types.of(called.value, function) not in ("instance", "relationship"):
        return
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if None in given or "allow_kwargs_override" in given or len(call.args) > 2:
        return
    name = constant_text(run, call.args[0] if call.args else given.get("operation"))
    kwargs = call.args[1] if len(call.args) > 1 else given.get("kwargs")
    if name is None or not isinstance(kwargs, ast.Dict):
        return
    declared = [set(operation.inputs) | set(operation.schema) for operation in _named(run, name)]
    for key in kwargs.keys:
        text = literal_text(key)
        if key is not None and text is not None and declared and all(text in each for each in declared):
            run.report(KwargsRepeatInput, key, name=text, operation=name)


def _named(run: FlowRun, name: str) -> Iterator[Operation]:
    """The mapped operations with this full name of everything that a blueprint's own elements have."""
    for interfaces in _all_interfaces(run.reading.blueprint):
        for interface, operations in interfaces.items():
            for short, operation in operations.items():
                if f"{interface}.{short}" == name and operation.target:
                    yield operation


def _all_interfaces(blueprint: Blueprint) -> Iterator[dict[str, dict[str, Operation]]]:
    for template in blueprint.node_templates.own():
        yield template.interfaces
        for relationship in template.relationships:
            yield relationship.source_interfaces
            yield relationship.target_interfaces
    for node_type in blueprint.node_types.own():
        yield node_type.interfaces
    for kind in blueprint.relationships.own():
        yield kind.source_interfaces
        yield kind.target_interfaces


def _node_name(run: FlowRun, call: ast.Call, called: ast.Attribute, function: CodeFunction) -> None:
    if called.attr != "get_node_instance" or run.types.of(called.value, function) != "ctx" or not call.args:
        return
    text = constant_text(run, call.args[0])
    if text is not None and run.reading.blueprint.node_templates.lookup(text):
        run.report(NodeNameAsInstance, call.args[0], name=text)


def _compared(run: FlowRun, node: ast.Compare, function: CodeFunction) -> None:
    """A task against a value: its result is behind `get()`."""
    if len(node.comparators) != 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        return
    sides = [node.left, node.comparators[0]]
    for side, other in (sides, sides[::-1]):
        is_value = isinstance(other, ast.Constant) and other.value is not None
        if is_value and run.types.of(side, function) == "task":
            run.report(TaskCompared, side)


def _type_tested(run: FlowRun, node: ast.Compare, function: CodeFunction) -> None:
    """`'type' in node.type_hierarchy` with a slip in the name of a type of the project."""
    if len(node.comparators) != 1 or not isinstance(node.ops[0], ast.In | ast.NotIn):
        return
    hierarchy = node.comparators[0]
    if not isinstance(hierarchy, ast.Attribute) or hierarchy.attr != "type_hierarchy":
        return
    text = constant_text(run, node.left)
    blueprint = run.reading.blueprint
    if text is None or run.types.of(hierarchy.value, function) != "node" or blueprint.graph.unread:
        return
    if blueprint.node_types.lookup(text):
        return
    from bplint.near import is_one_slip  # only where a name is not known

    near = [known for known in blueprint.node_types.names() if is_one_slip(text, known)]
    if near:
        run.report(UnknownTypeTested, node.left, near=(text, near), name=text)
