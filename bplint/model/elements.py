"""The elements of the language, with the names of the DSL.

Every element keeps the nodes it was made of, so that a rule can point at the smallest text. What
other elements contribute (inheritance, merging) is in attributes filled by `model/inheritance.py`,
`model/interfaces.py` and `model/assemble.py`. All names are full names: with their namespace
(`ns--name`) where the file was imported under one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.lookup import MISSING
from bplint.model.declarations import (
    DataType,
    Element,
    Input,
    NodeType,
    Operation,
    Parameter,
    PolicyTrigger,
    PolicyType,
    RelationshipType,
    SchemaProperty,
    Target,
    Type,
)
from bplint.model.interfaces import merge_relationship, merge_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bplint.imports.graph import ImportedFile
    from bplint.lookup import Absent
    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node

__all__ = (
    "Capability",
    "DataType",
    "Element",
    "Group",
    "Input",
    "Label",
    "NodeTemplate",
    "NodeType",
    "Operation",
    "Output",
    "Parameter",
    "Plugin",
    "Policy",
    "PolicyTrigger",
    "PolicyType",
    "Relationship",
    "RelationshipType",
    "SchemaProperty",
    "Target",
    "Type",
    "Workflow",
)


class Relationship(Element):
    """A relationship of a node template; `name` is its index in the list.

    type_name/target_name  full names or None; `type` the element, MISSING or UNKNOWN
    properties             name → (key node, value node) as written
    odd_keys               keys of its properties that are no strings
    source_interfaces, target_interfaces  merged over the type's, made when first asked for
    has_interfaces         it writes operations of its own
    """

    __slots__ = (
        "_source_interfaces",
        "_target_interfaces",
        "blueprint",
        "has_interfaces",
        "odd_keys",
        "properties",
        "source",
        "target_name",
        "target_node",
        "type",
        "type_name",
        "type_node",
    )

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.source: NodeTemplate | None = None
        self.type_name: str | None = None
        self.type_node: Node | None = None
        self.type: RelationshipType | Absent = MISSING
        self.target_name: str | None = None
        self.target_node: Node | None = None
        self.properties: dict[str, tuple[Node, Node]] = {}
        self.odd_keys: Sequence[Node] = ()
        self.has_interfaces = False
        self.blueprint: Blueprint | None = None
        self._source_interfaces: dict[str, dict[str, Operation]] | None = None
        self._target_interfaces: dict[str, dict[str, Operation]] | None = None

    @property
    def target(self) -> NodeTemplate | Absent:
        """The node template it leads to, MISSING or UNKNOWN."""
        if self.blueprint is None or self.target_name is None:
            return MISSING
        return self.blueprint.node_templates.lookup(self.target_name)

    @property
    def source_interfaces(self) -> dict[str, dict[str, Operation]]:
        if self._source_interfaces is None:
            self._source_interfaces = merge_relationship(self, "source_interfaces")
        return self._source_interfaces

    @property
    def target_interfaces(self) -> dict[str, dict[str, Operation]]:
        if self._target_interfaces is None:
            self._target_interfaces = merge_relationship(self, "target_interfaces")
        return self._target_interfaces


class NodeTemplate(Element):
    """A node template.

    properties  name → (key node, value node) as written; effective defaults are in `type.properties`
    odd_keys    keys of its properties that are no strings
    interfaces  merged over the type's: interface name → operation name → Operation; made when first asked
                for, the type's own dict where the template writes none
    interfaces_node  what it writes itself, or None
    is_damaged  a syntax error took a part of it: what is absent may have stood there
    """

    __slots__ = (
        "_interfaces",
        "blueprint",
        "capabilities",
        "instances",
        "interfaces_node",
        "is_damaged",
        "odd_keys",
        "properties",
        "relationships",
        "type",
        "type_name",
        "type_node",
    )

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.type_name: str | None = None
        self.type_node: Node | None = None
        self.type: NodeType | Absent = MISSING
        self.properties: dict[str, tuple[Node, Node]] = {}
        self.odd_keys: Sequence[Node] = ()
        self.relationships: list[Relationship] = []
        self.instances: Node | None = None
        self.capabilities: Node | None = None
        self.interfaces_node: Node | None = None
        self.is_damaged = False
        self.blueprint: Blueprint | None = None
        self._interfaces: dict[str, dict[str, Operation]] | None = None

    @property
    def interfaces(self) -> dict[str, dict[str, Operation]]:
        if self._interfaces is None:
            self._interfaces = merge_template(self)
        return self._interfaces


class Plugin(Element):
    """A plugin. Texts are None where the key is absent or no string; `install` defaults to True."""

    __slots__ = ("executor", "install", "package_name", "package_version", "source")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.executor: str | None = None
        self.install = True
        self.package_name: str | None = None
        self.package_version: str | None = None
        self.source: str | None = None


class Workflow(Element):
    """A workflow. `mapping` is its text with its namespace, None where it has none, and `mapping_node` its
    place; `target` as for operations."""

    __slots__ = (
        "_target",
        "availability_rules",
        "is_cascading",
        "mapping",
        "mapping_node",
        "parameters",
        "resolve",
    )

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.mapping: str | None = None
        self.mapping_node: Node | None = None
        self.parameters: dict[str, Parameter] = {}
        self.is_cascading = False
        self.availability_rules: Node | None = None
        self.resolve: Callable[[str], Target | Absent] | None = None
        self._target: Target | Absent | None = None

    @property
    def target(self) -> Target | Absent:
        if self._target is None:
            self._target = MISSING
            if self.mapping is not None and self.resolve is not None:
                self._target = self.resolve(self.mapping)
        return self._target


class Group(Element):
    """A group; `members` are (full name, node) in order; `policies` name → (key, value)."""

    __slots__ = ("members", "policies")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.members: list[tuple[str, Node]] = []
        self.policies: dict[str, tuple[Node, Node]] = {}


class Policy(Element):
    """A top-level (scaling) policy; `targets` are (full name, node)."""

    __slots__ = ("targets", "type_name", "type_node")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.type_name: str | None = None
        self.type_node: Node | None = None
        self.targets: list[tuple[str, Node]] = []


class Output(Element):
    """An output or (subclass) a capability; `value` its node or None."""

    __slots__ = ("value",)

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.value: Node | None = None


class Capability(Output):
    __slots__ = ()


class Label(Element):
    """A label, blueprint label (`is_blueprint_label`)."""

    __slots__ = ("is_blueprint_label",)

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.is_blueprint_label = False
