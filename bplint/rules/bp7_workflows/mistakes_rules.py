"""Rules on workflow code that runs through, and does not do what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.flow.mistake_faults import (
    CancellationReturned,
    CancelRequestBreaksLoop,
    CancelRequestNotCalled,
    HandlerAfterExecute,
    HandlerOfLoopVariable,
    KwargsRepeatInput,
    ModificationNotRolledBack,
    NodeNameAsInstance,
    TaskCompared,
    UnknownTypeTested,
    WrongApiArguments,
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


@rule("BP709", on=ModificationNotRolledBack, effect=Effect.ADVICE, severity=Severity.WARNING)
def modification_not_rolled_back(fault: ModificationNotRolledBack, ctx: Context) -> Iterator[Diagnostic]:
    """A modification is finished, and rolled back nowhere.

    Why: where the graph between fails or is cancelled, the modification stays started, and no other
    can begin.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            change = ctx.deployment.start_modification({"vm": {"instances": 2}})
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP709
            graph = ctx.graph_mode()
            for instance in change.added.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            graph.execute()
            change.finish()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            change = ctx.deployment.start_modification({"vm": {"instances": 2}})
            try:
                graph = ctx.graph_mode()
                for instance in change.added.node_instances:
                    graph.add_task(instance.execute_operation("maintenance.pause"))
                graph.execute()
            except Exception:
                change.rollback()
                raise
            change.finish()
    """
    yield tell(fault, ctx, "where the graph fails, the modification stays started: call its 'rollback'")


@rule("BP710", on=WrongApiArguments, effect=Effect.FAILS)
def wrong_api_arguments(fault: WrongApiArguments, ctx: Context) -> Iterator[Diagnostic]:
    """A method of the API is called with other arguments than it takes.

    Why: TypeError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.pause", Kwargs={"speed": 3}).get()
        #                                                       ^^^^^^^^^^^^^^^^^^^ BP710
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.pause", kwargs={"speed": 3}).get()
    """
    yield tell(fault, ctx, f"{fault.method}() {fault.problem}")


@rule("BP711", on=KwargsRepeatInput, effect=Effect.FAILS)
def kwargs_repeat_input(fault: KwargsRepeatInput, ctx: Context) -> Iterator[Diagnostic]:
    """`kwargs` give an input that the operation declares.

    Why: the engine refuses it unless `allow_kwargs_override=True` is given.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.maintenance:
                pause: {implementation: p.wf.pause, inputs: {speed: {default: 3}}}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("acme.maintenance.pause", kwargs={"speed": 4}).get()
        #                                                                    ^^^^^^^ BP711


        def pause(ctx, speed):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.maintenance:
                pause: {implementation: p.wf.pause, inputs: {speed: {default: 3}}}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation(
                    "acme.maintenance.pause", kwargs={"speed": 4}, allow_kwargs_override=True
                ).get()


        def pause(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault, ctx, f"'{fault.operation}' declares '{fault.name}': give it with allow_kwargs_override=True"
    )


@rule("BP712", on=NodeNameAsInstance, effect=Effect.FAILS)
def node_name_as_instance(fault: NodeNameAsInstance, ctx: Context) -> Iterator[Diagnostic]:
    """The name of a node is given where the id of a node instance belongs.

    Why: ids of instances end in a part that a deployment makes up; there is none with the name of a
    node.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          vm: {type: cloudify.nodes.Compute}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instance = ctx.get_node_instance("vm")
            #                                ^^^^ BP712
            ctx.logger.info(instance.id)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          vm: {type: cloudify.nodes.Compute}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.get_node("vm").instances:
                ctx.logger.info(instance.id)
    """
    yield tell(fault, ctx, f"'{fault.name}' is a node, and no node instance")


@rule("BP713", on=UnknownTypeTested, effect=Effect.FAILS)
def unknown_type_tested(fault: UnknownTypeTested, ctx: Context) -> Iterator[Diagnostic]:
    """A type hierarchy is asked for a type that nearly is one of the project.

    Why: the test is never true.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.maintenance:
                pause: {implementation: p.wf.pause, inputs: {speed: {default: 3}}}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for node in ctx.nodes:
                if "acme.Pmup" in node.type_hierarchy:
                #  ^^^^^^^^^^^ BP713
                    ctx.logger.info(node.id)


        def pause(ctx, speed):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              acme.maintenance:
                pause: {implementation: p.wf.pause, inputs: {speed: {default: 3}}}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for node in ctx.nodes:
                if "acme.Pump" in node.type_hierarchy:
                    ctx.logger.info(node.id)


        def pause(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(fault, ctx, f"no type '{fault.name}'")
