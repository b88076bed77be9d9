"""Rules on the namespaces of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC, Effect
from bplint.imports.graph import related_chain
from bplint.imports.import_faults import (
    BlueprintImportWithoutNamespace,
    NamespaceCycle,
    NamespacedBasicTypes,
    NestedImportNamespace,
    SharedBlueprintNamespace,
)
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

FORMAT: Final = "DSLParsingFormatException"


@rule(
    "BP107",
    on=NestedImportNamespace,
    effect=Effect.REFUSED,
    references=((LOGIC, 212),),
    source="elements/imports.py",
)
def nested_import_namespace(fault: NestedImportNamespace, ctx: Context) -> Iterator[Diagnostic]:
    """The namespace of an import holds a further `--`.

    Why: the manager refuses the blueprint. A namespace in a namespace comes about by importing a file that
        itself imports with one.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - net--east--types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^ BP107
    Good:
        imports:
          - cloudify/types/types.yaml
          - net_east--types.yaml
        #: types.yaml
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Compute}
    """
    yield ctx.report(
        fault, f"namespace '{fault.namespace}' has '--' in it, which the manager keeps for itself"
    )


@rule(
    "BP113",
    on=BlueprintImportWithoutNamespace,
    effect=Effect.REFUSED,
    references=((LOGIC, 213),),
    source="elements/imports.py",
)
def blueprint_import_without_namespace(
    fault: BlueprintImportWithoutNamespace, ctx: Context
) -> Iterator[Diagnostic]:
    """A blueprint is imported without a namespace.

    Why: the manager refuses it: the names of the two blueprints could not be told apart.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - blueprint:network
        #   ^^^^^^^^^^^^^^^^^ BP113
    Good:
        imports:
          - cloudify/types/types.yaml
          - net--blueprint:network
    """
    text = fault.entry.text
    yield ctx.report(fault, f"'{text}' needs a namespace", help=f"write 'NAME--{text}'")


@rule(
    "BP114",
    on=SharedBlueprintNamespace,
    effect=Effect.REFUSED,
    references=((LOGIC, 214),),
    source="elements/imports.py",
)
def shared_blueprint_namespace(fault: SharedBlueprintNamespace, ctx: Context) -> Iterator[Diagnostic]:
    """Two blueprints are imported under one namespace.

    Why: the manager refuses it: the names of the two blueprints could not be told apart.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - net--blueprint:network
          - net--blueprint:firewall
        #   ^^^^^^^^^^^^^^^^^^^^^^^ BP114
    Good:
        imports:
          - cloudify/types/types.yaml
          - net--blueprint:network
          - fw--blueprint:firewall
    """
    message = f"namespace '{fault.namespace}' is already that of '{fault.other}'; give this import another"
    yield ctx.report(fault, message)


@rule(
    "BP115",
    on=NamespacedBasicTypes,
    effect=Effect.REFUSED,
    references=((LOGIC, 214),),
    source="elements/imports.py",
)
def namespaced_basic_types(fault: NamespacedBasicTypes, ctx: Context) -> Iterator[Diagnostic]:
    """The built-in types are imported under a namespace.

    Why: the manager refuses it: the names of the built-in types never take a namespace. A file counts as the
        built-in types if it defines cloudify.nodes.Root.
    Bad:
        imports:
          - base--cloudify/types/types.yaml
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP115
    Good:
        imports:
          - cloudify/types/types.yaml
    """
    entry = fault.entry
    yield ctx.report(
        fault,
        "the built-in types cannot be imported under a namespace",
        help=f"import '{entry.location}'",
    )


@rule("BP116", on=NamespaceCycle, effect=Effect.REFUSED, source="elements/imports.py")
def namespace_cycle(fault: NamespaceCycle, ctx: Context) -> Iterator[Diagnostic]:
    """A file imports itself under a namespace.

    Why: the reference parser never ends: every round makes a longer namespace, until the manager runs out of
        memory. Without a namespace, files may import each other.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - a.yaml
        #: a.yaml
        imports:
          - again--a.yaml
        #   ^^^^^^^^^^^^^ BP116
    Good:
        imports:
          - cloudify/types/types.yaml
          - a.yaml
        #: a.yaml
        imports:
          - a.yaml
    """
    entry = fault.entry
    ancestor = fault.ancestor
    yield ctx.report(
        fault,
        f"'{entry.text}' imports '{ancestor.document.path}' into itself under ever longer namespaces",
        related=related_chain(entry.importer),
    )
