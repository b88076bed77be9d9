"""Rules on imports behind mappings that fail by the way Python imports, and on the Python that runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.pycode.checks.target_faults import (
    CircularImport,
    FormerCloudifyName,
    ImplicitRelativeImport,
    MissingInPython,
    RelativeImportOutsidePackage,
    ShadowedModule,
)
from bplint.pycode.code_faults import Python3End
from bplint.rules.rule import rule
from bplint.rules.tell_code import falls, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP440", on=MissingInPython, effect=Effect.FAILS)
def missing_in_python(fault: MissingInPython, ctx: Context) -> Iterator[Diagnostic]:
    """A module behind a mapping imports what the standard library does not have.

    Why: the import fails, so nothing that is mapped to the module runs. Which Python runs the code follows
    from the types that the blueprint imports, or from `--target-python`.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from collections import Mapping
        #                       ^^^^^^^ BP440


        def w(ctx, **kwargs):
            ctx.logger.info("%s", isinstance(kwargs.get("speeds"), Mapping))
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from collections.abc import Mapping


        def w(ctx, **kwargs):
            ctx.logger.info("%s", isinstance(kwargs.get("speeds"), Mapping))
    """
    where = f"module '{fault.module}' of Python {fault.python}" if fault.module else f"Python {fault.python}"
    what = f"'{fault.name}'" if fault.module else f"module '{fault.name}'"
    last = f"; Python {fault.had} was the last to have it" if fault.had else ""
    yield tell(fault, ctx, f"{where} has no {what}{last}{falls(fault)}")


@rule("BP441", on=CircularImport, effect=Effect.FAILS)
def circular_import(fault: CircularImport, ctx: Context) -> Iterator[Diagnostic]:
    """Modules behind a mapping import each other, and one asks for a name too early.

    Why: while a module is being imported it has only the names that it has bound so far: the import fails,
    so nothing that is mapped to the module runs. `import module` instead of `from module import name` helps.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: plugins/p/acme/__init__.py
        #: plugins/p/acme/wf.py
        from acme.common import log


        SPEED = 3


        def w(ctx, **_):
            log(ctx)
        #: plugins/p/acme/common.py
        from acme.wf import SPEED
        #                   ^^^^^ BP441


        def log(ctx):
            ctx.logger.info(SPEED)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: plugins/p/acme/__init__.py
        #: plugins/p/acme/wf.py
        from acme.common import log


        SPEED = 3


        def w(ctx, **_):
            log(ctx)
        #: plugins/p/acme/common.py
        import acme.wf


        def log(ctx):
            ctx.logger.info(acme.wf.SPEED)
    """
    early = f"module '{fault.module}' has no '{fault.name}' yet"
    yield tell(fault, ctx, f"{early}: importing '{fault.start}' comes here before it is bound{falls(fault)}")


@rule("BP442", on=RelativeImportOutsidePackage, effect=Effect.FAILS)
def relative_import_outside_package(
    fault: RelativeImportOutsidePackage, ctx: Context
) -> Iterator[Diagnostic]:
    """A relative import leaves the outermost package.

    Why: a module at the top is in no package, and a package has nothing around it: the import fails, so
    nothing that is mapped to the module runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/common.py
        SPEED = 3
        #: plugins/p/wf.py
        from .common import SPEED
        #                   ^^^^^ BP442


        def w(ctx, **_):
            ctx.logger.info(SPEED)
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
    why = "is in no package" if fault.is_top else "is not that deep in packages"
    yield tell(fault, ctx, f"module '{fault.module}' {why}: a relative import fails here" + falls(fault))


@rule("BP443", on=ShadowedModule, effect=Effect.FAILS)
def shadowed_module(fault: ShadowedModule, ctx: Context) -> Iterator[Diagnostic]:
    """A module of the project has the name of one of the standard library, which is found first.

    Why: an installed plugin comes after the standard library on the path: what is imported has no such
    name, so nothing that is mapped to the module runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/queue.py
        SPEED = 3
        #: plugins/p/wf.py
        from queue import SPEED
        #                 ^^^^^ BP443


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/queues.py
        SPEED = 3
        #: plugins/p/wf.py
        from queues import SPEED


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.module}' is the module of the standard library, which has no '{fault.name}'" + falls(fault),
        help="put the project's module into a package, or give it another name",
    )


@rule("BP444", on=ImplicitRelativeImport, effect=Effect.FAILS)
def implicit_relative_import(fault: ImplicitRelativeImport, ctx: Context) -> Iterator[Diagnostic]:
    """A module is imported by its bare name from within its package.

    Why: Python 2 looked into the package first; Python 3 looks at the top only, where no such module is:
    the import fails, so nothing that is mapped to the module runs.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: plugins/p/acme/__init__.py
        #: plugins/p/acme/common.py
        SPEED = 3
        #: plugins/p/acme/wf.py
        from common import SPEED
        #                  ^^^^^ BP444


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
        from .common import SPEED


        def w(ctx, **_):
            ctx.logger.info(SPEED)
    """
    yield tell(
        fault,
        ctx,
        f"only Python 2 finds '{fault.module}' in package '{fault.package}' by its bare name" + falls(fault),
        help=f"write 'from . import {fault.module}' or 'from .{fault.module} import …'",
    )


@rule("BP445", on=FormerCloudifyName, effect=Effect.ADVICE)
def former_cloudify_name(fault: FormerCloudifyName, ctx: Context) -> Iterator[Diagnostic]:
    """Code imports what only earlier releases of cloudify-common have.

    Why: on a current manager the import fails.
    Manager: it takes the blueprint; on a manager of today the operation or workflow fails when its code is
        imported.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        from cloudify._compat import text_type
        #                            ^^^^^^^^^ BP445


        def w(ctx, **_):
            ctx.logger.info(text_type(3))
    Good:
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            ctx.logger.info(str(3))
    """
    name = fault.name
    yield tell(fault, ctx, f"'{name}' is no longer in cloudify-common 7.0.5: the import fails there")


@rule("BP446", on=Python3End, effect=Effect.ADVICE)
def python3_end(fault: Python3End, ctx: Context) -> Iterator[Diagnostic]:
    """Code is right for the Python of the manager whose types are imported, and for no later one.

    Why: managers up to 5.0 run plugins under Python 2.7, later ones under Python 3: there it fails. It is
    told once a file.
    Manager: it takes the blueprint; from manager 5.1 on, the operation or workflow fails.
    Bad:
        #: blueprint.yaml
        tosca_definitions_version: cloudify_dsl_1_3
        imports: [http://www.getcloudify.org/spec/cloudify/4.5/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            print "hello"
        #@ BP446 2:5-2:18
    Good:
        #: blueprint.yaml
        tosca_definitions_version: cloudify_dsl_1_3
        imports: [http://www.getcloudify.org/spec/cloudify/4.5/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, source: p}
        workflows:
          w: {mapping: p.wf.w}
        #: plugins/p/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    reason = fault.reason
    yield tell(fault, ctx, f"newer managers run Python 3, where this fails: {reason}")
