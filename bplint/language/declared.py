"""The properties, inputs and parameters that are declared for the values at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl.builtin_types import BUILT_IN
from bplint.language import roles
from bplint.model.elements import (
    DataType,
    Input,
    NodeType,
    Operation,
    PolicyType,
    RelationshipType,
    SchemaProperty,
    Type,
    Workflow,
)
from bplint.model.full_names import qualify
from bplint.model.schema_properties import read_property
from bplint.syntax.mapping import get
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bplint.dsl.functions import Call
    from bplint.imports.graph import ImportedFile
    from bplint.language.roles import Key
    from bplint.language.spot import Spot
    from bplint.lookup import Absent
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element
    from bplint.syntax.tree import Node

    Properties = Mapping[str, SchemaProperty]
    Interfaces = Mapping[str, Mapping[str, Operation]]


class Declared:
    """Looks at what is written, so that it answers for a half-typed text as well: an element's type is the
    one that stands in the tree of the place, not the one that the model knows."""

    __slots__ = ("blueprint", "built_in", "file")

    def __init__(self, blueprint: Blueprint, file: ImportedFile) -> None:
        self.blueprint = blueprint
        self.file = file
        self.built_in = BUILT_IN

    # -- elements that a place lies in

    def type_named(self, node: Node, key: str, section: str) -> Element | Absent | None:
        """The element of a section that the value of a key names."""
        written = get(node, key)
        text = text_of(written) if written is not None else None
        if text is None:
            return None
        found: Element | Absent = getattr(self.blueprint, section).lookup(qualify(text, self.file.namespace))
        return found

    def owner(self, spot: Spot) -> Type | None:
        """The type whose properties or operations a place is about: the node type of a template, the type
        of a relationship, or the type that is written there."""
        path = spot.path
        if len(path) < 2:
            return None
        found: Element | Absent | None = None
        if path[0] == "node_templates":
            if len(path) > 4 and path[2] == "relationships":
                found = self.type_named(spot.steps[3].node, "type", "relationships")
            else:
                found = self.type_named(spot.steps[1].node, "type", "node_types")
        elif path[0] in ("node_types", "relationships", "data_types"):
            found = getattr(self.blueprint, str(path[0])).lookup(qualify(str(path[1]), self.file.namespace))
        return found if isinstance(found, Type) else None

    def interfaces(self, spot: Spot, side: str) -> Interfaces:
        """The operations of the owner on one side."""
        owner = self.owner(spot)
        found: Interfaces = (
            getattr(owner, side, {}) if isinstance(owner, (NodeType, RelationshipType)) else {}
        )
        return found

    def operation(self, spot: Spot) -> Operation | None:
        """The operation that a place lies in, as its type has it."""
        at = _side_index(spot.path)
        if at is None or len(spot.path) <= at + 2:
            return None
        side, interface, name = map(str, spot.path[at : at + 3])
        return self.interfaces(spot, side).get(interface, {}).get(name)

    # -- properties

    def for_zone(self, spot: Spot, length: int) -> Properties:
        """What is declared for the keys of the mapping at the first `length` steps, a place for values."""
        path = spot.path[:length]
        last = path[-1]
        if last == "inputs":
            operation = self.operation(spot)
            return operation.schema if operation is not None else {}
        if path[0] == "groups":
            step = spot.steps[length - 2]
            section = "policy_types" if last == "properties" else "policy_triggers"
            found = self.type_named(step.node, "type", section)
            return found.properties if isinstance(found, PolicyType) else {}
        if path[0] == "deployment_settings":
            workflow = self.type_named(spot.steps[length - 2].node, "workflow", "workflows")
            return workflow.parameters if isinstance(workflow, Workflow) else {}
        return self.of_type(self.owner(spot))

    def given(self, spot: Spot, zone: tuple[str, int], depth: int) -> SchemaProperty | None:
        """The property whose value stands at the first `depth` steps."""
        kind, length = zone
        names = spot.path[length:depth]
        if kind == roles.GIVEN:
            return self.follow(self.for_zone(spot, length), names)
        if kind == roles.DEFAULT:
            step = spot.steps[length - 2]
            if step.key_node is None:
                return None
            own = read_property(str(step.key), step.key_node, step.node, self.file, None, Input)
            return own if not names else self.follow(self.inside(own), names)
        return None

    def inside(self, declared: SchemaProperty | None) -> Properties:
        """The properties of the data type that a property has."""
        if declared is None or declared.type is None or declared.type in BUILT_IN:
            return {}
        found = self.blueprint.data_types.lookup(declared.type)
        return found.properties if isinstance(found, DataType) else {}

    def follow(self, properties: Properties, names: Sequence[Key]) -> SchemaProperty | None:
        """The property at a path of names; indexes of lists lead into what is not declared."""
        found: SchemaProperty | None = None
        for name in names:
            found = properties.get(str(name)) if isinstance(name, str) else None
            if found is None:
                return None
            properties = self.inside(found)
        return found

    def of_type(self, owner: Type | None, *, with_attributes: bool = False) -> Properties:
        """The properties of a type; with those that its instances get at run time, where these are asked
        for."""
        if owner is None:
            return {}
        if not with_attributes:
            return owner.properties
        found = dict(owner.properties)
        for ancestor in reversed(list(owner.lineage())):
            if isinstance(ancestor, NodeType):
                found.update(ancestor.runtime_properties)
        return found

    def of_input(self, call: Call) -> Properties:
        """The parts of the value of the input that a call of get_input names, where its type declares
        them."""
        text = text_of(call.items[0]) if call.items else None
        if text is None:
            return {}
        found = self.blueprint.inputs.lookup(
            qualify(text, self.file.namespace)
        ) or self.blueprint.inputs.lookup(text)
        return self.inside(found) if isinstance(found, SchemaProperty) else {}

    # -- keys that declare

    def at_key(self, spot: Spot, role: str) -> Element | None:
        """The element that a key of an interface, an operation or a property stands for."""
        path, name = spot.path, str(spot.steps[-1].key)
        if role == roles.OPERATION:
            return self._written_operation(spot) or self.operation(spot)
        if role == roles.INTERFACE:
            return self.owner(spot)
        at = _side_index(path)
        if at is not None and len(path) == at + 5:
            operation = self.operation(spot)
            return operation.schema.get(name) if operation is not None else None
        element = getattr(self.blueprint, str(path[0])).lookup(qualify(str(path[1]), self.file.namespace))
        if role == roles.ATTRIBUTE:
            return element.runtime_properties.get(name) if isinstance(element, NodeType) else None
        if isinstance(element, Workflow):
            return element.parameters.get(name)
        if isinstance(element, Type):
            return element.own_properties.get(name)
        return element.properties.get(name) if isinstance(element, PolicyType) else None

    def _written_operation(self, spot: Spot) -> Operation | None:
        """The merged operation of a template that writes it."""
        path = spot.path
        if path[0] != "node_templates" or len(path) != 5:
            return None
        template = self.blueprint.node_templates.lookup(qualify(str(path[1]), self.file.namespace))
        if not template:
            return None
        return template.interfaces.get(str(path[3]), {}).get(str(path[4]))


def _side_index(path: Sequence[Key]) -> int | None:
    for index, part in enumerate(path[:5]):
        if index >= 2 and part in ("interfaces", "source_interfaces", "target_interfaces"):
            return index
    return None
