"""Rules on workflows as the blueprint declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.advice.remark_faults import UnknownRequiredNodeType
from bplint.checks.topology.topology_faults import EmptyWorkflowMapping
from bplint.diagnostic import Effect, Severity
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP700",
    on=EmptyWorkflowMapping,
    effect=Effect.REFUSED,
    references=(("RuntimeError", None),),
    source="elements/operation.py",
)
def empty_workflow_mapping(fault: EmptyWorkflowMapping, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow runs nothing.

    Why: an operation may be empty, a workflow may not; the manager refuses the blueprint.
    Bad:
        workflows:
          backup: ""
        #         ^^ BP700
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        workflows:
          backup: acme.workflows.backup
    """
    yield ctx.report(fault, f"{fault.subject} must name what it runs")


@rule(
    "BP701",
    on=UnknownRequiredNodeType,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
    fixable="safe",
)
def unknown_required_node_type(fault: UnknownRequiredNodeType, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow is only offered to deployments with a node type that nothing defines.

    Why: no deployment of this blueprint can have such a node, so the workflow is never offered. The names
        take no namespace, also in a file that is imported under one.
    Manager: it takes the blueprint and never offers the workflow.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        workflows:
          backup:
            mapping: acme.workflows.backup
            availability_rules: {node_types_required: [cloudify.nodes.Databse]}
        #                                              ^^^^^^^^^^^^^^^^^^^^^^ BP701
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        workflows:
          backup:
            mapping: acme.workflows.backup
            availability_rules: {node_types_required: [cloudify.nodes.Database]}
    """
    name = fault.name
    near = (name, ctx.blueprint.node_types.names())
    yield ctx.report(fault, f"unknown node type '{name}'", near=near)
