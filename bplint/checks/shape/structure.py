"""The structure check: does a file have the shape of the language, in the version the main file declares?

One walk over the sections, along the table of `dsl/shape.py`. It never looks into free-form values, its
depth is that of the table, and an anchored block is looked at once for each shape it must have, so that
neither deep nesting nor aliases of aliases cost anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.dsl import shape as table
from bplint.dsl.builtin_types import OBJECT_BASED
from bplint.dsl.functions import call_of
from bplint.dsl.language import blueprint
from bplint.dsl.versions import SUPPORTED, VERSION_KEY
from bplint.fault import Fault
from bplint.later import later
from bplint.lookup import Absent
from bplint.near import nearest
from bplint.span import Span
from bplint.syntax import mapping as mappings
from bplint.syntax.scalars import text_of, value_of
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.checks.shape import shape_faults as kinds
    from bplint.checks.shape.holes import Holes
    from bplint.document import Document
    from bplint.dsl.shape import Key, Raises, Shape
    from bplint.dsl.versions import Version
    from bplint.imports import merge_faults
else:
    kinds = later("bplint.checks.shape.shape_faults")
    merge_faults = later("bplint.imports.merge_faults")

_JUDGED_ELSEWHERE: Final = (VERSION_KEY, "imports")
_NO_GATES: Final = (99, 0)

_ODD_COLLECTIONS: Final = (":set", ":omap", ":pairs")

_TYPE_BITS: Final[dict[type, int]] = {
    str: table.STRING,
    int: table.INTEGER,
    float: table.FLOAT,
    bool: table.BOOLEAN,
    type(None): table.NULL,
    Absent: table.ANYTHING,
}


class StructureFaults(list[Fault]):
    """The faults of a file. `broken` holds the ids of nodes that are not to be judged a second time: values
    whose shape is not that of the language, and mappings with an unknown key, which may be a legal one
    misspelt: what seems to be missing in them may be there."""

    __slots__ = ("broken",)

    def __init__(self) -> None:
        super().__init__()
        self.broken: set[int] = set()


def check_structure(document: Document, version: Version | Absent | None, is_main: bool) -> StructureFaults:
    """Faults of shape and of version in one file.

    version  of the main file, as a tuple; anything else switches the version gates off
    is_main  the file is what is linted, not imported: its version and its `dsl_definitions` count
    """
    check = _StructureCheck(document, version if isinstance(version, tuple) else _NO_GATES)
    root = document.root
    if root is not None and root.kind == MAPPING:
        if is_main:
            check.version_of_main(root)
        check.sections(root, is_main)
    return check.faults


def type_of(node: Node) -> int:
    """The type of a node's value, as one of the bits of `dsl.shape`; all bits where it cannot be known."""
    kind = node.kind
    if kind == SCALAR:
        if node.tag is None and node.style:
            return table.STRING
        return _TYPE_BITS.get(type(value_of(node)), table.OTHER)
    if kind == ALIAS:
        return type_of(mappings.deref(node))
    if node.tag is not None and node.tag.endswith(_ODD_COLLECTIONS):
        return table.OTHER if node.tag.endswith(":set") else table.SEQUENCE
    return table.MAPPING if kind == MAPPING else table.SEQUENCE


