"""The faults of values, as the rules get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.fault import Fault
from bplint.record import Record
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from bplint.diagnostic import Reference
    from bplint.imports.graph import ImportedFile
    from bplint.model.elements import Element, SchemaProperty
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node

MISMATCH: Final = "value-type-mismatch"
UNDEFINED: Final = "undefined-property"
MISSING_VALUE: Final = "missing-property"
EXTERNAL_FUNCTION: Final = "function-in-use-external-resource"

EXTERNAL: Final = "use_external_resource"
# words that mean no to a reader, and that the parser takes for true
_FALSY_WORDS: Final = frozenset(("false", "no", "off", "none", "null", "0", "n", "f"))


class Place(Record):
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

    def _tell_falsy_word(self, node: Node, layers: list[dict[str, Pair]], place: Place) -> None:
        if node.kind != SCALAR or EXTERNAL not in layers[0] or not place.file.is_own:
            return
        word = value_of(node)
        if isinstance(word, str) and word.strip().casefold() in _FALSY_WORDS:
            at = layers[0][EXTERNAL][1]
            self.faults.append(
                Fault(
                    "false-word-in-use-external-resource",
                    place.file.document.path,
                    at.span,
                    subject=place.subject,
                    word=word,
                )
            )

    def _tell_mismatch(self, node: Node, entry: SchemaProperty, trail: tuple[str, ...], place: Place) -> None:
        self.faults.append(self._mismatch(node, entry, trail, place))

    def _mismatch(self, node: Node, entry: SchemaProperty, trail: tuple[str, ...], place: Place) -> Fault:
        return Fault(
            MISMATCH,
            place.file.document.path,
            node.span,
            subject=place.subject,
            trail=trail,
            property=entry,
            value=node,
        )

    def _tell_undefined(
        self,
        key: Node,
        trail: tuple[str, ...],
        properties: dict[str, SchemaProperty],
        place: Place,
        owner: Element,
        raises: Reference | None = None,
    ) -> None:
        self.faults.append(
            Fault(
                UNDEFINED,
                place.file.document.path,
                key.span,
                raises,
                subject=place.subject,
                trail=trail,
                known=properties,
                owner=owner,
            )
        )

    def _tell_missing(self, trail: tuple[str, ...], entry: SchemaProperty, place: Place) -> None:
        self.faults.append(
            Fault(
                MISSING_VALUE,
                place.file.document.path,
                place.node.span,
                subject=place.subject,
                trail=trail,
                property=entry,
            )
        )
