"""Graphs that a run of workflow code makes: circles, tasks left out, graphs left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.plan.plan_faults import EndlessWait, GraphLeftUnexecuted, TaskLeftOut, TaskNotInGraph
from bplint.rules.rule import rule
from bplint.rules.tell_plan import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP781", on=EndlessWait, effect=Effect.FAILS, needs="plan")
def endless_wait(fault: EndlessWait, ctx: Context) -> Iterator[Diagnostic]:
    """Tasks wait for each other, or a task waits for the end of the subgraph that it is in.

    Why: the manager's engine notices nothing of it; the execution stays 'started' for ever, silently.
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
            first, second = vm.send_event("one"), vm.send_event("two")
            graph.add_task(first)
            graph.add_task(second)
            graph.add_dependency(first, second)
            graph.add_dependency(second, first)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP781
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
            first, second = vm.send_event("one"), vm.send_event("two")
            graph.add_task(first)
            graph.add_task(second)
            graph.add_dependency(second, first)
            graph.execute()
    """
    circle = " -> ".join(f"'{name}'" for name in [*fault.tasks, *fault.tasks[:1]])
    what = "a task waits for its own subgraph" if fault.is_containment else "tasks wait for each other"
    yield tell(
        fault,
        ctx,
        f"{what}: {circle}; the execution would hang here for ever",
        help="take away one of the dependencies",
    )


@rule("BP783", on=TaskNotInGraph, effect=Effect.FAILS, needs="plan")
def task_not_in_graph(fault: TaskNotInGraph, ctx: Context) -> Iterator[Diagnostic]:
    """A dependency names a task that is not in the graph.

    Why: the engine refuses it, and the execution fails before anything has run.
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
            before, start = vm.send_event("starting"), vm.execute_operation(START)
            graph.add_task(start)
            graph.add_dependency(start, before)
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP783
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
            before, start = vm.send_event("starting"), vm.execute_operation(START)
            graph.add_task(before)
            graph.add_task(start)
            graph.add_dependency(start, before)
            graph.execute()
    """
    side = "waiting" if fault.side == "src" else "awaited"
    yield tell(
        fault,
        ctx,
        f"the {side} task '{fault.task}' is not in the graph",
        help="call add_task for both tasks before add_dependency",
    )


@rule("BP784", on=TaskLeftOut, effect=Effect.FAILS, needs="plan")
def task_left_out(fault: TaskLeftOut, ctx: Context) -> Iterator[Diagnostic]:
    """A task is made in graph mode and never added to the graph.

    Why: in graph mode making a task does nothing; the execution ends well, and the task has not run.
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
            graph.add_task(vm.send_event("starting"))
            tasks = {"vm": vm.execute_operation(START)}
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP784
            ctx.logger.info("%d tasks", len(tasks))
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
            tasks = {"vm": vm.execute_operation(START)}
            for task in tasks.values():
                graph.add_task(task)
            graph.execute()
    """
    what = fault.operation or fault.task
    instance = f" on '{fault.instance}'" if fault.instance else ""
    yield tell(
        fault,
        ctx,
        f"'{what}'{instance} is never added to the graph: it does not run",
    )


@rule("BP785", on=GraphLeftUnexecuted, effect=Effect.FAILS, needs="plan")
def graph_left_unexecuted(fault: GraphLeftUnexecuted, ctx: Context) -> Iterator[Diagnostic]:
    """The workflow ends with tasks in its graph that were never executed.

    Why: the execution ends well and has done nothing.
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

        def run(graph):
            return graph


        def w(ctx, **_):
            graph = ctx.graph_mode()
            vm = ctx.get_node_instance("vm#0")
            graph.add_task(vm.execute_operation(START))
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP785
            run(graph)
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

        def run(graph):
            graph.execute()


        def w(ctx, **_):
            graph = ctx.graph_mode()
            vm = ctx.get_node_instance("vm#0")
            graph.add_task(vm.execute_operation(START))
            run(graph)
    """
    number = fault.tasks
    noun = "task" if number == 1 else "tasks"
    yield tell(
        fault, ctx, f"the graph is never executed: {number} {noun} left in it", help="call graph.execute()"
    )
