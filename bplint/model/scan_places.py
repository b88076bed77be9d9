"""The places of a blueprint where functions are evaluated (reference parser, scan.py).

Properties and operation inputs count as merged: the defaults of the types in use belong to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.model.call_scan import NOTHING, Scanner
from bplint.model.elements import DataType, NodeTemplate, NodeType, SchemaProperty
from bplint.syntax.mapping import deref, get, pairs
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.call_scan import FoundCalls
    from bplint.model.elements import Element, Operation, Relationship
    from bplint.syntax.tree import Node

NODE: Final = "node_template"
RELATIONSHIP: Final = "node_template_relationship"
OUTPUTS: Final = "outputs"
CAPABILITIES: Final = "capabilities"
POLICIES: Final = "policies"
LABELS: Final = "labels"
SETTINGS: Final = "deployment_settings"

POLICIES_OF_GROUPS: Final = "policies of groups"  # in words: see `unevaluated`

_MAX_DEPTH: Final = 50


class Written:
    """A value with calls in it.

    file      the file that it is written in
    renames   whether a namespaced import puts its namespace before the names in calls: only in values
              that are a mapping down from the element's key, and in all of an operation
    keeps_paths  whether a name that is the first of a path stays as it is all the same
    name      of the property that holds it, where it is one
    declared  the input of the type that it is given for, where it is an operation input
    """

    __slots__ = ("declared", "file", "findings", "keeps_paths", "name", "renames", "root")

    def __init__(
        self,
        root: Node,
        findings: FoundCalls,
        file: ImportedFile,
        renames: bool = True,
        name: str | None = None,
        declared: SchemaProperty | None = None,
    ) -> None:
        self.keeps_paths = False
        self.root = root
        self.findings = findings
        self.file = file
        self.renames = renames
        self.name = name
        self.declared = declared


class ScanPlace:
    """A value with calls in it, and where it is evaluated.

    scope      one of the names above
    template   the node template, for NODE and (as the source) RELATIONSHIP
    relation   the relationship, for RELATIONSHIP
    """

    __slots__ = ("relation", "scope", "template", "written")

    def __init__(
        self,
        scope: str,
        written: Written,
        template: NodeTemplate | None = None,
        relation: Relationship | None = None,
    ) -> None:
        self.scope = scope
        self.written = written
        self.template = template
        self.relation = relation

    @property
    def path(self) -> str:
        return self.written.file.document.path

    @property
    def namespace(self) -> str | None:
        """The namespace that the names in calls would need, or None."""
        file = self.written.file
        return None if file.is_basic_types else file.namespace


class ScanPlaces:
    """Walks the places of one blueprint. What comes from a type is scanned once for each type."""

    __slots__ = ("_blueprint", "_of_data_type", "_of_interfaces", "_of_type", "scanner")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self.scanner = Scanner()
        self._of_type: dict[int, list[Written]] = {}
        self._of_data_type: dict[int, bool] = {}
        # with the mapping itself, so that its id stays its own
        self._of_interfaces: dict[int, tuple[object, list[Written]]] = {}

    def walk(self) -> Iterator[ScanPlace]:
        """Every place that holds a call, or what looks like one."""
        blueprint = self._blueprint
        for template in blueprint.node_templates.own():
            yield from self._of_template(template)
        for output in blueprint.outputs.own():
            yield from self._of_value(OUTPUTS, output, output.value)
        for capability in blueprint.capabilities.own():
            yield from self._of_value(CAPABILITIES, capability, capability.value)
        for label in blueprint.labels.own():
            yield from self._of_value(LABELS, label, get(label.node, "values"))
        for policy in blueprint.policies.own():
            properties = get(policy.node, "properties")
            for _, value in pairs(properties) if properties is not None else ():
                yield from self._of_value(POLICIES, policy, value)
        for file in blueprint.graph.files:
            if not file.is_own or (file.namespace is not None and not file.is_basic_types):
                continue  # settings under a namespace are refused as a whole
            section = file.document.sections.get(SETTINGS)
            findings = self.scanner.scan(section[1]) if section else NOTHING
            if section and findings:
                yield ScanPlace(SETTINGS, Written(section[1], findings, file))

    def unevaluated(self) -> Iterator[tuple[Written, str]]:
        """Values with calls that nothing evaluates, each with what holds them, in words."""
        for template in self._blueprint.node_templates.own():
            for relation in template.relationships:
                for _, value in relation.properties.values():
                    findings = self.scanner.scan(value)
                    if findings:
                        yield Written(deref(value), findings, relation.file), "properties of relationships"
        for group in self._blueprint.groups.own():
            for _, policy in group.policies.values():
                findings = self.scanner.scan(policy)
                if findings:
                    yield Written(deref(policy), findings, group.file), POLICIES_OF_GROUPS

    def _of_value(self, scope: str, element: Element, value: Node | None) -> Iterator[ScanPlace]:
        findings = self.scanner.scan(value) if value is not None else NOTHING
        if value is not None and findings:
            value = deref(value)
            yield ScanPlace(scope, Written(value, findings, element.file, value.kind == MAPPING))

    def _of_template(self, template: NodeTemplate) -> Iterator[ScanPlace]:
        scan = self.scanner.scan
        written = template.properties
        for name, (_, value) in written.items():
            if value.kind != SCALAR:
                findings = scan(value)
                if findings:
                    yield ScanPlace(NODE, Written(deref(value), findings, template.file, name=name), template)
        node_type = template.type
        if isinstance(node_type, NodeType):
            for default in self._defaults_of(node_type):
                if default.name not in written:
                    yield ScanPlace(NODE, default, template)
            yield from self._inherited_parts(template, node_type)
        capabilities = template.capabilities
        if capabilities is not None and capabilities.kind != SCALAR:
            findings = scan(capabilities)
            if findings:
                yield ScanPlace(NODE, Written(capabilities, findings, template.file), template)
        if template.interfaces:
            for entry in self._inputs_of(template.interfaces):
                yield ScanPlace(NODE, entry, template)
        for relation in template.relationships:
            for interfaces in (relation.source_interfaces, relation.target_interfaces):
                if interfaces:
                    for entry in self._inputs_of(interfaces):
                        yield ScanPlace(RELATIONSHIP, entry, template, relation)

    def _default(self, prop: SchemaProperty, name: str | None) -> Written | None:
        default = prop.default
        if default is None or default.kind == SCALAR:
            return None
        findings = self.scanner.scan(default)
        if not findings:
            return None
        default = deref(default)
        return Written(default, findings, prop.file, default.kind == MAPPING, name)

    def _defaults_of(self, node_type: NodeType) -> list[Written]:
        found = self._of_type.get(id(node_type))
        if found is None:
            written = [self._default(prop, name) for name, prop in node_type.properties.items()]
            found = self._of_type[id(node_type)] = [entry for entry in written if entry is not None]
        return found

    def _inherited_parts(self, template: NodeTemplate, node_type: NodeType) -> Iterator[ScanPlace]:
        """Calls in defaults of data types that complete what the template leaves out."""
        if not self._blueprint.data_types:
            return
        for name, prop in node_type.properties.items():
            if prop.type is None or not self._is_data_type_with_calls(prop.type, 0):
                continue
            pair = template.properties.get(name)
            value = pair[1] if pair else prop.default
            yield from self._gaps(template, prop, value, prop.default if pair else None, 0)

    def _is_data_type_with_calls(self, name: str, depth: int) -> bool:
        data_type = self._blueprint.data_types.lookup(name)
        if not isinstance(data_type, DataType) or depth > _MAX_DEPTH:
            return False
        known = self._of_data_type.get(id(data_type))
        if known is None:
            self._of_data_type[id(data_type)] = False  # for a cycle of data types
            known = any(
                self._default(prop, None) is not None
                or (prop.type is not None and self._is_data_type_with_calls(prop.type, depth + 1))
                for prop in data_type.properties.values()
            )
            self._of_data_type[id(data_type)] = known
        return known

    def _gaps(
        self, template: NodeTemplate, prop: SchemaProperty, value: Node | None, other: Node | None, depth: int
    ) -> Iterator[ScanPlace]:
        """Defaults below `prop` that neither its value nor `other`, the value it overlays, gives."""
        data_type = self._blueprint.data_types.lookup(prop.type or "")
        if not isinstance(data_type, DataType) or depth > _MAX_DEPTH:
            return
        value = deref(value) if value is not None else None
        if value is not None and value.kind != MAPPING:
            return
        for name, part in data_type.properties.items():
            given = get(value, name) if value is not None else None
            given = given or (get(other, name) if other is not None else None)
            default = self._default(part, None) if given is None else None
            if default is not None:
                yield ScanPlace(NODE, default, template)
            yield from self._gaps(template, part, given or part.default, None, depth + 1)

    def _inputs_of(self, interfaces: dict[str, dict[str, Operation]]) -> list[Written]:
        known = self._of_interfaces.get(id(interfaces))
        if known is None:
            found = [entry for group in interfaces.values() for entry in self._of_group(group)]
            known = self._of_interfaces[id(interfaces)] = (interfaces, found)
        return known[1]

    def _of_group(self, operations: dict[str, Operation]) -> list[Written]:
        """Of one interface; templates share those that they do not write with their type."""
        known = self._of_interfaces.get(id(operations))
        if known is None:
            known = self._of_interfaces[id(operations)] = (operations, [])
            for operation in operations.values():
                # without an implementation the operation is nothing, and its inputs go nowhere
                for name, value in operation.inputs.items() if operation.implementation else ():
                    if value.kind != SCALAR:
                        self._add_input(operation, name, value, known[1])
        return known[1]

    def _add_input(self, operation: Operation, name: str, value: Node, found: list[Written]) -> None:
        findings = self.scanner.scan(value)
        if not findings:
            return
        value = deref(value)
        declared = operation.schema.get(name)
        is_default = declared is not None and declared.default is value
        file = declared.file if declared is not None and is_default else operation.file
        written = Written(value, findings, file, True, None, declared)
        # a list is searched with the operation, which changes no more than plain names
        written.keeps_paths = is_default and value.kind != MAPPING
        found.append(written)
