"""Rules on tasks and their handlers in workflow code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.flow.workflow_faults import (
    GetInGraphMode,
    HandlerArguments,
    HandlerNotStorable,
    HandlerWithoutResult,
    TaskNeverAdded,
    TaskNotAwaited,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP736", on=HandlerWithoutResult, effect=Effect.FAILS)
def handler_without_result(fault: HandlerWithoutResult, ctx: Context) -> Iterator[Diagnostic]:
    """A task's handler does not return a HandlerResult.

    Why: the engine reads the result's `action`; None ends the workflow with an AttributeError after the
    operation ran.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def done(task):
            task.workflow_context.logger.info("done")


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_success = done
                graph.add_task(task)
            graph.execute()
        #@ BP736 1:5-1:9
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def done(task):
            task.workflow_context.logger.info("done")
            return HandlerResult.cont()


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_success = done
                graph.add_task(task)
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"handler '{fault.function}' has to return a HandlerResult on every path",
        help="return HandlerResult.cont(), ignore(), retry() or fail()",
    )


@rule("BP737", on=HandlerArguments, effect=Effect.FAILS)
def handler_arguments(fault: HandlerArguments, ctx: Context) -> Iterator[Diagnostic]:
    """A task's handler does not take exactly the task.

    Why: handlers are called with one argument; anything else is a TypeError after the operation ran.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def done():
            return HandlerResult.cont()


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_success = done
                graph.add_task(task)
            graph.execute()
        #@ BP737 4:5-4:9
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def done(task):
            return HandlerResult.cont()


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_success = done
                graph.add_task(task)
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"handler '{fault.function}' is called with the task and nothing else",
    )


@rule("BP748", on=TaskNeverAdded, effect=Effect.FAILS)
def task_never_added(fault: TaskNeverAdded, ctx: Context) -> Iterator[Diagnostic]:
    """A task is made in graph mode and never added to the graph.

    Why: in graph mode a task runs only as a part of the graph; this one is forgotten and nothing says
    so.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            sequence = graph.sequence()
            for instance in ctx.node_instances:
                instance.set_state("stopping")
        #@ BP748 5:9-5:39
                sequence.add(instance.execute_operation("maintenance.pause"))
            graph.execute()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            sequence = graph.sequence()
            for instance in ctx.node_instances:
                sequence.add(instance.set_state("stopping"))
                sequence.add(instance.execute_operation("maintenance.pause"))
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"the task of {fault.method}() is never added to the graph: it does not run",
        help="add it with graph.add_task() or to a sequence",
    )


@rule("BP749", on=TaskNotAwaited, effect=Effect.ADVICE, severity=Severity.WARNING)
def task_not_awaited(fault: TaskNotAwaited, ctx: Context) -> Iterator[Diagnostic]:
    """An operation is started in linear mode and not waited for.

    Why: without `.get()` the next line runs at once: operations overlap, and a failure shows only at
    the end.
    Manager: it runs the next line at once, and learns of a failure only when the execution ends.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.pause")
                instance.execute_operation("maintenance.check").get()
        #@ BP749 3:9-3:56
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.pause").get()
                instance.execute_operation("maintenance.check").get()
    """
    yield tell(
        fault,
        ctx,
        f"{fault.method}() is started and not waited for; call .get() on it",
    )


@rule("BP762", on=GetInGraphMode, effect=Effect.FAILS)
def get_in_graph_mode(fault: GetInGraphMode, ctx: Context) -> Iterator[Diagnostic]:
    """`.get()` is called on a task of a graph.

    Why: only linear mode gives results that can be waited for; a task has no `get`.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                graph.add_task(task)
                task.get()
            graph.execute()
        #@ BP762 6:9-6:19
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        "in graph mode this is a task and has no get(); it runs with graph.execute()",
    )


@rule("BP763", on=HandlerNotStorable, effect=Effect.FAILS)
def handler_not_storable(fault: HandlerNotStorable, ctx: Context) -> Iterator[Diagnostic]:
    """A handler in a stored graph cannot be stored.

    Why: make_or_get_graph writes the graph to the manager; a lambda, an inner function or a class
    without `dump` cannot be written, which a dry run does not show.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult
        from cloudify.workflows.tasks_graph import make_or_get_graph


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_success = lambda done: HandlerResult.cont()
                #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP763
                graph.add_task(task)
            return graph


        def w(ctx, **_):
            build(ctx, name="pause").execute()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult
        from cloudify.workflows.tasks_graph import make_or_get_graph


        def done(task):
            return HandlerResult.cont()


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_success = done
                graph.add_task(task)
            return graph


        def w(ctx, **_):
            build(ctx, name="pause").execute()
    """
    yield tell(
        fault,
        ctx,
        "a stored graph takes only functions of the module, and classes with dump(), as handlers",
    )
