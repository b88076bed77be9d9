"""Faults of the code behind a blueprint's mappings, and of the mappings themselves."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from bplint.model.elements import NodeTemplate, NodeType
from bplint.pycode.checks.contract import Handed, check_contract, operation_hands, workflow_hands
from bplint.pycode.checks.mappings import check_target
from bplint.pycode.checks.module_imports import check_imports
from bplint.pycode.checks.packaging import check_packaging
from bplint.pycode.checks.target_faults import UnusableInterpreter
from bplint.pycode.checks.workflow_code import check_workflow_code
from bplint.pycode.files.python_text import without_warnings
from bplint.pycode.flow.operation_code import check_operation_code
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.model.elements import Element, Operation, Workflow
    from bplint.pycode.checks.reading import Aim, Reading


def check_targets(reading: Reading) -> None:
    """Everything that reading the modules behind a blueprint's mappings finds."""
    # syntax trees are many small objects that all stay: walking them again and again costs the collector
    # five times what parsing costs
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with without_warnings():
            _check_targets(reading)
    finally:
        if was_enabled:
            gc.enable()


def _check_targets(reading: Reading) -> None:
    groups: dict[Aim, list[Handed]] = {}
    for workflow in reading.uses.workflows:
        _read_workflow(reading, workflow, groups)
    for owner, operation in reading.uses.operations:
        _read_operation(reading, owner, operation, groups)
    if reading.config.python is not None and reading.layout.interpreter_fault is not None:
        reading.report(
            UnusableInterpreter,
            (reading.blueprint.graph.main.document.path, Span(0, 0)),
            executable=reading.config.python,
            reason=reading.layout.interpreter_fault,
        )
    modules = check_imports(reading, groups)
    for aim, group in groups.items():
        declared = {name for handed in group for name in handed.declared}
        mixed = _mixed_defaults(group)
        for handed in group:
            check_contract(reading, aim, handed, declared, mixed)
    check_operation_code(reading, modules, groups)
    check_workflow_code(reading, groups)
    check_packaging(reading, groups)
    if reading.config.import_check:
        # only who asks for it pays for subprocess
        from bplint.pycode.checks.import_check import check_by_import

        check_by_import(reading, groups)


def _mixed_defaults(group: list[Handed]) -> dict[str, bool]:
    """The names that the mappings of one function declare with different defaults."""
    if len(group) < 2:
        return {}
    from bplint.syntax.mapping import python_of  # needs the YAML values, which start-up does not

    values: dict[str, set[str]] = {}
    for handed in group:
        for name, declared in handed.declared.items():
            if declared.default is not None:
                values.setdefault(name, set()).add(repr(python_of(declared.default)))
    return {name: False for name, found in values.items() if len(found) > 1}


def _read_workflow(reading: Reading, workflow: Workflow, groups: dict[Aim, list[Handed]]) -> None:
    target = workflow.target
    node = workflow.mapping_node
    if not target or node is None:
        return
    aim = reading.aim(target)
    if aim is None:
        return
    check_target(reading, aim, (workflow.path, node, node.text or ""))
    groups.setdefault(aim, []).append(workflow_hands(workflow, node.span))


def _read_operation(
    reading: Reading, owner: Element, operation: Operation, groups: dict[Aim, list[Handed]]
) -> None:
    target = operation.target
    if not target:
        return
    aim = reading.aim(target)
    if aim is None:
        return
    node = operation.implementation_node
    written_here = node is not None and not operation.is_inherited
    if written_here and node is not None:
        check_target(reading, aim, (owner.path, node, node.text or ""))
    if written_here or operation.written_inputs:
        place = node if written_here and node is not None else operation.key
        handed = operation_hands(operation, owner.path, place.span)
        handed.side = "node" if isinstance(owner, NodeType | NodeTemplate) else "relationship"
        groups.setdefault(aim, []).append(handed)
