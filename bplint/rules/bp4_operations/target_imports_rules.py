"""Rules on the imports behind mappings, and on where code is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.checks.target_faults import (
    ImportFails,
    ImportNotHere,
    ImportNotInstalled,
    MissingImport,
    UnknownImportName,
    UnusableInterpreter,
)
from bplint.pycode.code_faults import PluginSourceNotFound
from bplint.rules.rule import rule
from bplint.rules.tell_code import falls, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP457", on=MissingImport, effect=Effect.FAILS)
def missing_import(fault: MissingImport, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping imports a module that does not exist.

    Why: the import fails, so nothing that is mapped to the module runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: plugins/p/acme/__init__.py

        #: plugins/p/acme/common.py
        SPEED = 3
        #: plugins/p/acme/wf.py
        from acme.comon import SPEED
        #                      ^^^^^ BP457


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: plugins/p/acme/__init__.py

        #: plugins/p/acme/common.py
        SPEED = 3
        #: plugins/p/acme/wf.py
        from acme.common import SPEED


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    """
    yield tell(
        fault,
        ctx,
        f"no module '{fault.module}'" + falls(fault),
    )


@rule("BP458", on=ImportNotHere, effect=Effect.ADVICE)
def import_not_here(fault: ImportNotHere, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping imports a package that is not here and that its project does not ask for.

    Why: unless something else installs it, the import fails on the manager.
    Manager: it takes the blueprint; unless something else installs the package, the operation or workflow
        fails when its code is imported.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import acme_cloud
        #      ^^^^^^^^^^ BP458


        def w(ctx, **_):
            ctx.logger.info(acme_cloud)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import acme_cloud


        def w(ctx, **_):
            ctx.logger.info(acme_cloud)
        #: plugins/p/setup.py
        from setuptools import setup

        setup(name="p", version="1.0", py_modules=["wf"], install_requires=["acme-cloud>=2"])
    """
    yield tell(
        fault,
        ctx,
        f"package '{fault.package}' is not here, and the project does not require it",
        help="add it to what the project requires",
    )


@rule("BP459", on=UnknownImportName, effect=Effect.FAILS)
def unknown_import_name(fault: UnknownImportName, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping imports a name that its source does not have.

    Why: the import fails, so nothing that is mapped to the module runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/common.py
        SPEED = 3
        #: plugins/p/wf.py
        from common import SPED
        #                  ^^^^ BP459


        def w(ctx, **_):
            ctx.logger.info(SPED)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/common.py
        SPEED = 3
        #: plugins/p/wf.py
        from common import SPEED


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    """
    yield tell(
        fault,
        ctx,
        f"module '{fault.module}' has no '{fault.name}'" + falls(fault),
    )


@rule("BP475", on=ImportFails, effect=Effect.FAILS)
def import_fails(fault: ImportFails, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping cannot be imported.

    Why: `--import-check` imported it for real, and this is what it raised.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #              ^^^^^^ BP475
        #: plugins/p/wf.py
        DEEP = {}["nothing"]


        def w(ctx, **_):
            ctx.logger.info(DEEP)
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
        f"module '{fault.module}' is not importable: {fault.raised}",
    )


@rule("BP476", on=PluginSourceNotFound, effect=Effect.ADVICE, severity=Severity.WARNING)
def plugin_source_not_found(fault: PluginSourceNotFound, ctx: Context) -> Iterator[Diagnostic]:
    """A plugin's `source` is not beside the blueprint.

    Why: the manager looks for a folder or archive of this name in `plugins/`; without it the plugin
    cannot be installed.
    Manager: it takes the blueprint; installing the plugin fails when a deployment is made, unless the
        plugin is on the manager already.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: acme}
        # ^ BP476
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: acme}
        #: plugins/acme/setup.py
        import setuptools
    """
    yield tell(
        fault,
        ctx,
        f"the plugin's source 'plugins/{fault.source}' is not there",
        help="it is a folder or an archive beside the blueprint",
    )


@rule("BP477", on=ImportNotInstalled, effect=Effect.FAILS)
def import_not_installed(fault: ImportNotInstalled, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping imports a package that the given Python does not have.

    Why: `--python` says which interpreter runs the code; there the import fails.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import acme_cloud
        #      ^^^^^^^^^^ BP477


        def w(ctx, **_):
            ctx.logger.info(acme_cloud)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        import json


        def w(ctx, **_):
            ctx.logger.info(json)
    """
    yield tell(
        fault,
        ctx,
        f"package '{fault.package}' is not installed for {fault.executable}",
    )


@rule("BP478", on=UnusableInterpreter, effect=Effect.ADVICE, severity=Severity.WARNING)
def unusable_interpreter(fault: UnusableInterpreter, ctx: Context) -> Iterator[Diagnostic]:
    """The interpreter of `--python` cannot be asked for its packages.

    Why: code is then looked for in the other places only.
    Manager: nothing: the interpreter is one of this machine.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #@ BP478 1:1-1:1
        #: plugins/p/wf.py
        def w(ctx, **_):
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
        f"'{fault.executable}' cannot be asked for its packages: {fault.reason}",
    )
