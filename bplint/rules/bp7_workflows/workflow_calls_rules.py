"""Rules on what workflow code hands to the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.flow.mistake_faults import (
    KwargsRepeatInput,
    ModificationNotRolledBack,
    NodeNameAsInstance,
    UnknownTypeTested,
    WrongApiArguments,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


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
