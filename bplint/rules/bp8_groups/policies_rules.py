"""Rules on policies, their types and triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.topology.group_faults import (
    PolicyTargetNotAGroup,
    PolicyWithoutTargets,
    UnknownPolicyTrigger,
    UnknownPolicyType,
    UnknownTriggeredWorkflow,
    UnsupportedPolicy,
)
from bplint.diagnostic import LOGIC, Effect, Severity
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP812",
    on=UnknownPolicyType,
    effect=Effect.REFUSED,
    references=((LOGIC, 41),),
    source="elements/policies.py",
    fixable="safe",
)
def unknown_policy_type(fault: UnknownPolicyType, ctx: Context) -> Iterator[Diagnostic]:
    """A policy of a group is of a type that nothing defines.

    Why: the manager refuses the blueprint.
    Bad:
        policy_types:
          acme.policies.alive: {source: alive.clj}
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies:
              watch: {type: acme.policies.allive}
        #                   ^^^^^^^^^^^^^^^^^^^^ BP812
    Good:
        policy_types:
          acme.policies.alive: {source: alive.clj}
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies:
              watch: {type: acme.policies.alive}
    """
    name = fault.name
    known = ctx.blueprint.policy_types.names()
    yield ctx.report(fault, f"unknown policy type '{name}' in {fault.subject}", near=(name, known))


@rule(
    "BP813",
    on=UnknownPolicyTrigger,
    effect=Effect.REFUSED,
    references=((LOGIC, 42),),
    source="elements/policies.py",
    fixable="safe",
)
def unknown_policy_trigger(fault: UnknownPolicyTrigger, ctx: Context) -> Iterator[Diagnostic]:
    """A policy of a group sets off a trigger that nothing defines.

    Why: the manager refuses the blueprint.
    Bad:
        policy_types:
          acme.policies.alive: {source: alive.clj}
        policy_triggers:
          acme.triggers.call: {source: call.clj}
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies:
              watch:
                type: acme.policies.alive
                triggers:
                  tell: {type: acme.triggers.cal}
        #                      ^^^^^^^^^^^^^^^^^ BP813
    Good:
        policy_types:
          acme.policies.alive: {source: alive.clj}
        policy_triggers:
          acme.triggers.call: {source: call.clj}
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies:
              watch:
                type: acme.policies.alive
                triggers:
                  tell: {type: acme.triggers.call}
    """
    name = fault.name
    known = ctx.blueprint.policy_triggers.names()
    yield ctx.report(fault, f"unknown policy trigger '{name}' in {fault.subject}", near=(name, known))


@rule(
    "BP814",
    on=UnsupportedPolicy,
    effect=Effect.REFUSED,
    references=((LOGIC, 204),),
    source="elements/policies.py",
)
def unsupported_policy(fault: UnsupportedPolicy, ctx: Context) -> Iterator[Diagnostic]:
    """A top-level policy is of another type than `cloudify.policies.scaling`.

    Why: the manager knows no other kind and refuses the blueprint. Policies of policy types belong to
        groups.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          grow: {type: acme.policies.scaling, targets: [servers]}
        #              ^^^^^^^^^^^^^^^^^^^^^ BP814
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    """
    yield ctx.report(
        fault,
        f"policy '{fault.policy}' is of type '{fault.type_name}', and only "
        "'cloudify.policies.scaling' is supported",
    )


@rule(
    "BP815",
    on=PolicyTargetNotAGroup,
    effect=Effect.REFUSED,
    references=((LOGIC, 205),),
    source="elements/policies.py",
    fixable="safe",
)
def policy_target_not_a_group(fault: PolicyTargetNotAGroup, ctx: Context) -> Iterator[Diagnostic]:
    """A scaling policy's target is no group.

    Why: the manager refuses the blueprint. Node templates are scaled by their own scalable capability.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [web]}
        #                                                   ^^^ BP815
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    """
    name, blueprint = fault.name, ctx.blueprint
    if name in blueprint.node_templates:
        text = f"'{name}' is a node template, and only groups can be targets of a policy"
        yield ctx.report(fault, text, help="make a group of it, or use its scalable capability")
    else:
        yield ctx.report(fault, f"no group is named '{name}'", near=(name, blueprint.groups.names()))


@rule(
    "BP816",
    on=PolicyWithoutTargets,
    effect=Effect.REFUSED,
    references=((LOGIC, 206),),
    source="elements/policies.py",
)
def policy_without_targets(fault: PolicyWithoutTargets, ctx: Context) -> Iterator[Diagnostic]:
    """A scaling policy has no targets.

    Why: the manager refuses the blueprint.
    Bad:
        policies:
          grow: {type: cloudify.policies.scaling, targets: []}
        #                                                  ^^ BP816
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    """
    yield ctx.report(fault, f"policy '{fault.name}' needs at least one group as target")


@rule(
    "BP827",
    on=UnknownTriggeredWorkflow,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
    fixable="safe",
)
def unknown_triggered_workflow(fault: UnknownTriggeredWorkflow, ctx: Context) -> Iterator[Diagnostic]:
    """A policy trigger starts a workflow that nothing defines.

    Why: the manager takes the blueprint; when the trigger is set off, nothing can be started.
    Manager: it takes the blueprint; when the trigger is set off, no workflow is started.
    Bad:
        #! as is
        tosca_definitions_version: cloudify_dsl_1_3
        imports: [http://www.getcloudify.org/spec/cloudify/4.5/types.yaml]
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies:
              alive:
                type: cloudify.policies.types.host_failure
                properties: {service: [example]}
                triggers:
                  mend:
                    type: cloudify.policies.triggers.execute_workflow
                    parameters: {workflow: heall}
        #                                  ^^^^^ BP827
    Good:
        #! as is
        tosca_definitions_version: cloudify_dsl_1_3
        imports: [http://www.getcloudify.org/spec/cloudify/4.5/types.yaml]
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies:
              alive:
                type: cloudify.policies.types.host_failure
                properties: {service: [example]}
                triggers:
                  mend:
                    type: cloudify.policies.triggers.execute_workflow
                    parameters: {workflow: heal}
    """
    # only where something is wrong
    from bplint.rules.elsewhere import unknown_name

    name, known = fault.name, ctx.blueprint.workflows.names()
    yield unknown_name(fault, ctx, f"no workflow is named '{name}'", "workflows", name, known)
