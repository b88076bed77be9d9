"""Rules on values: of properties, relationships, policies, triggers and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.checks.values.value_faults import (
    BrokenUrl,
    FalseWordInUseExternalResource,
    FunctionInUseExternalResource,
    MissingProperty,
    SchemaAsValue,
    TextReadAsNumber,
    UndefinedProperty,
    ValueTypeMismatch,
)
from bplint.diagnostic import LOGIC, Effect, Severity
from bplint.edit import Applicability, Edit, Fix
from bplint.rules.retype import unquoted
from bplint.rules.rule import rule
from bplint.syntax.scalars import type_name_of, value_of
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


_WANTED: Final = {
    "integer": "an integer",
    "float": "a number",
    "boolean": "true or false",
    "regex": "a regular expression",
    "list": "a list",
    "dict": "a mapping",
}
_MOST_SHOWN: Final = 30


@rule(
    "BP300",
    on=ValueTypeMismatch,
    effect=Effect.REFUSED,
    references=((LOGIC, 105),),
    source="utils.py, parse_value",
    fixable="safe",
)
def value_type_mismatch(fault: ValueTypeMismatch, ctx: Context) -> Iterator[Diagnostic]:
    """A value does not fit the type that is declared for it.

    Why: the manager refuses the blueprint. Quotes make a string of a number; yes and no are booleans;
        null fits no type but string. An intrinsic function fits every type.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              port: {type: integer}
        node_templates:
          web:
            type: acme.Server
            properties: {port: "8080"}
        #                      ^^^^^^ BP300
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              port: {type: integer}
        node_templates:
          web:
            type: acme.Server
            properties: {port: 8080}
    """
    entry, trail = fault.prop, fault.trail
    what = _subject(fault.subject, trail)
    is_text = entry.type == "regex" and type_name_of(fault.value) == "a string"
    given = "no regular expression" if is_text else _shown(fault.value)
    wanted = _WANTED.get(entry.type or "", f"a mapping of data type '{entry.type}'")
    yield ctx.report(
        fault,
        f"{what} is {given}, but its type wants {wanted}",
        related=ctx.related(f"declared with type '{entry.type}'", entry) if trail else (),
        against=entry if trail else None,
        fix=unquoted(fault, fault.value, entry.type or ""),
    )


@rule(
    "BP301",
    on=UndefinedProperty,
    effect=Effect.REFUSED,
    references=((LOGIC, 106), ("TypeError", None)),
    source="utils.py, merge_schema_and_instance_properties",
    fixable="safe",
)
def undefined_property(fault: UndefinedProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A value is given for a property that the type does not declare.

    Why: the manager refuses the blueprint. Mostly the name is misspelt or stands one level too high or
        too deep.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            properties: {os_familiy: linux}
        #                ^^^^^^^^^^ BP301
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            properties: {os_family: linux}
    """
    # only where something is wrong
    from bplint.rules.bp2_types.key_words import tight_colon_help

    trail, known, owner = fault.trail, fault.known, fault.owner
    where = f" (in '{'.'.join(trail[:-1])}')" if len(trail) > 1 else ""
    yield ctx.report(
        fault,
        f"{fault.subject}{where} gives '{trail[-1]}', which '{owner.name}' does not declare",
        near=(trail[-1], known),
        related=ctx.related(f"'{owner.name}' is declared here", owner),
        against=owner,
        help=tight_colon_help(trail[-1]) or _known_names(known),
    )


@rule(
    "BP302",
    on=MissingProperty,
    effect=Effect.REFUSED,
    references=((LOGIC, 107),),
    source="utils.py, merge_schema_and_instance_properties",
)
def missing_property(fault: MissingProperty, ctx: Context) -> Iterator[Diagnostic]:
    """A mandatory property has no value.

    Why: the manager refuses the blueprint. A property is mandatory unless it has a default or `required:
        false`. A property of a data type is filled from its defaults, and what those lack is missing,
        even where the property itself has `required: false`. A true `use_external_resource` switches the
        check off for its own level, not for nested values.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              region: {type: string}
        node_templates:
          web: {type: acme.Server}
        # ^^^ BP302
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties:
              region: {type: string}
        node_templates:
          web: {type: acme.Server, properties: {region: eu}}
    """
    entry, trail = fault.prop, fault.trail
    subject, name = fault.subject, ".".join(trail)
    yield ctx.report(
        fault,
        f"{subject} gives no value for the mandatory property '{name}'" if name else subject,
        related=ctx.related(f"'{entry.name}' is declared here, without default", entry),
        against=entry,
    )


@rule(
    "BP303",
    on=FunctionInUseExternalResource,
    effect=Effect.REFUSED,
    references=((LOGIC, 219),),
    source="utils.py, merge_schema_and_instance_properties",
)
def function_in_use_external_resource(
    fault: FunctionInUseExternalResource, ctx: Context
) -> Iterator[Diagnostic]:
    """`use_external_resource` is an intrinsic function.

    Why: the manager must know when it reads the blueprint whether the mandatory properties are checked,
        and refuses a function there.
    Bad:
        inputs:
          external: {default: true}
        node_types:
          acme.Network:
            derived_from: cloudify.nodes.Root
            properties: {use_external_resource: {default: false}}
        node_templates:
          net:
            type: acme.Network
            properties:
              use_external_resource: {get_input: external}
        #                            ^^^^^^^^^^^^^^^^^^^^^ BP303
    Good:
        node_types:
          acme.Network:
            derived_from: cloudify.nodes.Root
            properties: {use_external_resource: {default: false}}
        node_templates:
          net:
            type: acme.Network
            properties:
              use_external_resource: true
    """
    yield ctx.report(
        fault, f"'use_external_resource' of {fault.subject} must be true or false, not a function"
    )


