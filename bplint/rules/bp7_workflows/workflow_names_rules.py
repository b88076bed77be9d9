"""Rules on names, imports and literals in workflow code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.context import Context


@rule("BP747", "undefined-name", effect=Effect.FAILS)
def undefined_name(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A name is used that nothing defines.

    Why: the line ends in a NameError, often only after half of the workflow has run.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **kwargs):
            number_of_instances = 1 + kwargs.get("delta", 0)
            ctx.logger.info("%d instances", number_of_new_instances)
            #                               ^^^^^^^^^^^^^^^^^^^^^^^ BP747
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **kwargs):
            number_of_instances = 1 + kwargs.get("delta", 0)
            ctx.logger.info("%d instances", number_of_instances)
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"name '{d['name']}' is not defined",
    )


@rule("BP751", "unknown-cloudify-name", effect=Effect.FAILS)
def unknown_cloudify_name(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An import asks cloudify-common for a name that it does not have.

    Why: the module cannot be imported, so nothing that is mapped to it runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import workflows_api
        #                              ^^^^^^^^^^^^^ BP751


        def w(ctx, **_):
            ctx.logger.info(workflows_api)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.workflows import api


        def w(ctx, **_):
            ctx.logger.info(api.has_cancel_request())
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"cloudify-common 7.0.5 has no {d['what']} '{d['name']}'"
        + (f" in '{d['module']}'" if d["what"] == "name" else f" ('{d['module']}')"),
    )


@rule("BP755", "undeclared-parameter-read", effect=Effect.FAILS)
def undeclared_parameter_read(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Workflow code reads a key of its keywords that no mapping declares.

    Why: only declared parameters can be given, so the key is never there: KeyError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **kwargs):
            ctx.logger.info(kwargs["reason"])
            #               ^^^^^^^^^^^^^^^^ BP755
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **kwargs):
            ctx.logger.info(kwargs.get("reason"))
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"no workflow that is mapped here declares '{d['name']}'",
    )


@rule("BP757", "short-operation-name", effect=Effect.FAILS)
def short_operation_name(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An operation is called by its short name.

    Why: a workflow knows operations by `interface.operation` only; an unknown name does nothing and
    says nothing.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("start").get()
                #                          ^^^^^^^ BP757
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                instance.execute_operation("cloudify.interfaces.lifecycle.start").get()
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"operation '{d['name']}' needs its interface in front"
        + (f", such as '{d['full']}'" if d["full"] else ""),
    )


@rule("BP759", "unknown-state", effect=Effect.FAILS, fixable="safe")
def unknown_state(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A state is compared or set that node instances never have.

    Why: the comparison never holds, so the branch behind it is never taken.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                if instance.state == "runing":
                #                    ^^^^^^^^ BP759
                    ctx.logger.info(instance.id)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                if instance.state == "started":
                    ctx.logger.info(instance.id)
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['name']}' is no state of a node instance",
    )


@rule("BP760", "unknown-modification-value", effect=Effect.FAILS, fixable="safe")
def unknown_modification_value(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """`modification` is compared with a value that it never has.

    Why: it is 'added', 'removed' or None.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                if instance.modification == "add":
                #                           ^^^^^ BP760
                    ctx.logger.info(instance.id)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            for instance in ctx.node_instances:
                if instance.modification == "added":
                    ctx.logger.info(instance.id)
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"an instance's modification is 'added', 'removed' or None, never '{d['name']}'",
    )
