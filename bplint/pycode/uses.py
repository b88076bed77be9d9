"""What a blueprint's own elements map to. Light: nothing of Python is read here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.model.elements import Target
from bplint.model.interfaces import written_operations
from bplint.syntax.mapping import as_dict, deref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element, Operation, Workflow
    from bplint.syntax.tree import Node

    Use = tuple[Element, Operation]

# the built-in runner of scripts: its signature takes everything, its scripts are looked at by themselves
SCRIPT_RUNNERS: Final = frozenset({"script_runner.tasks.run", "script_runner.tasks.execute_workflow"})


class Uses:
    """The user's workflows, and the operations that their types, templates and relationships write, each
    with what writes it."""

    __slots__ = ("operations", "workflows")

    def __init__(self, blueprint: Blueprint) -> None:
        self.workflows: list[Workflow] = list(blueprint.workflows.own())
        self.operations: list[Use] = list(_own_operations(blueprint))

    def functions(self) -> Iterator[Target]:
        """What is mapped to a function, other than to the runner of scripts."""
        targets = [workflow.target for workflow in self.workflows]
        targets += [operation.target for _, operation in self.operations]
        for target in targets:
            if (
                isinstance(target, Target)
                and target.kind == "plugin"
                and target.function not in SCRIPT_RUNNERS
            ):
                yield target


def _own_operations(blueprint: Blueprint) -> Iterator[Use]:
    for node_type in blueprint.node_types.own():
        yield from _written(node_type, node_type.own_interfaces)
    for kind in blueprint.relationships.own():
        yield from _written(kind, kind.own_source_interfaces)
        yield from _written(kind, kind.own_target_interfaces)
    for template in blueprint.node_templates.own():
        if template.interfaces_node is not None:
            yield from _merged(template, template.interfaces, template.interfaces_node)
        for relationship in template.relationships:
            if relationship.has_interfaces:
                parts = as_dict(relationship.node)
                for side in ("source_interfaces", "target_interfaces"):
                    if side in parts:
                        yield from _merged(relationship, getattr(relationship, side), deref(parts[side][1]))


def _written(owner: Element, interfaces: dict[str, dict[str, Operation]]) -> Iterator[Use]:
    for operations in interfaces.values():
        for operation in operations.values():
            yield owner, operation


def _merged(owner: Element, interfaces: dict[str, dict[str, Operation]], written: Node) -> Iterator[Use]:
    """Those that the template itself writes: what it does not mention is its type's own object."""
    for operation in written_operations(interfaces, written):
        if operation.overridden is not None or operation.declared_by is owner:
            yield owner, operation
