"""What can be wrong with node templates and their relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.topology.scaling import check_capabilities
from bplint.checks.values.value_collector import ValuePlace
from bplint.diagnostic import Reference
from bplint.later import later
from bplint.lookup import MISSING
from bplint.model.cycles import find_cycles
from bplint.model.elements import NodeTemplate, NodeType, RelationshipType
from bplint.model.value_tests import is_function, is_truthy
from bplint.syntax.mapping import as_dict, deref, get
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from bplint.checks.topology import topology_faults as kinds
    from bplint.checks.topology.operations import Operations
    from bplint.checks.values.values import Values
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation, Relationship
    from bplint.span import Span
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.topology.topology_faults")

CONTAINED_IN: Final = "cloudify.relationships.contained_in"
CONNECTED_TO: Final = "cloudify.relationships.connected_to"
DEPENDS_ON: Final = "cloudify.relationships.depends_on"
LIFECYCLE_OPERATION: Final = "cloudify.relationships.depends_on_lifecycle_operation"
LIFECYCLE: Final = "cloudify.interfaces.lifecycle"
CONNECTION_TYPE: Final = "connection_type"
CONNECTION_TYPES: Final = ("all_to_all", "all_to_one")


class Nodes:
    """Checks the node templates of one blueprint."""

    __slots__ = ("_bases", "_blueprint", "_operations", "_values", "faults", "needs_host")

    def __init__(self, blueprint: Blueprint, values: Values, operations: Operations) -> None:
        self._blueprint = blueprint
        self._values = values
        self._operations = operations
        self._bases: dict[str, str | None] = {}
        self.faults: list[Fault] = []
        self.needs_host: dict[str, Operation] = {}  # template → an operation that runs on its host

    def check(self) -> None:
        """All node templates of the user's files, one by one and together."""
        values, operations, faults = self._values, self._operations, self.faults
        graph: dict[str, list[str]] = {}
        for template in self._blueprint.node_templates.own():
            kind = template.type
            if kind:
                values.check_template(template)
                needing = operations.check_template(template)
                if needing is not None:
                    self.needs_host.setdefault(template.name, needing)
            elif kind is MISSING and template.type_name is not None:
                at = (template.type_node or template.key).span
                faults.append(kinds.UnknownNodeType(template.path, at, name=template.type_name))
            if template.relationships:
                graph[template.name] = [
                    entry.target_name
                    for entry in template.relationships
                    if entry.target_name is not None and entry.target_name != template.name
                ]
                self._check_relationships(template)
            if template.capabilities is not None or template.instances is not None:
                faults.extend(check_capabilities(template))
        for cycle in find_cycles(graph):
            faults.append(self._cycle_fault(cycle))
        self._check_hosts()

    def _check_relationships(self, template: NodeTemplate) -> None:
        contained: list[Relationship] = []
        for relationship in template.relationships:
            kind = relationship.type
            if kind:
                self._check_typed(relationship, kind)
                if self.base_of(kind) == CONTAINED_IN:
                    contained.append(relationship)
            elif kind is MISSING and relationship.type_name is not None:
                at = place_of(relationship, relationship.type_node)
                self.faults.append(kinds.UnknownRelationshipType(*at, name=relationship.type_name))
            self._check_target(template, relationship)
        for extra in contained[1:]:
            at, first = place_of(extra, extra.type_node), contained[0]
            self.faults.append(kinds.SeveralContainedIn(*at, source=template.name, first=first))
        if len(template.relationships) > 1:
            self._check_shadowed(template)

    def _check_target(self, template: NodeTemplate, relationship: Relationship) -> None:
        name = relationship.target_name
        if name is None:
            return
        if name == template.name:
            at = place_of(relationship, relationship.target_node)
            self.faults.append(kinds.RelationshipToItself(*at, name=name))
        elif name not in self._blueprint.node_templates and relationship.target is MISSING:
            at = place_of(relationship, relationship.target_node)
            self.faults.append(kinds.UnknownRelationshipTarget(*at, name=name))

    def _check_typed(self, relationship: Relationship, kind: RelationshipType) -> None:
        source = relationship.source
        if relationship.properties or relationship.odd_keys or kind.properties:
            subject = f"relationship of node template '{source.name if source else ''}'"
            place = ValuePlace(subject, relationship.type_node or relationship.key, relationship.file)
            if relationship.odd_keys and kind.is_complete:
                self._values.tell_odd_keys(relationship.odd_keys, kind.properties, place, kind)
            self._values.check_properties(
                relationship.properties,
                kind.properties,
                place,
                kind,
                is_complete=kind.is_complete,
                is_whole=kind.is_complete and not (source is not None and source.is_damaged),
            )
        of_source, of_target = self._operations.check_relationship(relationship)
        if of_source is not None and source is not None:
            self.needs_host.setdefault(source.name, of_source)
        if of_target is not None and relationship.target_name is not None:
            self.needs_host.setdefault(relationship.target_name, of_target)
        if kind.name == LIFECYCLE_OPERATION:
            self._check_lifecycle_operation(relationship)
        if kind.is_complete:
            self._check_base(relationship, kind)

    def base_of(self, kind: RelationshipType) -> str | None:
        """Which of the three base relationships a type comes from; contained_in wins, None for none."""
        if kind.name not in self._bases:
            names = set(kind.hierarchy)
            base = None
            for name in (CONTAINED_IN, CONNECTED_TO, DEPENDS_ON):
                if name in names:
                    base = name
                    break
            self._bases[kind.name] = base
        return self._bases[kind.name]

    def _check_base(self, relationship: Relationship, kind: RelationshipType) -> None:
        base = self.base_of(kind)
        if base is None:
            at = place_of(relationship, relationship.type_node)
            self.faults.append(kinds.UnsupportedRelationship(*at, kind=kind))
            return
        if base == CONTAINED_IN:
            return
        pair = relationship.properties.get(CONNECTION_TYPE)
        if pair is not None and CONNECTION_TYPE not in kind.properties:
            return  # the property itself is refused
        node = _connection_node(relationship, kind)
        if node is None or text_of(node) not in CONNECTION_TYPES:
            at = place_of(relationship, relationship.type_node if pair is None else pair[1])
            self.faults.append(kinds.IllegalConnectionType(*at, kind=kind, is_absent=node is None))

    def connection_type(self, relationship: Relationship) -> str | None:
        """The effective `connection_type`; None for contained_in, and where it is not known."""
        kind = relationship.type
        if not kind or self.base_of(kind) in (None, CONTAINED_IN):
            return None
        node = _connection_node(relationship, kind)
        return None if node is None else text_of(node)

    def _check_lifecycle_operation(self, relationship: Relationship) -> None:
        pair = relationship.properties.get("operation")
        node = deref(pair[1]) if pair is not None else None
        if node is None or not is_truthy(node):
            at = place_of(relationship, relationship.type_node if pair is None else pair[0])
            source = relationship.source.name if relationship.source else ""
            self.faults.append(kinds.LifecycleOperationMissing(*at, source=source))
            return
        target, at, is_call = relationship.target, place_of(relationship, node), is_function(node)
        if not isinstance(target, NodeTemplate) or (target.is_damaged and not is_call):
            return
        operation, reference = None if is_call else text_of(node), None
        if not is_call:
            interfaces = target.interfaces_node
            lifecycle = get(interfaces, LIFECYCLE) if interfaces is not None else None
            if operation is not None and lifecycle is not None and operation in as_dict(lifecycle):
                return
            reference = _lookup_error(interfaces, lifecycle)
        self.faults.append(
            kinds.LifecycleOperationUnknown(
                *at, reference=reference, relationship=relationship, operation=operation
            )
        )

    def _check_shadowed(self, template: NodeTemplate) -> None:
        """A deployment keeps one relationship between two nodes: the last one."""
        last: dict[str, Relationship] = {}
        for relationship in reversed(template.relationships):
            name = relationship.target_name
            if name is None or name == template.name:
                continue
            kept = last.setdefault(name, relationship)
            if kept is not relationship:
                at = place_of(relationship, relationship.target_node)
                self.faults.append(kinds.ShadowedRelationship(*at, target=name, kept=kept))

    def _cycle_fault(self, cycle: list[str]) -> Fault:
        edges: list[Relationship] = []
        for index, name in enumerate(cycle):
            template = self._blueprint.node_templates.lookup(name)
            after = cycle[(index + 1) % len(cycle)]
            if isinstance(template, NodeTemplate):
                edges.append(next(entry for entry in template.relationships if entry.target_name == after))
        first = edges[0]
        node = first.target_node or first.key
        return kinds.RelationshipCycle(first.path, node.span, cycle=cycle, edges=edges)

    def _check_hosts(self) -> None:
        hosts: dict[str, bool | None] = {}
        for name, operation in self.needs_host.items():
            template = self._blueprint.node_templates.lookup(name)
            if isinstance(template, NodeTemplate) and self._has_host(template, hosts) is False:
                span = template.key.span
                self.faults.append(
                    kinds.HostAgentWithoutHost(template.path, span, name=name, operation=operation)
                )

    def _has_host(self, template: NodeTemplate, known: dict[str, bool | None]) -> bool | None:
        """Whether a node is a host or contained in one; None where that hangs on something unknown."""
        path: list[str] = []
        current = template
        result: bool | None = False
        while True:
            if current.name in known:
                result = known[current.name]
                break
            if current.name in path:
                result = None
                break
            path.append(current.name)
            kind = current.type
            if not isinstance(kind, NodeType) or kind.is_host or not kind.is_complete:
                result = True if isinstance(kind, NodeType) and kind.is_host else None
                break
            container = self._container_of(current)
            if not isinstance(container, NodeTemplate):
                result = container
                break
            current = container
        for name in path:
            known[name] = result
        return result

    def _container_of(self, template: NodeTemplate) -> NodeTemplate | bool | None:
        """The node it is contained in, False where there is none, None where that is not known."""
        for relationship in template.relationships:
            kind = relationship.type
            if not isinstance(kind, RelationshipType) or not kind.is_complete:
                return None
            if self.base_of(kind) == CONTAINED_IN:
                target = relationship.target
                return target if isinstance(target, NodeTemplate) else None
        return None if template.is_damaged else False


def place_of(relationship: Relationship, node: Node | None) -> tuple[str, Span]:
    """File and place of `node`; where there is none, of the relationship."""
    return relationship.path, (relationship.key if node is None else node).span


def _connection_node(relationship: Relationship, kind: RelationshipType) -> Node | None:
    pair = relationship.properties.get(CONNECTION_TYPE)
    if pair is not None:
        return deref(pair[1])
    schema = kind.properties.get(CONNECTION_TYPE)
    return schema.default if schema is not None else None


def _lookup_error(interfaces: Node | None, lifecycle: Node | None) -> Reference | None:
    """What looking for a lifecycle operation in a template ends in, where that is no answer."""
    if interfaces is None:
        return None
    if interfaces.kind == MAPPING and lifecycle is None:
        return Reference("AttributeError", None)
    looked_in = interfaces if lifecycle is None else lifecycle
    return None if looked_in.kind == MAPPING else Reference("ValueError", None)
