"""Rules on what the relationships of all nodes make together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.topology_faults import (
    AllToOneInGroup,
    HostAgentWithoutHost,
    RelationshipCycle,
    SeveralContainedIn,
)
from bplint.diagnostic import LOGIC, Effect, Related
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP413",
    on=SeveralContainedIn,
    effect=Effect.REFUSED,
    references=((LOGIC, 112),),
    source="elements/node_templates.py",
)
def several_contained_in(fault: SeveralContainedIn, ctx: Context) -> Iterator[Diagnostic]:
    """A node template is contained in more than one node.

    Why: only one relationship may be derived from `cloudify.relationships.contained_in`; the manager
        refuses a second one, even to the same node.
    Bad:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          rack: {type: cloudify.nodes.Root}
          app:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
              - {type: cloudify.relationships.contained_in, target: rack}
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP413
    Good:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          rack: {type: cloudify.nodes.Root}
          app:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
              - {type: cloudify.relationships.connected_to, target: rack}
    """
    source, first = fault.source, fault.first
    node = first.type_node or first.key
    yield ctx.report(
        fault,
        f"node template '{source}' is contained in '{first.target_name}' already, and can be in one only",
        related=[Related("contained here", first.path, node.span)],
    )


@rule(
    "BP414",
    on=RelationshipCycle,
    effect=Effect.REFUSED,
    references=((LOGIC, 100),),
    source="framework/parser.py",
)
def relationship_cycle(fault: RelationshipCycle, ctx: Context) -> Iterator[Diagnostic]:
    """Relationships lead in a circle.

    Why: the manager refuses every circle, whatever the types of its relationships.
    Bad:
        node_templates:
          a:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: b}
        #                                                           ^ BP414
          b:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: a}
    Good:
        node_templates:
          a:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.connected_to, target: b}
          b: {type: cloudify.nodes.Root}
    """
    cycle, edges = fault.cycle, fault.edges
    way = " → ".join(f"'{name}'" for name in (*cycle, cycle[0]))
    related = [
        Related(f"'{edge.source.name}' leads to '{edge.target_name}'", edge.path, edge.target_node.span)
        for edge in edges[1:]
        if edge.source is not None and edge.target_node is not None
    ]
    yield ctx.report(fault, f"relationships lead in a circle: {way}", related=related)


@rule(
    "BP420",
    on=HostAgentWithoutHost,
    effect=Effect.REFUSED,
    references=((LOGIC, 24),),
    source="elements/node_templates.py",
)
def host_agent_without_host(fault: HostAgentWithoutHost, ctx: Context) -> Iterator[Diagnostic]:
    """An operation runs on the agent of a host, and the node is neither a host nor contained in one.

    Why: the manager refuses the blueprint. A host is of a type derived from `cloudify.nodes.Compute`. The
        executor is the operation's own or else its plugin's.
    Bad:
        plugins:
          acme: {executor: host_agent, install: false}
        node_templates:
          app:
        # ^^^ BP420
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.tasks.create
    Good:
        plugins:
          acme: {executor: host_agent, install: false}
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          app:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.tasks.create
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
    """
    operation = fault.operation
    name = f"{operation.interface}.{operation.name}"
    yield ctx.report(
        fault,
        f"node template '{fault.name}' is no host and contained in none, and its operation "
        f"'{name}' runs on a host's agent",
        related=ctx.related(f"operation '{name}'", operation),
        help="contain it in a node derived from cloudify.nodes.Compute, or run the operation on the manager",
    )


@rule(
    "BP423",
    on=AllToOneInGroup,
    effect=Effect.FAILS,
    references=(("UnsupportedAllToOneInGroup", None),),
    source="rel_graph.py",
)
def all_to_one_in_group(fault: AllToOneInGroup, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship `all_to_one` connects nodes that scale together.

    Why: the manager takes the blueprint and then cannot make a deployment of it.
    Bad:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.connected_to
        #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP423
                target: db
                properties: {connection_type: all_to_one}
        groups:
          both: {members: [db, web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [both]}
    Good:
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - type: cloudify.relationships.connected_to
                target: db
                properties: {connection_type: all_to_all}
        groups:
          both: {members: [db, web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [both]}
    """
    yield ctx.report(
        fault,
        f"'{fault.source}' and '{fault.target}' scale together in group "
        f"'{fault.group}', where all_to_one is not supported",
    )
