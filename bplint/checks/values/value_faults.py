"""Faults of values, inputs and constraints.

Of values `subject` is what holds them, in words, and `trail` the names that lead to them from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bplint.checks.values.judgement import Constraint
    from bplint.dsl.versions import Version
    from bplint.model.elements import Element, SchemaProperty
    from bplint.syntax.tree import Node


class ValueTypeMismatch(Fault):
    """A value does not fit the type of `prop`."""

    subject: str
    trail: tuple[str, ...]
    prop: SchemaProperty
    value: Node


class UndefinedProperty(Fault):
    """A value for what is none of the `known` properties, which `owner` declares."""

    subject: str
    trail: tuple[str, ...]
    known: Mapping[str, SchemaProperty]
    owner: Element


class MissingProperty(Fault):
    """No value for `prop`, which is mandatory."""

    subject: str
    trail: tuple[str, ...]
    prop: SchemaProperty


class IncompleteDefault(Fault):
    """The default of `prop` lacks mandatory keys of its data type: their `names`."""

    subject: str
    names: Sequence[str]
    prop: SchemaProperty


class FunctionInUseExternalResource(Fault):
    """`use_external_resource` is a function."""

    subject: str


class FalseWordInUseExternalResource(Fault):
    """`use_external_resource` is a text that means no and counts as yes."""

    word: str


class HiddenRequiredInput(Fault):
    """An input that nobody sees must be given."""

    name: str


class DisplayWithoutTextarea(Fault):
    """`display` beside another type, as `written`."""

    written: str | None


class ItemTypeWithoutList(Fault):
    """`item_type` beside another type, as `written`."""

    written: str | None


class ItemTypeNotBuiltIn(Fault):
    """The type of the items is not built in."""

    name: str


class NullConstraints(Fault):
    """`constraints` is null beside a default."""


class NullConstraintsWithoutDefault(Fault):
    """`constraints` is null, and there is no default."""


class UnknownConstraint(Fault):
    """An operator that there is not. `name`: any scalar, None for a constraint without an operator."""

    name: Any


class ConstraintArgument(Fault):
    """An operator has an argument of the wrong kind; `wanted` and `got` are words."""

    operator: str
    wanted: str
    got: str


class ConstraintSecondKey(Fault):
    """A constraint has a second key. `since`: the version that allows it, None where none does."""

    since: Version | None


class IgnoredConstraint(Fault):
    """Of two operators in one constraint one is never applied."""

    applied: str | None
    ignored: str | None


class FunctionInConstraint(Fault):
    """The argument of an operator is a function, which nobody evaluates."""

    operator: str


class DefaultBreaksConstraint(Fault):
    """The default of an input breaks a constraint."""

    constraint: Constraint


class DefaultUnfitForConstraint(Fault):
    """A constraint cannot be applied to the default of its input."""

    constraint: Constraint


class ConstraintUndefinedForType(Fault):
    """The manager does not look this constraint up for the type of the input."""

    constraint: Constraint
    type_name: str | None


class ConstrainedFunctionDefault(Fault):
    """A function is the default of an input with constraints."""


class DefaultOfObjectType(Fault):
    """A default names an object of the manager."""

    type_name: str | None


class ItemOfOtherType(Fault):
    """An item of a default does not fit `item_type`; `is_unlisted`: the default is no list."""

    type_name: str | None
    is_unlisted: bool


class UnseenDefault(Fault):
    """A default breaks a constraint, and nobody tests it."""

    constraint: Constraint


class ConstraintUnfitForType(Fault):
    """An operator raises on every value of the type."""

    operator: str
    type_name: str | None


class ComparisonOfTexts(Fault):
    """An operator that compares numbers stands beside a type of text."""

    operator: str
    type_name: str | None


class ImpossibleConstraint(Fault):
    """No value satisfies a constraint.

    reason  'reversed', 'empty', 'negative', 'fraction', 'no-value', or 'contradiction' to another one
    other   that one's operator, and `place` its argument
    """

    operator: str
    reason: str
    other: str = ""
    place: Node | None = None


class ValueNeverValid(Fault):
    """One of the values of `valid_values` fits neither the type nor the other constraints."""

    value: Any


class SchemaAsValue(Fault):
    """A declaration stands where a value belongs; `what` is given it, in words."""

    name: str
    what: str


class TextReadAsNumber(Fault):
    """`text` is given for a string, and YAML reads it as `value`."""

    name: str
    text: str
    value: str


class BrokenUrl(Fault):
    """A URL over two lines, of which YAML makes one with a blank."""
