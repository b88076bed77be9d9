"""Inputs, operation inputs of types and workflow parameters: what the reference parser refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.values.value_faults import (
    ConstrainedFunctionDefault,
    ConstraintArgument,
    ConstraintSecondKey,
    ConstraintUndefinedForType,
    DefaultBreaksConstraint,
    DefaultOfObjectType,
    DefaultUnfitForConstraint,
    DisplayWithoutTextarea,
    HiddenRequiredInput,
    ItemOfOtherType,
    ItemTypeNotBuiltIn,
    ItemTypeWithoutList,
    UnknownConstraint,
)
from bplint.diagnostic import LOGIC, Effect, Related
from bplint.dsl.builtin_types import OBJECT_BASED, PRIMITIVE
from bplint.dsl.constraints import OPERATORS
from bplint.dsl.versions import version_text
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

CONSTRAINT = ("ConstraintException", None)


@rule("BP600", on=HiddenRequiredInput, effect=Effect.REFUSED, references=((LOGIC, 215),))
def hidden_required_input(fault: HiddenRequiredInput, ctx: Context) -> Iterator[Diagnostic]:
    """Input is hidden and required and has no default.

    Why: nobody could ever give it a value; the manager refuses the blueprint.
    Bad:
        inputs:
          zone: {type: string, hidden: true}
        #                      ^^^^^^ BP600
    Good:
        inputs:
          zone: {type: string, hidden: true, default: eu-1}
    """
    name = fault.name
    yield ctx.report(
        fault,
        f"'{name}' is hidden and required, so it needs a default",
        help="add a default or 'required: false'",
    )


@rule(
    "BP601",
    on=DisplayWithoutTextarea,
    effect=Effect.REFUSED,
    references=(("DSLParsingInputTypeException", 216),),
)
def display_without_textarea(fault: DisplayWithoutTextarea, ctx: Context) -> Iterator[Diagnostic]:
    """Input has `display` and is no text area.

    Why: `display` says how high a text area is; with another type the manager refuses the blueprint.
    Bad:
        inputs:
          notes: {type: string, display: {rows: 5}}
        #                       ^^^^^^^ BP601
    Good:
        inputs:
          notes: {type: textarea, display: {rows: 5}}
    """
    written = fault.written
    what = f"type '{written}'" if written else "an input without a type"
    yield ctx.report(fault, f"'display' goes with type 'textarea' only, not with {what}")


@rule("BP602", on=ItemTypeWithoutList, effect=Effect.REFUSED, references=((LOGIC, 218),))
def item_type_without_list(fault: ItemTypeWithoutList, ctx: Context) -> Iterator[Diagnostic]:
    """item_type beside another type than list.

    Why: only lists have items; the manager refuses the blueprint.
    Bad:
        inputs:
          zones: {type: dict, item_type: string}
        #                                ^^^^^^ BP602
    Good:
        inputs:
          zones: {type: list, item_type: string}
    """
    written = fault.written
    what = f"type '{written}'" if written else "an input without a type"
    yield ctx.report(fault, f"'item_type' goes with type 'list' only, not with {what}")


@rule("BP603", on=ItemTypeNotBuiltIn, effect=Effect.REFUSED, references=((LOGIC, 217),), fixable="safe")
def item_type_not_built_in(fault: ItemTypeNotBuiltIn, ctx: Context) -> Iterator[Diagnostic]:
    """item_type names no built-in type.

    Why: items are of built-in types; data types are not known here and the manager refuses them.
    Bad:
        inputs:
          zones: {type: list, item_type: sting}
        #                                ^^^^^ BP603
    Good:
        inputs:
          zones: {type: list, item_type: string}
    """
    name = fault.name
    known = (*PRIMITIVE, *OBJECT_BASED)
    message = f"'{name}' is no built-in type; only those can be an 'item_type'"
    yield ctx.report(fault, message, near=(name, known))


@rule(
    "BP604",
    on=UnknownConstraint,
    effect=Effect.REFUSED,
    references=((LOGIC, 103), ("IndexError", None), ("KeyError", None)),
    fixable="safe",
)
def unknown_constraint(fault: UnknownConstraint, ctx: Context) -> Iterator[Diagnostic]:
    """Constraint names no operator that there is.

    Why: the manager refuses the blueprint.
    Bad:
        inputs:
          port:
            type: integer
            constraints:
              - in_rnage: [1, 65535]
        #       ^^^^^^^^ BP604
    Good:
        inputs:
          port:
            type: integer
            constraints:
              - in_range: [1, 65535]
    """
    name = fault.name
    if name is None:
        yield ctx.report(fault, "a constraint needs an operator; this one is empty")
    elif name == "error_message":
        yield ctx.report(fault, "a constraint needs an operator; 'error_message' alone says nothing")
    else:
        near = (name, OPERATORS) if isinstance(name, str) else None
        yield ctx.report(fault, f"unknown constraint '{name}'", near=near)


@rule("BP605", on=ConstraintArgument, effect=Effect.REFUSED, references=((LOGIC, 212),))
def constraint_argument(fault: ConstraintArgument, ctx: Context) -> Iterator[Diagnostic]:
    """Constraint has an argument of the wrong kind.

    Why: the manager refuses the blueprint.
    Bad:
        inputs:
          name:
            type: string
            constraints:
              - max_length: "12"
        #                   ^^^^ BP605
    Good:
        inputs:
          name:
            type: string
            constraints:
              - max_length: 12
    """
    operator, wanted, got = fault.operator, fault.wanted, fault.got
    if wanted == "a regular expression" and got == "a string":
        yield ctx.report(fault, f"'{operator}' has a regular expression that Python cannot compile")
    else:
        yield ctx.report(fault, f"'{operator}' takes {wanted}, not {got}")


@rule("BP606", on=ConstraintSecondKey, effect=Effect.REFUSED, references=((LOGIC, 102), (LOGIC, 103)))
def constraint_second_key(fault: ConstraintSecondKey, ctx: Context) -> Iterator[Diagnostic]:
    """Constraint has more than one key.

    Why: each constraint stands in a list item of its own. Inputs may have an `error_message` beside the
    operator since cloudify_dsl_1_5, workflow parameters never; the manager refuses the blueprint.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_4
        inputs:
          port:
            default: 80
            constraints:
              - greater_than: 0
                error_message: must be positive
        #       ^^^^^^^^^^^^^ BP606
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        inputs:
          port:
            default: 80
            constraints:
              - greater_than: 0
                error_message: must be positive
    """
    since = fault.since
    if since is None:
        yield ctx.report(fault, "a constraint of a workflow parameter has one key, its operator")
    else:
        yield ctx.report(fault, f"a second key in a constraint needs {version_text(since)} or newer")


@rule(
    "BP608",
    on=DefaultBreaksConstraint,
    effect=Effect.REFUSED,
    references=(CONSTRAINT, ("KeyError", None), ("TypeError", None)),
)
def default_breaks_constraint(fault: DefaultBreaksConstraint, ctx: Context) -> Iterator[Diagnostic]:
    """Default of an input breaks one of the input's constraints.

    Why: the manager tests the default when it reads the blueprint, and refuses it.
    Bad:
        inputs:
          port:
            type: integer
            default: 70000
        #            ^^^^^ BP608
            constraints:
              - in_range: [1, 65535]
    Good:
        inputs:
          port:
            type: integer
            default: 8080
            constraints:
              - in_range: [1, 65535]
    """
    constraint = fault.constraint
    place = Related("the constraint", fault.path, constraint.node.span)
    yield ctx.report(fault, f"the default breaks '{constraint.operator}'", related=[place])


@rule(
    "BP609",
    on=DefaultUnfitForConstraint,
    effect=Effect.REFUSED,
    references=(CONSTRAINT, ("KeyError", None), ("TypeError", None)),
)
def default_unfit_for_constraint(fault: DefaultUnfitForConstraint, ctx: Context) -> Iterator[Diagnostic]:
    """Default of an input cannot be tested by one of the input's constraints.

    Why: lengths are of texts and lists, comparisons of numbers, patterns of texts. The manager refuses the
    blueprint when it tests the default.
    Bad:
        inputs:
          port:
            default: 8080
        #            ^^^^ BP609
            constraints:
              - max_length: 5
    Good:
        inputs:
          port:
            default: 8080
            constraints:
              - less_than: 65536
    """
    constraint = fault.constraint
    place = Related("the constraint", fault.path, constraint.node.span)
    yield ctx.report(
        fault,
        f"'{constraint.operator}' cannot test this default; it is for values of another type",
        related=[place],
    )


@rule("BP610", on=DefaultOfObjectType, effect=Effect.REFUSED, references=(CONSTRAINT,))
def default_of_object_type(fault: DefaultOfObjectType, ctx: Context) -> Iterator[Diagnostic]:
    """Input of a type that names an object of the manager has a default.

    Why: the manager would look the default up, has nothing to look in while it reads a blueprint, and
    refuses it. This is so for every type such as node_id, secret_key or deployment_id.
    Bad:
        inputs:
          base:
            type: deployment_id
            default: network
        #            ^^^^^^^ BP610
    Good:
        inputs:
          base:
            type: deployment_id
    """
    type_name = fault.type_name
    yield ctx.report(fault, f"an input of type '{type_name}' can have no default: it cannot be looked up yet")


@rule(
    "BP611",
    on=ConstrainedFunctionDefault,
    effect=Effect.REFUSED,
    references=(("DSLParsingException", 213),),
)
def constrained_function_default(fault: ConstrainedFunctionDefault, ctx: Context) -> Iterator[Diagnostic]:
    """Input with constraints has a function as its default.

    Why: the manager cannot test what the function gives, and refuses the blueprint.
    Bad:
        inputs:
          zone: {default: eu}
          name:
            default: {get_input: zone}
        #            ^^^^^^^^^^^^^^^^^ BP611
            constraints:
              - max_length: 8
    Good:
        inputs:
          zone: {default: eu}
          name:
            default: {get_input: zone}
    """
    yield ctx.report(fault, "an input with constraints cannot have a function as its default; write a value")


@rule(
    "BP612",
    on=ConstraintUndefinedForType,
    effect=Effect.REFUSED,
    references=(CONSTRAINT,),
)
def constraint_undefined_for_type(fault: ConstraintUndefinedForType, ctx: Context) -> Iterator[Diagnostic]:
    """Default of an input meets a constraint that only objects of the manager can have.

    Why: `labels`, `filter_id` and their kin are looked up in the manager's database; for other types the
    manager refuses the blueprint when it tests the default.
    Bad:
        inputs:
          site:
            type: string
            default: main
        #            ^^^^ BP612
            constraints:
              - labels: [{env: prod}]
    Good:
        inputs:
          site:
            type: string
            default: main
            constraints:
              - valid_values: [main, spare]
    """
    constraint, type_name = fault.constraint, fault.type_name
    what = f"type '{type_name}'" if type_name else "an input without a type"
    place = Related("the constraint", fault.path, constraint.node.span)
    yield ctx.report(fault, f"'{constraint.operator}' is not defined for {what}", related=[place])


@rule(
    "BP613",
    on=ItemOfOtherType,
    effect=Effect.REFUSED,
    references=((LOGIC, 105), ("TypeError", None)),
)
def item_of_other_type(fault: ItemOfOtherType, ctx: Context) -> Iterator[Diagnostic]:
    """Item of a list's default does not fit `item_type`.

    Why: the manager tests every item and refuses the blueprint.
    Bad:
        inputs:
          ports:
            type: list
            item_type: integer
            default: [80, "443"]
        #                 ^^^^^ BP613
    Good:
        inputs:
          ports:
            type: list
            item_type: integer
            default: [80, 443]
    """
    type_name = fault.type_name
    if fault.is_unlisted:
        yield ctx.report(fault, "with 'item_type' the default must be a list; null is none")
    else:
        yield ctx.report(fault, f"this item of the default is not of type '{type_name}'")
