"""Rules on what mappings lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.checks.target_faults import (
    CodeNotHere,
    MappingWithoutModule,
    TargetIsMethod,
    TargetNotCallable,
    UnknownFunction,
    UnknownModule,
)
from bplint.pycode.code_faults import CodeSyntaxError, Python2Code
from bplint.rules.rule import rule
from bplint.rules.tell_code import falls, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP450", on=UnknownModule, effect=Effect.FAILS, fixable="safe")
def unknown_module(fault: UnknownModule, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping names a module that does not exist.

    Why: the manager imports the module when the operation or workflow starts, and fails.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.package.taks.w}
        #                        ^^^^ BP450
        #: plugins/p/package/__init__.py

        #: plugins/p/package/tasks.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.package.tasks.w}
        #: plugins/p/package/__init__.py

        #: plugins/p/package/tasks.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"no module '{fault.module}'" + (f" in package '{fault.package}'" if fault.package else ""),
    )


@rule("BP451", on=UnknownFunction, effect=Effect.FAILS, fixable="safe")
def unknown_function(fault: UnknownFunction, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping names a function that its module does not have.

    Why: the manager looks the function up when the operation or workflow starts, and fails.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.instal}
        #                   ^^^^^^ BP451
        #: plugins/p/wf.py
        def install(ctx, **_):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.install}
        #: plugins/p/wf.py
        def install(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"module '{fault.module}' has no '{fault.function}'",
    )


@rule("BP452", on=TargetNotCallable, effect=Effect.FAILS)
def target_not_callable(fault: TargetNotCallable, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping leads to something that cannot be called.

    Why: the manager looks it up when the operation or workflow starts, and fails.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.NAMES}
        #              ^^^^^^^^^^ BP452
        #: plugins/p/wf.py
        NAMES = ["install"]
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.install}
        #: plugins/p/wf.py
        def install(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.function}' is {fault.what}, not a function",
    )


@rule("BP453", on=TargetIsMethod, effect=Effect.FAILS)
def target_is_method(fault: TargetIsMethod, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping names a method of a class.

    Why: everything but the last part is imported as a module, and a class is no module.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.Workflows.install}
        #              ^^^^^^^^^^^^^^^^^^^^^^ BP453
        #: plugins/p/wf.py
        class Workflows:
            @staticmethod
            def install(ctx, **_):
                ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.install}
        #: plugins/p/wf.py
        class Workflows:
            @staticmethod
            def install(ctx, **_):
                ctx.logger.info("hello")


        install = Workflows.install
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.owner}' is a class, and only functions of modules can be mapped",
    )


@rule("BP454", on=CodeNotHere, effect=Effect.ADVICE)
def code_not_here(fault: CodeNotHere, ctx: Context) -> Iterator[Diagnostic]:
    """The package of a mapping is in none of the places where code is looked for.

    Why: nothing is said of what is mapped to it. It is told once a package, for a plugin's own file and
    where an option (`--source-root`, `--plugin-path`, `--python`) says where code is.
    Manager: it looks for the code in the installed plugin, which bplint cannot see.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        plugins:
          p: {executor: central_deployment_agent, package_name: p, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme_tools.tasks.w}
        #              ^^^^^^^^^^^^^^^^^^^^ BP454
          v: {mapping: p.acme_tools.tasks.v}
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        plugins:
          p: {executor: central_deployment_agent, package_name: p, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme_tools.tasks.w}
        #: acme_tools/tasks.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"package '{fault.package}' is not here: what is mapped to it is not checked",
    )


@rule("BP455", on=CodeSyntaxError, effect=Effect.FAILS)
def code_syntax_error(fault: CodeSyntaxError, ctx: Context) -> Iterator[Diagnostic]:
    """A Python file behind a mapping does not parse.

    Why: it cannot be imported or run.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_)
        #@ BP455 1:1-1:16
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"this does not parse as Python: {fault.reason}" + falls(fault),
    )


@rule("BP456", on=Python2Code, effect=Effect.FAILS)
def python2_code(fault: Python2Code, ctx: Context) -> Iterator[Diagnostic]:
    """Code can only run under Python 2.

    Why: managers and agents run Python 3.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            print "hello"
        #@ BP456 2:5-2:18
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            print("hello")
    """
    yield tell(
        fault,
        ctx,
        f"this is Python 2: {fault.reason}" + falls(fault),
    )


@rule("BP479", on=MappingWithoutModule, effect=Effect.FAILS)
def mapping_without_module(fault: MappingWithoutModule, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping names a function and no module.

    Why: what stands between the plugin's name and the last part is imported, and here nothing does.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.install}
        #              ^^^^^^^^^ BP479
        #: plugins/p/wf.py
        def install(ctx, **_):
            ctx.logger.info("hello")
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.install}
        #: plugins/p/wf.py
        def install(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(fault, ctx, f"'{fault.function}' stands alone: a mapping is 'plugin.module.function'")
