"""Elements that declare something: types, their properties, and operations.

See `elements.py`, which holds all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.lookup import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.imports.graph import ImportedFile
    from bplint.lookup import Absent
    from bplint.model.elements import Plugin
    from bplint.syntax.tree import Node


class Element:
    """A named thing of the language.

    key   the node of its name (for list items: the item itself)
    node  the node of its value, aliases followed
    name  full name
    file  the imported file it comes from: document, namespace, whether it is the user's own
    """

    __slots__ = ("file", "key", "name", "node")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        self.name = name
        self.key = key
        self.node = node
        self.file = file

    @property
    def path(self) -> str:
        return self.file.document.path

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class SchemaProperty(Element):
    """A property of a type, an input, an operation input of a type or a workflow parameter.

    type         full name of the declared type, or None; `type_node` its place
    default      node of the default, or None where the key is absent (a null default is a node)
    is_required  `required`, True where it is absent or no boolean
    owner        the element that declares it (a type that inherits it is not the owner)
    """

    __slots__ = ("constraints", "default", "is_required", "item_type", "owner", "type", "type_node")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.type: str | None = None
        self.type_node: Node | None = None
        self.default: Node | None = None
        self.is_required = True
        self.item_type: str | None = None
        self.constraints: Node | None = None
        self.owner: Element | None = None


class Input(SchemaProperty):
    """A top-level input."""

    __slots__ = ()


class Parameter(SchemaProperty):
    """A workflow parameter."""

    __slots__ = ()


class Type(Element):
    """What node types, relationship types and data types share.

    derived_from  full name of the parent or None; `derived_from_node` its place
    parent        the parent type, MISSING, UNKNOWN, or None where there is none
    hierarchy     names from the root type down to this one; cut at a missing or cyclic parent
    is_complete   False where a parent is MISSING or UNKNOWN: what is absent here may come from it
    properties    name → property, inherited ones included, in order of declaration; shared with the
                  parent where the type adds none
    own_properties  those that the type itself declares
    """

    __slots__ = (
        "derived_from",
        "derived_from_node",
        "is_complete",
        "own_properties",
        "parent",
        "properties",
    )

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.derived_from: str | None = None
        self.derived_from_node: Node | None = None
        self.parent: Type | Absent | None = None
        self.is_complete = True
        self.properties: dict[str, SchemaProperty] = {}
        self.own_properties: dict[str, SchemaProperty] = {}

    def lineage(self) -> Iterator[Type]:
        """The type itself, its parent, and so on to the root type or to where the parents are not known."""
        current: Type | Absent | None = self
        while isinstance(current, Type):
            yield current
            current = current.parent

    @property
    def hierarchy(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.lineage())[::-1]

    def derives_from(self, name: str) -> bool:
        """Whether the type or one of its known ancestors has this name."""
        return any(entry.name == name for entry in self.lineage())


class DataType(Type):
    __slots__ = ()


class NodeType(Type):
    """`interfaces`: interface name → operation name → Operation, inherited and merged. Shared with the
    parent where the type adds none. `own_interfaces` are the operations that the type itself writes.
    `is_host`: dsl_parser takes it for a host (a name in its ancestry holds `cloudify.nodes.Compute`)."""

    __slots__ = ("interfaces", "is_host", "own_interfaces", "runtime_properties")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.interfaces: dict[str, dict[str, Operation]] = {}
        self.own_interfaces: dict[str, dict[str, Operation]] = {}
        self.runtime_properties: dict[str, SchemaProperty] = {}
        self.is_host = False


class RelationshipType(Type):
    """`source_interfaces` and `target_interfaces` as `NodeType.interfaces`."""

    __slots__ = ("own_source_interfaces", "own_target_interfaces", "source_interfaces", "target_interfaces")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.source_interfaces: dict[str, dict[str, Operation]] = {}
        self.target_interfaces: dict[str, dict[str, Operation]] = {}
        self.own_source_interfaces: dict[str, dict[str, Operation]] = {}
        self.own_target_interfaces: dict[str, dict[str, Operation]] = {}


class Target:
    """What an implementation or a workflow mapping resolves to (reference parser, operation.py).

    kind      'none' (a no-op), 'plugin', 'script', 'inline' (text of several lines), 'url',
              'unresolved' (nothing fits) or 'ambiguous' (several plugins fit)
    plugin    the plugin for kind 'plugin', the script plugin for scripts, else None
    function  for 'plugin' the rest after `PLUGIN.`, for 'script' the path as written without namespace
    """

    __slots__ = ("function", "kind", "plugin", "text")

    def __init__(self, kind: str, text: str, plugin: Plugin | None, function: str) -> None:
        self.kind = kind
        self.text = text
        self.plugin = plugin
        self.function = function


class Operation(Element):
    """An operation of a type, a template or a relationship, after merging. A template that does not
    mention an operation holds the very object of its type.

    interface            name of the interface
    implementation       the text with its namespace ('' for a no-op); its node or None
    schema               inputs declared by the type: name → SchemaProperty
    inputs               effective values: name → node (type defaults overlaid by the template's)
    written_inputs       inputs as the template or relationship writes them: name → (key node, value node)
    missing_inputs       declared inputs without default and without value (refused, code 107)
    executor, max_retries, retry_interval, timeout, timeout_recoverable  nodes or None, merged
    is_no_op             written as empty: nothing at all, or only empty keys
    is_inherited         a template's: the implementation is the type's
    overridden           the type's operation that a template's stands for, or None
    declared_by          where the implementation comes from: the type, template or relationship
    target               what the implementation resolves to; UNKNOWN where an unread import decides
    """

    __slots__ = (
        "_target",
        "declared_by",
        "executor",
        "implementation",
        "implementation_node",
        "inputs",
        "interface",
        "is_inherited",
        "is_no_op",
        "max_retries",
        "missing_inputs",
        "overridden",
        "resolve",
        "retry_interval",
        "schema",
        "timeout",
        "timeout_recoverable",
        "written_inputs",
    )

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.interface = ""
        self.implementation = ""
        self.implementation_node: Node | None = None
        self.schema: dict[str, SchemaProperty] = {}
        self.inputs: dict[str, Node] = {}
        self.written_inputs: dict[str, tuple[Node, Node]] = {}
        self.missing_inputs: tuple[str, ...] = ()
        self.is_no_op = False
        self.is_inherited = False
        self.overridden: Operation | None = None
        self.executor: Node | None = None
        self.max_retries: Node | None = None
        self.retry_interval: Node | None = None
        self.timeout: Node | None = None
        self.timeout_recoverable: Node | None = None
        self.declared_by: Element | None = None
        self.resolve: Callable[[str], Target | Absent] | None = None
        self._target: Target | Absent | None = None

    @property
    def target(self) -> Target | Absent:
        if self._target is None:
            self._target = UNKNOWN if self.resolve is None else self.resolve(self.implementation)
        return self._target


class PolicyType(Element):
    """A policy type; `properties` as of types. A policy trigger is the same with `parameters`."""

    __slots__ = ("properties", "source")

    def __init__(self, name: str, key: Node, node: Node, file: ImportedFile) -> None:
        super().__init__(name, key, node, file)
        self.source: Node | None = None
        self.properties: dict[str, SchemaProperty] = {}


class PolicyTrigger(PolicyType):
    __slots__ = ()