class _StructureCheck:
    __slots__ = ("_holes", "_seen", "_shared", "_told", "_version", "document", "faults")

    def __init__(self, document: Document, version: Version) -> None:
        self.document = document
        self.faults = StructureFaults()
        self._holes = _holes_of(document)
        self._version = version
        self._seen: set[tuple[int, int]] = set()  # anchored blocks by shape
        self._shared: set[int] = set()  # blocks that come back in every mapping that merges them
        self._told: set[tuple[type[Fault], int, int]] = set()

    # -- the file

    def version_of_main(self, root: Node) -> None:
        pair = mappings.get_pair(root, VERSION_KEY)
        value = None if pair is None else mappings.deref(pair[1])
        found = 0 if value is None else type_of(value)
        if value is not None and found == table.STRING and value.text in SUPPORTED:
            return
        # nearly every file says a version that there is
        from bplint.checks.shape.declared_version import version_fault

        fault = version_fault(self.document, root, pair, found)
        if fault is not None:
            self._tell(fault)

    def sections(self, root: Node, is_main: bool) -> None:
        """Every section; those of an import that are not merged have no shape to keep."""
        shape = blueprint()
        for key, value in mappings.pairs(root):
            entry = shape.keys.get(key.text or "") or self._odd_key(key, value, shape, root)
            if entry is None or entry.name in _JUDGED_ELSEWHERE:
                continue
            if is_main or entry.name != "dsl_definitions":
                self._entry(key, value, entry)

    # -- collections

    def _collection(self, node: Node, shape: Shape, place: Node) -> None:
        """Check what is in a mapping or list that has the right type; `place` is what it is known by."""
        if node.anchor is not None or id(node) in self._shared:
            visit = (id(node), id(shape))
            if visit in self._seen:
                return
            self._seen.add(visit)
        if node.kind == MAPPING:
            pairs = mappings.pairs(node)
            # what a merge key brings comes first, and lies elsewhere
            if pairs and not node.start <= pairs[0][0].start <= node.end:
                self._shared.update(id(value) for _, value in pairs)
        if shape.kind == table.FIXED:
            self._fixed(node, shape, place)
        elif shape.kind == table.MAPPING_OF:
            self._mapping_of(node, shape)
        elif shape.kind == table.LIST_OF:
            self._list_of(node, shape, place)

    def _fixed(self, node: Node, shape: Shape, place: Node) -> None:
        keys = shape.keys
        required = 0
        for key, value in mappings.pairs(node):
            entry = keys.get(key.text or "") or self._odd_key(key, value, shape, node)
            if entry is None:
                continue
            required += entry.is_required
            wanted = entry.shape
            # most values are texts and free mappings: accepted here, without a call
            if wanted.is_simple and entry.since is None and value.tag is None:
                if value.kind == MAPPING:
                    if wanted.types & table.MAPPING:
                        continue
                elif value.kind == SCALAR and wanted.types & table.STRING and type_of(value) == table.STRING:
                    continue
            self._entry(key, value, entry)
        if required < len(shape.required):
            self._missing_keys(node, shape, place)
        if shape.check:
            _CHECKS[shape.check](self, node, place)

    def _odd_key(self, key: Node, value: Node, shape: Shape, node: Node) -> Key | None:
        """The key's entry where it is an alias; None where it is unknown or no string, which is told."""
        written = mappings.deref(key)
        found = type_of(written)
        if not found & table.STRING:
            self._non_string(key, found, shape)
        elif written.text in shape.keys:
            return shape.keys[written.text]
        else:
            self._broken(value)
            self._broken(node)
            # only where something is wrong
            from bplint.checks.shape.unknown_keys import unknown_key

            fault = unknown_key(self.document.path, key, value, shape, node)
            if fault is not None:
                self._tell(fault)
        return None

    def _non_string(self, key: Node, found: int, shape: Shape) -> None:
        raises = table.VALUE_ERROR if found & (table.NULL | table.OTHER) else table.FORMAT
        self._tell(
            merge_faults.NonStringKey(*self._at(key), reference=Reference(*raises), shape=shape, value=key)
        )

    def _mapping_of(self, node: Node, shape: Shape) -> None:
        item = shape.item
        assert item is not None
        is_plain = item.kind != table.LEAF and item.types == table.MAPPING
        for key, value in mappings.pairs(node):
            if not (key.style and key.tag is None) and not type_of(key) & table.STRING:
                self._non_string(key, type_of(key), shape)
            if is_plain and value.kind == MAPPING and value.tag is None:
                self._collection(value, item, key)
            else:
                self._value(value, item, key, shape.null_item)

    def _list_of(self, node: Node, shape: Shape, place: Node) -> None:
        item = shape.item
        assert item is not None
        items = node.items or []
        if len(items) < shape.fewest and not self._beside_hole(place.start, node.end):
            self._tell(kinds.EmptyList(*self._at(node), name=place.text))
        for value in items:
            self._value(value, item, value, shape.null_item)

    # -- values

    def _entry(self, key: Node, written: Node, entry: Key) -> None:
        """The value of a key of a fixed mapping."""
        if type_of(written) == table.NULL:
            self._null(key, written, entry)
            return
        if entry.since is not None and self._version < entry.since:
            since, now = entry.since, self._version
            self._tell(kinds.NotSupportedInVersion(*self._at(key), name=entry.name, since=since, now=now))
        self._value(written, entry.shape, key, None)

    def _value(self, written: Node, shape: Shape, place: Node, null: Raises | None) -> None:
        """Any value as it is written: what is wrong with it is told where it is used, not at its anchor."""
        if shape.kind == table.FREE:
            return
        found = type_of(written)
        if found == table.ANYTHING:
            return
        if found & shape.types:
            if shape.kind == table.LEAF:
                self._leaf(written, shape, place)
            else:
                self._collection(mappings.deref(written), shape, place)
        elif found == table.NULL:
            if null is not None and not self._beside_hole(place.start, written.end):
                self._broken(written)
                at = self._at(_visible(written, place))
                self._tell(kinds.EmptyElement(*at, reference=Reference(*null), shape=shape))
        elif not (shape.short_form and found == table.STRING):
            self._wrong(written, shape, found, place)

    def _null(self, key: Node, written: Node, entry: Key) -> None:
        if self._beside_hole(key.start, written.end):
            return
        if entry.is_required:
            self._broken(written)
            at = self._at(_visible(written, key))
            self._tell(kinds.EmptyValue(*at, name=entry.name, shape=entry.shape))
        elif entry.null is not None:
            self._broken(written)
            at = self._at(_visible(written, key))
            self._tell(kinds.EmptyElement(*at, reference=Reference(*entry.null), shape=entry.shape))

    def _wrong(self, written: Node, shape: Shape, found: int, place: Node) -> None:
        self._broken(written)
        at, kind, raises = self._at(written), kinds.WRONG_VALUES.get(shape.fault), shape.wrong
        if shape.choices and raises == table.FORMAT:
            kind = None  # the parser looks at the type before it compares with the choices
        if shape.wrong_collection is not None and found & (table.MAPPING | table.SEQUENCE):
            raises = shape.wrong_collection
        if kind is None and found == table.OTHER:
            kind = kinds.UnquotedDate
            raises = table.VALUE_ERROR if raises == table.FORMAT else raises
        reference = Reference(*raises)
        if kind is None:
            name = place.text
            self._tell(kinds.WrongShape(*at, reference=reference, shape=shape, value=written, name=name))
        else:
            self._tell(kind(*at, reference=reference, shape=shape, value=written))

    def _leaf(self, written: Node, shape: Shape, place: Node) -> None:
        value = mappings.deref(written)
        if shape.choices and value.text not in shape.choices:
            self._tell(kinds.WRONG_VALUES[shape.fault](*self._at(written), shape=shape, value=value))
        if shape.minimum is not None and value_of(value) < shape.minimum:
            at, reference = self._at(written), Reference(*shape.minimum_raises)
            self._tell(kinds.NumberTooSmall(*at, reference=reference, shape=shape, name=place.text))
        if shape.check:
            _CHECKS[shape.check](self, written, place)

    # -- checks beyond types

    def _type_gate(self, written: Node, place: Node) -> None:
        name = mappings.deref(written).text or ""
        since = OBJECT_BASED.get(name)
        if since is not None and self._version < since:
            at, now = self._at(written), self._version
            self._tell(kinds.TypeNotSupportedInVersion(*at, name=name, since=since, now=now))

    def _label(self, written: Node, place: Node) -> None:
        pair = mappings.get_pair(written, "get_attribute")
        if pair is not None:
            self._tell(kinds.LabelReadsAttribute(*self._at(pair[0])))

    def _property_type(self, node: Node, place: Node) -> None:
        value = mappings.get(node, "type")
        if value is not None and text_of(value) == "":
            self._tell(kinds.EmptyTypeName(*self._at(_visible(value, place))))

    def _input_type(self, node: Node, place: Node) -> None:
        """An input without a type's name is only looked at if it has a default that is a value."""
        value = mappings.get(node, "type")
        if value is not None and text_of(value) == "":
            default = mappings.get(node, "default")
            if default is not None and type_of(default) != table.NULL and call_of(default) is None:
                self._tell(kinds.EmptyTypeName(*self._at(_visible(value, place))))

    def _plugin_source(self, node: Node, place: Node) -> None:
        install = mappings.get(node, "install")
        if install is not None and type_of(install) != table.NULL and value_of(install) is not True:
            return
        for name in ("source", "package_name"):
            value = mappings.get(node, name)
            if value is not None and type_of(value) != table.NULL and value.text != "":
                return
        if not self._beside_hole(place.start, node.end):
            self._tell(kinds.PluginWithoutSource(*self._at(place), name=place.text))

    def _imported(self, written: Node, place: Node) -> None:
        # nobody writes this section by hand
        from bplint.checks.shape.imported import imported_faults

        shape = blueprint().keys["imported_blueprints"].shape
        for node, raises in imported_faults(mappings.deref(written), type_of):
            at, reference = self._at(node), Reference(*raises)
            self._tell(kinds.WrongShape(*at, reference=reference, shape=shape, value=node, name=place.text))

    # -- telling

    def _missing_keys(self, node: Node, shape: Shape, place: Node) -> None:
        if self._beside_hole(place.start, node.end):
            return
        where = place if place is not node else _first(node)
        unknown = [key.text or "" for key, _ in mappings.pairs(node) if key.text not in shape.keys]
        for name in shape.required:
            if any(nearest(text, [name]) for text in unknown):
                continue  # misspelt, which is told already
            if mappings.get_pair(node, name) is None:
                self._tell(kinds.MissingKey(*self._at(where), name=name, shape=shape, owner=place.text))

    def _broken(self, node: Node) -> None:
        self.faults.broken.add(id(mappings.deref(node)))

    def _at(self, node: Node) -> tuple[str, Span]:
        return self.document.path, Span(node.start, node.end)

    def _tell(self, fault: Fault) -> None:
        told = (type(fault), *fault.span)
        if told in self._told and not isinstance(fault, kinds.MissingKey):
            return
        self._told.add(told)
        self.faults.append(fault)

    def _beside_hole(self, start: int, end: int) -> bool:
        """Whether a block set aside after a syntax error lies in this range or directly behind it."""
        return self._holes is not None and self._holes.are_beside(start, end)


_CHECKS: Final[dict[str, Callable[[_StructureCheck, Node, Node], None]]] = {
    "type": _StructureCheck._type_gate,
    "label": _StructureCheck._label,
    "property": _StructureCheck._property_type,
    "input": _StructureCheck._input_type,
    "plugin": _StructureCheck._plugin_source,
    "imported": _StructureCheck._imported,
}


def _holes_of(document: Document) -> Holes | None:
    if not document.holes:
        return None
    from bplint.checks.shape.holes import Holes  # only after a syntax error

    return Holes(document)


def _visible(value: Node, key: Node) -> Node:
    """The null where something is written, else its key."""
    return value if value.end > value.start else key


def _first(node: Node) -> Node:
    """The first key of a mapping that has no name of its own, or the mapping where it has no key."""
    if node.kind == MAPPING and node.items:
        first: Node = node.items[0][0]
        return first
    return node
