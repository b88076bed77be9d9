"""Rules on the inputs of operations against the signatures of their functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.checks.signature_faults import (
    OperationArgumentNotDeclared,
    OperationDefaultDiffers,
    OperationDefaultRepeated,
    OperationDefaultUndeclared,
    OperationMandatoryWithDefault,
    OperationParameterNotAccepted,
    OperationPositionalOnly,
    OperationTakesNoCtx,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP460", on=OperationTakesNoCtx, effect=Effect.FAILS)
def operation_takes_no_ctx(fault: OperationTakesNoCtx, ctx: Context) -> Iterator[Diagnostic]:
    """An operation's function takes neither `ctx` nor `**kwargs`.

    Why: `ctx` is always passed by keyword: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #                         ^^^^^^^^^^^^ BP460
        #: plugins/p/ops.py
        def create():
            pass
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #: plugins/p/ops.py
        def create(ctx):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' takes neither ctx nor **kwargs; ctx is always passed",
        help="add ctx, or **kwargs, to the signature",
    )


@rule("BP461", on=OperationParameterNotAccepted, effect=Effect.FAILS)
def operation_parameter_not_accepted(
    fault: OperationParameterNotAccepted, ctx: Context
) -> Iterator[Diagnostic]:
    """An operation has an input that its function does not take.

    Why: inputs are passed by keyword: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #           ^^^^^ BP461
        #: plugins/p/ops.py
        def create(ctx):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"the operation has an input '{fault.argument}', and '{fault.function}' does not take it",
    )


@rule("BP462", on=OperationArgumentNotDeclared, effect=Effect.FAILS)
def operation_argument_not_declared(
    fault: OperationArgumentNotDeclared, ctx: Context
) -> Iterator[Diagnostic]:
    """An operation's function needs an argument that no input gives.

    Why: only inputs are passed: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #                         ^^^^^^^^^^^^ BP462
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"nothing gives '{fault.argument}', which '{fault.function}' needs",
        help="declare it as an input of the operation",
    )


@rule("BP463", on=OperationMandatoryWithDefault, effect=Effect.ADVICE, severity=Severity.WARNING)
def operation_mandatory_with_default(
    fault: OperationMandatoryWithDefault, ctx: Context
) -> Iterator[Diagnostic]:
    """A mandatory input has a default in the function's signature.

    Why: the input always has to be given, so the default in the code never applies.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer}
        #           ^^^^^ BP463
        #: plugins/p/ops.py
        def create(ctx, speed=3):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer}
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' has to be given, so its default {fault.value} in the code never applies",
    )


@rule("BP464", on=OperationPositionalOnly, effect=Effect.FAILS)
def operation_positional_only(fault: OperationPositionalOnly, ctx: Context) -> Iterator[Diagnostic]:
    """An operation's function has a positional-only argument.

    Why: everything is passed by keyword: TypeError before the first line.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #                         ^^^^^^^^^^^^ BP464
        #: plugins/p/ops.py
        def create(ctx, /):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #: plugins/p/ops.py
        def create(ctx):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' is positional-only, and the manager passes everything by keyword",
    )


@rule(
    "BP465",
    on=OperationDefaultUndeclared,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
)
def operation_default_undeclared(fault: OperationDefaultUndeclared, ctx: Context) -> Iterator[Diagnostic]:
    """A default is placed in an operation's signature and no input declares it.

    Why: people see and change the defaults of declared inputs; one in the code is hidden.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
        #                         ^^^^^^^^^^^^ BP465
        #: plugins/p/ops.py
        def create(ctx, speed=3):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' has the default {fault.value} in the code and is no input of the operation",
    )


@rule(
    "BP466",
    on=OperationDefaultRepeated,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    fixable="unsafe",
)
def operation_default_repeated(fault: OperationDefaultRepeated, ctx: Context) -> Iterator[Diagnostic]:
    """A declared default of an input is repeated in the function's signature.

    Why: the declared one is always passed; the copy in the code only waits to be forgotten in a change.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #           ^^^^^ BP466
        #: plugins/p/ops.py
        def create(ctx, speed=3):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    """
    yield tell(
        fault,
        ctx,
        f"the default {fault.value} of '{fault.argument}' is declared; "
        f"the copy in the code {_applies(fault.is_relied)}",
    )


@rule("BP467", on=OperationDefaultDiffers, effect=Effect.ADVICE, severity=Severity.WARNING, fixable="unsafe")
def operation_default_differs(fault: OperationDefaultDiffers, ctx: Context) -> Iterator[Diagnostic]:
    """A default in an operation's signature differs from the input's declared one.

    Why: the declared one is always passed; who reads the code is misled.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #           ^^^^^ BP467
        #: plugins/p/ops.py
        def create(ctx, speed=5):
            ctx.logger.info(speed)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create:
                  implementation: p.ops.create
                  inputs:
                    speed: {type: integer, default: 3}
        #: plugins/p/ops.py
        def create(ctx, speed):
            ctx.logger.info(speed)
    """
    declared = repr(fault.declared_value)
    yield tell(
        fault,
        ctx,
        f"'{fault.argument}' is declared as {declared}; "
        f"{fault.value} in the code {_applies(fault.is_relied)}",
    )


def _applies(is_relied: bool) -> str:
    """When a default in the code applies although one is declared."""
    return "applies to calls from other code only" if is_relied else "never applies"
