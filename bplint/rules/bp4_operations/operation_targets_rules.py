"""Rules on what mappings lead to."""

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


@rule("BP450", "unknown-module", effect=Effect.FAILS, fixable="safe")
def unknown_module(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"no module '{d['module']}'" + (f" in package '{d['package']}'" if d["package"] else ""),
    )


@rule("BP451", "unknown-function", effect=Effect.FAILS, fixable="safe")
def unknown_function(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"module '{d['module']}' has no '{d['function']}'",
    )


@rule("BP452", "target-not-callable", effect=Effect.FAILS)
def target_not_callable(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['function']}' is {d['what']}, not a function",
    )


@rule("BP453", "target-is-method", effect=Effect.FAILS)
def target_is_method(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"'{d['owner']}' is a class, and only functions of modules can be mapped",
    )


@rule("BP454", "code-not-here", effect=Effect.ADVICE)
def code_not_here(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """The package of a mapping is in none of the places where code is looked for.

    Why: nothing is said of what is mapped to it. It is told once a package, for a plugin's own file and
    where an option (`--source-root`, `--plugin-path`, `--python`) says where code is.
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"package '{d['package']}' is not here: what is mapped to it is not checked",
    )


@rule("BP455", "code-syntax-error", effect=Effect.FAILS)
def code_syntax_error(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"this does not parse as Python: {d['reason']}",
    )


@rule("BP456", "python2-code", effect=Effect.FAILS)
def python2_code(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(
        fault,
        ctx,
        f"this is Python 2: {d['reason']}",
    )


@rule("BP479", "mapping-without-module", effect=Effect.FAILS)
def mapping_without_module(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    d = fault.details
    yield tell(fault, ctx, f"'{d['function']}' stands alone: a mapping is 'plugin.module.function'")
