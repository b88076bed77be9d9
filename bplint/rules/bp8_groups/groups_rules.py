"""Rules on groups and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.group_faults import (
    DuplicateGroupMember,
    GroupCycle,
    GroupNamedAsNode,
    MemberOfSeveralGroups,
    UnknownGroupMember,
)
from bplint.diagnostic import LOGIC, Effect, Related
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP810",
    on=UnknownGroupMember,
    effect=Effect.REFUSED,
    references=((LOGIC, 40),),
    source="elements/policies.py",
    fixable="safe",
)
def unknown_group_member(fault: UnknownGroupMember, ctx: Context) -> Iterator[Diagnostic]:
    """A member of a group is neither a node template nor a group.

    Why: the manager refuses the blueprint.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [webb]}
        #                     ^^^^ BP810
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
    """
    name, blueprint = fault.name, ctx.blueprint
    known = [*blueprint.node_templates.names(), *blueprint.groups.names()]
    yield ctx.report(fault, f"no node template or group is named '{name}'", near=(name, known))


@rule(
    "BP811",
    on=GroupNamedAsNode,
    effect=Effect.REFUSED,
    references=((LOGIC, 211),),
    source="elements/policies.py",
)
def group_named_as_node(fault: GroupNamedAsNode, ctx: Context) -> Iterator[Diagnostic]:
    """A group has the name of a node template.

    Why: the manager refuses the blueprint: members and scaling name both alike.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          web: {members: [web]}
        # ^^^ BP811
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          web_servers: {members: [web]}
    """
    template = fault.template
    yield ctx.report(
        fault,
        f"group '{fault.name}' has the name of a node template; give it another",
        related=ctx.related("the node template", template) if template else (),
    )


@rule(
    "BP817",
    on=GroupCycle,
    effect=Effect.REFUSED,
    references=((LOGIC, 200),),
    source="elements/policies.py",
)
def group_cycle(fault: GroupCycle, ctx: Context) -> Iterator[Diagnostic]:
    """Groups that are scaled hold each other in a circle.

    Why: the manager refuses the blueprint. Groups that no scaling policy targets are exempt.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          a: {members: [web, b]}
        #                    ^ BP817
          b: {members: [a]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [a, b]}
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
          db: {type: cloudify.nodes.Root}
        groups:
          a: {members: [web, b]}
          b: {members: [db]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [a, b]}
    """
    cycle = fault.cycle
    way = " → ".join(f"'{name}'" for name in (*cycle, cycle[0]))
    yield ctx.report(fault, f"scaled groups hold each other in a circle: {way}")


@rule(
    "BP818",
    on=MemberOfSeveralGroups,
    effect=Effect.REFUSED,
    references=((LOGIC, 201),),
    source="elements/policies.py",
)
def member_of_several_groups(fault: MemberOfSeveralGroups, ctx: Context) -> Iterator[Diagnostic]:
    """A node or group is in two groups that are scaled.

    Why: it would have to follow both; the manager refuses the blueprint.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          a: {members: [web]}
          b: {members: [web]}
        #               ^^^ BP818
        policies:
          grow: {type: cloudify.policies.scaling, targets: [a, b]}
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          a: {members: [web]}
          b: {members: [a]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [a, b]}
    """
    name, other = fault.name, fault.other
    yield ctx.report(
        fault,
        f"'{name}' is in the scaled group '{other.name}' already",
        related=ctx.related(f"group '{other.name}'", other),
    )


@rule(
    "BP826",
    on=DuplicateGroupMember,
    effect=Effect.ADVICE,
    source="elements/policies.py",
)
def duplicate_group_member(fault: DuplicateGroupMember, ctx: Context) -> Iterator[Diagnostic]:
    """A group names a member twice.

    Why: the second one is dropped silently; mostly another one was meant.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
          db: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web, web]}
        #                          ^^^ BP826
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
          db: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web, db]}
    """
    first = fault.first
    yield ctx.report(
        fault,
        f"'{fault.name}' is a member of this group already",
        related=[Related("the first one", fault.path, first.span)],
    )
