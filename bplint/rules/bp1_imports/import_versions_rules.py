"""Rules on imported files that do not fit the blueprint: their version, their sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC, Effect, Related
from bplint.dsl.versions import version_text
from bplint.imports.graph import related_chain
from bplint.imports.import_faults import (
    BasicTypesWithoutTypes,
    ImportNeedsNewerVersion,
    ImportUnknownSection,
    ImportVersionNewer,
    ImportVersionUnsupported,
)
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

FORMAT: Final = "DSLParsingFormatException"


@rule(
    "BP118",
    on=ImportVersionNewer,
    effect=Effect.REFUSED,
    references=((LOGIC, 28),),
    source="elements/imports.py",
)
def import_version_newer(fault: ImportVersionNewer, ctx: Context) -> Iterator[Diagnostic]:
    """An imported file declares a newer version of the language than the blueprint.

    Why: the manager refuses the blueprint. An older version in an import, or none, is fine.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_2
        imports:
          - cloudify/types/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^ BP118
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
        imports:
          - cloudify/types/types.yaml
    """
    main, imported = fault.main, fault.imported
    entry = fault.entry
    related = [Related("the blueprint's version", main.path, fault.declared.span)]
    if fault.file is not None:
        message = f"this file says {imported}, and the blueprint that imports it only {main.version}"
        yield ctx.report(fault, message, related=[*related, *related_chain(fault.file)])
        return
    message = f"{entry.answered_by} says {imported}, and the blueprint only {main.version}"
    advice = f"say {imported} in the blueprint, or import an older version"
    yield ctx.report(fault, message, related=related, help=advice, blame=entry.text)


@rule(
    "BP119",
    on=ImportVersionUnsupported,
    effect=Effect.REFUSED,
    references=(("ValueError", None),),
    source="elements/imports.py",
)
def import_version_unsupported(fault: ImportVersionUnsupported, ctx: Context) -> Iterator[Diagnostic]:
    """An imported file declares a version that does not exist.

    Why: the parser crashes on it.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
        #: types.yaml
        tosca_definitions_version: cloudify_dsl_2_0
        #                          ^^^^^^^^^^^^^^^^ BP119
    Good:
        imports:
          - cloudify/types/types.yaml
          - types.yaml
        #: types.yaml
        tosca_definitions_version: cloudify_dsl_1_3
    """
    text = fault.text
    message = f"there is no version '{text}' of the language" if text else "the version is empty"
    advice = "take the line out: an imported file needs no version"
    yield ctx.report(fault, message, help=advice, related=related_chain(fault.file))


@rule(
    "BP120",
    on=ImportNeedsNewerVersion,
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="version gates of dsl_parser",
)
def import_needs_newer_version(fault: ImportNeedsNewerVersion, ctx: Context) -> Iterator[Diagnostic]:
    """A plugin uses what the blueprint's version of the language does not have.

    Why: the manager refuses the blueprint although nothing in it is wrong: no release that the import allows
        fits. Say a newer version in the blueprint, or import an older version of the plugin.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_3
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=>=3.2
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP120
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=>=3.2
    """
    entry = fault.entry
    gates = fault.gates
    needed = max(gate.version for gate in gates)
    first = next(gate for gate in gates if gate.version == needed)
    have = version_text(fault.main)
    message = (
        f"{entry.answered_by} needs {version_text(needed)} for '{first.feature}' at {first.path}, "
        f"and the blueprint says {have}"
    )
    advice = f"say {version_text(needed)} in the blueprint, or import an older version"
    yield ctx.report(fault, message, help=advice, blame=entry.text)


@rule(
    "BP122",
    on=BasicTypesWithoutTypes,
    effect=Effect.REFUSED,
    references=(("AttributeError", None),),
    source="elements/imports.py",
)
def basic_types_without_types(fault: BasicTypesWithoutTypes, ctx: Context) -> Iterator[Diagnostic]:
    """`metadata` says that this file holds Cloudify's types, and it has no `node_types`.

    Why: the parser crashes on it.
    Bad:
        #@ BP122 2:1-2:9
        metadata: {cloudify_types: true}
    Good:
        metadata: {title: my blueprint}
    """
    message = "'cloudify_types' belongs in a file that defines Cloudify's node types"
    yield ctx.report(fault, message, related=related_chain(fault.file))


@rule(
    "BP123",
    on=ImportUnknownSection,
    effect=Effect.REFUSED,
    references=(("ValueError", None), (FORMAT, 1)),
    source="elements/blueprint.py",
)
def import_unknown_section(fault: ImportUnknownSection, ctx: Context) -> Iterator[Diagnostic]:
    """An import of the catalogue has sections that the language does not have any more.

    Why: the manager refuses the blueprint. The types of Cloudify 3.0 were written for an older language.
    Bad:
        imports:
          - http://www.getcloudify.org/spec/cloudify/3.0/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP123
    Good:
        imports:
          - http://www.getcloudify.org/spec/cloudify/5.0.5/types.yaml
    """
    entry = fault.entry
    names = ", ".join(f"'{name}'" for name in fault.names)
    yield ctx.report(fault, f"{entry.answered_by} has unknown sections: {names}", blame=entry.text)
