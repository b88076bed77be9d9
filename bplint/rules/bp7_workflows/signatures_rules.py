"""Rules on the parameters of workflows against the signatures of their functions."""

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


@rule("BP720", "takes-no-ctx", effect=Effect.FAILS)
def takes_no_ctx(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow's function takes neither `ctx` nor `**kwargs`.

    Why: `ctx` is always passed by keyword: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #              ^^^^^^ BP720
        #: plugins/p/wf.py
        def w():
            pass
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx):
            ctx.logger.info("hello")
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['function']}' takes neither ctx nor **kwargs; ctx is always passed",
        help="add ctx, or **kwargs, to the signature",
    )


@rule("BP721", "parameter-not-accepted", effect=Effect.FAILS)
def parameter_not_accepted(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow declares a parameter that its function does not take.

    Why: parameters are passed by keyword: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, default: 3}
        #     ^^^^^ BP721
        #: plugins/p/wf.py
        def w(ctx):
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
        f"'{d['function']}' does not take '{d['argument']}'",
    )


@rule("BP722", "argument-not-declared", effect=Effect.FAILS, fixable="unsafe")
def argument_not_declared(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow's function needs an argument that nothing declares.

    Why: only declared parameters are passed: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
        #            ^^^^^^ BP722
        #: plugins/p/wf.py
        def w(ctx, speed):
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
        f"nothing declares '{d['argument']}', which '{d['function']}' needs",
        help="declare it as a parameter of the workflow",
    )


@rule("BP723", "mandatory-with-default", effect=Effect.ADVICE, severity=Severity.WARNING)
def mandatory_with_default(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A mandatory parameter has a default in the function's signature.

    Why: the parameter always has to be given, so the default in the code never applies.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer}
        #     ^^^^^ BP723
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
              speed: {type: integer}
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info(speed)
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['argument']}' has to be given, so its default {d['value']} in the code never applies",
        help="declare the default in the workflow's parameters",
    )


@rule("BP724", "optional-without-default", effect=Effect.FAILS)
def optional_without_default(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A parameter need not be given, and its argument has no default.

    Why: such a parameter is not passed at all when it is not given: TypeError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, required: false}
        #     ^^^^^ BP724
        #: plugins/p/wf.py
        def w(ctx, speed):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
            parameters:
              speed: {type: integer, required: false}
        #: plugins/p/wf.py
        def w(ctx, speed=None):
            ctx.logger.info(speed)
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['argument']}' is not passed when it is not given, and '{d['function']}' needs it",
        help="give the parameter a default, or the argument None",
    )


@rule("BP725", "positional-only", effect=Effect.FAILS)
def positional_only(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow's function has a positional-only argument.

    Why: everything is passed by keyword: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w:
            mapping: p.wf.w
        #            ^^^^^^ BP725
            parameters:
              speed: {type: integer, default: 3}
        #     ^^^^^ BP725
        #: plugins/p/wf.py
        def w(ctx, speed, /):
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
        def w(ctx, *, speed):
            ctx.logger.info(speed)
    """
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['argument']}' can only be passed by position; everything is passed by keyword",
    )
