"""Rules on defaults that stand in the signatures of workflow functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.checks.signature_faults import DefaultDiffers, DefaultRepeated, DefaultUndeclared
from bplint.pycode.flow.workflow_faults import ParameterNeverRead
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP726", on=DefaultUndeclared, effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def default_undeclared(fault: DefaultUndeclared, ctx: Context) -> Iterator[Diagnostic]:
    """A default is placed in the signature and the parameter declares none.

    Why: people see and change the defaults of the parameters' declaration; one in the code can be
    neither seen nor changed.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
        #            ^^^^^^ BP726
        #: plugins/p/wf.py
        def w(ctx, speed=3):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info(speed)
    """
    nowhere = "is declared nowhere: who runs the workflow does not see it"
    where = "declares none" if fault.is_declared else nowhere
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' has the default {fault.value} in the code and {where}",
        help="declare the parameter with this default and take it from the signature",
    )


@rule("BP727", on=DefaultRepeated, effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def default_repeated(fault: DefaultRepeated, ctx: Context) -> Iterator[Diagnostic]:
    """A declared default is repeated in the function's signature.

    Why: the declared one is always passed; the copy in the code only waits to be forgotten in a change.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #     ^^^^^ BP727
        #: plugins/p/wf.py
        def w(ctx, speed=3):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"the default {fault.value} of '{fault.argument}' is declared; "
        f"the copy in the code {_applies(fault.is_relied)}",
        help="take it from the signature",
    )


@rule("BP728", on=DefaultDiffers, effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def default_differs(fault: DefaultDiffers, ctx: Context) -> Iterator[Diagnostic]:
    """A default in the function's signature differs from the declared one.

    Why: the declared one is always passed; who reads the code is misled.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #     ^^^^^ BP728
        #: plugins/p/wf.py
        def w(ctx, speed=5):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info(speed)
    """
    declared = repr(fault.declared_value)
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' is declared as {declared}; "
        f"{fault.value} in the code {_applies(fault.is_relied)}",
        help="take it from the signature",
    )


@rule("BP756", on=ParameterNeverRead, effect=Effect.ADVICE, severity=Severity.WARNING)
def parameter_never_read(fault: ParameterNeverRead, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow declares a parameter that its function never looks at.

    Why: who gives it expects it to matter.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #     ^^^^^ BP756
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' never reads parameter '{fault.argument}'",
    )


def _applies(is_relied: bool) -> str:
    """When a default in the code applies although one is declared."""
    return "applies to calls from other code only" if is_relied else "never applies"
