"""Rules on a plugin folder as a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.pycode.checks.packaging_faults import (
    PackageNameDiffers,
    PackageNotPacked,
    PackageVersionDiffers,
    PluginFilesDiffer,
    PluginFilesDisagree,
    SupersededPackage,
)
from bplint.rules.rule import rule
from bplint.rules.tell_code import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP850", on=PackageNotPacked, effect=Effect.ADVICE, severity=Severity.WARNING)
def package_not_packed(fault: PackageNotPacked, ctx: Context) -> Iterator[Diagnostic]:
    """A mapped package is not in what the plugin's project packs.

    Why: the installed plugin lacks the module, and every mapping to it fails.
    Manager: it takes the blueprint and installs the plugin; every operation or workflow of the missing
        module fails.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme.wf.w}
        #              ^^^^^^^^^^^ BP850
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["other"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["acme"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"package '{fault.package}' is not among those of {fault.file}, so the installed plugin lacks it",
    )


@rule("BP851", on=PackageNameDiffers, effect=Effect.ADVICE, severity=Severity.WARNING)
def package_name_differs(fault: PackageNameDiffers, ctx: Context) -> Iterator[Diagnostic]:
    """`package_name` is not the name that the project gives itself.

    Why: the manager finds an installed plugin by its package name.
    Manager: it takes the blueprint; when a deployment is made, it does not find the plugin under this name.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acmee, package_version: '1.0'}
        #                                                       ^^^^^ BP851
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["acme"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["acme"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"package_name is '{fault.written}', and the project is called '{fault.package}'",
        help="the manager finds the installed plugin by this name",
    )


@rule("BP852", on=PackageVersionDiffers, effect=Effect.ADVICE, severity=Severity.WARNING)
def package_version_differs(fault: PackageVersionDiffers, ctx: Context) -> Iterator[Diagnostic]:
    """`package_version` is not the version that the project gives itself.

    Why: the manager asks for exactly this version of the package.
    Manager: it takes the blueprint; when a deployment is made, it does not find this version of the plugin.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.1'}
        #                                                                              ^^^^^ BP852
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["acme"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["acme"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"package_version is '{fault.written}', and the project's version is '{fault.package}'",
    )


@rule("BP853", on=PluginFilesDiffer, effect=Effect.ADVICE, severity=Severity.WARNING)
def plugin_files_differ(fault: PluginFilesDiffer, ctx: Context) -> Iterator[Diagnostic]:
    """The files of one plugin declare different things.

    Why: which file is read depends on the blueprint's version; what is in one only is missing for the
    others.
    Manager: it reads the file for the version of the blueprint; a blueprint of another version lacks what
        is not in there.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        node_types:
          acme.Pump: {derived_from: cloudify.nodes.Root}
          acme.Valve: {derived_from: cloudify.nodes.Root}
        # ^^^^^^^^^^ BP853
        #: plugin_1_5.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        node_types:
          acme.Pump: {derived_from: cloudify.nodes.Root}
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        node_types:
          acme.Pump: {derived_from: cloudify.nodes.Root}
        #: plugin_1_5.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        node_types:
          acme.Pump: {derived_from: cloudify.nodes.Root}
    """
    yield tell(
        fault,
        ctx,
        (
            f"{fault.what} is in {fault.file} and not in {fault.other}"
            if fault.mapping is None
            else f"{fault.what} is mapped to '{fault.mapping}' in {fault.other}"
        ),
    )


@rule("BP855", on=PluginFilesDisagree, effect=Effect.ADVICE)
def plugin_files_disagree(fault: PluginFilesDisagree, ctx: Context) -> Iterator[Diagnostic]:
    """The files of one plugin say different things of the same type, workflow or plugin.

    Why: which of the files a blueprint gets depends on its DSL version; a change that was made in one of
    them is most often meant for all.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_3
        plugins:
          p: {executor: central_deployment_agent, package_name: p, package_version: '1.0'}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            properties:
              speed: {type: integer, default: 3}
        #                                     ^ BP855
        #: plugin_1_4.yaml
        tosca_definitions_version: cloudify_dsl_1_4
        plugins:
          p: {executor: central_deployment_agent, package_name: p, package_version: '1.0'}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            properties:
              speed: {type: integer, default: 4}
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_3
        plugins:
          p: {executor: central_deployment_agent, package_name: p, package_version: '1.0'}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            properties:
              speed: {type: integer, default: 3}
        #: plugin_1_4.yaml
        tosca_definitions_version: cloudify_dsl_1_4
        plugins:
          p: {executor: central_deployment_agent, package_name: p, package_version: '1.0'}
        node_types:
          acme.Pump:
            derived_from: cloudify.nodes.Root
            properties:
              speed: {type: integer, default: 3}
    """
    if fault.value == "" and fault.other_value is None:
        message = f"{fault.what} is in {fault.file} and not in {fault.other}"
    else:
        here, there = (
            "not given" if value is None else f"'{value}'" for value in (fault.value, fault.other_value)
        )
        message = f"{fault.what} is {here}, and {there} in {fault.other}"
    yield tell(fault, ctx, message)


@rule("BP854", on=SupersededPackage, effect=Effect.ADVICE, severity=Severity.WARNING)
def superseded_package(fault: SupersededPackage, ctx: Context) -> Iterator[Diagnostic]:
    """The project requires a package that cloudify-common has superseded.

    Why: it stopped at release 4.4, and beside cloudify-common it overwrites the same modules.
    Manager: it installs both packages, and what is imported is the old one or the new one by chance.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", install_requires=["cloudify-plugins-common>=4.0"])
        #@ BP854 3:53-3:83
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        plugins:
          p: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
        workflows:
          w: {mapping: p.acme.wf.w}
        #: setup.py
        from setuptools import find_packages, setup

        setup(name="acme", version="1.0", packages=["acme"], install_requires=["cloudify-common>=5.0"])
        #: acme/__init__.py

        #: acme/wf.py
        def w(ctx, **_):
            ctx.logger.info("hello")
    """
    yield tell(
        fault,
        ctx,
        f"'{fault.name}' is superseded; require '{fault.instead}' instead",
    )
