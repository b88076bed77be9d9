"""What the making of a deployment refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.checks.values.judgement import Constraint
    from bplint.model.elements import Input


class MissingInput(Fault):
    """A required input without a value."""

    name: str


class UnexpectedInput(Fault):
    """A given input that is none of the blueprint's, which are `known`."""

    name: str
    known: list[str]


class GivenValueMistyped(Fault):
    """A given value that does not fit the type of its input.

    wrong      `type`, `undefined-property` or `missing-property`
    trail      the names that lead to what is wrong; () where it is the value itself
    type_name  the type that `type` is about
    """

    entry: Input
    wrong: str = "type"
    trail: tuple[str, ...] = ()
    type_name: str | None = None


class GivenValueRefused(Fault):
    """A given value that fails a constraint. `reason`: the kind of the judgement."""

    entry: Input
    reason: str
    constraint: Constraint | None
    type_name: str | None


class GivenFunctionWithConstraints(Fault):
    """A function given for an input with constraints."""

    entry: Input


class EvaluationFailed(Fault):
    """A function that raises with these inputs; `message` says why."""

    function: str
    message: str


class EndlessEvaluation(Fault):
    """A value whose evaluation does not end. `function`: the one at which that shows, or ''."""

    function: str
    message: str


class InputsNoMapping(Fault):
    """A file of inputs that holds something else."""
