"""Constraints that are null, and those that the manager takes and that cannot do what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.values.value_faults import (
    ComparisonOfTexts,
    ConstraintUnfitForType,
    FunctionInConstraint,
    IgnoredConstraint,
    ImpossibleConstraint,
    NullConstraints,
    NullConstraintsWithoutDefault,
    UnseenDefault,
    ValueNeverValid,
)
from bplint.diagnostic import Effect, Related, Severity
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

BROKEN = (("ConstraintException", None),)


@rule("BP620", on=IgnoredConstraint, effect=Effect.FAILS)
def ignored_constraint(fault: IgnoredConstraint, ctx: Context) -> Iterator[Diagnostic]:
    """Two operators in one constraint, of which only the last is applied.

    Why: the manager looks at the first operator when it reads the blueprint and applies only the last one
    to values. Every operator needs a list item of its own.
    Bad:
        inputs:
          name:
            type: string
            constraints:
              - min_length: 2
        #       ^^^^^^^^^^ BP620
                max_length: 8
    Good:
        inputs:
          name:
            type: string
            constraints:
              - min_length: 2
              - max_length: 8
    """
    ignored, applied = fault.ignored, fault.applied
    yield ctx.report(
        fault,
        f"'{ignored}' is never applied: of several operators in one constraint the last counts, '{applied}'",
        help=f"write '{applied}' as a list item of its own",
    )


_REASONS = {
    "reversed": "the range ends before it begins",
    "empty": "there is no valid value",
    "negative": "no length is negative",
    "fraction": "no length is a fraction",
    "no-value": "none of the values fits the type and the other constraints",
}


@rule("BP621", on=ImpossibleConstraint, effect=Effect.FAILS, references=BROKEN)
def impossible_constraint(fault: ImpossibleConstraint, ctx: Context) -> Iterator[Diagnostic]:
    """Constraint that no value can satisfy.

    Why: the manager takes the blueprint, and then refuses every value.
    Bad:
        inputs:
          port:
            type: integer
            constraints:
              - in_range: [65535, 1]
        #                 ^^^^^^^^^^ BP621
    Good:
        inputs:
          port:
            type: integer
            constraints:
              - in_range: [1, 65535]
    """
    reason = fault.reason
    related: list[Related] = []
    if fault.place is not None:
        words = f"'{fault.other}' leaves nothing that '{fault.operator}' allows"
        related = [Related("the other constraint", fault.path, fault.place.span)]
    else:
        words = _REASONS[reason]
    yield ctx.report(fault, f"no value can satisfy this: {words}", related=related)


@rule("BP622", on=ConstraintUnfitForType, effect=Effect.FAILS, references=BROKEN)
def constraint_unfit_for_type(fault: ConstraintUnfitForType, ctx: Context) -> Iterator[Diagnostic]:
    """Constraint cannot be applied to values of the input's type.

    Why: the manager takes the blueprint, and then refuses every value: numbers have no length, lists are
    not compared, and only objects of the manager have labels.
    Bad:
        inputs:
          port:
            type: integer
            constraints:
              - max_length: 5
        #       ^^^^^^^^^^ BP622
    Good:
        inputs:
          port:
            type: integer
            constraints:
              - less_than: 65536
    """
    operator, type_name = fault.operator, fault.type_name
    yield ctx.report(fault, f"'{operator}' cannot be applied to a value of type '{type_name}'")


@rule("BP623", on=ComparisonOfTexts, effect=Effect.ADVICE, severity=Severity.WARNING, references=BROKEN)
def comparison_of_texts(fault: ComparisonOfTexts, ctx: Context) -> Iterator[Diagnostic]:
    """Number constraint on an input that is declared as text.

    Why: a text cannot be compared with a number: the manager refuses every value that is really a text.
    Manager: it takes the blueprint; creating a deployment with a text for this input fails.
    Bad:
        inputs:
          port:
            type: string
            constraints:
              - in_range: [1, 65535]
        #       ^^^^^^^^ BP623
    Good:
        inputs:
          port:
            type: integer
            constraints:
              - in_range: [1, 65535]
    """
    operator, type_name = fault.operator, fault.type_name
    yield ctx.report(fault, f"'{operator}' compares numbers, and the input is of type '{type_name}'")


@rule("BP624", on=ValueNeverValid, effect=Effect.ADVICE, severity=Severity.WARNING)
def value_never_valid(fault: ValueNeverValid, ctx: Context) -> Iterator[Diagnostic]:
    """One of the valid values is refused by the type or by another constraint.

    Why: the value is offered and can never be used.
    Manager: it takes the blueprint; creating a deployment with this value fails.
    Bad:
        inputs:
          size:
            type: integer
            constraints:
              - valid_values: [1, 2, four]
        #                            ^^^^ BP624
    Good:
        inputs:
          size:
            type: integer
            constraints:
              - valid_values: [1, 2, 4]
    """
    value = fault.value
    yield ctx.report(fault, f"nobody can give '{value}': the type or another constraint refuses it")


@rule("BP625", on=UnseenDefault, effect=Effect.ADVICE, severity=Severity.WARNING)
def unseen_default(fault: UnseenDefault, ctx: Context) -> Iterator[Diagnostic]:
    """Default of an operation input or a workflow parameter breaks its own constraint.

    Why: the manager does not test these defaults, so a value that is not allowed is used all the same.
    Bad:
        plugins:
          p: {executor: central_deployment_agent, package_name: p}
        workflows:
          resize:
            mapping: p.tasks.resize
            parameters:
              count:
                type: integer
                default: 0
        #                ^ BP625
                constraints:
                  - greater_than: 0
    Good:
        plugins:
          p: {executor: central_deployment_agent, package_name: p}
        workflows:
          resize:
            mapping: p.tasks.resize
            parameters:
              count:
                type: integer
                default: 1
                constraints:
                  - greater_than: 0
    """
    constraint = fault.constraint
    place = Related("the constraint", fault.path, constraint.node.span)
    yield ctx.report(
        fault,
        f"the default breaks '{constraint.operator}', and the manager does not test it",
        related=[place],
    )


@rule("BP626", on=FunctionInConstraint, effect=Effect.FAILS, references=BROKEN)
def function_in_constraint(fault: FunctionInConstraint, ctx: Context) -> Iterator[Diagnostic]:
    """Constraint has a function as its argument.

    Why: the manager takes it and never evaluates it: values are compared with the mapping itself, so none
    is accepted.
    Bad:
        inputs:
          most: {default: 10}
          count:
            type: integer
            constraints:
              - less_than: {get_input: most}
        #                  ^^^^^^^^^^^^^^^^^ BP626
    Good:
        inputs:
          count:
            type: integer
            constraints:
              - less_than: 10
    """
    yield ctx.report(fault, f"functions are not evaluated in '{fault.operator}': it refuses every value")


@rule("BP607", on=NullConstraints, effect=Effect.REFUSED, references=(("TypeError", None),))
def null_constraints(fault: NullConstraints, ctx: Context) -> Iterator[Diagnostic]:
    """`constraints` is left empty on an input with a default.

    Why: the manager fails on it when it tests the default, and refuses the blueprint.
    Bad:
        inputs:
          port:
            default: 80
            constraints: null
        #   ^^^^^^^^^^^ BP607
    Good:
        inputs:
          port:
            default: 80
            constraints: []
    """
    yield ctx.report(fault, "'constraints' is null; with a default it has to be a list")


@rule("BP628", on=NullConstraintsWithoutDefault, effect=Effect.FAILS, references=(("TypeError", None),))
def null_constraints_without_default(
    fault: NullConstraintsWithoutDefault, ctx: Context
) -> Iterator[Diagnostic]:
    """`constraints` of an input is left empty.

    Why: the manager takes the blueprint, and fails on it when a deployment is made with a value for the
    input. With a default it refuses the blueprint.
    Bad:
        inputs:
          port:
            type: integer
            constraints:
        #   ^^^^^^^^^^^ BP628
        outputs:
          used: {value: {get_input: port}}
    Good:
        inputs:
          port:
            type: integer
            constraints: []
        outputs:
          used: {value: {get_input: port}}
    """
    yield ctx.report(
        fault, "'constraints' is null, and the manager fails on it once the input has a value; take it out"
    )
