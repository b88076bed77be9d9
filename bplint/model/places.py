"""The places of a blueprint where functions are evaluated (reference parser, scan.py).

Properties and operation inputs count as merged: the defaults of the types in use belong to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.model.calls import NOTHING, Scanner
from bplint.model.elements import DataType, NodeTemplate, NodeType, SchemaProperty
from bplint.syntax.mapping import deref, get, pairs
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.calls import Findings
    from bplint.model.elements import Element, Operation, Relationship
    from bplint.syntax.tree import Node

NODE: Final = "node_template"
RELATIONSHIP: Final = "node_template_relationship"
OUTPUTS: Final = "outputs"
CAPABILITIES: Final = "capabilities"
POLICIES: Final = "policies"
LABELS: Final = "labels"
SETTINGS: Final = "deployment_settings"


class Place:
    """A value with calls in it.

    scope      one of the names above
    template   the node template, for NODE and (as the source) RELATIONSHIP
    relation   the relationship, for RELATIONSHIP
    property   name of the property that holds the value, where it is one
    file       the file that the value is written in
    renames    whether a namespaced import puts its namespace before the names in calls: only in values
               that are a mapping down from the element's key
    """

    __slots__ = ("file", "findings", "property", "relation", "renames", "scope", "template")

    def __init__(
        self,
        scope: str,
        findings: Findings,
        file: ImportedFile,
        template: NodeTemplate | None = None,
        relation: Relationship | None = None,
        renames: bool = True,
        name: str | None = None,
    ) -> None:
        self.scope = scope
        self.findings = findings
        self.file = file
        self.template = template
        self.relation = relation
        self.renames = renames
        self.property = name

    @property
    def namespace(self) -> str | None:
        """The namespace that the names in calls would need, or None."""
        return None if self.file.is_basic_types else self.file.namespace


class Places:
    """Walks the places of one blueprint. What comes from a type is scanned once for each type."""

    __slots__ = ("_blueprint", "_of_data_type", "_of_interfaces", "_of_type", "_scanner")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._scanner = Scanner()
        self._of_type: dict[int, list[tuple[str, Findings, ImportedFile, bool]]] = {}
        self._of_data_type: dict[int, bool] = {}
        # with the mapping itself, so that its id stays its own
        self._of_interfaces: dict[int, tuple[object, list[tuple[Findings, ImportedFile, bool]]]] = {}

    def walk(self) -> Iterator[Place]:
        """Every place that holds a call, or what looks like one."""
        blueprint = self._blueprint
        for template in blueprint.node_templates.own():
            yield from self._of_template(template)
        for output in blueprint.outputs.own():
            yield from self._of_value(OUTPUTS, output, output.value)
        for capability in blueprint.capabilities.own():
            yield from self._of_value(CAPABILITIES, capability, capability.value)
        for label in blueprint.labels.own():
            values = get(label.node, "values") if label.node.kind == MAPPING else None
            yield from self._of_value(LABELS, label, values)
        for policy in blueprint.policies.own():
            properties = get(policy.node, "properties") if policy.node.kind == MAPPING else None
            for _, value in pairs(properties) if properties is not None else ():
                yield from self._of_value(POLICIES, policy, value)
        for file in blueprint.graph.files:
            section = file.document.sections.get(SETTINGS) if file.is_own else None
            findings = self._scanner.scan(section[1]) if section else NOTHING
            if findings:
                yield Place(SETTINGS, findings, file)

    def _of_value(self, scope: str, element: Element, value: Node | None) -> Iterator[Place]:
        findings = self._scanner.scan(value) if value is not None else NOTHING
        if value is not None and findings:
            yield Place(scope, findings, element.file, renames=deref(value).kind == MAPPING)

    def _of_template(self, template: NodeTemplate) -> Iterator[Place]:
        scan = self._scanner.scan
        written = template.properties
        for name, (_, value) in written.items():
            if value.kind != SCALAR:
                findings = scan(value)
                if findings:
                    yield Place(NODE, findings, template.file, template, name=name)
        node_type = template.type
        if isinstance(node_type, NodeType):
            for name, findings, file, renames in self._defaults_of(node_type):
                if name not in written:
                    yield Place(NODE, findings, file, template, renames=renames, name=name)
            yield from self._inherited_parts(template, node_type)
        if template.capabilities is not None and template.capabilities.kind != SCALAR:
            findings = scan(template.capabilities)
            if findings:
                yield Place(NODE, findings, template.file, template)
        if template.interfaces:
            for findings, file, renames in self._inputs_of(template.interfaces):
                yield Place(NODE, findings, file, template, renames=renames)
        for relation in template.relationships:
            for interfaces in (relation.source_interfaces, relation.target_interfaces):
                if interfaces:
                    for findings, file, renames in self._inputs_of(interfaces):
                        yield Place(RELATIONSHIP, findings, file, template, relation, renames)

    def _defaults_of(self, node_type: NodeType) -> list[tuple[str, Findings, ImportedFile, bool]]:
        found = self._of_type.get(id(node_type))
        if found is None:
            found = self._of_type[id(node_type)] = []
            for name, prop in node_type.properties.items():
                default = prop.default
                if default is not None and default.kind != SCALAR:
                    findings = self._scanner.scan(default)
                    if findings:
                        found.append((name, findings, prop.file, deref(default).kind == MAPPING))
        return found

    def _inherited_parts(self, template: NodeTemplate, node_type: NodeType) -> Iterator[Place]:
        """Calls in defaults of data types that complete what the template leaves out."""
        for name, prop in node_type.properties.items():
            if prop.type is None or not self._is_data_type_with_calls(prop.type, 0):
                continue
            pair = template.properties.get(name)
            value = pair[1] if pair else prop.default
            yield from self._gaps(template, prop, value, prop.default if pair else None, 0)

    def _is_data_type_with_calls(self, name: str, depth: int) -> bool:
        data_type = self._blueprint.data_types.lookup(name)
        if not isinstance(data_type, DataType) or depth > 50:
            return False
        known = self._of_data_type.get(id(data_type))
        if known is None:
            self._of_data_type[id(data_type)] = False  # for a cycle of data types
            known = any(
                (prop.default is not None and bool(self._scanner.scan(prop.default)))
                or (prop.type is not None and self._is_data_type_with_calls(prop.type, depth + 1))
                for prop in data_type.properties.values()
            )
            self._of_data_type[id(data_type)] = known
        return known

    def _gaps(
        self, template: NodeTemplate, prop: SchemaProperty, value: Node | None, other: Node | None, depth: int
    ) -> Iterator[Place]:
        """Defaults below `prop` that neither its value nor `other`, the value it overlays, gives."""
        data_type = self._blueprint.data_types.lookup(prop.type or "")
        if not isinstance(data_type, DataType) or depth > 50:
            return
        value = deref(value) if value is not None else None
        if value is not None and value.kind != MAPPING:
            return
        for name, part in data_type.properties.items():
            given = get(value, name) if value is not None else None
            given = given or (get(other, name) if other is not None else None)
            if given is None and part.default is not None:
                findings = self._scanner.scan(part.default)
                if findings:
                    yield Place(NODE, findings, part.file, template, renames=part.default.kind == MAPPING)
            yield from self._gaps(template, part, given or part.default, None, depth + 1)

    def _inputs_of(
        self, interfaces: dict[str, dict[str, Operation]]
    ) -> list[tuple[Findings, ImportedFile, bool]]:
        known = self._of_interfaces.get(id(interfaces))
        if known is not None:
            return known[1]
        found: list[tuple[Findings, ImportedFile, bool]] = []
        for operations in interfaces.values():
            for operation in operations.values():
                for name, value in operation.inputs.items():
                    if value.kind == SCALAR:
                        continue
                    findings = self._scanner.scan(value)
                    if findings:
                        declared = operation.schema.get(name)
                        is_default = declared is not None and declared.default is value
                        file = declared.file if declared is not None and is_default else operation.file
                        found.append((findings, file, not is_default or deref(value).kind == MAPPING))
        self._of_interfaces[id(interfaces)] = (interfaces, found)
        return found
