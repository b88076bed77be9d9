"""Rules on the objects that workflow code uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.context import Context


@rule("BP738", "unknown-member", effect=Effect.FAILS, fixable="safe")
def unknown_member(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"{d['owner']} has no member '{d['member']}'" + (f"; use {d['hint']}" if d["hint"] else ""),
    )


@rule("BP739", "operation-context-member", effect=Effect.FAILS)
def operation_context_member(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"the context of a workflow has no '{d['member']}'; that is the context of operations",
    )


@rule("BP740", "operation-context-in-workflow", effect=Effect.FAILS)
def operation_context_in_workflow(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['name']}' is the context of operations here; a workflow has cloudify.workflows.ctx",
    )


@rule("BP742", "iterator-used-twice", effect=Effect.FAILS)
def iterator_used_twice(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['name']}' is an iterator and was walked before: this finds nothing",
        help="keep a list of it",
    )


@rule("BP743", "iterator-indexed", effect=Effect.FAILS)
def iterator_indexed(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"an iterator cannot be {d['how']}"
        + ("; it is a property" if d["how"] == "called" else "; make a list of it"),
    )


@rule("BP761", "next-of-instances", effect=Effect.ADVICE, severity=Severity.WARNING)
def next_of_instances(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """`next()` of a node's instances without a default.

    Why: a node may have no instances, after scaling or by its own count: StopIteration.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instance = next(ctx.get_node("vm").instances)
            #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP761
            instance.execute_operation("maintenance.pause").get()
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            instance = next(ctx.get_node("vm").instances, None)
            if instance is not None:
                instance.execute_operation("maintenance.pause").get()
    """
    yield tell(
        fault,
        ctx,
        "a node may have no instances: give next() a default",
    )


@rule("BP765", "runtime-properties-not-stored", effect=Effect.FAILS)
def runtime_properties_not_stored(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
        "what a workflow changes in runtime properties is never stored",
    )
