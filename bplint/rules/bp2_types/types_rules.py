"""Rules on types: what they are derived from, what their properties are made of, what templates name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.topology.topology_faults import UnknownNodeType
from bplint.checks.types.hierarchy import SECTION_OF
from bplint.checks.types.type_faults import (
    NameOfOtherVersion,
    NamespacedParentType,
    PrimitiveDataTypeName,
    RetypedProperty,
    TypeCycle,
    UnknownDataType,
    UnknownParentType,
)
from bplint.checks.values.value_faults import IncompleteDefault
from bplint.diagnostic import LOGIC, Effect, Related, Severity
from bplint.dsl.versions import version_text
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP250",
    on=UnknownNodeType,
    effect=Effect.REFUSED,
    references=((LOGIC, 7),),
    source="elements/node_templates.py",
    fixable="safe",
)
def unknown_node_type(fault: UnknownNodeType, ctx: Context) -> Iterator[Diagnostic]:
    """A node template is made of a type that nothing defines.

    Why: the manager refuses the blueprint. Mostly the name is misspelt, or the file or plugin that
        defines the type is not imported.
    Bad:
        node_templates:
          vm: {type: cloudify.nodes.Compte}
        #            ^^^^^^^^^^^^^^^^^^^^^ BP250
    Good:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
    """
    # only where something is wrong
    from bplint.rules.elsewhere import unknown_name

    name, known = fault.name, ctx.blueprint.node_types.names()
    yield unknown_name(fault, ctx, f"unknown node type '{name}'", "node_types", name, known)


@rule(
    "BP251",
    on=UnknownParentType,
    effect=Effect.REFUSED,
    references=((LOGIC, 103),),
    source="elements/types.py",
    fixable="safe",
)
def unknown_parent_type(fault: UnknownParentType, ctx: Context) -> Iterator[Diagnostic]:
    """A type is derived from a type that nothing defines.

    Why: the manager refuses the blueprint, also where nothing uses the type.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Rot
        #                 ^^^^^^^^^^^^^^^^^^ BP251
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
    """
    # only where something is wrong
    from bplint.rules.elsewhere import unknown_name

    text, known = f"unknown {fault.what} '{fault.name}'", fault.section.names()
    yield unknown_name(fault, ctx, text, SECTION_OF[fault.what], fault.name, known)


@rule("BP258", on=NameOfOtherVersion, effect=Effect.ADVICE)
def name_of_other_version(fault: NameOfOtherVersion, ctx: Context) -> Iterator[Diagnostic]:
    """A file made to be imported is derived from a built-in type that only other versions have.

    Why: blueprints of the version that this file is for cannot import it. `plugin_1_4.yaml` is for blueprints
        that declare cloudify_dsl_1_4; a `plugin.yaml` is for the version that it declares, else for all.
    Manager: it takes the file; it refuses blueprints of that version that import it.
    Bad:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_3
        node_types:
          acme.Secret:
            derived_from: cloudify.nodes.PasswordSecret
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP258
    Good:
        #: plugin.yaml
        tosca_definitions_version: cloudify_dsl_1_5
        node_types:
          acme.Secret:
            derived_from: cloudify.nodes.PasswordSecret
    """
    name, what, edition = fault.name, fault.what, fault.edition
    graph = ctx.blueprint.graph
    here = "the newest manager" if graph.version is None else version_text(graph.version)
    yield ctx.report(
        fault, f"{what} '{name}' is not among the built-in types of {here}, only among the {edition}"
    )


@rule(
    "BP252",
    on=TypeCycle,
    effect=Effect.REFUSED,
    references=((LOGIC, 100),),
    source="framework/parser.py",
)
def type_cycle(fault: TypeCycle, ctx: Context) -> Iterator[Diagnostic]:
    """Types are derived from each other in a circle, or a data type holds itself.

    Why: the manager refuses the blueprint before it looks at anything else.
    Bad:
        node_types:
          acme.A: {derived_from: acme.B}
        #                        ^^^^^^ BP252
          acme.B: {derived_from: acme.A}
    Good:
        node_types:
          acme.A: {derived_from: acme.B}
          acme.B: {derived_from: cloudify.nodes.Root}
    """
    cycle, elements = fault.cycle, fault.elements
    what = fault.what
    related = [
        Related(f"'{entry.name}' leads on", entry.path, entry.key.span)
        for entry in elements[1:]
        if entry.file.is_own
    ]
    way = " → ".join(f"'{name}'" for name in (*cycle, cycle[0]))
    text = f"{what} '{cycle[0]}' leads to itself" if len(cycle) == 1 else f"{what}s lead in a circle: {way}"
    yield ctx.report(fault, text, related=related)


@rule(
    "BP253",
    on=UnknownDataType,
    effect=Effect.REFUSED,
    references=((LOGIC, 103),),
    source="elements/data_types.py",
    fixable="safe",
)
def unknown_data_type(fault: UnknownDataType, ctx: Context) -> Iterator[Diagnostic]:
    """A property, input or parameter has a type that is neither built in nor a data type of the blueprint.

    Why: the manager refuses the blueprint. The built-in types are string, textarea, integer, float,
        boolean, list, dict and regex, and those that name objects of the manager, such as node_id.
    Bad:
        inputs:
          port: {type: int}
        #              ^^^ BP253
    Good:
        inputs:
          port: {type: integer}
    """
    from bplint.dsl.builtin_types import BUILT_IN

    name = fault.name
    known = [*BUILT_IN, *ctx.blueprint.data_types.names()]
    text = f"unknown data type '{name}' in {fault.subject}"
    meant = _FOREIGN_NAMES.get(name.rpartition("--")[2].casefold())
    if meant is not None:
        fix = ctx.replacing(fault.path, fault.span, name, meant)
        yield ctx.report(fault, f"{text}; did you mean '{meant}'?", fix=fix)
    else:
        # only where something is wrong
        from bplint.rules.elsewhere import unknown_name

        yield unknown_name(fault, ctx, text, "data_types", name, known)


# names of the same types in other languages
_FOREIGN_NAMES: Final = {
    "int": "integer",
    "number": "float",
    "bool": "boolean",
    "str": "string",
    "text": "string",
    "map": "dict",
    "mapping": "dict",
    "object": "dict",
    "hash": "dict",
    "array": "list",
}


@rule(
    "BP254",
    on=PrimitiveDataTypeName,
    effect=Effect.REFUSED,
    references=((LOGIC, 104),),
    source="elements/data_types.py",
)
def primitive_data_type_name(fault: PrimitiveDataTypeName, ctx: Context) -> Iterator[Diagnostic]:
    """A data type has the name of a built-in type.

    Why: the manager refuses the blueprint; built-in types cannot be defined again.
    Bad:
        data_types:
          string:
        # ^^^^^^ BP254
            properties: {length: {type: integer}}
    Good:
        data_types:
          acme.types.Text:
            properties: {length: {type: integer}}
    """
    yield ctx.report(fault, f"data type '{fault.name}' has the name of a built-in type; give it another")


@rule(
    "BP257",
    on=NamespacedParentType,
    effect=Effect.REFUSED,
    references=(("DSLParsingSchemaAPIException", 101), ("RuntimeError", None), ("TypeError", None)),
    source="elements/data_types.py",
)
def namespaced_parent_type(fault: NamespacedParentType, ctx: Context) -> Iterator[Diagnostic]:
    """A data type under a namespace is derived from one that the manager has not read yet.

    Why: under a namespace the manager does not notice that a data type needs its parent. It reads the last
        data type first, and refuses the blueprint where the parent stands above; and where the parent
        has properties of data types, and a default must be completed by them. Names that begin
        `cloudify.` take no namespace.
    Bad:
        imports: [cloudify/types/types.yaml, shop--types.yaml]
        #: types.yaml
        data_types:
          disk: {properties: {size: {type: integer}}}
          fast_disk: {derived_from: disk}
        #                           ^^^^ BP257
    Good:
        imports: [cloudify/types/types.yaml, shop--types.yaml]
        #: types.yaml
        data_types:
          fast_disk: {derived_from: disk}
          disk: {properties: {size: {type: integer}}}
    """
    kind, lost = fault.data_type, fault.lost
    related = ctx.related("the parent", kind.parent) if kind.parent else []
    if lost is None:
        message = f"under a namespace the manager reads '{kind.name}' before its parent '{kind.derived_from}'"
        yield ctx.report(fault, message, help="write the parent below it", related=related)
        return
    message = f"under a namespace '{kind.name}' lacks the data type of '{lost.name}', which it inherits"
    advice = f"declare '{lost.name}' again, or give the data types names that begin 'cloudify.'"
    yield ctx.report(fault, message, help=advice, related=related)


@rule(
    "BP255",
    on=RetypedProperty,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
)
def retyped_property(fault: RetypedProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A type declares a property again, with another type than its parent.

    Why: operations that are inherited from the parent expect the parent's type. The manager takes it.
        Narrowing is fine: a data type instead of a dict, or one that is derived from the parent's.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties: {ports: {type: list, default: []}}
          acme.Web:
            derived_from: acme.Server
            properties: {ports: {type: integer, default: 80}}
        #                              ^^^^^^^ BP255
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties: {ports: {type: list, default: []}}
          acme.Web:
            derived_from: acme.Server
            properties: {ports: {type: list, default: [80]}}
    """
    prop, base = fault.prop, fault.base
    parent = base.owner.name if base.owner is not None else "its parent"
    yield ctx.report(
        fault,
        f"'{prop.name}' has type '{prop.type}' here and '{base.type}' in '{parent}', from which "
        f"'{fault.owner.name}' is derived",
        related=ctx.related(f"declared as '{base.type}'", base),
        against=base,
    )


@rule(
    "BP256",
    on=IncompleteDefault,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
)
def incomplete_default(fault: IncompleteDefault, ctx: Context) -> Iterator[Diagnostic]:
    """The default of a property lacks mandatory keys of its data type.

    Why: the manager takes the type, and then refuses every node template that relies on the default.
    Manager: it takes the type; it refuses every blueprint with a node template that relies on the default.
    Bad:
        data_types:
          acme.Disk:
            properties:
              size: {type: integer}
              kind: {type: string, default: ssd}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              disk: {type: acme.Disk, default: {kind: hdd}}
        #     ^^^^ BP256
    Good:
        data_types:
          acme.Disk:
            properties:
              size: {type: integer}
              kind: {type: string, default: ssd}
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              disk: {type: acme.Disk, default: {kind: hdd, size: 10}}
    """
    names = fault.names
    listed = ", ".join(f"'{name}'" for name in names[:5])
    entry = fault.prop
    yield ctx.report(fault, f"{fault.subject} lacks {listed}, which '{entry.type}' wants")
