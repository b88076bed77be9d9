"""How a run of workflow code ends, and what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.plan.plan_faults import (
    EngineReplaced,
    PlanGuard,
    WorkflowEndsProcess,
    WorkflowHangs,
    WorkflowRaises,
)
from bplint.rules.rule import rule
from bplint.rules.tell_plan import one_line, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP780", on=WorkflowRaises, effect=Effect.FAILS, needs="plan")
def workflow_raises(fault: WorkflowRaises, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code raises an exception, and the execution fails there.

    Why: what has run until then stays as it is, and nothing after it runs.
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
            colours = {"vm": "red"}
            for instance in ctx.node_instances:
                ctx.logger.info(colours[instance.id])
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP780
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
            colours = {"vm": "red"}
            for instance in ctx.node_instances:
                ctx.logger.info(colours[instance.node_id])
    """
    name = fault.exception
    yield tell(fault, ctx, f"the workflow fails here with {name}: {one_line(fault.message)}")


@rule("BP782", on=WorkflowEndsProcess, effect=Effect.FAILS, needs="plan")
def workflow_ends_process(fault: WorkflowEndsProcess, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code ends the process that it runs in, or takes more memory than there is.

    Why: on a manager the execution dies with it, and its status is never set.
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

        import os


        def w(ctx, **_):
            ctx.logger.info("done")
            os._exit(0)
        #   ^^^^^^^^^^^ BP782
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
            ctx.logger.info("done")
    """
    how = fault.how
    if fault.is_memory:
        message = "the workflow takes more memory than a plan may have"
    elif how == "signal":
        message = f"the workflow's process was ended by {fault.detail} before the plan was through"
    elif how == "exit":
        message = f"the workflow's process ended with status {fault.detail} before the plan was through"
    else:
        message = f"the workflow ends its own process: {how}"
    yield tell(fault, ctx, message)


@rule("BP787", on=EngineReplaced, effect=Effect.ADVICE, severity=Severity.WARNING, needs="plan")
def engine_replaced(fault: EngineReplaced, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code replaces a part of the workflow engine.

    Why: from there on the plan shows what the replacement does, which need not be what a manager does.
    Manager: it runs the workflow with the replaced part.
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

        from cloudify.workflows import tasks_graph


        def count(self):
            return 0


        def w(ctx, **_):
            tasks_graph.TaskDependencyGraph.__len__ = count
            tasks_graph.TaskDependencyGraph.execute = count
            graph = ctx.graph_mode()
            graph.execute()
        #@ BP787 6:1-6:17
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
            graph.execute()
    """
    yield tell(fault, ctx, f"'{fault.name}' of the workflow engine is replaced")


@rule("BP798", on=WorkflowHangs, effect=Effect.FAILS, needs="plan")
def workflow_hangs(fault: WorkflowHangs, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code does not come to an end.

    Why: an execution on a manager would not either, and cannot be cancelled unless it asks for that.
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

        import time


        def w(ctx, **_):
            while ctx.get_node_instance("vm#0").state != "started":
                time.sleep(3600)
        #       ^^^^^^^^^^^^^^^^ BP798
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

        import time


        def w(ctx, **_):
            for _ in range(3):
                if ctx.get_node_instance("vm#0").state == "started":
                    break
                time.sleep(10)
    """
    reasons: dict[str, str] = {
        "timeout": "the workflow was still here when the time for the plan was over",
        "sleeps": "the workflow waits here for something that does not happen in a plan",
        "result-of-unstarted-task": "the result of a task that has not been started is waited for",
        "too-many-tasks": "the workflow makes tasks without end",
    }
    yield tell(fault, ctx, reasons.get(fault.reason, "the workflow does not come to an end"))


@rule("BP799", on=PlanGuard, effect=Effect.ADVICE, severity=Severity.WARNING, needs="plan")
def plan_guard(fault: PlanGuard, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code does what a plan does not do: open a connection, start a process, write a file.

    Why: a plan performs nothing; what depends on it cannot be shown.
    Manager: it runs the workflow and does what the code says; a plan does not.
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

        import socket


        def w(ctx, **_):
            socket.create_connection(("127.0.0.1", 80))
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP799
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
            ctx.get_node_instance("vm#0").execute_operation(START).get()
    """
    what = {
        "connection": "opens a connection",
        "process": "starts a process",
        "write": "writes outside its scratch folder",
        "kill": "sends a signal",
    }.get(fault.what, fault.what)
    yield tell(fault, ctx, f"the workflow {what} ({fault.detail}), which a plan does not do")
