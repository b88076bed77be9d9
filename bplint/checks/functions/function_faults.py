"""Faults of calls of intrinsic functions. `function` is always the name of the function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bplint.dsl.versions import Version
    from bplint.model.elements import NodeTemplate, NodeType


class FunctionArgument(Fault):
    """An argument has the wrong form; `wanted` and `got` are words.

    is_whole  it is the whole argument, and no item of it
    size      number of its items, where it is a list
    """

    function: str
    wanted: str
    got: str
    is_whole: bool
    size: int | None


class FunctionTooNew(Fault):
    """A function came with a later version than the blueprint's."""

    function: str
    since: Version


class UnknownName(Fault):
    """A name, any scalar, of what is not there. `renamed`: the full name of what is meant, which the
    function would have to be given."""

    name: Any
    function: str
    renamed: str | None


class UnknownInput(UnknownName):
    """A function names an input that is not there."""


class UnknownNodeInFunction(UnknownName):
    """A function names a node template that is not there."""


class UnknownPropertyPath(Fault):
    """A path below the properties of a node template leads nowhere.

    reason         that of `plan_properties.Miss`
    part, before   where it ends: a text or integer, and those before it
    known, size    what would be right there: names, or the number of items
    """

    reason: str
    part: Any
    before: Sequence[Any]
    known: Collection[str]
    size: int
    template: NodeTemplate


class OutOfScopeNode(Fault):
    """SELF, SOURCE or TARGET in a scope that does not know it."""

    name: str
    function: str
    scope: str


class MergeOfNoMapping(Fault):
    """An argument of `merge` is no mapping but what `got` says."""

    got: str


class StringFunctionArgument(Fault):
    """An argument of a function on texts has the wrong type; `wanted` and `got` are words."""

    function: str
    wanted: str
    got: str


class UnknownSysProperty(Fault):
    """`get_sys` asks for what is not among the `known`."""

    name: Any
    known: Sequence[str]


class FunctionNotRenamable(Fault):
    """The namespace cannot be put before the name in an argument."""

    function: str
    namespace: str | None


class SameAttributePath(Fault):
    """An attribute is asked for twice."""

    identifier: str


class PropertyCycle(Fault):
    """A property is read from itself; `circle` leads through properties back to the first."""

    circle: Sequence[str]


class PropertyThroughFunction(Fault):
    """A part is read of a value that a function gives."""


class MisspeltFunction(Fault):
    """A mapping that looks like a call but for its `name`."""

    name: str
    function: str


class FunctionWithNeighbours(Fault):
    """A mapping that looks like a call but for what stands beside it."""

    function: str
    neighbours: Sequence[str | None]


class FunctionNotEvaluated(Fault):
    """A call where nobody evaluates it; `where` in words."""

    function: str
    where: str


class AttributeInLabel(Fault):
    """A call in a label that reads an attribute."""

    function: str


class AttributeNeverSet(Fault):
    """Nothing sets attribute `part` of node template `name`."""

    name: str
    part: Any


class InputOfDataType(Fault):
    """An operation input of a data type is given by `get_input`, which cannot test it."""

    name: str
    type_name: str


class UnknownTypeProperty(Fault):
    """A node type reads a property of its own nodes that it does not have."""

    name: str
    type: NodeType
