"""Rules on defaults that stand in the signatures of workflow functions."""

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


@rule("BP726", "default-undeclared", effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def default_undeclared(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    where = "declares none" if d["property"] is not None else "is declared nowhere: nobody can change it"
    yield tell(
        fault,
        ctx,
        f"'{d['argument']}' has the default {d['value']} in the code and {where}",
        help="declare the parameter with this default and take it from the signature",
    )


@rule("BP727", "default-repeated", effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def default_repeated(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"the default {d['value']} of '{d['argument']}' is declared; the copy in the code never applies",
        help="take it from the signature",
    )


@rule("BP728", "default-differs", effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def default_differs(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['argument']}' is declared as {d['declared_value']!r}; {d['value']} in the code never applies",
        help="take it from the signature",
    )


@rule("BP756", "parameter-never-read", effect=Effect.ADVICE, severity=Severity.WARNING)
def parameter_never_read(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['function']}' never reads parameter '{d['argument']}'",
    )
