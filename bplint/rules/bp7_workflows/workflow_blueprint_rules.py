"""Rules on workflow code against the blueprint that is linted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.flow.workflow_faults import UnknownNodeId, UnknownOperationCalled
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP758", on=UnknownOperationCalled, effect=Effect.FAILS, fixable="safe")
def unknown_operation_called(fault: UnknownOperationCalled, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code calls an operation that nothing has.

    Why: an unknown operation does nothing and says nothing.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.pump: {flush: ''}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          pump: {type: acme.Pump}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("acme.pump.flsh").get()
                #                          ^^^^^^^^^^^^^^^^ BP758
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.pump: {flush: ''}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          pump: {type: acme.Pump}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("acme.pump.flush").get()
    """
    yield tell(
        fault,
        ctx,
        f"nothing here has an operation '{fault.name}'",
    )


@rule("BP766", on=UnknownNodeId, effect=Effect.FAILS)
def unknown_node_id(fault: UnknownNodeId, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code asks for a node that the blueprint does not have.

    Why: `get_node` answers None, and the next line is an AttributeError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.pump: {flush: ''}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          pump: {type: acme.Pump}
        #: plugins/p/wf.py
        def w(ctx, **_):
            ctx.logger.info(ctx.get_node("pumb").type)
            #                            ^^^^^^ BP766
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.pump: {flush: ''}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          pump: {type: acme.Pump}
        #: plugins/p/wf.py
        def w(ctx, **_):
            ctx.logger.info(ctx.get_node("pump").type)
    """
    yield tell(
        fault,
        ctx,
        f"the blueprint has no node '{fault.name}'",
    )
