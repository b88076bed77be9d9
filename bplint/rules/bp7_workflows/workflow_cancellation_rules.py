"""Rules on how workflow code meets a cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.flow.workflow_faults import (
    CancellationNotRaisedAgain,
    CancelRequestAnsweredByReturn,
    CodeAfterExecute,
    DeprecatedCancelledResult,
    ExecuteResultCompared,
    LongSleep,
    LoopIgnoresCancellation,
    SwallowedCancellation,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP731", on=CodeAfterExecute, effect=Effect.ADVICE, severity=Severity.WARNING)
def code_after_execute(fault: CodeAfterExecute, ctx: Context) -> Iterator[Diagnostic]:
    """Code after `graph.execute()` is skipped when the execution is cancelled.

    Why: a cancellation raises out of `execute()`; what has to happen in any case belongs into a
    `finally`.
    Manager: it runs the workflow; after a cancellation the code is left out.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import os


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            graph.execute()
            os.remove("/var/lock/maintenance")
        #@ BP731 9:5-9:39
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import os


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            try:
                graph.execute()
            finally:
                os.remove("/var/lock/maintenance")
    """
    yield tell(
        fault,
        ctx,
        "a cancellation skips this: execute() raises ExecutionCancelled",
        help="put the execution into 'try' and this into 'finally'",
    )


@rule("BP732", on=DeprecatedCancelledResult, effect=Effect.ADVICE, severity=Severity.WARNING)
def deprecated_cancelled_result(fault: DeprecatedCancelledResult, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow returns EXECUTION_CANCELLED_RESULT.

    Why: the value is a leftover of early releases; raising ExecutionCancelled says the same from any
    depth.
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
                    return api.EXECUTION_CANCELLED_RESULT
        #@ BP732 7:13-7:50
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
        fault,
        ctx,
        "EXECUTION_CANCELLED_RESULT is deprecated; raise api.ExecutionCancelled()",
    )


@rule("BP733", on=SwallowedCancellation, effect=Effect.FAILS)
def swallowed_cancellation(fault: SwallowedCancellation, ctx: Context) -> Iterator[Diagnostic]:
    """A handler around `graph.execute()` swallows the cancellation.

    Why: ExecutionCancelled derives from Exception: after such a handler the cancelled execution ends as
    successful.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            try:
                graph.execute()
            except Exception as error:
                #  ^^^^^^^^^ BP733
                ctx.logger.error("not paused: %s", error)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            try:
                graph.execute()
            except api.ExecutionCancelled:
                raise
            except Exception as error:
                ctx.logger.error("not paused: %s", error)
    """
    yield tell(
        fault,
        ctx,
        "this also catches ExecutionCancelled: a cancelled execution ends as successful",
        help="let ExecutionCancelled through, or raise again",
    )


@rule("BP734", on=LoopIgnoresCancellation, effect=Effect.ADVICE, severity=Severity.WARNING)
def loop_ignores_cancellation(fault: LoopIgnoresCancellation, ctx: Context) -> Iterator[Diagnostic]:
    """A loop waits and never asks whether the execution is to be cancelled.

    Why: only `graph.execute()` is interrupted; a loop of its own runs on after a cancel request.
    Manager: it waits for the workflow to end by itself; only a forced cancellation stops it.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import time


        def w(ctx, **_):
            instance = next(ctx.node_instances)
            while instance.state != "started":
            #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP734
                time.sleep(5)
                ctx.refresh_node_instances()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import time

        from cloudify.workflows import api


        def w(ctx, **_):
            instance = next(ctx.node_instances)
            while instance.state != "started":
                if api.has_cancel_request():
                    raise api.ExecutionCancelled()
                time.sleep(5)
                ctx.refresh_node_instances()
    """
    yield tell(
        fault,
        ctx,
        "this loop never asks api.has_cancel_request(): it runs on after a cancellation",
        help="ask api.has_cancel_request() and raise api.ExecutionCancelled()",
    )


@rule("BP735", on=LongSleep, effect=Effect.ADVICE, severity=Severity.WARNING)
def long_sleep(fault: LongSleep, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow sleeps for long and cannot be cancelled meanwhile.

    Why: nothing interrupts a sleep; sleep in short steps that ask for a cancel request.
    Manager: it waits for the sleep to end; only a forced cancellation stops it.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import time


        def w(ctx, **_):
            time.sleep(300)
        #@ BP735 5:5-5:20
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import time

        from cloudify.workflows import api


        def w(ctx, **_):
            for _step in range(300):
                if api.has_cancel_request():
                    raise api.ExecutionCancelled()
                time.sleep(1)
    """
    yield tell(
        fault,
        ctx,
        f"nobody can cancel this sleep of {fault.seconds} s",
        help="sleep in short steps, and ask api.has_cancel_request() between them",
    )


@rule("BP752", on=CancellationNotRaisedAgain, effect=Effect.FAILS)
def cancellation_not_raised_again(fault: CancellationNotRaisedAgain, ctx: Context) -> Iterator[Diagnostic]:
    """A handler catches ExecutionCancelled and does not raise it again.

    Why: the execution ends as successful although it was cancelled half way.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            try:
                graph.execute()
            except api.ExecutionCancelled:
                #  ^^^^^^^^^^^^^^^^^^^^^^ BP752
                ctx.logger.info("cancelled")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            try:
                graph.execute()
            except api.ExecutionCancelled:
                ctx.logger.info("cancelled")
                raise
    """
    yield tell(
        fault,
        ctx,
        "ExecutionCancelled is caught and not raised again: the execution ends as successful",
    )


@rule("BP753", on=CancelRequestAnsweredByReturn, effect=Effect.FAILS)
def cancel_request_answered_by_return(
    fault: CancelRequestAnsweredByReturn, ctx: Context
) -> Iterator[Diagnostic]:
    """A cancel request is answered by a plain return.

    Why: to return is to succeed: the execution ends as completed, not as cancelled.
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
                    return
        #           ^^^^^^ BP753
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
        fault,
        ctx,
        "a plain return ends the execution as successful; raise api.ExecutionCancelled()",
    )


@rule("BP754", on=ExecuteResultCompared, effect=Effect.FAILS)
def execute_result_compared(fault: ExecuteResultCompared, ctx: Context) -> Iterator[Diagnostic]:
    """The result of `execute()` is compared with the deprecated value.

    Why: `execute()` returns None since cancellation raises ExecutionCancelled: the comparison never
    holds.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            result = graph.execute()
            if result == api.EXECUTION_CANCELLED_RESULT:
            #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP754
                raise api.ExecutionCancelled()
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
        "execute() returns None and raises ExecutionCancelled: this never holds",
    )
