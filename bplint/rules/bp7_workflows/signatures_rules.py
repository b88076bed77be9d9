"""Rules on the parameters of workflows against the signatures of their functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.checks.signature_faults import (
    ArgumentNotDeclared,
    MandatoryWithDefault,
    OptionalWithoutDefault,
    ParameterNotAccepted,
    PositionalOnly,
    TakesNoCtx,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP720", on=TakesNoCtx, effect=Effect.FAILS)
def takes_no_ctx(fault: TakesNoCtx, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' takes neither ctx nor **kwargs; ctx is always passed",
        help="add ctx, or **kwargs, to the signature",
    )


@rule("BP721", on=ParameterNotAccepted, effect=Effect.FAILS)
def parameter_not_accepted(fault: ParameterNotAccepted, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"the workflow has a parameter '{fault.argument}', and '{fault.function}' does not take it",
    )


@rule("BP722", on=ArgumentNotDeclared, effect=Effect.FAILS, fixable="unsafe")
def argument_not_declared(fault: ArgumentNotDeclared, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"nothing declares '{fault.argument}', which '{fault.function}' needs",
        help="declare it as a parameter of the workflow",
    )


@rule("BP723", on=MandatoryWithDefault, effect=Effect.ADVICE, severity=Severity.WARNING)
def mandatory_with_default(fault: MandatoryWithDefault, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' has to be given, so its default {fault.value} in the code never applies",
        help="declare the default in the workflow's parameters",
    )


@rule("BP724", on=OptionalWithoutDefault, effect=Effect.FAILS)
def optional_without_default(fault: OptionalWithoutDefault, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"parameter '{fault.argument}' is optional and has no default, and '{fault.function}' needs it",
        help="give the parameter a default, or the argument None",
    )


@rule("BP725", on=PositionalOnly, effect=Effect.FAILS)
def positional_only(fault: PositionalOnly, ctx: Context) -> Iterator[Diagnostic]:
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
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' is positional-only, and the manager passes everything by keyword",
    )
