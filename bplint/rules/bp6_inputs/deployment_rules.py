"""What the making of a deployment refuses, with the inputs that are given to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.deployment.deployment_faults import (
    EndlessEvaluation,
    EvaluationFailed,
    GivenFunctionWithConstraints,
    GivenValueMistyped,
    GivenValueRefused,
    InputsNoMapping,
    MissingInput,
    UnexpectedInput,
)
from bplint.diagnostic import LOGIC, Effect
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule(
    "BP680",
    on=MissingInput,
    effect=Effect.FAILS,
    references=(("MissingRequiredInputError", None),),
    needs="deployment",
)
def missing_input(fault: MissingInput, ctx: Context) -> Iterator[Diagnostic]:
    """Required input is not given and has no default.

    Why: no deployment can be made without it. This is only looked at with `--deployment` or `-i`.
    Bad:
        #! --deployment
        inputs:
          image: {type: string}
        # ^^^^^ BP680
        outputs:
          used: {value: {get_input: image}}
    Good:
        #! --deployment
        #! -i image=ubuntu
        inputs:
          image: {type: string}
        outputs:
          used: {value: {get_input: image}}
    """
    name = fault.name
    yield ctx.report(
        fault, f"input '{name}' is required, and no value is given", help=f"give it with -i {name}=…"
    )


@rule(
    "BP681",
    on=UnexpectedInput,
    effect=Effect.FAILS,
    references=(("UnknownInputError", None),),
    needs="deployment",
)
def unexpected_input(fault: UnexpectedInput, ctx: Context) -> Iterator[Diagnostic]:
    """Given input is none of the blueprint's.

    Why: no deployment can be made with it; usually a typo. This is only looked at with `--deployment` or
    `-i`.
    Bad:
        #! -i imgae=ubuntu
        inputs:
          image: {type: string, default: centos}
        outputs:
          used: {value: {get_input: image}}
    Good:
        #! -i image=ubuntu
        inputs:
          image: {type: string, default: centos}
        outputs:
          used: {value: {get_input: image}}
    """
    name, known = fault.name, fault.known
    yield ctx.report(fault, f"the blueprint has no input '{name}'", near=(name, known))


@rule(
    "BP682",
    on=GivenValueMistyped,
    effect=Effect.FAILS,
    references=(("DSLParsingException", 214),),
    needs="deployment",
)
def given_value_mistyped(fault: GivenValueMistyped, ctx: Context) -> Iterator[Diagnostic]:
    """Given value does not fit the type of the input.

    Why: no deployment can be made with it. This is only looked at with `--deployment` or `-i`.
    Bad:
        #! -i port=http
        inputs:
          port: {type: integer, default: 80}
        outputs:
          used: {value: {get_input: port}}
    Good:
        #! -i port=8080
        inputs:
          port: {type: integer, default: 80}
        outputs:
          used: {value: {get_input: port}}
    """
    yield ctx.report(fault, _mistyped(fault), related=ctx.related("declared here", fault.entry))


def _mistyped(fault: GivenValueMistyped) -> str:
    name = fault.entry.name
    trail = ".".join(fault.trail or (name,))
    if fault.wrong == "undefined-property":
        return f"the type of input '{name}' has no property '{trail}'"
    if fault.wrong == "missing-property":
        return f"the value of input '{name}' lacks property '{trail}'"
    where = f"'{trail}' of input '{name}'" if trail != name else f"input '{name}'"
    return f"the value of {where} is not of type '{fault.type_name}'"


@rule(
    "BP683",
    on=GivenValueRefused,
    effect=Effect.FAILS,
    references=(("ConstraintException", None), (LOGIC, 105), ("KeyError", None), ("TypeError", None)),
    needs="deployment",
)
def given_value_refused(fault: GivenValueRefused, ctx: Context) -> Iterator[Diagnostic]:
    """Given value breaks a constraint of the input.

    Why: no deployment can be made with it. This is only looked at with `--deployment` or `-i`.
    Bad:
        #! -i port=70000
        inputs:
          port:
            type: integer
            constraints:
              - in_range: [1, 65535]
        outputs:
          used: {value: {get_input: port}}
    Good:
        #! -i port=8080
        inputs:
          port:
            type: integer
            constraints:
              - in_range: [1, 65535]
        outputs:
          used: {value: {get_input: port}}
    """
    name, constraint = fault.entry.name, fault.constraint
    message = {
        "breaks-constraint": "the value of input '{name}' breaks '{operator}'",
        "unfit-for-constraint": "'{operator}' of input '{name}' cannot be applied to this value",
        "undefined-constraint": "'{operator}' is not defined for the type of input '{name}'",
        "item-type": "this item of input '{name}' is not of type '{type_name}'",
        "unlisted": "input '{name}' takes a list",
    }[fault.reason]
    operator = constraint.operator if constraint is not None else ""
    text = message.format(name=name, operator=operator, type_name=fault.type_name)
    yield ctx.report(fault, text, related=ctx.related("declared here", fault.entry))


@rule(
    "BP684",
    on=GivenFunctionWithConstraints,
    effect=Effect.FAILS,
    references=(("DSLParsingException", 213),),
    needs="deployment",
)
def given_function_with_constraints(
    fault: GivenFunctionWithConstraints, ctx: Context
) -> Iterator[Diagnostic]:
    """Function is given for an input with constraints.

    Why: what it gives cannot be tested, so no deployment can be made with it. This is only looked at with
    `--deployment` or `-i`.
    Bad:
        #! -i name={get_secret: name}
        inputs:
          name:
            constraints:
              - max_length: 8
        outputs:
          used: {value: {get_input: name}}
    Good:
        #! -i name=web
        inputs:
          name:
            constraints:
              - max_length: 8
        outputs:
          used: {value: {get_input: name}}
    """
    yield ctx.report(
        fault,
        f"input '{fault.entry.name}' has constraints, so it cannot be given a function; give a value",
        related=ctx.related("declared here", fault.entry),
    )


@rule(
    "BP685",
    on=EvaluationFailed,
    effect=Effect.FAILS,
    references=(
        ("FunctionEvaluationError", None),
        ("InputEvaluationError", None),
        ("UnknownInputError", None),
        ("KeyError", None),
        ("ValueError", None),
        ("TypeError", None),
        ("IndexError", None),
    ),
    needs="deployment",
)
def evaluation_failed(fault: EvaluationFailed, ctx: Context) -> Iterator[Diagnostic]:
    """Function cannot be evaluated with these inputs.

    Why: functions such as get_input, get_property and concat are evaluated when a deployment is made, and
    this one then fails. This is only looked at with `--deployment` or `-i`.
    Bad:
        #! --deployment
        inputs:
          server: {default: {port: 80}}
        outputs:
          port:
            value: {get_input: [server, prot]}
        #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP685
    Good:
        #! --deployment
        inputs:
          server: {default: {port: 80}}
        outputs:
          port:
            value: {get_input: [server, port]}
    """
    yield ctx.report(fault, f"'{fault.function}' fails: {fault.message}")


@rule(
    "BP686",
    on=EndlessEvaluation,
    effect=Effect.FAILS,
    references=(("EvaluationRecursionLimitReached", None),),
    needs="deployment",
)
def endless_evaluation(fault: EndlessEvaluation, ctx: Context) -> Iterator[Diagnostic]:
    """Evaluating a value with these inputs does not end.

    Why: functions lead back to each other, or values are nested more than 50 levels deep; no deployment
    can be made. This is only looked at with `--deployment` or `-i`.
    Bad:
        #! --deployment
        inputs:
          a: {default: {x: {get_input: b}}}
          b: {default: {y: {get_input: a}}}
        outputs:
          used: {value: {get_input: a}}
        #               ^^^^^^^^^^^^^^ BP686
    Good:
        #! --deployment
        inputs:
          a: {default: {x: {get_input: b}}}
          b: {default: 1}
        outputs:
          used: {value: {get_input: a}}
    """
    message = fault.message
    function = fault.function
    subject = f"'{function}' cannot be evaluated" if function else "this value cannot be evaluated"
    yield ctx.report(fault, f"{subject}: {message}")


@rule("BP687", on=InputsNoMapping, effect=Effect.FAILS, needs="deployment")
def inputs_no_mapping(fault: InputsNoMapping, ctx: Context) -> Iterator[Diagnostic]:
    """Inputs file is no mapping of names to values.

    Why: nothing can be taken from it. This is only looked at with `-i`.
    Bad:
        #! -i inputs.yaml
        inputs:
          port: {default: 80}
        outputs:
          used: {value: {get_input: port}}
        #: inputs.yaml
        - port
        #@ BP687 1:1-1:2
    Good:
        #! -i inputs.yaml
        inputs:
          port: {default: 80}
        outputs:
          used: {value: {get_input: port}}
        #: inputs.yaml
        port: 8080
    """
    yield ctx.report(fault, "the inputs are no mapping; write a line 'name: value' for each")
