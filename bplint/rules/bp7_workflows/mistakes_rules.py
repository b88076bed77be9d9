"""Rules on workflow code that runs through, and does not do what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.flow.mistake_faults import (
    CancellationReturned,
    CancelRequestBreaksLoop,
    CancelRequestNotCalled,
    HandlerAfterExecute,
    HandlerOfLoopVariable,
    TaskCompared,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP702", on=HandlerAfterExecute, effect=Effect.FAILS)
def handler_after_execute(fault: HandlerAfterExecute, ctx: Context) -> Iterator[Diagnostic]:
    """A handler is set on a task after its graph was executed.

    Why: the task has ended by then, and nothing calls the handler.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                graph.add_task(task)
            graph.execute()
            task.on_failure = ignore
        #   ^^^^^^^^^^^^^^^ BP702


        def ignore(task):
            return HandlerResult.ignore()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")
                task.on_failure = ignore
                graph.add_task(task)
            graph.execute()


        def ignore(task):
            return HandlerResult.ignore()
    """
    yield tell(fault, ctx, f"the graph is executed already: nothing calls '{fault.handler}' any more")


@rule("BP703", on=CancelRequestNotCalled, effect=Effect.FAILS)
def cancel_request_not_called(fault: CancelRequestNotCalled, ctx: Context) -> Iterator[Diagnostic]:
    """`has_cancel_request` is tested and not called.

    Why: a function is true: the workflow acts as if it was always cancelled.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            for instance in ctx.node_instances:
                if api.has_cancel_request:
                #  ^^^^^^^^^^^^^^^^^^^^^^ BP703
                    raise api.ExecutionCancelled()
                instance.execute_operation("maintenance.pause").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            for instance in ctx.node_instances:
                if api.has_cancel_request():
                    raise api.ExecutionCancelled()
                instance.execute_operation("maintenance.pause").get()
    """
    yield tell(fault, ctx, f"'{fault.name}' is a function, and true: call it")


@rule("BP704", on=CancellationReturned, effect=Effect.FAILS)
def cancellation_returned(fault: CancellationReturned, ctx: Context) -> Iterator[Diagnostic]:
    """ExecutionCancelled is returned and not raised.

    Why: the execution then counts as completed.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            for instance in ctx.node_instances:
                if api.has_cancel_request():
                    return api.ExecutionCancelled()
                #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP704
                instance.execute_operation("maintenance.pause").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            for instance in ctx.node_instances:
                if api.has_cancel_request():
                    raise api.ExecutionCancelled()
                instance.execute_operation("maintenance.pause").get()
    """
    yield tell(
        fault, ctx, "'ExecutionCancelled' is returned, which ends the execution as completed: raise it"
    )


@rule("BP705", on=CancelRequestBreaksLoop, effect=Effect.FAILS)
def cancel_request_breaks_loop(fault: CancelRequestBreaksLoop, ctx: Context) -> Iterator[Diagnostic]:
    """A request to cancel ends a loop, and the workflow goes on behind it.

    Why: what stands behind the loop runs although the user wants the execution to end.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            for instance in ctx.node_instances:
                if api.has_cancel_request():
                    break
                #   ^^^^^ BP705
                instance.execute_operation("maintenance.pause").get()
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.resume").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            for instance in ctx.node_instances:
                if api.has_cancel_request():
                    raise api.ExecutionCancelled()
                instance.execute_operation("maintenance.pause").get()
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.resume").get()
    """
    yield tell(fault, ctx, f"line {fault.line} runs all the same: raise ExecutionCancelled")


@rule("BP706", on=TaskCompared, effect=Effect.FAILS)
def task_compared(fault: TaskCompared, ctx: Context) -> Iterator[Diagnostic]:
    """A task is compared with the result that it may have.

    Why: what an operation returns is behind `get()`; the task itself equals nothing.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                answer = instance.execute_operation("maintenance.check")
                if answer == "ok":
                #  ^^^^^^ BP706
                    instance.execute_operation("maintenance.resume").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                answer = instance.execute_operation("maintenance.check").get()
                if answer == "ok":
                    instance.execute_operation("maintenance.resume").get()
    """
    yield tell(fault, ctx, "this is a task, which equals no value: its result is behind get()")


@rule("BP707", on=HandlerOfLoopVariable, effect=Effect.FAILS)
def handler_of_loop_variable(fault: HandlerOfLoopVariable, ctx: Context) -> Iterator[Diagnostic]:
    """A handler that is set in a loop reads the loop's variable.

    Why: handlers run when the graph is executed; the variable then has its last value for all of
    them.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")

                def told(task):
                    ctx.logger.info(instance.id)
                    #               ^^^^^^^^ BP707
                    return HandlerResult.ignore()

                task.on_failure = told
                graph.add_task(task)
            graph.execute()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks import HandlerResult


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                task = instance.execute_operation("maintenance.pause")

                def told(task, instance=instance):
                    ctx.logger.info(instance.id)
                    return HandlerResult.ignore()

                task.on_failure = told
                graph.add_task(task)
            graph.execute()
    """
    yield tell(fault, ctx, f"'{fault.name}' has its last value when the handler runs; bind it as a default")
