"""Rules on the releases of published plugins that an import allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import LOGIC, Effect, Severity
from bplint.dsl.versions import version_text
from bplint.imports.import_faults import (
    FetchedImportDiffers,
    MovingImport,
    NewerReleaseNeedsVersion,
    NewerReleaseRefuses,
    VersionNewerThanTarget,
)
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP155", on=NewerReleaseNeedsVersion, effect=Effect.ADVICE)
def newer_release_needs_version(fault: NewerReleaseNeedsVersion, ctx: Context) -> Iterator[Diagnostic]:
    """An import allows releases of a plugin that need a newer version of the language.

    Why: a manager takes the newest installed release that fits the import. If that is one of these, it
        refuses the blueprint. bplint judges with the newest release that the blueprint can take.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_3
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-gcp-plugin
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ BP155
    Good:
        tosca_definitions_version: cloudify_dsl_1_3
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-gcp-plugin?version=<1.7
    Fix: say in the import which releases are meant, or the newer version of the language in the blueprint.
    """
    plugin, judge, features = fault.plugin, fault.judge, fault.features
    needs = version_text(fault.needs) if fault.needs else "a version that there is not"
    what = f" for {_listed(features)}" if features else ""
    yield ctx.report(
        fault,
        f"{plugin} from {fault.since} on needs {needs}{what}; checked against {plugin} {judge}",
        help=f"say version=<{fault.since} in the import, or {needs} in the blueprint",
    )


@rule("BP156", on=NewerReleaseRefuses, effect=Effect.ADVICE)
def newer_release_refuses(fault: NewerReleaseRefuses, ctx: Context) -> Iterator[Diagnostic]:
    """An import allows releases of a plugin with which the manager refuses the blueprint.

    Why: a manager takes the newest installed release that fits the import. If that is one of these, it
        refuses the blueprint, or a function that the blueprint maps to is not there. bplint judges with the
        newest release that accepts it.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^ BP156
        node_templates:
          address: {type: cloudify.aws.nodes.ElasticIP}
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin
        node_templates:
          address: {type: cloudify.nodes.aws.ec2.ElasticIP}
    Fix: say in the import which releases are meant, or write the blueprint for the newer ones.
    """
    plugin, number = fault.plugin, fault.number
    more = f", and {number - 1} more" if number > 1 else ""
    yield ctx.report(
        fault,
        f"with {plugin} from {fault.since} on the blueprint {fault.verb}: {fault.message} "
        f"({fault.code}{more}); checked against {plugin} {fault.judge}",
        help=f"say version=<{fault.since} in the import, or write the blueprint for the newer releases",
    )


@rule("BP157", on=MovingImport, effect=Effect.ADVICE)
def moving_import(fault: MovingImport, ctx: Context) -> Iterator[Diagnostic]:
    """An import names a branch, so that what it brings changes in time.

    Why: the blueprint of today may be refused tomorrow, without a change of its own. bplint knows releases
        only and takes the newest; what contradicts that is told with medium confidence.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - https://raw.githubusercontent.com/cloudify-cosmo/cloudify-aws-plugin/master/plugin.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP157
    Good:
        imports:
          - cloudify/types/types.yaml
          - https://raw.githubusercontent.com/cloudify-cosmo/cloudify-aws-plugin/3.2.4/plugin.yaml
    Fix: name a release.
    """
    entry = fault.entry
    message = f"import '{entry.text}' moves; checked against {entry.answered_by}, the newest that fits"
    yield ctx.report(fault, message, help="name a release")


@rule("BP158", on=FetchedImportDiffers, effect=Effect.ADVICE, severity=Severity.WARNING)
def fetched_import_differs(fault: FetchedImportDiffers, ctx: Context) -> Iterator[Diagnostic]:
    """A file that was fetched for an import is not as it was fetched.

    Why: the lock file in `.bplint/imports` says what was fetched and looked at. A file that somebody changed
        is not read, so that the import is unknown. With --frozen this is an error.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - https://example.com/acme.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP158
        #: .bplint/imports/lock.json
        {"version": 1, "imports": [{"url": "https://example.com/acme.yaml",
          "file": "acme.yaml", "date": "2024-05-31",
          "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}]}
        #: .bplint/imports/acme.yaml
        node_types: {}
    Good:
        imports:
          - cloudify/types/types.yaml
    Fix: fetch it again with `bplint vendor --update`, and look at what has changed.
    """
    yield ctx.report(
        fault,
        f"import '{fault.entry.text}' is not read: {fault.reason}",
        severity=Severity.ERROR if fault.is_frozen else None,
        help="fetch it again with 'bplint vendor --update', and look at what has changed",
    )


@rule(
    "BP159",
    on=VersionNewerThanTarget,
    effect=Effect.REFUSED,
    references=((LOGIC, 29),),
    source="elements/version.py",
)
def version_newer_than_target(fault: VersionNewerThanTarget, ctx: Context) -> Iterator[Diagnostic]:
    """The line of managers that is meant does not know the version of the language.

    Why: the manager refuses the blueprint. A line of managers knows the versions up to that of its own
        built-in types; which line is meant is said with --target.
    Bad:
        #! --target 6.3
        tosca_definitions_version: cloudify_dsl_1_4
        #                          ^^^^^^^^^^^^^^^^ BP159
        imports:
          - cloudify/types/types.yaml
    Good:
        #! --target 6.3
        tosca_definitions_version: cloudify_dsl_1_3
        imports:
          - cloudify/types/types.yaml
    Fix: say an older version, or take a newer manager.
    """
    newest, said = version_text(fault.newest), version_text(fault.version)
    yield ctx.report(
        fault,
        f"managers {fault.target} know versions up to {newest}, and the blueprint says {said}",
        help=f"say {newest} at most",
    )


def _listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and 2 more`."""
    quoted = [f"'{name}'" for name in names[:3]]
    if len(names) > 3:
        return f"{', '.join(quoted[:2])} and {len(names) - 2} more"
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
