"""Rules on the objects that workflow code uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.flow.workflow_faults import (
    IteratorIndexed,
    IteratorUsedTwice,
    NextOfInstances,
    OperationContextInWorkflow,
    OperationContextMember,
    RuntimePropertiesNotStored,
    UnknownMember,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP738", on=UnknownMember, effect=Effect.FAILS, fixable="safe")
def unknown_member(fault: UnknownMember, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code uses a member that the object does not have.

    Why: the line ends in an AttributeError, often only after half of the workflow has run.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_opeartion("maintenance.pause").get()
                #        ^^^^^^^^^^^^^^^^^ BP738
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.pause").get()
    """
    yield tell(
        fault,
        ctx,
        f"{fault.owner} has no member '{fault.member}'" + (f"; use {fault.hint}" if fault.hint else ""),
    )


@rule("BP739", on=OperationContextMember, effect=Effect.FAILS)
def operation_context_member(fault: OperationContextMember, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code uses a member that only the context of operations has.

    Why: a workflow works on all nodes of a deployment; its context has no `instance`, `node` or
    `operation`.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            ctx.instance.runtime_properties.get("address")
            #   ^^^^^^^^ BP739
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                ctx.logger.info(instance.runtime_properties.get("address"))
    """
    yield tell(
        fault,
        ctx,
        f"the context of a workflow has no '{fault.member}'; that is the context of operations",
    )


@rule("BP740", on=OperationContextInWorkflow, effect=Effect.FAILS)
def operation_context_in_workflow(fault: OperationContextInWorkflow, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code uses the context of operations.

    Why: `cloudify.ctx` is not set while a workflow runs: the first attribute raises NotInContext.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify import ctx


        def w(**_):
            ctx.logger.info("hello")
        #@ BP740 5:5-5:8
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import ctx


        def w(**_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.name}' is the context of operations here; a workflow has cloudify.workflows.ctx",
    )


@rule("BP742", on=IteratorUsedTwice, effect=Effect.FAILS)
def iterator_used_twice(fault: IteratorUsedTwice, ctx: Context) -> Iterator[Diagnostic]:
    """An iterator is walked a second time.

    Why: `nodes`, `instances`, `node_instances` and `relationships` are one-shot iterators: the second
    walk finds nothing.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instances = ctx.node_instances
            for instance in instances:
                instance.execute_operation("maintenance.pause").get()
            for instance in instances:
            #               ^^^^^^^^^ BP742
                instance.execute_operation("maintenance.check").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instances = list(ctx.node_instances)
            for instance in instances:
                instance.execute_operation("maintenance.pause").get()
            for instance in instances:
                instance.execute_operation("maintenance.check").get()
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.name}' is an iterator and was walked before: this finds nothing",
        help="keep a list of it",
    )


@rule("BP743", on=IteratorIndexed, effect=Effect.FAILS)
def iterator_indexed(fault: IteratorIndexed, ctx: Context) -> Iterator[Diagnostic]:
    """An iterator is indexed, measured or called.

    Why: `nodes`, `instances`, `node_instances` and `relationships` are properties that give iterators:
    TypeError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            first = ctx.get_node("vm").instances[0]
            #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP743
            first.execute_operation("maintenance.pause").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            first = list(ctx.get_node("vm").instances)[0]
            first.execute_operation("maintenance.pause").get()
    """
    yield tell(
        fault,
        ctx,
        f"an iterator cannot be {fault.how}"
        + ("; it is a property" if fault.how == "called" else "; make a list of it"),
    )


@rule("BP761", on=NextOfInstances, effect=Effect.ADVICE, severity=Severity.WARNING)
def next_of_instances(fault: NextOfInstances, ctx: Context) -> Iterator[Diagnostic]:
    """`next()` without a default, of the instances of a node that may have none.

    Why: the blueprint lets the node begin with no instance, or scales it down to none: StopIteration.
    Manager: it takes the blueprint; the workflow fails with StopIteration whenever the node has no
        instance.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            capabilities: {scalable: {properties: {default_instances: 0}}}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instance = next(ctx.get_node("vm").instances)
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP761
            instance.execute_operation("cloudify.interfaces.lifecycle.stop").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            capabilities: {scalable: {properties: {default_instances: 0}}}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instance = next(ctx.get_node("vm").instances, None)
            if instance is not None:
                instance.execute_operation("cloudify.interfaces.lifecycle.stop").get()
    """
    yield tell(
        fault,
        ctx,
        "the node may have no instances: give next() a default",
    )


@rule("BP765", on=RuntimePropertiesNotStored, effect=Effect.FAILS)
def runtime_properties_not_stored(fault: RuntimePropertiesNotStored, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow assigns to runtime properties, which are not stored.

    Why: a workflow holds a copy: the change is lost at the next refresh and never reaches the manager.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.runtime_properties["paused"] = True
        #@ BP765 3:9-3:46
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("maintenance.pause", kwargs={"paused": True}).get()
    """
    yield tell(
        fault,
        ctx,
        "what a workflow changes in runtime properties is never stored; an operation has to do it",
    )
