"""Rules on modules that cannot be read, and on names that they do not have when they are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.checks.target_faults import (
    CoroutineTarget,
    MissingModuleAttribute,
    UndecodableModule,
    UndefinedAtImport,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import falls, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP447", on=UndecodableModule, effect=Effect.FAILS)
def undecodable_module(fault: UndecodableModule, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping cannot be decoded.

    Why: Python reads it as UTF-8, or as the encoding that its first lines name: SyntaxError.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/names.py
        # coding: no-such-codec
        SPEED = 3
        #: plugins/p/wf.py
        from names import SPEED
        #                 ^^^^^ BP447


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/names.py
        # coding: latin-1
        SPEED = 3
        #: plugins/p/wf.py
        from names import SPEED


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    """
    yield tell(
        fault,
        ctx,
        f"module '{fault.module}' is not in the encoding that it declares, or not in UTF-8" + falls(fault),
    )


@rule("BP448", on=MissingModuleAttribute, effect=Effect.FAILS)
def missing_module_attribute(fault: MissingModuleAttribute, ctx: Context) -> Iterator[Diagnostic]:
    """A module is asked for a name that it does not have.

    Why: AttributeError; at the top level the import fails, so nothing that is mapped to the module runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify import decorators


        @decorators.worfklow
        #           ^^^^^^^^ BP448
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify import decorators


        @decorators.workflow
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(fault, ctx, f"module '{fault.module}' has no '{fault.name}'" + falls(fault))


@rule("BP449", on=UndefinedAtImport, effect=Effect.FAILS)
def undefined_at_import(fault: UndefinedAtImport, ctx: Context) -> Iterator[Diagnostic]:
    """The top level of a module uses a name that nothing defines.

    Why: NameError when the module is imported, so nothing that is mapped to it runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        @workflow
        #^^^^^^^^ BP449
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify.decorators import workflow


        @workflow
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(fault, ctx, f"name '{fault.name}' is not defined" + falls(fault))


@rule("BP480", on=CoroutineTarget, effect=Effect.FAILS)
def coroutine_target(fault: CoroutineTarget, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping leads to a coroutine function.

    Why: the manager calls it and gets a coroutine, which nothing awaits: none of its lines ever runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #              ^^^^^^ BP480
        #: plugins/p/wf.py
        async def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import asyncio


        async def greet(ctx):
            ctx.logger.info("hello")


        def w(ctx, **_):
            asyncio.run(greet(ctx))
    """
    yield tell(fault, ctx, f"'{fault.function}' is an async def, and nothing runs its coroutine")