def _subject(subject: str, trail: tuple[str, ...]) -> str:
    return f"property '{'.'.join(trail)}' of {subject}" if trail else subject


def _shown(node: Any) -> str:
    """The kind of a value, with the value itself where it is short."""
    kind = type_name_of(node)
    if node.kind != SCALAR or value_of(node) is None or node.text is None:
        return kind
    text = node.text if len(node.text) <= _MOST_SHOWN else node.text[: _MOST_SHOWN - 1] + "…"
    return f"{kind} '{text}'" if "\n" not in text else kind


def _known_names(known: Collection[str]) -> str | None:
    if not known:
        return "it declares no properties"
    names = ", ".join(sorted(known)[:12])
    return f"it declares {names}{', …' if len(known) > 12 else ''}"


@rule(
    "BP304",
    on=FalseWordInUseExternalResource,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="not checked by the parser",
)
def false_word_in_use_external_resource(
    fault: FalseWordInUseExternalResource, ctx: Context
) -> Iterator[Diagnostic]:
    """`use_external_resource` is a text that means no, and counts as yes.

    Why: every text that is not empty is true. The mandatory properties are not checked, and plugins may
        use an existing resource instead of making one.
    Manager: it takes the blueprint and treats the resource as one that exists already.
    Bad:
        node_types:
          acme.Network:
            derived_from: cloudify.nodes.Root
            properties: {use_external_resource: {default: false}}
        node_templates:
          net:
            type: acme.Network
            properties: {use_external_resource: "no"}
        #                                       ^^^^ BP304
    Good:
        node_types:
          acme.Network:
            derived_from: cloudify.nodes.Root
            properties: {use_external_resource: {default: false}}
        node_templates:
          net:
            type: acme.Network
            properties: {use_external_resource: no}
    """
    word = fault.word
    yield ctx.report(
        fault, f"the text '{word}' counts as true; write false without quotes", help="false, without quotes"
    )


@rule(
    "BP305", on=SchemaAsValue, effect=Effect.ADVICE, severity=Severity.WARNING,
    source="not checked by the parser",
)  # fmt: skip
def schema_as_value(fault: SchemaAsValue, ctx: Context) -> Iterator[Diagnostic]:
    """A value is written like a declaration, with `default`.

    Why: types declare properties and inputs, node templates give them values. `{default: 80}` is a mapping
        with the one key `default`, and no 80.
    Bad:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties: {port: {}}
        node_templates:
          web:
            type: acme.Server
            properties:
              port: {default: 80}
        #           ^^^^^^^^^^^^^ BP305
    Good:
        node_types:
          acme.Server:
            derived_from: cloudify.nodes.Root
            properties: {port: {}}
        node_templates:
          web:
            type: acme.Server
            properties:
              port: 80
    """
    text = f"{fault.what} '{fault.name}' is given a declaration instead of a value: write what 'default' has"
    yield ctx.report(fault, text)


@rule(
    "BP306", on=TextReadAsNumber, effect=Effect.ADVICE, severity=Severity.WARNING,
    source="not checked by the parser", fixable="unsafe",
)  # fmt: skip
def text_read_as_number(fault: TextReadAsNumber, ctx: Context) -> Iterator[Diagnostic]:
    """Text without quotes is given for a string, and YAML reads it as something else.

    Why: YAML 1.1 reads 0644 as an octal number, 22:22 as one of base 60, 1.10 as 1.1 and no as false.
        The manager takes any of them for a string, and passes the other value on.
    Bad:
        inputs:
          mode: {type: string, default: 0644}
        #                               ^^^^ BP306
    Good:
        inputs:
          mode: {type: string, default: '0644'}
    Fix: puts the text into quotes.
    """
    edit = Edit(fault.path, fault.span, f"'{fault.text}'")
    yield ctx.report(
        fault,
        f"'{fault.name}' is a string, and YAML reads {fault.text} as {fault.value}: put it into quotes",
        fix=Fix(f"write '{fault.text}' in quotes", Applicability.UNSAFE, (edit,)),
    )


@rule(
    "BP307", on=BrokenUrl, effect=Effect.ADVICE, severity=Severity.WARNING,
    source="not checked by the parser",
)  # fmt: skip
def broken_url(fault: BrokenUrl, ctx: Context) -> Iterator[Diagnostic]:
    """A URL goes over two lines.

    Why: YAML makes one line of both, with a blank between them, inside quotes too.
    Bad:
        inputs:
          image:
            default: http://example.com/images/
                     server.img
        #@ BP307 3:14-4:24
    Good:
        inputs:
          image:
            default: http://example.com/images/server.img
    """
    yield ctx.report(fault, "this URL is broken over two lines, and has a blank where the line ends")
