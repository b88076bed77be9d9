"""What of a blueprint is used by something else in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.model.elements import Target, Type
from bplint.model.full_names import qualify
from bplint.model.implementations import is_path
from bplint.syntax.mapping import as_dict, get
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation, SchemaProperty
    from bplint.model.interfaces import Interfaces


class UsedNames:
    """Full names that something refers to, by section."""

    __slots__ = (
        "_known",
        "data_types",
        "groups",
        "node_types",
        "plugins",
        "policy_triggers",
        "policy_types",
        "relationships",
    )

    def __init__(self, blueprint: Blueprint) -> None:
        self.data_types: set[str] = set()
        self.node_types: set[str] = set()
        self.relationships: set[str] = set()
        self.plugins: set[str] = set()
        self.groups: set[str] = set()
        self.policy_types: set[str] = set()
        self.policy_triggers: set[str] = set()
        # operations that are in already, by id: templates share those of their type
        self._known: dict[int, dict[str, Operation]] = {}
        self._add_types(blueprint)
        self._add_templates(blueprint)
        self._add_groups(blueprint)
        for workflow in blueprint.workflows.own():
            self._add_target(workflow.target)
            self._add_schema(workflow.parameters.values())
        self._add_schema(blueprint.inputs.own())

    def _add_types(self, blueprint: Blueprint) -> None:
        entry: Type
        for entry in blueprint.data_types.own():
            self._add_type(entry, self.data_types)
        for node_type in blueprint.node_types.own():
            self._add_type(node_type, self.node_types)
            self._add_schema(node_type.runtime_properties.values())
            self._add_interfaces(node_type.own_interfaces)
        for relationship in blueprint.relationships.own():
            self._add_type(relationship, self.relationships)
            self._add_interfaces(relationship.own_source_interfaces)
            self._add_interfaces(relationship.own_target_interfaces)
        for kind in (*blueprint.policy_types.own(), *blueprint.policy_triggers.own()):
            self._add_schema(kind.properties.values())

    def _add_type(self, entry: Type, parents: set[str]) -> None:
        if entry.derived_from is not None:
            parents.add(entry.derived_from)
        self._add_schema(entry.own_properties.values())

    def _add_templates(self, blueprint: Blueprint) -> None:
        for template in blueprint.node_templates.own():
            if template.type_name is not None:
                self.node_types.add(template.type_name)
            if template.interfaces_node is not None:
                self._add_interfaces(template.interfaces)
            for relationship in template.relationships:
                if relationship.type_name is not None:
                    self.relationships.add(relationship.type_name)
                if relationship.has_interfaces:
                    self._add_interfaces(relationship.source_interfaces)
                    self._add_interfaces(relationship.target_interfaces)

    def _add_groups(self, blueprint: Blueprint) -> None:
        for policy in blueprint.policies.own():
            self.groups.update(name for name, _ in policy.targets)
        for group in blueprint.groups.own():
            self.groups.update(name for name, _ in group.members)
            if group.policies:
                self.groups.add(group.name)
            for _, value in group.policies.values():
                namespace = group.file.namespace
                self.policy_types.update(_types_of([value], namespace))
                triggers = get(value, "triggers")
                if triggers is not None:
                    nodes = [content for _, content in as_dict(triggers).values()]
                    self.policy_triggers.update(_types_of(nodes, namespace))

    def _add_interfaces(self, interfaces: Interfaces) -> None:
        for operations in interfaces.values():
            if id(operations) not in self._known:
                self._known[id(operations)] = operations
                for operation in operations.values():
                    self._add_operation(operation)

    def _add_operation(self, operation: Operation) -> None:
        self._add_schema(operation.schema.values())
        if operation.implementation:
            self._add_target(operation.target)
            if not is_path(operation.implementation):
                self.plugins.add(operation.implementation.partition(".")[0])

    def _add_target(self, target: object) -> None:
        if isinstance(target, Target) and target.plugin is not None:
            self.plugins.add(target.plugin.name)

    def _add_schema(self, entries: Iterable[SchemaProperty]) -> None:
        for entry in entries:
            if entry.type is not None:
                self.data_types.add(entry.type)


def _types_of(nodes: Iterable[object], namespace: str | None) -> Iterator[str]:
    for node in nodes:
        written = get(node, "type")  # type: ignore[arg-type]
        text = text_of(written) if written is not None else None
        if text is not None:
            yield qualify(text, namespace)
