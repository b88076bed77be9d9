"""Rules on scaling groups and numbers of instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.group_faults import (
    GroupScaledTwice,
    ScaledApart,
    ScaledGroupWithoutMembers,
    UnscaledInnerGroup,
)
from bplint.checks.topology.topology_faults import (
    InstancesAndCapabilities,
    InstancesLiteral,
    InstancesMapping,
    InstancesNumber,
    InstancesOrder,
)
from bplint.diagnostic import LOGIC, Effect, Related
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP819",
    on=ScaledApart,
    effect=Effect.REFUSED,
    references=((LOGIC, 202),),
    source="elements/policies.py",
)
def scaled_apart(fault: ScaledApart, ctx: Context) -> Iterator[Diagnostic]:
    """Members of a scaled group are contained in different nodes.

    Why: nodes that scale together must be contained in one node together, or none of them in any; the
        manager refuses the blueprint.
    Bad:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
        groups:
          servers: {members: [db, web]}
        #                         ^^^ BP819
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    Good:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: cloudify.relationships.contained_in, target: vm}
        groups:
          servers: {members: [vm, web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    """
    first, second = fault.pair
    yield ctx.report(
        fault,
        f"'{first}' and '{second}' scale together in group '{fault.name}', and no node holds both",
    )


@rule(
    "BP820",
    on=InstancesNumber,
    effect=Effect.REFUSED,
    references=((LOGIC, 207),),
    source="elements/scalable.py",
)
def instances_number(fault: InstancesNumber, ctx: Context) -> Iterator[Diagnostic]:
    """A number of instances is too small to mean anything.

    Why: the manager refuses less than 0 for `min_instances` and `default_instances`, and less than 1 for
        `max_instances`, but for -1, which means no limit.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {max_instances: 0}
        #                                   ^ BP820
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {max_instances: 3}
    """
    extra = ", or -1 for no limit" if fault.name == "max_instances" else ""
    yield ctx.report(
        fault,
        f"'{fault.name}' of {fault.subject} is {fault.value}; it must be at least {fault.least}{extra}",
    )


@rule(
    "BP821",
    on=InstancesOrder,
    effect=Effect.REFUSED,
    references=((LOGIC, 207),),
    source="elements/scalable.py",
)
def instances_order(fault: InstancesOrder, ctx: Context) -> Iterator[Diagnostic]:
    """The numbers of instances contradict each other.

    Why: `min_instances` ≤ `default_instances` ≤ `max_instances` must hold with the defaults 0, 1 and no
        limit, or the manager refuses the blueprint: `min_instances: 2` alone is too much.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {min_instances: 2}
        #                                   ^ BP821
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {min_instances: 2, default_instances: 2}
    """
    implied = fault.implied

    def said(pair: tuple[str, int]) -> str:
        return f"'{pair[0]}' ({'by default ' if pair[0] in implied else ''}{pair[1]})"

    yield ctx.report(
        fault,
        f"{said(fault.smaller)} of {fault.subject} is smaller than {said(fault.larger)}",
    )


@rule(
    "BP822",
    on=InstancesLiteral,
    effect=Effect.REFUSED,
    references=((LOGIC, 208),),
    source="elements/scalable.py",
)
def instances_literal(fault: InstancesLiteral, ctx: Context) -> Iterator[Diagnostic]:
    """`max_instances` is a word other than `UNBOUNDED`.

    Why: the manager refuses the blueprint. In a file that is imported under a namespace it does not even
        know `UNBOUNDED`, because it prefixes the word with the namespace; write -1 there.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {max_instances: unlimited}
        #                                   ^^^^^^^^^ BP822
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {max_instances: UNBOUNDED}
    """
    value, namespace = fault.value, fault.namespace
    if value == "UNBOUNDED":
        text = (
            f"'UNBOUNDED' is read as '{namespace}--UNBOUNDED' in a file imported under a namespace; write -1"
        )
    else:
        text = f"'max_instances' of {fault.subject} must be a number or UNBOUNDED, not '{value}'"
    yield ctx.report(fault, text)


@rule(
    "BP823",
    on=InstancesMapping,
    effect=Effect.REFUSED,
    references=((LOGIC, 210),),
    source="elements/scalable.py",
)
def instances_mapping(fault: InstancesMapping, ctx: Context) -> Iterator[Diagnostic]:
    """A number of instances is a mapping that is no intrinsic function.

    Why: the manager refuses the blueprint; mostly the function's name is misspelt.
    Bad:
        inputs:
          count: {default: 1}
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {default_instances: {get_inptu: count}}
        #                                       ^^^^^^^^^^^^^^^^^^ BP823
    Good:
        inputs:
          count: {default: 1}
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {default_instances: {get_input: count}}
    """
    yield ctx.report(fault, f"'{fault.name}' of {fault.subject} must be a number or an intrinsic function")


@rule(
    "BP824",
    on=InstancesAndCapabilities,
    effect=Effect.REFUSED,
    references=((LOGIC, 209),),
    source="elements/node_templates.py",
)
def instances_and_capabilities(fault: InstancesAndCapabilities, ctx: Context) -> Iterator[Diagnostic]:
    """A node template has `instances` and `capabilities`.

    Why: both say how many instances there are; the manager refuses the blueprint, even where the
        capabilities are empty. `instances` is the old form.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            instances: {deploy: 2}
            capabilities: {scalable: {properties: {default_instances: 2}}}
        #   ^^^^^^^^^^^^ BP824
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities: {scalable: {properties: {default_instances: 2}}}
    """
    deploy = fault.deploy
    yield ctx.report(
        fault,
        f"{fault.subject} has 'instances' and 'capabilities'; keep 'capabilities'",
        related=[Related("the old form", fault.path, deploy.span)],
    )


@rule(
    "BP825",
    on=GroupScaledTwice,
    effect=Effect.FAILS,
    source="elements/policies.py",
)
def group_scaled_twice(fault: GroupScaledTwice, ctx: Context) -> Iterator[Diagnostic]:
    """Two scaling policies target one group.

    Why: the last policy wins, silently; the numbers of the other are lost.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          small:
            type: cloudify.policies.scaling
            targets: [servers]
            properties: {max_instances: 2}
          large:
            type: cloudify.policies.scaling
            targets: [servers]
        #             ^^^^^^^ BP825
            properties: {max_instances: 9}
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          large:
            type: cloudify.policies.scaling
            targets: [servers]
            properties: {max_instances: 9}
    """
    first = fault.first
    yield ctx.report(
        fault,
        f"group '{fault.name}' is scaled by policy '{first.name}' already; the last policy wins",
        related=ctx.related(f"policy '{first.name}'", first),
    )


@rule(
    "BP828",
    on=ScaledGroupWithoutMembers,
    effect=Effect.REFUSED,
    references=(("KeyError", None),),
    source="elements/policies.py",
)
def scaled_group_without_members(fault: ScaledGroupWithoutMembers, ctx: Context) -> Iterator[Diagnostic]:
    """A scaling policy's target is a group of which nothing is written but its name.

    Why: such a group is accepted as long as nothing scales it. Here the manager's parser crashes.
    Bad:
        groups:
          servers:
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
        #                                                   ^^^^^^^ BP828
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    """
    name, group = fault.name, fault.group
    related = ctx.related("the group", group)
    yield ctx.report(fault, f"group '{name}' is empty and cannot be scaled; give it members", related=related)


@rule(
    "BP829",
    on=UnscaledInnerGroup,
    effect=Effect.FAILS,
    references=(("KeyError", None),),
    source="multi_instance.py",
)
def unscaled_inner_group(fault: UnscaledInnerGroup, ctx: Context) -> Iterator[Diagnostic]:
    """A group inside a scaled group has no scaling policy of its own.

    Why: the blueprint is taken, and making a deployment of it crashes: the manager looks for the scaling
        properties of every group in a scaled group.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
          site: {members: [servers]}
        #                  ^^^^^^^ BP829
        policies:
          grow: {type: cloudify.policies.scaling, targets: [site]}
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
          site: {members: [servers]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [site, servers]}
    """
    name, inner = fault.name, fault.inner
    yield ctx.report(
        fault,
        f"group '{name}' is in a scaled group and has no scaling policy itself; name it in 'targets' too",
        related=ctx.related("the group", inner),
    )
