"""Rules on the properties that an import entry sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import LOGIC, Effect
from bplint.dsl.versions import version_text
from bplint.imports.import_faults import (
    BadImportProperty,
    ImportPropertiesVersion,
    ImportPropertyMismatch,
    UnknownImportProperty,
    UnsettableImportProperty,
)
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

FORMAT: Final = "DSLParsingFormatException"


@rule(
    "BP108",
    on=ImportPropertiesVersion,
    effect=Effect.REFUSED,
    references=((LOGIC, 102),),
    source="elements/imports.py",
)
def import_properties_version(fault: ImportPropertiesVersion, ctx: Context) -> Iterator[Diagnostic]:
    """Properties on an import need a newer version of the language.

    Why: the manager refuses properties on imports before cloudify_dsl_1_5, an empty mapping too.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_4
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-openstack-plugin: {}
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP108
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-openstack-plugin: {}
    """
    have = version_text(fault.version)
    yield ctx.report(fault, f"properties on an import need cloudify_dsl_1_5, and the blueprint says {have}")


@rule(
    "BP109",
    on=BadImportProperty,
    effect=Effect.REFUSED,
    references=((FORMAT, 220), (FORMAT, 1), ("ValueError", None)),
    source="elements/imports.py",
)
def bad_import_property(fault: BadImportProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import has a name or a value that none can have.

    Why: the manager takes texts, numbers, booleans, lists and intrinsic functions there, no other mapping,
        and names that are texts.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4:
              region_name: {name: eu-west-1}
        #                  ^^^^^^^^^^^^^^^^^ BP109
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4:
              region_name: {get_secret: region}
    """
    name = fault.name
    if fault.wrong == "name":
        yield ctx.report(fault, f"the name of a property must be a text; '{name}' is none without quotes")
    else:
        yield ctx.report(
            fault, f"property '{name}' must be a text, a number, a boolean, a list or a function"
        )


@rule(
    "BP110",
    on=UnknownImportProperty,
    effect=Effect.REFUSED,
    references=((LOGIC, 221),),
    source="elements/imports.py",
    fixable="safe",
)
def unknown_import_property(fault: UnknownImportProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import is not one of the plugin's.

    Why: the manager refuses the blueprint. With several plugins in the file each must declare the property.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4:
              region: eu-west-1
        #     ^^^^^^ BP110
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4:
              region_name: eu-west-1
    """
    message = f"plugin '{fault.plugin}' has no property '{fault.name}'"
    yield ctx.report(fault, _checked(message, fault.entry), near=(fault.name, fault.known))


@rule(
    "BP111",
    on=ImportPropertyMismatch,
    effect=Effect.REFUSED,
    references=((LOGIC, 221),),
    source="elements/imports.py",
)
def import_property_mismatch(fault: ImportPropertyMismatch, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import has a value of another type than the plugin declares.

    Why: the manager refuses the blueprint.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4:
              region_name: [eu-west-1]
        #                  ^^^^^^^^^^^ BP111
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin:cloudify-aws-plugin?version=3.2.4:
              region_name: eu-west-1
    """
    message = f"property '{fault.name}' of plugin '{fault.plugin}' must be of type {fault.wanted}"
    yield ctx.report(fault, _checked(message, fault.entry))


@rule(
    "BP112",
    on=UnsettableImportProperty,
    effect=Effect.REFUSED,
    references=((FORMAT, 220), ("AttributeError", None)),
    source="elements/imports.py",
)
def unsettable_import_property(fault: UnsettableImportProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A property of an import is declared with a type that an import cannot set.

    Why: the manager refuses a value for a plugin property unless its type is string, integer, float,
        boolean or list; without a type the parser crashes.
    Bad:
        imports:
          - cloudify/types/types.yaml
          - plugin.yaml:
              limits: [1, 2]
        #             ^^^^^^ BP112
        #: plugin.yaml
        plugins:
          acme:
            executor: central_deployment_agent
            package_name: acme
            properties:
              limits: {type: dict}
    Good:
        imports:
          - cloudify/types/types.yaml
          - plugin.yaml:
              limits: [1, 2]
        #: plugin.yaml
        plugins:
          acme:
            executor: central_deployment_agent
            package_name: acme
            properties:
              limits: {type: list}
    """
    what = f"has the type '{fault.wanted}'" if fault.wanted else "is declared without a type"
    message = f"property '{fault.name}' of plugin '{fault.plugin}' cannot be set here: it {what}"
    yield ctx.report(fault, message, help="settable are string, integer, float, boolean and list")


def _checked(message: str, entry: Any) -> str:
    if entry.file is not None and entry.file.is_own:
        return message
    return f"{message} (checked against {entry.answered_by})"
