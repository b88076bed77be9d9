"""Workflows that schedules start: that they exist, take what they are given, and have something to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.schedule_faults import (
    MissingScheduledParameter,
    UnknownScheduledOperation,
    UnknownScheduledParameter,
    UnknownScheduledWorkflow,
)
from bplint.diagnostic import Effect
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP655", on=UnknownScheduledWorkflow, effect=Effect.FAILS, fixable="safe")
def unknown_scheduled_workflow(fault: UnknownScheduledWorkflow, ctx: Context) -> Iterator[Diagnostic]:
    """Schedule starts a workflow that does not exist.

    Why: the manager takes the blueprint, and there is nothing to start when the time has come.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: instal
        #               ^^^^^^ BP655
              since: "02:00"
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
    """
    # only where something is wrong
    from bplint.rules.elsewhere import unknown_name

    name, known = fault.name, ctx.blueprint.workflows.names()
    yield unknown_name(fault, ctx, f"unknown workflow '{name}'", "workflows", name, known)


@rule("BP660", on=UnknownScheduledParameter, effect=Effect.FAILS, fixable="safe")
def unknown_scheduled_parameter(fault: UnknownScheduledParameter, ctx: Context) -> Iterator[Diagnostic]:
    """Schedule gives a parameter that the workflow does not declare.

    Why: the manager refuses the execution when the time has come, unless `allow_custom_parameters` is set.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: heal
              since: "02:00"
              workflow_parameters: {node_instance: host_1, node_instance_id: host_1}
        #                           ^^^^^^^^^^^^^ BP660
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: heal
              since: "02:00"
              workflow_parameters: {node_instance_id: host_1}
    """
    name, workflow = fault.name, fault.workflow
    yield ctx.report(
        fault,
        f"workflow '{workflow.name}' has no parameter '{name}'",
        near=(name, workflow.parameters),
        related=ctx.related("declared here", workflow),
        against=workflow,
    )


@rule("BP661", on=MissingScheduledParameter, effect=Effect.FAILS)
def missing_scheduled_parameter(fault: MissingScheduledParameter, ctx: Context) -> Iterator[Diagnostic]:
    """Schedule does not give a parameter that the workflow needs.

    Why: the manager refuses the execution when the time has come.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: execute_operation
        #               ^^^^^^^^^^^^^^^^^ BP661
              since: "02:00"
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: execute_operation
              since: "02:00"
              workflow_parameters: {operation: cloudify.interfaces.lifecycle.start}
    """
    name, workflow = fault.name, fault.workflow
    yield ctx.report(
        fault,
        f"workflow '{workflow.name}' needs parameter '{name}', which this schedule does not give",
        related=ctx.related("declared here", workflow),
        against=workflow,
    )


@rule("BP663", on=UnknownScheduledOperation, effect=Effect.FAILS, fixable="safe")
def unknown_scheduled_operation(fault: UnknownScheduledOperation, ctx: Context) -> Iterator[Diagnostic]:
    """Schedule runs an operation that no node has.

    Why: the execution has nothing to run, or fails, when the time has come. An operation's short name works
    only where no other interface of the node has an operation of that name.
    Bad:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        deployment_settings:
          default_schedules:
            nightly:
              workflow: execute_operation
              since: "02:00"
              workflow_parameters: {operation: cloudify.interfaces.lifecycle.strat}
        #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP663
    Good:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        deployment_settings:
          default_schedules:
            nightly:
              workflow: execute_operation
              since: "02:00"
              workflow_parameters: {operation: cloudify.interfaces.lifecycle.start}
    """
    name, known = fault.name, fault.known
    if fault.is_ambiguous:
        full = [entry for entry in known if entry.endswith(f".{name}")]
        yield ctx.report(
            fault, f"'{name}' is short for several operations", help=f"write one of {', '.join(full)}"
        )
    else:
        yield ctx.report(fault, f"no node has an operation '{name}'", near=(name, known))
