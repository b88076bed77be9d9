"""Operations: what types inherit, and what templates and relationships make of it.

Facts from dsl_parser (interfaces/operation_merger.py): a type that writes an operation replaces its
parent's whole. A template that writes one and names no implementation, or the same, keeps the type's and
overlays its inputs and settings; with another implementation nothing of the type's is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.model.declarations import Input, Operation, Type
from bplint.model.full_names import qualify
from bplint.model.schema_properties import read_schema
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import text_of, value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bplint.imports.graph import ImportedFile
    from bplint.lookup import Absent
    from bplint.model.declarations import Element, Target
    from bplint.model.elements import NodeTemplate, Relationship
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node

    Interfaces = dict[str, dict[str, Operation]]
    Resolve = Callable[[str], Target | Absent]

SETTINGS = ("executor", "max_retries", "retry_interval", "timeout", "timeout_recoverable")


def read_type_interfaces(pair: Pair | None, owner: Type, resolve: Resolve) -> Interfaces:
    """The operations that a type itself writes. Their `inputs` are the defaults of their schemas."""
    found: Interfaces = {}
    if pair is None:
        return found
    for interface, (_, content) in as_dict(pair[1]).items():
        operations = found[interface] = {}
        for name, (key, value) in as_dict(content).items():
            operation = _read(name, key, deref(value), interface, owner.file, owner)
            operation.resolve = resolve
            _add_schema(operation)
            operations[name] = operation
    return found


def _add_schema(operation: Operation) -> None:
    parts = as_dict(operation.node)
    if "inputs" not in parts:
        return
    schema = read_schema(parts["inputs"][1], operation.file, operation, Input)
    operation.schema = dict(schema)
    operation.inputs = {name: entry.default for name, entry in schema.items() if entry.default is not None}
    operation.missing_inputs = tuple(name for name, entry in schema.items() if entry.default is None)
    operation.is_no_op = operation.is_no_op and not schema


def inherit_interfaces(parent: Interfaces, own: Interfaces) -> Interfaces:
    """The operations of a type over those of its parent."""
    if not own:
        return parent
    if not parent:
        return own
    found = dict(parent)
    for interface, operations in own.items():
        base = found.get(interface)
        found[interface] = {**base, **operations} if base else operations
    return found


def merge_template(template: NodeTemplate) -> Interfaces:
    """The operations of a node template over those of its type."""
    base = template.type.interfaces if isinstance(template.type, Type) else {}
    complete = isinstance(template.type, Type) and template.type.is_complete
    return merge_interfaces(base, complete, template.interfaces_node, template)


def merge_relationship(relationship: Relationship, side: str) -> Interfaces:
    """The operations of a relationship's `source_interfaces` or `target_interfaces` over its type's."""
    kind = relationship.type
    base = getattr(kind, side) if isinstance(kind, Type) else {}
    if not relationship.has_interfaces:
        found: Interfaces = base
        return found
    complete = isinstance(kind, Type) and kind.is_complete
    written = as_dict(relationship.node).get(side)
    return merge_interfaces(base, complete, None if written is None else deref(written[1]), relationship)


def merge_interfaces(
    base: Interfaces, is_complete: bool, written: Node | None, owner: NodeTemplate | Relationship
) -> Interfaces:
    """Operations written in a template or a relationship over those of the type. `is_complete` is False
    where the type, or one of its ancestors, is not known."""
    if written is None or written.kind != MAPPING:
        return base
    found = dict(base)
    for interface, (_, content) in as_dict(written).items():
        operations = dict(found.get(interface, ()))
        for name, (key, value) in as_dict(content).items():
            own = _read(name, key, deref(value), interface, owner.file, owner)
            own.written_inputs = _inputs_of(own.node)
            own.is_no_op = own.is_no_op and not own.written_inputs
            own.inputs = {name: deref(pair[1]) for name, pair in own.written_inputs.items()}
            _merge(own, operations.get(name), is_complete, owner)
            operations[name] = own
        found[interface] = operations
    return found


def written_operations(merged: Interfaces, written: Node) -> Iterator[Operation]:
    """The merged operations of the interfaces that a template or a relationship writes: the only ones that
    can be its own. Of what it does not mention there may be hundreds."""
    for interface in as_dict(written):
        yield from merged.get(interface, {}).values()


def _merge(
    own: Operation, base: Operation | None, is_complete: bool, owner: NodeTemplate | Relationship
) -> None:
    own.overridden = base
    if base is None:
        # what an unknown ancestor declares decides where the template names no implementation
        if is_complete or own.implementation:
            own.resolve = _resolver_of(owner)
        return
    own.resolve = base.resolve
    if own.is_no_op or base.is_no_op:
        return
    if own.implementation and own.implementation != base.implementation:
        return
    own.is_inherited = True
    if not own.implementation:
        own.implementation = base.implementation
        own.implementation_node = base.implementation_node
        own.declared_by = base.declared_by
    own.schema = base.schema
    own.inputs = {**base.inputs, **own.inputs}
    own.missing_inputs = tuple(name for name in base.schema if name not in own.inputs)
    for setting in SETTINGS:
        written = getattr(own, setting)
        if written is None or (written.kind == SCALAR and value_of(written) is None):
            setattr(own, setting, getattr(base, setting))


def _resolver_of(owner: NodeTemplate | Relationship) -> Resolve | None:
    return None if owner.blueprint is None else owner.blueprint.targets.resolve


def _inputs_of(node: Node) -> dict[str, Pair]:
    if node.kind != MAPPING:
        return {}
    inputs = as_dict(node).get("inputs")
    return {} if inputs is None else as_dict(inputs[1])


def _read(name: str, key: Node, node: Node, interface: str, file: ImportedFile, owner: Element) -> Operation:
    found = Operation(name, key, node, file)
    found.interface = interface
    found.declared_by = owner
    if node.kind != MAPPING:
        _implement(found, node)
        found.is_no_op = not found.implementation
        return found
    parts = as_dict(node)
    if "implementation" in parts:
        _implement(found, deref(parts["implementation"][1]))
    is_no_op = not found.implementation
    for setting in SETTINGS:
        if setting in parts:
            value = deref(parts[setting][1])
            setattr(found, setting, value)
            is_no_op = is_no_op and value.kind == SCALAR and value_of(value) is None
    found.is_no_op = is_no_op
    return found


def _implement(operation: Operation, node: Node) -> None:
    """An empty text implements nothing, unless a namespace makes a name of it."""
    text = text_of(node)
    if text or (text is not None and operation.file.namespace is not None):
        operation.implementation = qualify(text, operation.file.namespace)
        operation.implementation_node = node
