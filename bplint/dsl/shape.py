"""The shape of the language: every element with its keys, what their values may be, and since when.

One table, `language.blueprint()`. The structure check walks it, the JSON Schemas are made from it, "did you
mean", documentation and completion read it. The facts are those of the reference parser (dsl_parser of
cloudify-common 7.0.5), accidents included: where it crashes on a null or on a wrong type, the table holds
the exception's name, so that the verdict is the same while the message says what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC

if TYPE_CHECKING:
    from collections.abc import Iterator

from bplint.dsl.versions import Version

Raises = tuple[str, "int | None"]  # exception class and code of the reference parser

# kinds of shape
FREE: Final = 0  # anything; never looked into
LEAF: Final = 1  # a value of certain types; a mapping or list in it is never looked into
FIXED: Final = 2  # a mapping with a fixed set of keys
MAPPING_OF: Final = 3  # a mapping of any names to one shape
LIST_OF: Final = 4  # a list of one shape

# types of a value, as bits
STRING: Final = 1
INTEGER: Final = 2
FLOAT: Final = 4
BOOLEAN: Final = 8
MAPPING: Final = 16
SEQUENCE: Final = 32
NULL: Final = 64
OTHER: Final = 128  # dates, binary data, sets: what JSON does not know
COUNT: Final = INTEGER | BOOLEAN  # the parser takes true for 1
NUMBER: Final = INTEGER | FLOAT | BOOLEAN
ANYTHING: Final = 255  # a value that cannot be read
VALUE: Final = STRING | NUMBER | MAPPING | SEQUENCE

FORMAT: Final[Raises] = ("DSLParsingFormatException", 1)
NO_VERSION: Final[Raises] = (LOGIC, 27)
VALUE_ERROR: Final[Raises] = ("ValueError", None)


class Shape:
    """What a value may be.

    title        what messages call it: "a node template"
    name         its name in the schemas and the documentation: "node_template"
    types        LEAF: the types it may have, as bits
    choices      LEAF: the only legal values; others raise what `wrong` says
    minimum      LEAF: the least legal number; `minimum_raises` what a smaller one raises
    item         MAPPING_OF, LIST_OF: the shape of every item
    null_item    MAPPING_OF, LIST_OF: what a null item raises, None where it is accepted
    fewest       LIST_OF: the least number of items
    wrong        what a value of another type raises
    wrong_collection  what a list or mapping raises in its place, where that is something else
    fault        name of the rule that words a wrong value
    keys         FIXED: name → Key
    required     FIXED: names of the keys that must be there and not be null
    short_form   FIXED: a string is accepted in place of the mapping
    is_simple    LEAF: a value of the right type is right, and nothing is to be looked at in it
    check        name of a check that goes beyond types, in `checks/shape/structure.py`
    """

    __slots__ = (
        "check",
        "choices",
        "fault",
        "fewest",
        "is_simple",
        "item",
        "keys",
        "kind",
        "minimum",
        "minimum_raises",
        "name",
        "null_item",
        "required",
        "short_form",
        "title",
        "types",
        "wrong",
        "wrong_collection",
    )

    def __init__(self, kind: int, title: str, name: str = "") -> None:
        self.kind = kind
        self.title = title
        self.name = name
        self.types = {FIXED: MAPPING, MAPPING_OF: MAPPING, LIST_OF: SEQUENCE}.get(kind, 0)
        self.choices: tuple[str, ...] = ()
        self.minimum: int | None = None
        self.minimum_raises: Raises = VALUE_ERROR
        self.item: Shape | None = None
        self.null_item: Raises | None = None
        self.fewest = 0
        self.wrong: Raises = FORMAT
        self.wrong_collection: Raises | None = None
        self.fault = "wrong-shape"
        self.keys: dict[str, Key] = {}
        self.required: tuple[str, ...] = ()
        self.short_form = False
        self.check = ""
        self.is_simple = False

    def __repr__(self) -> str:
        return f"Shape({self.name or self.title!r})"


class Key:
    """A key of a fixed mapping. `null` is what a null value raises, None where it is accepted; a null at a
    required key always counts as missing. `since` is None where no version refuses the key."""

    __slots__ = ("doc", "is_required", "name", "null", "shape", "since")

    def __init__(
        self, name: str, shape: Shape, doc: str, since: Version | None, is_required: bool, null: Raises | None
    ) -> None:
        self.name = name
        self.shape = shape
        self.doc = doc
        self.since = since
        self.is_required = is_required
        self.null = null


def walk_shapes(shape: Shape) -> Iterator[Shape]:
    """A shape and all below it, depth first; a shape used twice comes twice."""
    yield shape
    if shape.item is not None:
        yield from walk_shapes(shape.item)
    for key in shape.keys.values():
        yield from walk_shapes(key.shape)
