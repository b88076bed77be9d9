"""From merged sections to a Blueprint. Elements are built when they are asked for; what has the wrong shape
counts as absent here, the structure check tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bplint.imports.script_files import script_finder
from bplint.lookup import UNKNOWN
from bplint.model.blueprint import Blueprint, Section
from bplint.model.elements import (
    Capability,
    Group,
    Input,
    Label,
    NodeTemplate,
    Output,
    Parameter,
    Plugin,
    Policy,
    PolicyTrigger,
    PolicyType,
    Relationship,
    SchemaProperty,
    Workflow,
)
from bplint.model.full_names import Unread, qualify
from bplint.model.implementations import Targets
from bplint.model.inheritance import TypeBuilder
from bplint.model.schema_properties import read_property, read_schema
from bplint.syntax.mapping import as_dict, deref, get, odd_keys
from bplint.syntax.scalars import text_of, value_of
from bplint.syntax.tree import SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from bplint.imports.graph import ImportedFile, ImportGraph
    from bplint.imports.merge import Item, Merged
    from bplint.lookup import Absent
    from bplint.model.elements import Element
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node

    E = TypeVar("E", bound=Element)


def build_blueprint(
    graph: ImportGraph,
    merged: Merged,
    file_exists: Callable[[str], bool | Absent] | None = None,
    broken: Set[int] = frozenset(),
) -> Blueprint:
    """The blueprint of a main file and its imports.

    file_exists  whether a path below the main file's folder is a file; the file system is asked where
                 it is not given
    broken       ids of the nodes that the structure check reported: nothing more is said of them
    """
    blueprint = Blueprint()
    blueprint.broken = broken
    blueprint.graph = graph
    blueprint.unread = Unread(graph)
    blueprint.version = version_of(graph)
    _BlueprintBuilder(blueprint, merged).build(file_exists or script_finder(graph))
    return blueprint


def version_of(graph: ImportGraph) -> tuple[int, int] | Absent:
    """The language version that the main file is judged by; UNKNOWN where it says none that is supported."""
    return UNKNOWN if graph.version is None else graph.version


class _BlueprintBuilder:
    def __init__(self, blueprint: Blueprint, merged: Merged) -> None:
        self.blueprint = blueprint
        self.sections = merged.sections

    def build(self, file_exists: Callable[[str], bool | Absent]) -> None:
        blueprint = self.blueprint
        types = TypeBuilder(blueprint)
        blueprint.plugins = self.section("plugins", build_plugin)
        blueprint.targets = Targets(blueprint.graph, blueprint.plugins, blueprint.unread, file_exists)
        blueprint.data_types = self.section("data_types", types.data_type)
        blueprint.node_types = self.section("node_types", types.node_type)
        blueprint.relationships = self.section("relationships", types.relationship_type)
        blueprint.inputs = self.section("inputs", build_input)
        blueprint.workflows = self.section("workflows", self.workflow)
        blueprint.node_templates = self.section("node_templates", self.node_template)
        blueprint.groups = self.section("groups", build_group)
        blueprint.policies = self.section("policies", build_policy)
        blueprint.policy_types = self.section("policy_types", build_policy_type)
        blueprint.policy_triggers = self.section("policy_triggers", build_policy_trigger)
        blueprint.outputs = self.section("outputs", build_output)
        blueprint.capabilities = self.section("capabilities", build_capability)
        blueprint.labels = self.section("labels", build_label)
        blueprint.blueprint_labels = self.section("blueprint_labels", build_blueprint_label)

    def section(self, name: str, build: Callable[[str, Item], E]) -> Section[E]:
        unread = self.blueprint.unread
        return Section(self.sections.get(name, {}), build, lambda item: unread.may_hold(name, item))

    def workflow(self, name: str, item: Item) -> Workflow:
        found = Workflow(name, item.key, deref(item.value), item.file)
        found.resolve = self.blueprint.targets.resolve
        written: Node | None = found.node
        file = item.file
        parts = as_dict(found.node)
        if parts:
            written = deref(parts["mapping"][1]) if "mapping" in parts else None
            file = item.file_of(parts["mapping"][0]) if written is not None else item.file
            if "parameters" in parts:
                key, schema = parts["parameters"]
                found.parameters = read_schema(schema, item.file_of(key), found, Parameter)
            if "is_cascading" in parts:
                found.is_cascading = scalar(parts["is_cascading"][1]) is True
            if "availability_rules" in parts:
                found.availability_rules = deref(parts["availability_rules"][1])
        text = text_of(written) if written is not None else None
        if text is not None:
            found.mapping = qualify(text, file.namespace)
            found.mapping_node = written
        return found

    def node_template(self, name: str, item: Item) -> NodeTemplate:
        found = NodeTemplate(name, item.key, deref(item.value), item.file)
        found.blueprint = self.blueprint
        parts = as_dict(found.node)
        if "type" in parts:
            file = item.file if item.foreign is None else item.file_of(parts["type"][0])
            self._set_type(found, parts["type"][1], file.namespace)
        if "properties" in parts:
            written = parts["properties"][1]
            found.properties = as_dict(written)
            if written.items is not None and len(written.items) != len(found.properties):
                found.odd_keys = odd_keys(written)
        if "interfaces" in parts:
            found.interfaces_node = deref(parts["interfaces"][1])
        if "relationships" in parts:
            self._add_relationships(found, deref(parts["relationships"][1]), item)
        if "instances" in parts:
            found.instances = deref(parts["instances"][1])
        if "capabilities" in parts:
            found.capabilities = deref(parts["capabilities"][1])
        if item.file.document.holes:
            found.is_damaged = any(
                found.key.start <= start < found.node.end for start, _ in item.file.document.holes
            )
        return found

    def _set_type(self, found: NodeTemplate, written: Node, namespace: str | None) -> None:
        found.type_node = written = deref(written)
        text = text_of(written)
        if text is not None:
            found.type_name = qualify(text, namespace)
            found.type = self.blueprint.node_types.lookup(found.type_name)

    def _add_relationships(self, template: NodeTemplate, node: Node, item: Item) -> None:
        if node.kind != SEQUENCE:
            return
        for index, written in enumerate(node.items or ()):
            file = item.file if item.foreign is None else item.file_of(written)
            template.relationships.append(self._relationship(template, index, written, file))

    def _relationship(
        self, template: NodeTemplate, index: int, written: Node, file: ImportedFile
    ) -> Relationship:
        node = deref(written)
        found = Relationship(str(index), written, node, file)
        found.blueprint = self.blueprint
        found.source = template
        parts = as_dict(node)
        if "type" in parts:
            found.type_node = deref(parts["type"][1])
            text = text_of(found.type_node)
            if text is not None:
                found.type_name = qualify(text, file.namespace)
                found.type = self.blueprint.relationships.lookup(found.type_name)
        if "target" in parts:
            found.target_node = deref(parts["target"][1])
            text = text_of(found.target_node)
            if text is not None:
                found.target_name = qualify(text, file.namespace)
        if "properties" in parts:
            given = parts["properties"][1]
            found.properties = as_dict(given)
            if given.items is not None and len(given.items) != len(found.properties):
                found.odd_keys = odd_keys(given)
        found.has_interfaces = "source_interfaces" in parts or "target_interfaces" in parts
        return found


def scalar(node: Node) -> object:
    """The value of a scalar, aliases followed; None for a collection."""
    node = deref(node)
    return value_of(node) if node.kind == SCALAR else None


def texts(node: Node | None, file: ImportedFile) -> list[tuple[str, Node]]:
    """The strings of a list with their full names."""
    if node is None or node.kind != SEQUENCE:
        return []
    found = []
    for item in node.items or ():
        text = text_of(item)
        if text is not None:
            found.append((qualify(text, file.namespace), item))
    return found


def pairs_of(node: Node | None) -> dict[str, Pair]:
    return {} if node is None else as_dict(node)


def build_input(name: str, item: Item) -> Input:
    return read_property(name, item.key, deref(item.value), item.file, None, Input)


def build_plugin(name: str, item: Item) -> Plugin:
    found = Plugin(name, item.key, deref(item.value), item.file)
    parts = as_dict(found.node)
    for attribute in ("executor", "package_name", "package_version", "source"):
        if attribute in parts:
            setattr(found, attribute, text_of(parts[attribute][1]))
    if "install" in parts:
        found.install = scalar(parts["install"][1]) is not False
    return found


def build_group(name: str, item: Item) -> Group:
    found = Group(name, item.key, deref(item.value), item.file)
    found.members = texts(get(found.node, "members"), item.file)
    found.policies = pairs_of(get(found.node, "policies"))
    return found


def build_policy(name: str, item: Item) -> Policy:
    found = Policy(name, item.key, deref(item.value), item.file)
    found.type_node = get(found.node, "type")
    text = text_of(found.type_node) if found.type_node is not None else None
    found.type_name = None if text is None else qualify(text, item.file.namespace)
    found.targets = texts(get(found.node, "targets"), item.file)
    return found


def build_policy_type(name: str, item: Item) -> PolicyType:
    found = PolicyType(name, item.key, deref(item.value), item.file)
    found.source = get(found.node, "source")
    found.properties = read_schema(get(found.node, "properties"), item.file, found, SchemaProperty)
    return found


def build_policy_trigger(name: str, item: Item) -> PolicyTrigger:
    found = PolicyTrigger(name, item.key, deref(item.value), item.file)
    found.source = get(found.node, "source")
    found.properties = read_schema(get(found.node, "parameters"), item.file, found, SchemaProperty)
    return found


def build_output(name: str, item: Item) -> Output:
    found = Output(name, item.key, deref(item.value), item.file)
    found.value = get(found.node, "value")
    return found


def build_capability(name: str, item: Item) -> Capability:
    found = Capability(name, item.key, deref(item.value), item.file)
    found.value = get(found.node, "value")
    return found


def build_label(name: str, item: Item) -> Label:
    return Label(name, item.key, deref(item.value), item.file)


def build_blueprint_label(name: str, item: Item) -> Label:
    found = Label(name, item.key, deref(item.value), item.file)
    found.is_blueprint_label = True
    return found
