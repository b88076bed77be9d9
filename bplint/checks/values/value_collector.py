"""Collects the faults of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.model.value_tests import is_function, is_truthy
from bplint.record import Record
from bplint.syntax.mapping import deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from bplint.checks.values import value_faults as kinds
    from bplint.diagnostic import Reference
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.elements import Element, SchemaProperty
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.values.value_faults")

EXTERNAL: Final = "use_external_resource"
# words that mean no to a reader, and that the parser takes for true
_FALSY_WORDS: Final = frozenset(("false", "no", "off", "none", "null", "0", "n", "f"))


class ValuePlace(Record):
    """Where the faults of a value are told where it has no place of its own: `subject` is what holds the
    value, in words; `node` and `file` its place."""

    subject: str
    node: Node
    file: ImportedFile


class ValueFaults:
    """Collects the faults of values."""

    __slots__ = ("faults",)

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def _is_external(
        self, layers: list[dict[str, Pair]], properties: dict[str, SchemaProperty], place: ValuePlace
    ) -> bool:
        """Whether `use_external_resource` is true; a function there is refused."""
        node = first_given(EXTERNAL, layers, properties)
        if node is None:
            return False
        if not is_function(node):
            self._tell_falsy_word(node, layers, place)
            return is_truthy(node)
        at = layers[0][EXTERNAL][1] if EXTERNAL in layers[0] and place.file.is_own else place.node
        path = place.file.document.path
        self.faults.append(kinds.FunctionInUseExternalResource(path, at.span, subject=place.subject))
        return True

    def _tell_falsy_word(self, node: Node, layers: list[dict[str, Pair]], place: ValuePlace) -> None:
        if node.kind != SCALAR or EXTERNAL not in layers[0] or not place.file.is_own:
            return
        word = value_of(node)
        if isinstance(word, str) and word.strip().casefold() in _FALSY_WORDS:
            path, at = place.file.document.path, layers[0][EXTERNAL][1]
            self.faults.append(kinds.FalseWordInUseExternalResource(path, at.span, word=word))

    def _tell_mismatch(
        self, node: Node, entry: SchemaProperty, trail: tuple[str, ...], place: ValuePlace
    ) -> None:
        self.faults.append(self._mismatch(node, entry, trail, place))

    def _mismatch(
        self, node: Node, entry: SchemaProperty, trail: tuple[str, ...], place: ValuePlace
    ) -> Fault:
        path, subject = place.file.document.path, place.subject
        return kinds.ValueTypeMismatch(path, node.span, subject=subject, trail=trail, prop=entry, value=node)

    def _tell_undefined(
        self,
        key: Node,
        trail: tuple[str, ...],
        properties: dict[str, SchemaProperty],
        place: ValuePlace,
        owner: Element,
        raises: Reference | None = None,
    ) -> None:
        self.faults.append(
            kinds.UndefinedProperty(
                place.file.document.path,
                key.span,
                reference=raises,
                subject=place.subject,
                trail=trail,
                known=properties,
                owner=owner,
            )
        )

    def _tell_missing(self, trail: tuple[str, ...], entry: SchemaProperty, place: ValuePlace) -> None:
        path, span = place.file.document.path, place.node.span
        self.faults.append(kinds.MissingProperty(path, span, subject=place.subject, trail=trail, prop=entry))


def first_given(
    name: str, layers: list[dict[str, Pair]], properties: dict[str, SchemaProperty]
) -> Node | None:
    """The value of a property: what the first layer gives that has it, else its default."""
    entry = properties.get(name)
    if entry is None:
        return None
    for layer in layers:
        if name in layer:
            return deref(layer[name][1])
    return entry.default


def mismatches(found: list[Fault]) -> list[Fault]:
    """What is wrong with values, and not that some are missing."""
    return [fault for fault in found if isinstance(fault, kinds.ValueTypeMismatch)]


def told_at(place: ValuePlace, fault: Fault) -> Fault:
    """What absent values lack, at another place that does not give them."""
    path, span, subject = place.file.document.path, place.node.span, place.subject
    if isinstance(fault, kinds.ValueTypeMismatch):
        trail, prop, value = fault.trail, fault.prop, fault.value
        return kinds.ValueTypeMismatch(path, span, subject=subject, trail=trail, prop=prop, value=value)
    assert isinstance(fault, kinds.MissingProperty)
    return kinds.MissingProperty(path, span, subject=subject, trail=fault.trail, prop=fault.prop)
