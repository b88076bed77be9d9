"""Deployment modifications that a run of workflow code begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.plan.plan_faults import ModificationLeftStarted, ModificationRefused, StaleInstance
from bplint.rules.rule import rule
from bplint.rules.tell_plan import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP790", on=StaleInstance, effect=Effect.FAILS, needs="plan")
def stale_instance(fault: StaleInstance, ctx: Context) -> Iterator[Diagnostic]:
    """A node instance is used that a deployment modification removed, or whose object is older than it.

    Why: on a removed instance nothing can run; an object from before the modification knows neither the
    new instances nor the new relationships.
    Bad:
        #! --plan w
        plugins:
          p: {executor: central_deployment_agent, source: p, install: false}
          shop: {executor: central_deployment_agent, install: false}
        node_types:
          Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start: {implementation: shop.do.start, inputs: {port: {default: 80}}}
        node_templates:
          vm: {type: Server}
        workflows:
          w: p.wf.w
        #: plugins/p/wf.py
        START = "cloudify.interfaces.lifecycle.start"

        def w(ctx, **_):
            machines = list(ctx.node_instances)
            modification = ctx.deployment.start_modification({"vm": {"instances": 0}})
            modification.finish()
            for machine in machines:
                machine.execute_operation(START).get()
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP790
    Good:
        #! --plan w
        plugins:
          p: {executor: central_deployment_agent, source: p, install: false}
          shop: {executor: central_deployment_agent, install: false}
        node_types:
          Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start: {implementation: shop.do.start, inputs: {port: {default: 80}}}
        node_templates:
          vm: {type: Server}
        workflows:
          w: p.wf.w
        #: plugins/p/wf.py
        START = "cloudify.interfaces.lifecycle.start"

        def w(ctx, **_):
            modification = ctx.deployment.start_modification({"vm": {"instances": 0}})
            modification.finish()
            ctx.refresh_node_instances()
            for machine in ctx.node_instances:
                machine.execute_operation(START).get()
    """
    if fault.why == "gone":
        message = f"node instance '{fault.instance}' was removed by the modification"
    else:
        message = f"node instance '{fault.instance}' was taken before the modification began"
    yield tell(fault, ctx, message, help="take instances from ctx again after ctx.refresh_node_instances()")


@rule("BP791", on=ModificationLeftStarted, effect=Effect.FAILS, needs="plan")
def modification_left_started(fault: ModificationLeftStarted, ctx: Context) -> Iterator[Diagnostic]:
    """A deployment modification is neither finished nor rolled back.

    Why: it stays started, and a manager refuses every later one.
    Bad:
        #! --plan w
        plugins:
          p: {executor: central_deployment_agent, source: p, install: false}
          shop: {executor: central_deployment_agent, install: false}
        node_types:
          Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start: {implementation: shop.do.start, inputs: {port: {default: 80}}}
        node_templates:
          vm: {type: Server}
        workflows:
          w: p.wf.w
        #: plugins/p/wf.py
        START = "cloudify.interfaces.lifecycle.start"

        def begin(ctx):
            return ctx.deployment.start_modification({"vm": {"instances": 2}})
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP791


        def w(ctx, **_):
            for instance in begin(ctx).added.node_instances:
                ctx.logger.info(instance.id)
    Good:
        #! --plan w
        plugins:
          p: {executor: central_deployment_agent, source: p, install: false}
          shop: {executor: central_deployment_agent, install: false}
        node_types:
          Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start: {implementation: shop.do.start, inputs: {port: {default: 80}}}
        node_templates:
          vm: {type: Server}
        workflows:
          w: p.wf.w
        #: plugins/p/wf.py
        START = "cloudify.interfaces.lifecycle.start"

        def begin(ctx):
            return ctx.deployment.start_modification({"vm": {"instances": 2}})


        def w(ctx, **_):
            modification = begin(ctx)
            for instance in modification.added.node_instances:
                ctx.logger.info(instance.id)
            modification.finish()
    """
    yield tell(
        fault,
        ctx,
        "the deployment modification that begins here is neither finished nor rolled back",
        help="call finish() when all went well and rollback() when not",
    )


@rule("BP792", on=ModificationRefused, effect=Effect.FAILS, needs="plan")
def modification_refused(fault: ModificationRefused, ctx: Context) -> Iterator[Diagnostic]:
    """A deployment modification names what cannot be scaled, or another one is still started.

    Why: the manager refuses it, and the execution fails.
    Bad:
        #! --plan w
        plugins:
          p: {executor: central_deployment_agent, source: p, install: false}
          shop: {executor: central_deployment_agent, install: false}
        node_types:
          Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start: {implementation: shop.do.start, inputs: {port: {default: 80}}}
        node_templates:
          vm: {type: Server}
        workflows:
          w: p.wf.w
        #: plugins/p/wf.py
        START = "cloudify.interfaces.lifecycle.start"

        def w(ctx, **_):
            modification = ctx.deployment.start_modification({"vms": {"instances": 2}})
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP792
            modification.finish()
    Good:
        #! --plan w
        plugins:
          p: {executor: central_deployment_agent, source: p, install: false}
          shop: {executor: central_deployment_agent, install: false}
        node_types:
          Server:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                start: {implementation: shop.do.start, inputs: {port: {default: 80}}}
        node_templates:
          vm: {type: Server}
        workflows:
          w: p.wf.w
        #: plugins/p/wf.py
        START = "cloudify.interfaces.lifecycle.start"

        def w(ctx, **_):
            modification = ctx.deployment.start_modification({"vm": {"instances": 2}})
            modification.finish()
    """
    if fault.reason == "unknown-entity":
        yield ctx.report(
            fault,
            f"there is no node and no scaling group '{fault.entity}'",
            near=(fault.entity, fault.known),
        )
    else:
        yield tell(fault, ctx, "another deployment modification is still started")
