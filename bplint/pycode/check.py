"""Faults of the code behind a blueprint's mappings, and of the mappings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.model.elements import Plugin
from bplint.pycode.contract import Handed, check_contract, operation_hands, siblings_of, workflow_hands
from bplint.pycode.mappings import check_target
from bplint.pycode.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.config import Config
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element, Operation, Workflow
    from bplint.pycode.codebase import CodeBase
    from bplint.pycode.reading import Aim

    Use = tuple[Element, Operation]


def check_code(blueprint: Blueprint, config: Config, code: CodeBase) -> list[Fault]:
    """Everything that reading the code of a blueprint finds. The texts read are in `code.sources()`."""
    reading = Reading(blueprint, config, code)
    groups: dict[Aim, list[Handed]] = {}
    for workflow in blueprint.workflows.own():
        _read_workflow(reading, workflow, groups)
    for owner, operation in own_operations(blueprint):
        _read_operation(reading, owner, operation, groups)
    for aim, group in groups.items():
        for handed in group:
            check_contract(reading, aim, handed, siblings_of(handed, group))
    _check_plugins(reading)
    # each of the following reads more of the code; all of them need what was found above
    from bplint.pycode.imports import check_imports
    from bplint.pycode.packaging import check_packaging
    from bplint.pycode.scripts import check_scripts
    from bplint.pycode.workflow_code import check_workflow_code

    check_scripts(reading)
    check_imports(reading)
    check_workflow_code(reading, groups)
    check_packaging(reading)
    if config.import_check:
        from bplint.pycode.import_check import check_by_import

        check_by_import(reading)
    return without_repeats(reading.faults)


def _read_workflow(reading: Reading, workflow: Workflow, groups: dict[Aim, list[Handed]]) -> None:
    target = workflow.target
    node = workflow.mapping_node
    if not target or node is None:
        return
    aim = reading.aim(target)  # type: ignore[arg-type]
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
    aim = reading.aim(target)  # type: ignore[arg-type]
    if aim is None:
        return
    node = operation.implementation_node
    written_here = node is not None and not operation.is_inherited
    if written_here and node is not None:
        check_target(reading, aim, (owner.path, node, node.text or ""))
    if written_here or operation.written_inputs:
        place = node if written_here and node is not None else operation.key
        groups.setdefault(aim, []).append(operation_hands(operation, owner.path, place.span))


def own_operations(blueprint: Blueprint) -> Iterator[Use]:
    """Operations that the user's types, templates and relationships write, each with what writes it."""
    for node_type in blueprint.node_types.own():
        yield from _written(node_type, node_type.own_interfaces)
    for kind in blueprint.relationships.own():
        yield from _written(kind, kind.own_source_interfaces)
        yield from _written(kind, kind.own_target_interfaces)
    for template in blueprint.node_templates.own():
        if template.interfaces_node is not None:
            yield from _merged(template, template.interfaces)
        for relationship in template.relationships:
            if relationship.has_interfaces:
                yield from _merged(relationship, relationship.source_interfaces)
                yield from _merged(relationship, relationship.target_interfaces)


def _written(owner: Element, interfaces: dict[str, dict[str, Operation]]) -> Iterator[Use]:
    for operations in interfaces.values():
        for operation in operations.values():
            yield owner, operation


def _merged(owner: Element, interfaces: dict[str, dict[str, Operation]]) -> Iterator[Use]:
    """Those that the template itself writes: what it does not mention is its type's own object."""
    span = (owner.node.start, owner.node.end)
    for operations in interfaces.values():
        for operation in operations.values():
            if operation.file is owner.file and span[0] <= operation.key.start < span[1]:
                yield owner, operation


def _check_plugins(reading: Reading) -> None:
    if reading.layout.interpreter_fault is not None:
        reading.report(
            "unusable-interpreter",
            (reading.blueprint.graph.main.document.path, _start()),
            executable=reading.config.python,
            reason=reading.layout.interpreter_fault,
        )
    for plugin in reading.blueprint.plugins.own():
        if isinstance(plugin, Plugin) and plugin.install and plugin.source:
            _check_source(reading, plugin)


def _check_source(reading: Reading, plugin: Plugin) -> None:
    source = plugin.source or ""
    if "://" in source or reading.layout.source_of(plugin):
        return
    reading.report("plugin-source-not-found", (plugin.path, plugin.key.span), plugin=plugin.name, source=source)


def without_repeats(faults: list[Fault]) -> list[Fault]:
    """Each fault once: one function may be reached by many mappings, one package be missed by all."""
    seen: set[object] = set()
    kept = []
    for fault in faults:
        key: object = (fault.kind, fault.path, fault.span, fault.details.get("argument"))
        if fault.kind in ("code-not-here", "import-not-here"):
            key = (fault.kind, fault.details["package"])
        if key not in seen:
            seen.add(key)
            kept.append(fault)
    return kept


def _start() -> object:
    from bplint.span import Span

    return Span(0, 0)
