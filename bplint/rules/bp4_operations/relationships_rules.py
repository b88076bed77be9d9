"""Rules on relationships: their types, targets and operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.topology_faults import (
    IllegalConnectionType,
    LifecycleOperationMissing,
    LifecycleOperationUnknown,
    RelationshipToItself,
    ShadowedRelationship,
    UnknownRelationshipTarget,
    UnknownRelationshipType,
    UnsupportedRelationship,
)
from bplint.diagnostic import LOGIC, Effect, Related
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP410",
    on=UnknownRelationshipType,
    effect=Effect.REFUSED,
    references=((LOGIC, 26),),
    source="elements/node_templates.py",
    fixable="safe",
)
def unknown_relationship_type(fault: UnknownRelationshipType, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship is of a type that nothing defines.

    Why: the manager refuses the blueprint.
    Bad:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.conected_to, target: db}
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP410
    Good:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: db}
    """
    # only where something is wrong
    from bplint.rules.elsewhere import unknown_name

    name, known = fault.name, ctx.blueprint.relationships.names()
    yield unknown_name(fault, ctx, f"unknown relationship type '{name}'", "relationships", name, known)


@rule(
    "BP411",
    on=UnknownRelationshipTarget,
    effect=Effect.REFUSED,
    references=((LOGIC, 25),),
    source="elements/node_templates.py",
    fixable="safe",
)
def unknown_relationship_target(fault: UnknownRelationshipTarget, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship leads to a node template that is not there.

    Why: the manager refuses the blueprint.
    Bad:
        node_templates:
          database: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: datbase}
        #                                                           ^^^^^^^ BP411
    Good:
        node_templates:
          database: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: database}
    """
    name, known = fault.name, ctx.blueprint.node_templates.names()
    yield ctx.report(fault, f"no node template is named '{name}'", near=(name, known))


@rule(
    "BP412",
    on=RelationshipToItself,
    effect=Effect.REFUSED,
    references=((LOGIC, 23),),
    source="elements/node_templates.py",
)
def relationship_to_itself(fault: RelationshipToItself, ctx: Context) -> Iterator[Diagnostic]:
    """A node template has a relationship to itself.

    Why: the manager refuses the blueprint.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: web}
        #                                                           ^^^ BP412
    Good:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: db}
    """
    yield ctx.report(
        fault, f"node template '{fault.name}' has a relationship to itself; the target has to be another"
    )


@rule(
    "BP415",
    on=LifecycleOperationMissing,
    effect=Effect.REFUSED,
    references=((LOGIC, 215),),
    source="elements/node_templates.py",
)
def lifecycle_operation_missing(fault: LifecycleOperationMissing, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship that waits for a lifecycle operation does not say for which.

    Why: the manager refuses `cloudify.relationships.depends_on_lifecycle_operation` without the property
        `operation`.
    Bad:
        node_templates:
          db:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle: {create: ""}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.depends_on_lifecycle_operation
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP415
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP302
                target: db
    Good:
        node_templates:
          db:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle: {create: ""}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.depends_on_lifecycle_operation
                target: db
                properties: {operation: create}
    """
    source = fault.source
    yield ctx.report(
        fault, f"relationship of node template '{source}' must name a lifecycle operation in 'operation'"
    )


@rule(
    "BP416",
    on=LifecycleOperationUnknown,
    effect=Effect.REFUSED,
    references=((LOGIC, 216), ("AttributeError", None), ("ValueError", None)),
    source="elements/node_templates.py",
)
def lifecycle_operation_unknown(fault: LifecycleOperationUnknown, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship waits for a lifecycle operation that its target does not write.

    Why: the operation must stand in the target template itself, under `cloudify.interfaces.lifecycle`;
        that the target's type has it is not enough.
    Bad:
        node_templates:
          db:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle: {create: ""}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.depends_on_lifecycle_operation
                target: db
                properties: {operation: start}
        #                               ^^^^^ BP416
    Good:
        node_templates:
          db:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle: {create: ""}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.depends_on_lifecycle_operation
                target: db
                properties: {operation: create}
    """
    relationship, operation = fault.relationship, fault.operation
    target = relationship.target
    what = f"'{operation}'" if operation is not None else "the operation"
    yield ctx.report(
        fault,
        f"node template '{relationship.target_name}' does not write {what} under "
        "'cloudify.interfaces.lifecycle'",
        related=ctx.related("the target", target) if target else (),
    )


@rule(
    "BP417",
    on=UnsupportedRelationship,
    effect=Effect.FAILS,
    references=(("UnsupportedRelationship", None),),
    source="rel_graph.py",
)
def unsupported_relationship(fault: UnsupportedRelationship, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship's type comes from none of the three basic relationships.

    Why: the manager takes the blueprint and then cannot make a deployment of it. A relationship type must
        be derived from `cloudify.relationships.depends_on`, `connected_to` or `contained_in`.
    Bad:
        relationships:
          acme.uses: {}
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: acme.uses, target: db}
        #              ^^^^^^^^^ BP417
    Good:
        relationships:
          acme.uses: {derived_from: cloudify.relationships.connected_to}
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: acme.uses, target: db}
    """
    kind = fault.kind
    yield ctx.report(
        fault,
        f"relationship type '{kind.name}' comes from neither depends_on, connected_to nor contained_in",
        related=ctx.related(f"'{kind.name}' is declared here", kind),
        against=kind,
    )


@rule(
    "BP418",
    on=IllegalConnectionType,
    effect=Effect.FAILS,
    references=(("IllegalConnectedToConnectionType", None),),
    source="rel_graph.py",
)
def illegal_connection_type(fault: IllegalConnectionType, ctx: Context) -> Iterator[Diagnostic]:
    """The `connection_type` of a relationship is neither `all_to_all` nor `all_to_one`.

    Why: the manager takes the blueprint and then cannot make a deployment of it. Functions are not
        evaluated here.
    Bad:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.connected_to
                target: db
                properties: {connection_type: one_to_one}
        #                                     ^^^^^^^^^^ BP418
    Good:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.connected_to
                target: db
                properties: {connection_type: all_to_one}
    """
    kind = fault.kind
    if fault.is_absent:
        text = (
            f"relationship type '{kind.name}' gives no 'connection_type'; it must be all_to_all or all_to_one"
        )
    else:
        text = "'connection_type' must be all_to_all or all_to_one"
    yield ctx.report(fault, text, related=ctx.related(f"'{kind.name}' is declared here", kind))


@rule(
    "BP419",
    on=ShadowedRelationship,
    effect=Effect.FAILS,
    source="rel_graph.py",
)
def shadowed_relationship(fault: ShadowedRelationship, ctx: Context) -> Iterator[Diagnostic]:
    """A node template has two relationships to the same node.

    Why: a deployment keeps one relationship between two nodes, the last one. The operations of the others
        never run, and where the lost one is `contained_in` the node is no longer contained.
    Bad:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          app:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
        #                                                           ^^ BP419
              - {type: cloudify.relationships.connected_to, target: vm}
    Good:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          app:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
    """
    kept = fault.kept
    node = kept.target_node or kept.key
    yield ctx.report(
        fault,
        f"this relationship to '{fault.target}' is lost: a later one to that node replaces it",
        related=[Related("the one that is kept", kept.path, node.span)],
    )
