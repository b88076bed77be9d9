"""Faults of what is legal and unwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.model.elements import Input, NodeTemplate
    from bplint.syntax.tree import Node


class UnusedItem(Fault):
    """Nothing uses an item of a section; `words` say what kind of item it is."""

    name: str
    words: str


class UnusedDataType(UnusedItem):
    """Nothing uses a data type."""


class UnusedNodeType(UnusedItem):
    """Nothing uses a node type."""


class UnusedRelationshipType(UnusedItem):
    """Nothing uses a relationship type."""


class UnusedPlugin(UnusedItem):
    """Nothing uses a plugin."""


class UnusedGroup(UnusedItem):
    """Nothing uses a group."""


class UnusedPolicyType(UnusedItem):
    """Nothing uses a policy type or trigger."""


class UnusedInput(Fault):
    """Nothing reads an input, one of `number` in its file; 0 where there are too many to count."""

    name: str
    number: int


class UnusedAnchor(Fault):
    """No alias names an anchor."""

    name: str


class UntypedInput(Fault):
    """An input has no type, and its default is of `type_name`."""

    entry: Input
    type_name: str


class UnknownRequiredNodeType(Fault):
    """The availability rules of a workflow name a node type that is not there."""

    name: str


class DeprecatedInstances(Fault):
    """A node template has `instances`, the old form: `key` and `value`."""

    template: NodeTemplate
    key: Node
    value: Node


class ReplacedInterface(Fault):
    """A node template writes an interface that nothing calls any more."""

    name: str
    instead: str
    template: NodeTemplate


class OlderTypeName(Fault):
    """A type has a newer name."""

    name: str
    newer: str


class ClearTextSecret(Fault):
    """A secret stands in clear text."""

    name: str


class DoubtfulSecret(Fault):
    """A secret has a value that anybody can guess."""

    name: str


class VersionReadAsNumber(Fault):
    """A version, written `text`, is another number."""

    name: str
    text: str
    value: float
