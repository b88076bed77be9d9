"""Rules on the version of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.shape.shape_faults import (
    ForeignDialect,
    MissingVersion,
    NotSupportedInVersion,
    TypeNotSupportedInVersion,
    UnknownVersion,
    VersionNotText,
)
from bplint.diagnostic import LOGIC, Effect, Related, Severity
from bplint.dsl.versions import SUPPORTED, version_text
from bplint.edit import Applicability, Edit, Fix
from bplint.rules.rule import rule
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.shape.shape_faults import TooNew
    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

FORMAT: Final = ("DSLParsingFormatException", 1)
VALUE_ERROR: Final = ("ValueError", None)


@rule(
    "BP150",
    on=MissingVersion,
    effect=Effect.REFUSED,
    references=((LOGIC, 27),),
    source="elements/version.py",
    fixable="unsafe",
)
def missing_version(fault: MissingVersion, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint does not say which version of the language it is written in.

    Why: the manager refuses a blueprint without `tosca_definitions_version`, also when the key is there and
        has no value. Files that are only imported may leave it out.
    Bad:
        #! as is
        node_templates: {}
        #@ BP150 2:1-2:15
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        node_templates: {}
    Fix: say `tosca_definitions_version: cloudify_dsl_1_5`, or an older version if the manager is old.
    """
    newest = list(SUPPORTED)[-1]
    newline, start = fault.newline, fault.span.start
    edit = Edit(fault.path, Span(start, start), f"tosca_definitions_version: {newest}{newline}")
    yield ctx.report(
        fault,
        "a blueprint must say its tosca_definitions_version",
        help=f"add 'tosca_definitions_version: {newest}'",
        fix=Fix("say the version", Applicability.UNSAFE, (edit,)) if newline else None,
    )


@rule(
    "BP151",
    on=VersionNotText,
    effect=Effect.REFUSED,
    references=(FORMAT, VALUE_ERROR),
    source="elements/version.py",
)
def version_not_text(fault: VersionNotText, ctx: Context) -> Iterator[Diagnostic]:
    """The version of the language is no text.

    Why: the manager refuses the blueprint. Versions are words such as `cloudify_dsl_1_4`, never numbers.
    Bad:
        tosca_definitions_version: 1.4
        #                          ^^^ BP151
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
    """
    yield ctx.report(
        fault,
        f"tosca_definitions_version must be a text such as cloudify_dsl_1_5, not {fault.found}",
    )


@rule("BP152", on=UnknownVersion, effect=Effect.REFUSED, references=((LOGIC, 29),), source="version.py")
def unknown_version(fault: UnknownVersion, ctx: Context) -> Iterator[Diagnostic]:
    """The version of the language is none that the manager knows.

    Why: the manager refuses the blueprint. The versions of TOSCA itself are other ones.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_6
        #                          ^^^^^^^^^^^^^^^^ BP152
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
    """
    text, known = fault.text, list(SUPPORTED)
    yield ctx.report(
        fault,
        f"unknown version of the language '{text}'",
        help=f"known are {known[0]} to {known[-1]}",
    )


@rule(
    "BP153",
    on=NotSupportedInVersion,
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="framework/elements.py",
)
def not_supported_in_version(fault: NotSupportedInVersion, ctx: Context) -> Iterator[Diagnostic]:
    """A key is newer than the version that the blueprint declares.

    Why: the manager refuses the blueprint. What counts is the version of the main file, also for what it
        imports.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_3
        inputs:
          ports: {type: list, item_type: integer}
        #                     ^^^^^^^^^ BP153
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
        inputs:
          ports: {type: list, item_type: integer}
    Fix: declare the version that has the key, or do without it.
    """
    yield _too_new(fault, ctx, f"'{fault.name}'")


@rule(
    "BP154",
    on=TypeNotSupportedInVersion,
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="elements/data_types.py",
)
def type_not_supported_in_version(fault: TypeNotSupportedInVersion, ctx: Context) -> Iterator[Diagnostic]:
    """A type is newer than the version that the blueprint declares.

    Why: the manager refuses the blueprint. Types that name an object of the manager came with 1_4 and 1_5.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_3
        inputs:
          key: {type: secret_key}
        #             ^^^^^^^^^^ BP154
    Good:
        tosca_definitions_version: cloudify_dsl_1_4
        inputs:
          key: {type: secret_key}
    """
    yield _too_new(fault, ctx, f"type '{fault.name}'")


def _too_new(fault: TooNew, ctx: Context, what: str) -> Diagnostic:
    since, now = version_text(fault.since), version_text(fault.now)
    return ctx.report(
        fault,
        f"{what} needs {since}; the blueprint declares {now}",
        related=_version_place(ctx),
    )


def _version_place(ctx: Context) -> list[Related]:
    main = ctx.blueprint.graph.main.document
    if main.version_node is None:
        return []
    return [Related("the version is declared here", main.path, main.version_node.span)]


@rule("BP134", on=ForeignDialect, effect=Effect.ADVICE, severity=Severity.INFO)
def foreign_dialect(fault: ForeignDialect, ctx: Context) -> Iterator[Diagnostic]:
    """A file is written in another language of the TOSCA family, and is passed over.

    Why: plain TOSCA, Alien4Cloud and ARIA have sections of the same names with other contents. No Cloudify
        manager takes such a file as a blueprint. In a folder such files are not looked at.
    Manager: it refuses the file as a blueprint.
    Bad:
        #! as is
        tosca_definitions_version: tosca_simple_yaml_1_3
        #                          ^^^^^^^^^^^^^^^^^^^^^ BP134
        topology_template:
          node_templates:
            host: {type: tosca.nodes.Compute}
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        imports: [cloudify/types/types.yaml]
        node_templates:
          host: {type: cloudify.nodes.Compute}
    """
    yield ctx.report(fault, f"'{fault.text}' is not Cloudify's language: this file is not checked")
