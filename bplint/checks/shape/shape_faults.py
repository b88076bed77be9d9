"""Faults of shape: keys, types of values, the version of the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.fault import Fault, rule_name

if TYPE_CHECKING:
    from bplint.dsl.shape import Shape
    from bplint.dsl.versions import Version
    from bplint.syntax.tree import Node


class MissingVersion(Fault):
    """The main file does not say its version. `newline`: how its lines end, where a line can be added."""

    newline: str | None


class VersionNotText(Fault):
    """The version is no text; `found` says in words what it is."""

    found: str


class UnknownVersion(Fault):
    """The version is none of the language."""

    text: str


class ForeignDialect(Fault):
    """The version is one of another language."""

    text: str


class TooNew(Fault):
    """What the language has `since` a later version than the one of `now`."""

    name: str
    since: Version
    now: Version


class NotSupportedInVersion(TooNew):
    """A key is newer than the blueprint's version."""


class TypeNotSupportedInVersion(TooNew):
    """A built-in type is newer than the blueprint's version."""


class UnknownKey(Fault):
    """A key that its element, of this shape, cannot have.

    value      what is written for it
    inside     the mapping that has it
    is_merged  a merge key brings it, at whose place it is told
    is_value   the mapping has no key of its shape: it is a value in place of a declaration
    """

    name: str
    shape: Shape
    value: Node | None = None
    inside: Node | None = None
    is_merged: bool = False
    is_value: bool = False


class MissingKey(Fault):
    """A key is not there. `owner`: the name of the element, where it has one."""

    name: str
    shape: Shape
    owner: str | None


class EmptyValue(Fault):
    """A key that must have a value of this shape has none."""

    name: str
    shape: Shape


class EmptyElement(Fault):
    """Nothing is written where there must be something of this shape."""

    shape: Shape


class EmptyList(Fault):
    """A list that must have an item has none."""

    name: str | None


class NumberTooSmall(Fault):
    """A number is below the least of its shape."""

    shape: Shape
    name: str | None


class WrongValue(Fault):
    """A value has another type than its shape asks for, or is none of its choices."""

    shape: Shape
    value: Node


class WrongShape(WrongValue):
    """A value has another type than its place asks for."""

    name: str | None


class UnquotedDate(WrongValue):
    """A date, or something else that only YAML knows, where text is wanted."""


class UnknownPluginExecutor(WrongValue):
    """The executor of a plugin is none that there is."""


class UnknownOperationExecutor(WrongValue):
    """The executor of an operation is none that there is."""


class UnknownAvailability(WrongValue):
    """A state of node instances in availability rules is none that there is."""


class LabelValue(WrongValue):
    """The value of a deployment's label is neither text nor a function."""


class BlueprintLabelValue(WrongValue):
    """The value of a blueprint's label is no text."""


class LabelReadsAttribute(Fault):
    """A label has an attribute as its value."""


class PluginWithoutSource(Fault):
    """A plugin is to be installed, and nothing says from where."""

    name: str | None


class EmptyTypeName(Fault):
    """The type of a property or input is an empty text."""


# what is told of a wrong value, by the name that its shape has for it
WRONG_VALUES: Final[dict[str, type[WrongValue]]] = {
    rule_name(kind): kind
    for kind in (
        BlueprintLabelValue,
        LabelValue,
        UnknownAvailability,
        UnknownOperationExecutor,
        UnknownPluginExecutor,
    )
}
