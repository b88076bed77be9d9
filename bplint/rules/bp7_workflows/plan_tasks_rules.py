"""Tasks that a run of workflow code makes: retried for ever, in the wrong place, or no tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.plan.plan_faults import EndlessRetries, NotATask, TaskInTwoSubgraphs
from bplint.rules.rule import rule
from bplint.rules.tell_plan import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP793", on=EndlessRetries, effect=Effect.FAILS, needs="plan")
def endless_retries(fault: EndlessRetries, ctx: Context) -> Iterator[Diagnostic]:
    """A task is retried for ever.

    Why: a handler that always asks for a retry and ignores the limit keeps the execution running.
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

        from cloudify.workflows.tasks import HandlerResult


        def again(task):
        #@ BP793 6:1-6:17
            return HandlerResult.retry(ignore_total_retries=True)


        def w(ctx, **_):
            graph = ctx.graph_mode()
            task = ctx.get_node_instance("vm#0").execute_operation(START)
            task.on_success = again
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


        def again(task):
            return HandlerResult.retry() if task.current_retries < 3 else HandlerResult.cont()


        def w(ctx, **_):
            graph = ctx.graph_mode()
            task = ctx.get_node_instance("vm#0").execute_operation(START)
            task.on_success = again
            graph.add_task(task)
            graph.execute()
    """
    what = fault.operation or fault.task
    yield tell(fault, ctx, f"'{what}' is retried for ever", help="ask the task's current_retries and give up")


@rule("BP794", on=TaskInTwoSubgraphs, effect=Effect.FAILS, needs="plan")
def task_in_two_subgraphs(fault: TaskInTwoSubgraphs, ctx: Context) -> Iterator[Diagnostic]:
    """A task is added to a second subgraph.

    Why: a task belongs to one subgraph; the engine refuses it.
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
            graph = ctx.graph_mode()
            vm = ctx.get_node_instance("vm#0")
            left, right = graph.subgraph("left"), graph.subgraph("right")
            task = vm.execute_operation(START)
            left.add_task(task)
            right.add_task(task)
        #   ^^^^^^^^^^^^^^^^^^^^ BP794
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

        def w(ctx, **_):
            graph = ctx.graph_mode()
            vm = ctx.get_node_instance("vm#0")
            left, right = graph.subgraph("left"), graph.subgraph("right")
            left.add_task(vm.execute_operation(START))
            right.add_task(vm.send_event("started"))
            graph.add_dependency(right, left)
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"task '{fault.task}' is in subgraph '{fault.holder}' and cannot be in another",
    )


@rule("BP796", on=NotATask, effect=Effect.FAILS, needs="plan")
def not_a_task(fault: NotATask, ctx: Context) -> Iterator[Diagnostic]:
    """Something that is no task is given where a task is wanted.

    Why: a sequence takes tasks one by one, or a forkjoin of them; a list or None ends the execution.
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

        def start_of(vm):
            if vm.state == "created":
                return vm.execute_operation(START)


        def w(ctx, **_):
            graph = ctx.graph_mode()
            graph.sequence().add(start_of(ctx.get_node_instance("vm#0")))
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP796
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

        def w(ctx, **_):
            graph = ctx.graph_mode()
            vm = ctx.get_node_instance("vm#0")
            if vm.state != "started":
                graph.sequence().add(vm.execute_operation(START))
            graph.execute()
    """
    is_list = fault.given in ("list", "tuple", "set", "generator")
    advice = f"pass the tasks one by one: {fault.method}(*tasks)" if is_list else None
    yield tell(fault, ctx, f"{fault.method} wants tasks and gets a {fault.given}", help=advice)
