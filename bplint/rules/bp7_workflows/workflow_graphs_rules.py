"""Rules on graphs, sequences and modifications in workflow code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.flow.workflow_faults import (
    GraphNeverExecuted,
    GraphNotReturned,
    GraphWithoutName,
    ListInSequence,
    ModificationLeftOpen,
    NothingAdded,
    ResumableWithoutStoredGraph,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP730", on=GraphNeverExecuted, effect=Effect.FAILS)
def graph_never_executed(fault: GraphNeverExecuted, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow asks for the task graph and never executes it.

    Why: in graph mode nothing runs by itself; the execution ends as successful and nothing has
    happened.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            #       ^^^^^^^^^^^^^^^^ BP730
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
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
        "graph_mode() without execute(): the tasks of this graph never run",
        help="call graph.execute()",
    )


@rule("BP741", on=ListInSequence, effect=Effect.FAILS)
def list_in_sequence(fault: ListInSequence, ctx: Context) -> Iterator[Diagnostic]:
    """A list or None is given where tasks are taken one by one.

    Why: `sequence.add` and `forkjoin` take tasks as arguments; a list is an AttributeError.
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
                sequence.add([instance.send_event("a"), instance.send_event("b")])
                #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP741
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
                sequence.add(instance.send_event("a"), instance.send_event("b"))
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"{fault.call}() takes tasks one by one, not {fault.what}",
        help="give the tasks as arguments, a list with a star in front",
    )


@rule("BP744", on=GraphWithoutName, effect=Effect.FAILS)
def graph_without_name(fault: GraphWithoutName, ctx: Context) -> Iterator[Diagnostic]:
    """A function under make_or_get_graph is called without `name=`.

    Why: the decorator takes the graph's name from the keyword: KeyError, which a dry run does not show.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks_graph import make_or_get_graph


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            return graph


        def w(ctx, **_):
            build(ctx).execute()
        #@ BP744 13:5-13:10
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks_graph import make_or_get_graph


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            return graph


        def w(ctx, **_):
            build(ctx, name="pause").execute()
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' is decorated with make_or_get_graph and needs name=",
    )


@rule("BP745", on=GraphNotReturned, effect=Effect.FAILS)
def graph_not_returned(fault: GraphNotReturned, ctx: Context) -> Iterator[Diagnostic]:
    """A function under make_or_get_graph does not return its graph.

    Why: the decorator stores what the function returns; None is an AttributeError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks_graph import make_or_get_graph


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))


        def w(ctx, **_):
            build(ctx, name="pause").execute()
        #@ BP745 5:5-5:10
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows.tasks_graph import make_or_get_graph


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            return graph


        def w(ctx, **_):
            build(ctx, name="pause").execute()
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' is decorated with make_or_get_graph and has to return its graph",
    )


@rule("BP746", on=ModificationLeftOpen, effect=Effect.FAILS)
def modification_left_open(fault: ModificationLeftOpen, ctx: Context) -> Iterator[Diagnostic]:
    """A modification is neither finished nor rolled back.

    Why: the deployment stays in the started modification and the next one is refused.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            change = ctx.deployment.start_modification({"vm": {"instances": 2}})
            #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP746
            for node in change.added.nodes:
                ctx.logger.info(node.id)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            change = ctx.deployment.start_modification({"vm": {"instances": 2}})
            try:
                for node in change.added.nodes:
                    ctx.logger.info(node.id)
            except Exception:
                change.rollback()
                raise
            else:
                change.finish()
    """
    yield tell(
        fault,
        ctx,
        "this modification is neither finished nor rolled back",
        help="call finish(), and rollback() where something fails",
    )


@rule("BP750", on=NothingAdded, effect=Effect.ADVICE, severity=Severity.WARNING)
def nothing_added(fault: NothingAdded, ctx: Context) -> Iterator[Diagnostic]:
    """A sequence or subgraph is made and nothing is put into it.

    Why: an empty one does nothing; most often the tasks went to another by mistake.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            graph = ctx.graph_mode()
            sequence = graph.sequence()
            #          ^^^^^^^^^^^^^^^^ BP750
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
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
                sequence.add(instance.execute_operation("maintenance.pause"))
            graph.execute()
    """
    yield tell(
        fault,
        ctx,
        f"nothing is added to this {fault.what}",
    )


@rule("BP764", on=ResumableWithoutStoredGraph, effect=Effect.ADVICE, severity=Severity.WARNING)
def resumable_without_stored_graph(fault: ResumableWithoutStoredGraph, ctx: Context) -> Iterator[Diagnostic]:
    """A resumable workflow builds its graph without make_or_get_graph.

    Why: a resume starts again with an empty graph and repeats the operations that were done.
    Manager: it runs the workflow; after a resume it repeats operations that were done.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.decorators import workflow


        @workflow(resumable=True)
        #         ^^^^^^^^^^^^^^ BP764
        def w(ctx, **_):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            graph.execute()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.decorators import workflow
        from cloudify.workflows.tasks_graph import make_or_get_graph


        @make_or_get_graph
        def build(ctx):
            graph = ctx.graph_mode()
            for instance in ctx.node_instances:
                graph.add_task(instance.execute_operation("maintenance.pause"))
            return graph


        @workflow(resumable=True)
        def w(ctx, **_):
            build(ctx, name="pause").execute()
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' is resumable, and a resume repeats its graph: build it under make_or_get_graph",
    )
