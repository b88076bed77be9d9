"""Rules on the shape of a file: keys, types of values, what must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.shape.shape_faults import (
    EmptyElement,
    EmptyList,
    EmptyValue,
    MissingKey,
    UnknownKey,
    UnquotedDate,
    WrongShape,
)
from bplint.diagnostic import LOGIC, Effect
from bplint.imports.merge_faults import NonStringKey
from bplint.rules.retype import is_retypable, quoted, retyped
from bplint.rules.rule import rule
from bplint.syntax.mapping import deref
from bplint.syntax.scalars import type_name_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.dsl.shape import Shape
    from bplint.dsl.versions import Version
    from bplint.lookup import Absent
    from bplint.rules.context import Context

FORMAT: Final = ("DSLParsingFormatException", 1)
BASE: Final = ("DSLParsingException", 1)
VALUE_ERROR: Final = ("ValueError", None)
KEY_ERROR: Final = ("KeyError", None)
TYPE_ERROR: Final = ("TypeError", None)
ATTRIBUTE_ERROR: Final = ("AttributeError", None)
NO_MATCH: Final = ("DSLParsingElementMatchException", None)

# names that people expect where the language has none
_HINTS: Final = {
    (
        "blueprint",
        "upload_resources",
    ): "this key is stripped by another tool before the manager parses the file",
    ("blueprint", "interfaces"): "interfaces belong to a node type or a node template",
    ("workflow", "resumable"): "whether a workflow can be resumed is said in its code",
    ("node_template", "description"): "a node template has no description; use a comment",
    ("node_type", "description"): "a node type has no description; use a comment",
    ("relationship_type", "description"): "a relationship type has no description; use a comment",
    ("workflow", "inputs"): "a workflow has parameters where an operation has inputs",
    ("workflow", "implementation"): "a workflow has a mapping where an operation has an implementation",
    ("operation", "mapping"): "an operation has an implementation where a workflow has a mapping",
    ("type_operation", "mapping"): "an operation has an implementation where a workflow has a mapping",
    ("property_definition", "constraints"): "only inputs and workflow parameters have constraints",
    ("property_definition", "item_type"): "only inputs and workflow parameters have an item_type",
    ("property_definition", "display_label"): "only inputs have a display_label",
    ("property_definition", "hidden"): "only inputs can be hidden",
    ("workflow_parameter", "display_label"): "only inputs have a display_label",
    ("workflow_parameter", "hidden"): "only inputs can be hidden",
}
_MOST_NAMES: Final = 12


@rule(
    "BP200",
    on=UnknownKey,
    effect=Effect.REFUSED,
    references=(FORMAT, (LOGIC, 27)),
    source="framework/parser.py",
    fixable="safe",
)
def unknown_key(fault: UnknownKey, ctx: Context) -> Iterator[Diagnostic]:
    """A key is not one of those that its element can have.

    Why: the manager refuses the blueprint. Mostly a typo, or a block that is indented too little or too much.
    Bad:
        node_templates:
          app:
            type: cloudify.nodes.Root
            propertis: {}
        #   ^^^^^^^^^ BP200
    Good:
        node_templates:
          app:
            type: cloudify.nodes.Root
            properties: {}
    """
    # only where something is wrong
    from bplint.rules.bp2_types.key_words import SECTIONS, help_for

    name, shape = fault.name, fault.shape
    text = f"unknown key '{name}' in {shape.title}"
    # a key that the version does not have would be the next fault
    version = ctx.blueprint.version if ctx.blueprint is not None else None
    known = [key for key, entry in shape.keys.items() if _is_there(entry.since, version)]
    advice = help_for(fault, ctx) or _hint(name, shape, known)
    meant = SECTIONS.get(name) if shape.name == "blueprint" else None
    if fault.is_merged:
        yield ctx.report(fault, f"'<<' brings '{name}', which is no key of {shape.title}", help=advice)
    elif meant is not None:
        is_free = meant not in ctx.blueprint.graph.main.document.sections
        fix = ctx.replacing(fault.path, fault.span, name, meant) if is_free else None
        yield ctx.report(fault, f"{text}; did you mean '{meant}'?", help=advice, fix=fix)
    else:
        yield ctx.report(fault, text, near=(name, known), help=advice)


def _is_there(since: Version | None, version: Version | Absent | None) -> bool:
    return since is None or not isinstance(version, tuple) or version >= since


def _hint(name: str, shape: Shape, known: list[str]) -> str | None:
    hint = _HINTS.get((shape.name, name))
    if hint is not None:
        return hint
    from bplint.dsl.language import shapes  # only where something is wrong

    owners = [entry.title for entry in shapes().values() if name in entry.keys]
    if owners and len(set(owners)) <= 2:
        return f"'{name}' is a key of {' and of '.join(dict.fromkeys(owners))}; check the indentation"
    if len(known) <= _MOST_NAMES:
        return f"{shape.title} can have {', '.join(known)}"
    return None


@rule(
    "BP201",
    on=WrongShape,
    effect=Effect.REFUSED,
    references=(FORMAT, VALUE_ERROR, TYPE_ERROR, ATTRIBUTE_ERROR),
    source="framework/parser.py",
    fixable="safe",
)
def wrong_shape(fault: WrongShape, ctx: Context) -> Iterator[Diagnostic]:
    """A value has another type than its place asks for, such as a list in place of a mapping.

    Why: the manager refuses the blueprint. Numbers where text is wanted are often versions without quotes;
        `yes` and `no` are booleans, and `"true"` in quotes is none.
    Bad:
        plugins:
          tool:
            executor: central_deployment_agent
            package_name: tool
            package_version: 1.0
        #                    ^^^ BP201
    Good:
        plugins:
          tool:
            executor: central_deployment_agent
            package_name: tool
            package_version: '1.0'
    Fix: text is put into quotes, quoted numbers and booleans are taken out of them.
    """
    shape, value = fault.shape, fault.value
    name = fault.name
    what = f"'{name}'" if name is not None and name != value.text else "this"
    also = " or a string" if shape.short_form else ""
    yield ctx.report(
        fault,
        f"{what} must be {shape.title}{also}, not {type_name_of(value)}",
        fix=retyped(fault),
    )


@rule(
    "BP202",
    on=MissingKey,
    effect=Effect.REFUSED,
    references=(FORMAT,),
    source="framework/parser.py",
)
def missing_key(fault: MissingKey, ctx: Context) -> Iterator[Diagnostic]:
    """An element lacks a key that it must have.

    Why: the manager refuses the blueprint.
    Bad:
        node_templates:
          app:
        # ^^^ BP202
            properties: {}
    Good:
        node_templates:
          app:
            type: cloudify.nodes.Root
            properties: {}
    """
    title, owner = fault.shape.title, fault.owner
    named = title.startswith(("a ", "an ")) and owner
    what = f"{title.split(' ', 1)[1]} '{owner}'" if named else title
    yield ctx.report(
        fault,
        f"{what} lacks the key '{fault.name}'",
        help=fault.shape.keys[fault.name].doc,
    )


@rule(
    "BP203",
    on=EmptyValue,
    effect=Effect.REFUSED,
    references=(FORMAT,),
    source="framework/parser.py",
)
def empty_value(fault: EmptyValue, ctx: Context) -> Iterator[Diagnostic]:
    """A key that must have a value has none.

    Why: the manager takes a null for a missing key, and refuses the blueprint. A key followed by nothing
        has a null as its value.
    Bad:
        outputs:
          address:
            value:
        #   ^^^^^ BP203
    Good:
        outputs:
          address:
            value: ''
    """
    yield ctx.report(fault, f"'{fault.name}' has no value; it must be {fault.shape.title}")


@rule(
    "BP204",
    on=EmptyElement,
    effect=Effect.REFUSED,
    references=(
        FORMAT,
        VALUE_ERROR,
        KEY_ERROR,
        TYPE_ERROR,
        ATTRIBUTE_ERROR,
        NO_MATCH,
        (LOGIC, 40),
        (LOGIC, 205),
        BASE,
    ),
    source="holder.py",
)
def empty_element(fault: EmptyElement, ctx: Context) -> Iterator[Diagnostic]:
    """A section or an element has a name and no content, where the parser cannot do without.

    Why: nothing after the colon is a null, and the manager's parser crashes on some of them: on `plugins:`
        and `node_types:`, on a single type, plugin, policy or label. Others, such as an input, may be empty.
    Bad:
        node_types:
          acme.Server:
        # ^^^^^^^^^^^ BP204
    Good:
        node_types:
          acme.Server: {}
    Fix: write `{}` where nothing is to be said, or leave the key out.
    """
    shape = fault.shape
    yield ctx.report(
        fault,
        f"nothing is written here; it must be {shape.title}",
        help="write {} or leave the key out" if not shape.required and not shape.is_simple else None,
    )


@rule(
    "BP205",
    on=NonStringKey,
    effect=Effect.REFUSED,
    references=(FORMAT, VALUE_ERROR, ATTRIBUTE_ERROR),
    source="framework/parser.py",
    fixable="safe",
)
def non_string_key(fault: NonStringKey, ctx: Context) -> Iterator[Diagnostic]:
    """A name is not text but a number, a boolean, a date or nothing.

    Why: the manager refuses the blueprint. YAML reads `1`, `on`, `no` and `2024-01-01` as something else
        than text.
    Bad:
        inputs:
          on: {type: boolean}
        # ^^ BP205
    Good:
        inputs:
          'on': {type: boolean}
    Fix: put the name into quotes.
    """
    value = fault.value
    is_plain = is_retypable(value) and value.style == "" and fault.span.end > fault.span.start
    yield ctx.report(
        fault,
        f"a name in {fault.shape.title} must be a string, not {type_name_of(value)}",
        fix=quoted(fault, "put the name into quotes") if is_plain else None,
    )


@rule(
    "BP206",
    on=UnquotedDate,
    effect=Effect.REFUSED,
    references=(VALUE_ERROR, ATTRIBUTE_ERROR),
    source="framework/parser.py",
    fixable="safe",
)
def unquoted_date(fault: UnquotedDate, ctx: Context) -> Iterator[Diagnostic]:
    """A value is a date, or something else that only YAML knows, and the parser crashes on it.

    Why: YAML reads `2024-01-01` as a date, not as text, and the manager's parser knows no dates.
        The same happens with binary data and sets.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_5
        description: 2024-01-01
        #            ^^^^^^^^^^ BP206
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        description: '2024-01-01'
    Fix: put the date into quotes.
    """
    value = fault.value
    is_plain = is_retypable(value) and value.style == ""
    found = "a set" if deref(value).kind == MAPPING else type_name_of(value)
    yield ctx.report(
        fault,
        f"the parser crashes on {found}; it must be {fault.shape.title}",
        help="put it into quotes" if is_plain else None,
        fix=quoted(fault, "put it into quotes") if is_plain else None,
    )


@rule(
    "BP211",
    on=EmptyList,
    effect=Effect.REFUSED,
    references=(FORMAT,),
    source="elements/policies.py",
)
def empty_list(fault: EmptyList, ctx: Context) -> Iterator[Diagnostic]:
    """A list has no items where there must be at least one.

    Why: the manager refuses a group without members.
    Bad:
        groups:
          front: {members: []}
        #                  ^^ BP211
    Good:
        node_templates:
          app: {type: cloudify.nodes.Root}
        groups:
          front: {members: [app]}
    """
    yield ctx.report(fault, f"'{fault.name}' must have at least one item")
