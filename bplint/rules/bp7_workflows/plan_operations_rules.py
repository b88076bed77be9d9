"""Operations, handlers and members as a run of workflow code uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.plan.plan_faults import (
    HandlerBreaks,
    KwargsCollision,
    NoSuchMember,
    SecondLoop,
    UnmappedOperationRun,
)
from bplint.rules.rule import rule
from bplint.rules.tell_plan import listed, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP786", on=UnmappedOperationRun, effect=Effect.FAILS, needs="plan")
def unmapped_operation_run(fault: UnmappedOperationRun, ctx: Context) -> Iterator[Diagnostic]:
    """An operation is run that is not mapped on any of the node instances it is run on.

    Why: the engine takes it for a task that does nothing, and says nothing.
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
            vm = ctx.get_node_instance("vm#0")
            vm.execute_operation("cloudify.interfaces.lifecycle." + "begin")
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP786
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
            vm = ctx.get_node_instance("vm#0")
            vm.execute_operation("cloudify.interfaces.lifecycle." + "start")
    """
    where = f"on {listed(fault.instances)}"
    near = f"; did you mean '{fault.near}'?" if fault.near else ""
    if fault.is_awaited:
        message = f"operation '{fault.operation}' is not mapped {where}: there is no result to get"
        yield tell(fault, ctx, message, help="ask node.has_operation first")
    else:
        yield tell(fault, ctx, f"operation '{fault.operation}' is not mapped {where}: nothing runs{near}")


@rule("BP788", on=HandlerBreaks, effect=Effect.FAILS, needs="plan")
def handler_breaks(fault: HandlerBreaks, ctx: Context) -> Iterator[Diagnostic]:
    """A task handler takes no task, gives no HandlerResult, or cannot be stored.

    Why: the execution fails when the task ends, that is after the operation has run.
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

        HANDLERS = {"done": lambda task: None}
        #@ BP788 3:1-3:39


        def w(ctx, **_):
            graph = ctx.graph_mode()
            task = ctx.get_node_instance("vm#0").execute_operation(START)
            task.on_success = HANDLERS["done"]
            graph.add_task(task)
            graph.execute()
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

        from cloudify.workflows.tasks import HandlerResult

        HANDLERS = {"done": lambda task: HandlerResult.cont()}


        def w(ctx, **_):
            graph = ctx.graph_mode()
            task = ctx.get_node_instance("vm#0").execute_operation(START)
            task.on_success = HANDLERS["done"]
            graph.add_task(task)
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"handler '{fault.handler}' {fault.what}",
        help="a handler takes the task and returns HandlerResult.cont(), retry(), fail() or ignore()",
    )


@rule("BP789", on=KwargsCollision, effect=Effect.FAILS, needs="plan")
def kwargs_collision(fault: KwargsCollision, ctx: Context) -> Iterator[Diagnostic]:
    """Arguments for an operation repeat inputs that the blueprint gives it.

    Why: the engine refuses to make the task unless it is told that overriding is meant.
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
            vm = ctx.get_node_instance("vm#0")
            changed = dict(port=8080)
            vm.execute_operation(START, kwargs=changed).get()
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP789
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
            vm = ctx.get_node_instance("vm#0")
            vm.execute_operation(START, kwargs={"port": 8080}, allow_kwargs_override=True).get()
    """
    plural = "s" if len(fault.names) > 1 else ""
    yield tell(
        fault,
        ctx,
        f"input{plural} {listed(fault.names)} of '{fault.operation}' on node '{fault.node}' "
        "would be given twice",
        help="pass allow_kwargs_override=True",
    )


@rule("BP795", on=NoSuchMember, effect=Effect.FAILS, needs="plan")
def no_such_member(fault: NoSuchMember, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code uses a name that the workflow API does not have.

    Why: the execution fails there.
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
            for name in ["send_evnt"]:
                getattr(ctx.get_node_instance("vm#0"), name)("hello")
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP795
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
            for name in ["send_event"]:
                getattr(ctx.get_node_instance("vm#0"), name)("hello")
    """
    near = f"; did you mean '{fault.near}'?" if fault.near else ""
    yield tell(fault, ctx, f"{fault.owner} has no '{fault.name}'{near}")


@rule("BP797", on=SecondLoop, effect=Effect.FAILS, needs="plan")
def second_loop(fault: SecondLoop, ctx: Context) -> Iterator[Diagnostic]:
    """A saved iterator is gone through a second time and gives nothing.

    Why: nodes, instances and relationships come as iterators; a second loop over one runs zero times.
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

        def names(instances):
            return [instance.id for instance in instances]


        def w(ctx, **_):
            instances = ctx.node_instances
            ctx.logger.info("%s", names(instances))
            for instance in instances:
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ BP797
                instance.execute_operation(START).get()
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

        def names(instances):
            return [instance.id for instance in instances]


        def w(ctx, **_):
            instances = list(ctx.node_instances)
            ctx.logger.info("%s", names(instances))
            for instance in instances:
                instance.execute_operation(START).get()
    """
    yield tell(
        fault,
        ctx,
        f"{fault.what} was gone through before: this loop sees nothing",
        help="make a list of it",
    )
