"""Rules on the code of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.flow.workflow_faults import ContextOfOtherSide, UnknownOperationMember
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP481", on=UnknownOperationMember, effect=Effect.FAILS)
def unknown_operation_member(fault: UnknownOperationMember, ctx: Context) -> Iterator[Diagnostic]:
    """Code of an operation uses a member that its context does not have.

    Why: the line ends in an AttributeError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #: plugins/p/ops.py
        def create(ctx, **_):
            ctx.instance.runtime_propertis["speed"] = 3
        #                ^^^^^^^^^^^^^^^^^ BP481
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #: plugins/p/ops.py
        def create(ctx, **_):
            ctx.instance.runtime_properties["speed"] = 3
    """
    if fault.is_workflows:
        message = f"only the context of workflows has '{fault.member}'"
    else:
        message = f"{fault.owner} has no member '{fault.member}'"
    yield tell(fault, ctx, message)


@rule("BP482", on=ContextOfOtherSide, effect=Effect.FAILS)
def context_of_other_side(fault: ContextOfOtherSide, ctx: Context) -> Iterator[Diagnostic]:
    """An operation asks its context for what only the other kind of operations has.

    Why: operations of nodes have `ctx.node` and `ctx.instance`, operations of relationships `ctx.source` and
    `ctx.target`; asking for the others raises.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #: plugins/p/ops.py
        def create(ctx, **_):
            ctx.logger.info(ctx.source.node.id)
        #                       ^^^^^^ BP482
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #: plugins/p/ops.py
        def create(ctx, **_):
            ctx.logger.info(ctx.node.id)
    """
    of = "a node" if fault.side == "node" else "a relationship"
    yield tell(
        fault, ctx, f"'ctx.{fault.member}' raises here: an operation of {of} is mapped to the function"
    )
