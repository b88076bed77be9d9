"""The code of workflows: which functions are workflows, and the checks they go through."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from bplint.pycode.flow.api_calls import check_api_calls
from bplint.pycode.flow.cancellation import check_cancellation
from bplint.pycode.flow.flow_run import FlowRun
from bplint.pycode.flow.graphs import check_graphs, check_handlers
from bplint.pycode.flow.late_mistakes import check_late_mistakes
from bplint.pycode.flow.literals import check_literals
from bplint.pycode.flow.member_usage import check_usage
from bplint.pycode.flow.parameters_read import check_parameters
from bplint.pycode.flow.program import Program, last_name

if TYPE_CHECKING:
    from bplint.pycode.checks.contract import Handed
    from bplint.pycode.checks.reading import Aim, Reading
    from bplint.pycode.files.module import Module
    from bplint.pycode.flow.program import CodeFunction

_CHECKS = (
    check_usage,
    check_graphs,
    check_handlers,
    check_cancellation,
    check_parameters,
    check_literals,
    check_api_calls,
    check_late_mistakes,
)


def check_workflow_code(reading: Reading, groups: dict[Aim, list[Handed]]) -> None:
    """Check every own module that holds a mapped or decorated workflow."""
    mapped = _mapped(groups)
    for module in reading.modules():
        if module.is_own and module.tree is not None:
            check_module(reading, module, mapped.get(module, {}))


def check_module(reading: Reading, module: Module, mapped: dict[ast.AST, list[Handed]]) -> None:
    """Check one module; `mapped` are its functions that workflows are mapped to."""
    if not mapped and not _mentions_workflows(module):
        return
    program = Program(module)
    handed = {program.by_node[node]: group for node, group in mapped.items() if node in program.by_node}
    entries = [
        function for function in program.functions if function in handed or _is_marked(program, function)
    ]
    if not entries:
        return
    try:
        run = FlowRun(reading, program, entries, handed)
        for check in _CHECKS:
            check(run)
    except RecursionError:
        return  # nested deeper than anybody writes: not known


def _mapped(groups: dict[Aim, list[Handed]]) -> dict[Module, dict[ast.AST, list[Handed]]]:
    found: dict[Module, dict[ast.AST, list[Handed]]] = {}
    for aim, group in groups.items():
        workflows = [handed for handed in group if handed.noun == "workflow"]
        for definition in aim.resolution.definitions if workflows else ():
            functions = found.setdefault(definition.module, {})
            functions.setdefault(definition.node, []).extend(workflows)
    return found


def _mentions_workflows(module: Module) -> bool:
    return module.source is not None and "workflow" in module.source.text


def _is_marked(program: Program, function: CodeFunction) -> bool:
    """Whether a function is decorated with cloudify.decorators.workflow."""
    for decorator in getattr(function.node, "decorator_list", []):
        node = decorator.func if isinstance(decorator, ast.Call) else decorator
        if last_name(node) == "workflow" and program.origin(node) in (
            "cloudify.decorators.workflow",
            "cloudify.workflows.workflow",
        ):
            return True
    return False
