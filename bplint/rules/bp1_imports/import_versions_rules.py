"""Rules on the versions of imported files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related
from bplint.dsl.versions import version_text
from bplint.imports.graph import related_chain
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.imports.graph import ImportEntry
    from bplint.rules.context import Context

LOGIC: Final = "DSLParsingLogicException"


@rule(
    "BP118",
    "import-version-newer",
    effect=Effect.REFUSED,
    references=((LOGIC, 28),),
    source="elements/imports.py",
)
def import_version_newer(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    main, imported = fault.details["main"], fault.details["imported"]
    entry: ImportEntry = fault.details["entry"]
    related = [Related("the blueprint's version", main.path, main.version_node.span)]
    if "file" in fault.details:
        message = f"this file says {imported}, and the blueprint that imports it only {main.version}"
        yield ctx.report(fault, message, related=[*related, *related_chain(fault.details["file"])])
        return
    message = f"{entry.answered_by} says {imported}, and the blueprint only {main.version}"
    advice = f"say {imported} in the blueprint, or import an older version"
    yield ctx.report(fault, message, related=related, help=advice, blame=entry.text)


@rule(
    "BP119",
    "import-version-unsupported",
    effect=Effect.REFUSED,
    references=(("ValueError", None),),
    source="elements/imports.py",
)
def import_version_unsupported(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    text = fault.details["text"]
    message = f"there is no version '{text}' of the language" if text else "the version is empty"
    advice = "take the line out: an imported file needs no version"
    yield ctx.report(fault, message, help=advice, related=related_chain(fault.details["file"]))


@rule(
    "BP120",
    "import-needs-newer-version",
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="version gates of dsl_parser",
)
def import_needs_newer_version(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    entry: ImportEntry = fault.details["entry"]
    gates = fault.details["gates"]
    needed = max(gate.version for gate in gates)
    first = next(gate for gate in gates if gate.version == needed)
    have = version_text(fault.details["main"])
    message = (
        f"{entry.answered_by} needs {version_text(needed)} for '{first.feature}' at {first.path}, "
        f"and the blueprint says {have}"
    )
    advice = f"say {version_text(needed)} in the blueprint, or import an older version"
    yield ctx.report(fault, message, help=advice, blame=entry.text)


@rule(
    "BP122",
    "basic-types-without-types",
    effect=Effect.REFUSED,
    references=(("AttributeError", None),),
    source="elements/imports.py",
)
def basic_types_without_types(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """`metadata` says that this file holds Cloudify's types, and it has no `node_types`.

    Why: the parser crashes on it.
    Bad:
        #@ BP122 2:1-2:9
        metadata: {cloudify_types: true}
    Good:
        metadata: {title: my blueprint}
    """
    message = "'cloudify_types' belongs in a file that defines Cloudify's node types"
    yield ctx.report(fault, message, related=related_chain(fault.details["file"]))
