"""Rules on names, imports and literals in workflow code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.checks.target_faults import UnknownCloudifyName
from bplint.pycode.flow.workflow_faults import (
    ShortOperationName,
    UndeclaredParameterRead,
    UndefinedName,
    UnknownModificationValue,
    UnknownState,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import falls, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP747", on=UndefinedName, effect=Effect.FAILS)
def undefined_name(fault: UndefinedName, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"name '{fault.name}' is not defined",
    )


@rule("BP751", on=UnknownCloudifyName, effect=Effect.FAILS)
def unknown_cloudify_name(fault: UnknownCloudifyName, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"cloudify-common 7.0.5 has no {fault.what} '{fault.name}'"
        + (f" in '{fault.module}'" if fault.what == "name" else f" ('{fault.module}')")
        + falls(fault),
    )


@rule("BP755", on=UndeclaredParameterRead, effect=Effect.FAILS)
def undeclared_parameter_read(fault: UndeclaredParameterRead, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"no workflow that is mapped here declares '{fault.name}'",
    )


@rule("BP757", on=ShortOperationName, effect=Effect.FAILS)
def short_operation_name(fault: ShortOperationName, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"operation '{fault.name}' needs its interface in front"
        + (f", such as '{fault.full}'" if fault.full else ""),
    )


@rule("BP759", on=UnknownState, effect=Effect.FAILS, fixable="safe")
def unknown_state(fault: UnknownState, ctx: Context) -> Iterator[Diagnostic]:
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
                if instance.state == "strted":
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
    yield tell(
        fault,
        ctx,
        f"'{fault.name}' is no state of a node instance",
    )


@rule("BP760", on=UnknownModificationValue, effect=Effect.FAILS, fixable="safe")
def unknown_modification_value(fault: UnknownModificationValue, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"an instance's modification is 'added', 'removed' or None, never '{fault.name}'",
    )
