"""A blueprint's plan as Python values: what the reference parser hands to the making of a deployment, as
far as functions are evaluated in it. Every mapping and list remembers the node it was made of.

Facts from dsl_parser (models.py, utils.py, elements/node_templates.py, interfaces/utils.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.checks.values.judgement import is_function
from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.functions import SCOPED
from bplint.lookup import UNKNOWN
from bplint.model.elements import DataType, NodeType, RelationshipType
from bplint.model.evaluation_order import schema_order
from bplint.model.full_names import CLOUDIFY, DELIMITER
from bplint.syntax.mapping import deref, get, pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import SCALAR, SEQUENCE

if TYPE_CHECKING:
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate, Operation, Relationship, SchemaProperty, Type
    from bplint.syntax.tree import Node

MAX_VALUES: Final = 2_000_000
_MAX_DEPTH: Final = 60


class TooLargeError(Exception):
    """The values are more than anybody means; nothing is said about them."""


class Origin:
    """Where a mapping or list was written. Keeps the value, so that its id stays its own."""

    __slots__ = ("node", "path", "value")

    def __init__(self, value: Any, node: Node, path: str) -> None:
        self.value = value
        self.node = node
        self.path = path


class RelationshipPlan:
    """A relationship of a node, with values. Interfaces: `interface.operation` → inputs by name."""

    __slots__ = ("element", "properties", "source_operations", "target", "target_operations", "type")

    def __init__(self, element: Relationship) -> None:
        self.element = element
        self.type = element.type_name or ""
        self.target = element.target_name or ""
        self.properties: dict[str, Any] = {}
        self.source_operations: dict[str, dict[str, Any]] = {}
        self.target_operations: dict[str, dict[str, Any]] = {}


class NodePlan:
    """A node with values. `is_open`: its type is not known, it may have further properties."""

    __slots__ = ("element", "is_open", "name", "operations", "properties", "relationships", "scalable")

    def __init__(self, element: NodeTemplate) -> None:
        self.element = element
        self.name = element.name
        node_type = element.type
        self.is_open = not isinstance(node_type, NodeType) or not node_type.is_complete or element.is_damaged
        self.properties: dict[str, Any] = {}
        self.scalable: dict[str, Any] = {}
        self.operations: dict[str, dict[str, Any]] = {}
        self.relationships: list[RelationshipPlan] = []


class Planned:
    """The plan of a blueprint. `inputs` are the values of a deployment."""

    __slots__ = (
        "blueprint",
        "capabilities",
        "inputs",
        "labels",
        "nodes",
        "origins",
        "outputs",
        "policies",
        "settings",
    )

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.origins: dict[int, Origin] = {}
        self.inputs: dict[str, Any] = {}
        self.nodes: dict[str, NodePlan] = {}
        self.outputs: dict[str, Any] = {}
        self.capabilities: dict[str, Any] = {}
        self.policies: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, Any] = {}
        self.settings: dict[str, Any] = {}


class Planner:
    """Builds the plan of one blueprint. Raises TooLargeError past the limit."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.plan = Planned(blueprint)
        self._left = MAX_VALUES
        self._defaults: dict[int, dict[str, Any]] = {}  # of data types, by id

    def build(self) -> Planned:
        """Everything in which functions are evaluated, unevaluated."""
        blueprint, plan = self.blueprint, self.plan
        for template in blueprint.node_templates.own():
            plan.nodes[template.name] = self._node(template)
        for output in blueprint.outputs.own():
            if output.value is not None:
                plan.outputs[output.name] = self._leaf(output.value, output.file)
        for capability in blueprint.capabilities.own():
            if capability.value is not None:
                plan.capabilities[capability.name] = self._leaf(capability.value, capability.file)
        for label in blueprint.labels.own():
            values = get(label.node, "values")
            if values is not None:
                plan.labels[label.name] = self._value(values, label.file, renames=False)
        for policy in blueprint.policies.own():
            properties = get(policy.node, "properties")
            if properties is not None:
                found = self._value(properties, policy.file)
                plan.policies[policy.name] = found if isinstance(found, dict) else {}
        for file in blueprint.graph.files:
            section = file.document.sections.get("deployment_settings") if file.is_own else None
            if section is not None:
                found = self._value(section[1], file)
                plan.settings = found if isinstance(found, dict) else {}
        return plan

    def value(self, node: Node, file: ImportedFile, type_name: str | None = None) -> Any:
        """A value of a declared type, completed by the defaults of data types."""
        return self._typed(self._value(node, file), type_name, None, 0)

    def empty_value(self, type_name: str | None) -> Any:
        """What an input of a type has where nothing is given: the defaults of a data type, else nothing."""
        found = self._typed({}, type_name, None, 0) if type_name not in BUILT_IN else {}
        return found or None

    # -- nodes

    def _node(self, template: NodeTemplate) -> NodePlan:
        found = NodePlan(template)
        written = {name: self._value(pair[1], template.file) for name, pair in template.properties.items()}
        kind = template.type
        found.properties = self._merged(written, kind if isinstance(kind, NodeType) else None, 0)
        if template.capabilities is not None:
            scalable = get(template.capabilities, "scalable")
            properties = get(scalable, "properties") if scalable is not None else None
            values = self._value(properties, template.file) if properties is not None else {}
            found.scalable = values if isinstance(values, dict) else {}
        found.operations = self._operations(template.interfaces)
        found.relationships = [self._relationship(entry) for entry in template.relationships]
        return found

    def _relationship(self, relation: Relationship) -> RelationshipPlan:
        found = RelationshipPlan(relation)
        written = {name: self._value(pair[1], relation.file) for name, pair in relation.properties.items()}
        kind = relation.type
        found.properties = self._merged(written, kind if isinstance(kind, RelationshipType) else None, 0)
        found.source_operations = self._operations(relation.source_interfaces)
        found.target_operations = self._operations(relation.target_interfaces)
        return found

    def _operations(self, interfaces: dict[str, dict[str, Operation]]) -> dict[str, dict[str, Any]]:
        return {
            f"{interface}.{name}": self._inputs(operation) if operation.implementation else {}
            for interface, operations in interfaces.items()
            for name, operation in operations.items()
        }

    def _inputs(self, operation: Operation) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, node in operation.inputs.items():
            declared = operation.schema.get(name)
            is_default = declared is not None and declared.default is node
            if declared is not None and is_default:
                value = self._default_of(declared, is_input=True, depth=0)
            else:
                value = self._value(node, operation.file)
            if declared is not None and declared.type is not None and isinstance(value, dict):
                value["type"] = declared.type  # the reference parser puts it into the user's value
            found[name] = value
        return found

    # -- values

    def _merged(self, written: dict[str, Any], kind: Type | None, depth: int) -> dict[str, Any]:
        """Written values over the defaults of a type, in the order of its schema; what the type does not
        know comes last."""
        if kind is None:
            return written
        return self._filled(written, self._defaults_of(kind, depth), kind, depth)

    def _filled(
        self, written: dict[str, Any], defaults: dict[str, Any], kind: Type, depth: int
    ) -> dict[str, Any]:
        merged = {**defaults, **written}
        found: dict[str, Any] = {}
        for name in schema_order(kind):
            if name in merged:
                value, default = merged.pop(name), defaults.get(name)
                if value is not default:  # a default is filled: again would take twice as long on every level
                    value = self._typed(value, kind.properties[name].type, default, depth + 1)
                found[name] = value
        found.update(merged)
        return found

    def _defaults_of(self, kind: Type, depth: int) -> dict[str, Any]:
        known = self._defaults.get(id(kind))
        if known is not None:
            return {name: self._copied(value) for name, value in known.items()}
        found: dict[str, Any] = {}
        for name, entry in kind.properties.items():
            if entry.default is not None or self._is_data_type(entry.type):
                found[name] = self._default_of(entry, is_input=False, depth=depth)
        if isinstance(kind, DataType):  # data types of data types would be worked out again and again
            self._defaults[id(kind)] = {name: self._copied(value) for name, value in found.items()}
        return found

    def _copied(self, value: Any) -> Any:
        """A value of its own, for functions in it are replaced by what they give."""
        if not isinstance(value, (dict, list)):
            return value
        self._count()
        copied: Any
        if isinstance(value, dict):
            copied = {name: self._copied(item) for name, item in value.items()}
        else:
            copied = [self._copied(item) for item in value]
        self._keep_origin(value, copied)
        return copied

    def _default_of(self, entry: SchemaProperty, *, is_input: bool, depth: int) -> Any:
        value = None
        if entry.default is not None and is_input and deref(entry.default).kind == SEQUENCE:
            # of an operation, even names in a list are renamed, but not those that are the first of a path
            namespace = _namespace_of(entry.file)
            value = self._build(entry.default, entry.file.document.path, namespace, 0, keeps_paths=True)
        elif entry.default is not None:
            value = self._value(entry.default, entry.file, is_leaf=True)
        if value is None and not is_input and self._is_data_type(entry.type):
            value = {}
        return value if value is None else self._typed(value, entry.type, None, depth + 1)

    def _is_data_type(self, name: str | None) -> bool:
        return name is not None and name not in BUILT_IN and bool(self.blueprint.data_types.lookup(name))

    def _typed(self, value: Any, type_name: str | None, filler: Any, depth: int) -> Any:
        if type_name is None or type_name in BUILT_IN or not isinstance(value, dict) or is_function(value):
            return value
        kind = self.blueprint.data_types.lookup(type_name)
        if not isinstance(kind, DataType) or depth > _MAX_DEPTH:
            return value
        self._count()
        defaults = self._defaults_of(kind, depth)
        if isinstance(filler, dict) and not is_function(filler):
            defaults.update(filler)
        found = self._filled(value, defaults, kind, depth)
        self._keep_origin(value, found)
        return found

    def _keep_origin(self, old: Any, new: Any) -> None:
        origin = self.plan.origins.get(id(old))
        if origin is not None:
            self.plan.origins[id(new)] = Origin(new, origin.node, origin.path)

    def _leaf(self, node: Node, file: ImportedFile) -> Any:
        """The value of an output: a plain text there takes the namespace like a name."""
        value = self._value(node, file, is_leaf=True)
        namespace = _namespace_of(file)
        if isinstance(value, str) and namespace and value not in BUILT_IN and not value.startswith(CLOUDIFY):
            return f"{namespace}{DELIMITER}{value}"
        return value

    def _value(self, node: Node, file: ImportedFile, *, renames: bool = True, is_leaf: bool = False) -> Any:
        namespace = _namespace_of(file) if renames else None
        if is_leaf and deref(node).kind == SEQUENCE:
            namespace = None  # the names in a list are not renamed
        return self._build(node, file.document.path, namespace, 0)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooLargeError

    def _build(
        self, node: Node, path: str, namespace: str | None, depth: int, *, keeps_paths: bool = False
    ) -> Any:
        node = deref(node)
        if node.kind == SCALAR:
            value = value_of(node)
            return None if value is UNKNOWN else value
        self._count()
        if depth > 500:
            raise TooLargeError
        found: Any
        if node.kind == SEQUENCE:
            found = [
                self._build(item, path, namespace, depth + 1, keeps_paths=keeps_paths)
                for item in node.items or ()
            ]
        else:
            found = {}
            for key, value in pairs(node):
                name = deref(key)
                found[value_of(name) if name.kind == SCALAR else id(name)] = self._build(
                    value, path, namespace, depth + 1, keeps_paths=keeps_paths
                )
            if namespace is not None:
                _rename(found, namespace, keeps_paths)
        self.plan.origins[id(found)] = Origin(found, node, path)
        return found


def _namespace_of(file: ImportedFile) -> str | None:
    return None if file.is_basic_types else file.namespace


def _rename(mapping: dict[Any, Any], namespace: str, keeps_paths: bool) -> None:
    """Put the namespace before the names in calls, as a namespaced import does."""
    for function in ("get_input", "get_property", "get_attribute"):
        argument = mapping.get(function)
        if isinstance(argument, str) and function == "get_input":
            mapping[function] = f"{namespace}{DELIMITER}{argument}"
        elif (
            isinstance(argument, list)
            and argument
            and isinstance(argument[0], str)
            and (not keeps_paths if function == "get_input" else argument[0] not in SCOPED)
        ):
            argument[0] = f"{namespace}{DELIMITER}{argument[0]}"
