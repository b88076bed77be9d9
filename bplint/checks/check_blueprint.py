"""All that the model finds wrong in a blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.nodes import Nodes
from bplint.checks.topology.operations import Operations
from bplint.checks.types.hierarchy import check_schema, check_types
from bplint.checks.values.values import Values
from bplint.model.elements import SchemaProperty
from bplint.model.schema_properties import read_schema
from bplint.syntax.mapping import get

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.interfaces import Interfaces


def find_faults(blueprint: Blueprint) -> list[Fault]:
    """Faults of types, values, operations, relationships, groups and workflows of the user's files."""
    values = Values(blueprint)
    operations = Operations(blueprint)
    nodes = Nodes(blueprint, values, operations)
    faults = list(check_types(blueprint, values))
    faults += _check_schemas(blueprint, values)
    for kind in blueprint.relationships.own():
        operations.check_relationship_type(kind)
    nodes.check()
    for node_type in blueprint.node_types.own():
        operations.check_node_type(node_type)
    for workflow in blueprint.workflows.own():
        operations.check_workflow(workflow)
        subject = f"workflow '{workflow.name}'"
        faults += check_schema(workflow.parameters, blueprint, subject, values, is_strict=True)
    if len(blueprint.groups) or len(blueprint.policies):
        # few blueprints have groups
        from bplint.checks.topology.groups import Groups

        groups = Groups(blueprint, values, nodes)
        groups.check()
        faults += groups.faults
    faults += nodes.faults + operations.faults + values.faults
    if faults:
        # only where something is wrong
        from bplint.checks.types.built_in_types import without_built_in_types

        faults = without_built_in_types(blueprint, faults)
    return faults


def _check_schemas(blueprint: Blueprint, values: Values) -> Iterator[Fault]:
    for plugin in blueprint.plugins.own():
        declared = get(plugin.node, "properties")
        if declared is not None:
            schema = read_schema(declared, plugin.file, plugin, SchemaProperty)
            yield from check_schema(schema, blueprint, f"plugin '{plugin.name}'", values, is_filled=False)
    inputs = {entry.name: entry for entry in blueprint.inputs.own()}
    yield from check_schema(inputs, blueprint, "the inputs", values, is_strict=True)
    for section, words in (
        (blueprint.policy_types, "policy type"),
        (blueprint.policy_triggers, "policy trigger"),
    ):
        for kind in section.own():
            subject = f"{words} '{kind.name}'"
            yield from check_schema(kind.properties, blueprint, subject, values)
    for node_type in blueprint.node_types.own():
        subject = f"node type '{node_type.name}'"
        yield from _check_inputs(node_type.own_interfaces, blueprint, subject, values)
    for relationship in blueprint.relationships.own():
        subject = f"relationship type '{relationship.name}'"
        for interfaces in (relationship.own_source_interfaces, relationship.own_target_interfaces):
            yield from _check_inputs(interfaces, blueprint, subject, values)


def _check_inputs(
    interfaces: Interfaces, blueprint: Blueprint, subject: str, values: Values
) -> Iterator[Fault]:
    for interface, operations in interfaces.items():
        for name, operation in operations.items():
            if operation.schema:
                yield from check_schema(
                    operation.schema,
                    blueprint,
                    f"operation '{interface}.{name}' of {subject}",
                    values,
                    is_strict=True,
                )
