"""Faults of types: parents, circles, types of properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.model.blueprint import Section
    from bplint.model.elements import DataType, SchemaProperty, Type
    from bplint.span import Span


class UnknownParentType(Fault):
    """A type is derived from one that is not there. `what`: the kind of type, in words."""

    name: str
    what: str
    section: Section[Type]


class TypeCycle(Fault):
    """Types lead in a circle. `elements` are those of `cycle` that are known, in its order."""

    what: str
    cycle: Sequence[str]
    elements: Sequence[Type]


class UnknownDataType(Fault):
    """A property of `subject` has a type that is not there."""

    name: str
    subject: str


class PrimitiveDataTypeName(Fault):
    """A data type has the name of a built-in type."""

    name: str


class NamespacedParentType(Fault):
    """A data type's parent is not found in time; `lost`: a property whose type is not found."""

    data_type: DataType
    lost: SchemaProperty | None


class RetypedProperty(Fault):
    """A property of `owner` has another type than `base`, the one it inherits."""

    prop: SchemaProperty
    base: SchemaProperty
    owner: Type


class NameOfOtherVersion(Fault):
    """A parent that only the built-in types of another version have; `edition` says which ones."""

    name: str
    what: str
    edition: str


class BuiltInTypesNotImported(Fault):
    """The built-in types are used, at `places` of `(path, span)` and by `names`, and nothing imports them."""

    names: Sequence[str]
    places: Sequence[tuple[str, Span]]
