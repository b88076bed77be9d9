"""What fits where something is typed: keys, names, properties, functions and their arguments, code, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.builtin_types import OBJECT_BASED, PRIMITIVE
from bplint.dsl.functions import FUNCTIONS
from bplint.dsl.shape import BOOLEAN, FIXED, LEAF, MAPPING, MAPPING_OF, SEQUENCE, STRING
from bplint.dsl.versions import SUPPORTED, version_text
from bplint.language import offers, roles
from bplint.language.mention import MentionReader, call_around
from bplint.language.offers import Offer
from bplint.language.offers_of_calls import CallOffers
from bplint.language.offers_of_code import code_offers
from bplint.language.offers_of_imports import import_offers, unimported_types
from bplint.language.roles import value_role, zone_of
from bplint.language.shapes_at import shape_at
from bplint.language.skeleton import key_text_for, property_text, template_text
from bplint.language.typing_place import MARK
from bplint.model.elements import SchemaProperty
from bplint.syntax.mapping import as_dict, get, python_of
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING as MAPPING_NODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bplint.catalog.store import Catalog
    from bplint.dsl.shape import Shape
    from bplint.imports.graph import ImportedFile
    from bplint.language.code_reader import CodeReader
    from bplint.language.spot import Spot
    from bplint.language.typing_place import TypingPlace
    from bplint.model.blueprint import Blueprint

# functions whose arguments are often functions
NESTING: Final = frozenset(("concat", "merge", *(name for name in FUNCTIONS if name.startswith("string_"))))


class Completion:
    """Offers for one place.

    code      makes the reader of the blueprint's Python, only where code is asked for
    foreign   capabilities that other blueprints of the workspace declare: name → value as Python
    """

    def __init__(
        self,
        blueprint: Blueprint,
        file: ImportedFile,
        catalog: Catalog,
        code: Callable[[], CodeReader],
        foreign: Mapping[str, object],
    ) -> None:
        self.blueprint = blueprint
        self.file = file
        self.catalog = catalog
        self.code = code
        self.foreign = foreign
        self.reader = MentionReader(blueprint, file)
        self.declared = self.reader.declared

    def offers(self, place: TypingPlace) -> list[Offer]:
        """Everything that fits, in the order to show it; filtering by what is typed is the caller's."""
        found = {each.label: each for each in self._offers(place)}
        return sorted(found.values(), key=lambda each: (each.rank, each.label))

    def _offers(self, place: TypingPlace) -> Iterator[Offer]:
        spot, path = place.spot, place.spot.path
        if not path:
            yield from self._keys((), spot, 0)
            return
        zone = zone_of(path)
        if zone is not None and len(path) >= zone[1]:
            yield from self._in_values(place, zone)
            return
        if spot.is_key:
            yield from self._keys(path[:-1], spot, len(path) - 1)
            return
        shape = shape_at(path)
        if place.is_own_line and not isinstance(path[-1], int) and _takes_keys(shape, path):
            yield from self._keys(path, spot, len(path))
            return
        if isinstance(path[-1], int) and shape is not None and shape.kind == FIXED:
            yield from self._keys(path, spot, len(path))
        yield from self._names(value_role(path), place)
        yield from self._choices(shape)

    # -- keys

    def _keys(self, path: tuple[roles.Key, ...], spot: Spot, depth: int) -> Iterator[Offer]:
        """Keys of the mapping at a path."""
        written = self._written(spot.node_at(depth))
        shape = shape_at(path)
        if path and path[0] == "imports":
            return
        if shape is not None and shape.kind == FIXED:
            yield from self._fixed_keys(shape, written)
        if len(path) >= 3:
            yield from self._operations(path, spot, written)
        if path == ("node_templates",):
            text = "${1:name}:\n  type: $0"
            yield Offer("node template", offers.SNIPPET, "a new one", insert=text, is_snippet=True)

    def _fixed_keys(self, shape: Shape, written: set[str]) -> Iterator[Offer]:
        version = self.blueprint.version
        for key in shape.keys.values():
            if key.name in written or (key.since is not None and version and key.since > version):
                continue
            since = f"since {version_text(key.since)}" if key.since is not None else ""
            required = "required" if key.is_required else ""
            yield Offer(
                key.name,
                offers.KEY,
                ", ".join(filter(None, (required, key.shape.title, since))),
                key.doc,
                key_text_for(key),
                is_snippet=True,
                rank=0 if key.is_required else 1,
            )

    def _operations(self, path: tuple[roles.Key, ...], spot: Spot, written: set[str]) -> Iterator[Offer]:
        """Interfaces of the type, and operations of one of them."""
        for back in (1, 2):
            if path[-back] in ("interfaces", "source_interfaces", "target_interfaces"):
                interfaces = self.declared.interfaces(spot, str(path[-back]))
                names = interfaces if back == 1 else interfaces.get(str(path[-1]), {})
                for name in names:
                    if name not in written:
                        kind = "interface" if back == 1 else "operation"
                        yield Offer(name, offers.KEY, kind, insert=f"{name}:\n  $0", is_snippet=True, rank=1)
                return

    @staticmethod
    def _written(node: object) -> set[str]:
        return set(as_dict(node)) if getattr(node, "kind", None) == MAPPING_NODE else set()  # type: ignore[arg-type]

    # -- names of elements, and words

    def _names(self, role: str | None, place: TypingPlace) -> Iterator[Offer]:
        if role in roles.ELEMENTS:
            yield from self._elements(str(role), place)
        elif role == roles.MEMBER:
            yield from self._elements(roles.NODE_TEMPLATE, place)
            yield from self._elements(roles.GROUP, place)
        elif role == roles.IMPORT:
            yield from import_offers(place.prefix, self.blueprint.graph, self.file, self.catalog)
        elif role == roles.IMPLEMENTATION:
            yield from code_offers(place.prefix, self.blueprint, self.code)
        elif role == roles.VERSION:
            for name in reversed(SUPPORTED):
                yield Offer(name, offers.VALUE, "version of the language")
        elif role == roles.SCALING:
            yield Offer("cloudify.policies.scaling", offers.VALUE)

    def _elements(self, role: str, place: TypingPlace) -> Iterator[Offer]:
        section = getattr(self.blueprint, role)
        namespace = self.file.namespace
        for full in section.names():
            name = full.removeprefix(f"{namespace}--") if namespace else full
            item = section.item(full)
            rank = 2 if item is not None and item.file.is_own else 4
            kind = offers.TYPE if role.endswith("_types") or role == "relationships" else offers.ELEMENT
            if role == roles.NODE_TYPE and self._is_new_template(place.spot):
                yield self._template_offer(name, full, rank)
            else:
                yield Offer(name, kind, self._detail(role, full), rank=rank)
        if role == roles.DATA_TYPE:
            for name in (*PRIMITIVE, *OBJECT_BASED):
                yield Offer(name, offers.TYPE, "built in", rank=1)
        if role in (roles.NODE_TYPE, roles.RELATIONSHIP_TYPE):
            yield from unimported_types(role, self.blueprint, self.catalog)

    def _detail(self, role: str, full: str) -> str:
        item = getattr(self.blueprint, role).item(full)
        if item is None:
            return ""
        if role == roles.NODE_TEMPLATE:
            written = get(item.value, "type")
            return text_of(written) or "" if written is not None else ""
        entry = item.file.entry
        path: str = item.file.document.path
        return path if item.file.is_own or entry is None else str(entry.answered_by)

    def _is_new_template(self, spot: Spot) -> bool:
        path = spot.path
        if len(path) != 3 or path[0] != "node_templates":
            return False
        return self._written(spot.steps[1].node) == {"type"}

    def _template_offer(self, name: str, full: str, rank: int) -> Offer:
        kind = self.blueprint.node_types.lookup(full)
        text = template_text(name, kind.properties if kind else {})
        detail = self._detail(roles.NODE_TYPE, full)
        return Offer(name, offers.TYPE, detail, insert=text, is_snippet=text != name, rank=rank)

    def _choices(self, shape: Shape | None) -> Iterator[Offer]:
        if shape is None or shape.kind != LEAF:
            return
        for choice in shape.choices:
            yield Offer(choice, offers.VALUE)
        if shape.types == BOOLEAN:
            yield Offer("true", offers.VALUE)
            yield Offer("false", offers.VALUE)

    # -- values

    def _in_values(self, place: TypingPlace, zone: tuple[str, int]) -> Iterator[Offer]:
        spot, path = place.spot, place.spot.path
        call = call_around(spot)
        if call is not None and not (call[2] == len(path) and spot.is_key):
            calls = CallOffers(self.blueprint, self.reader, self.foreign)
            yield from calls.arguments(call[0], call[1], place)
            if spot.is_key or (call[1] is not None and call[0].function in NESTING):
                yield from self._functions(is_key=spot.is_key)
            return
        depth = len(path) - 1 if spot.is_key else len(path)
        if spot.is_key or (place.is_own_line and not isinstance(path[-1], int)):
            if depth >= zone[1]:
                written = self._written(spot.node_at(depth))
                yield from self._properties(spot, zone, depth, written)
                if not {name for name in written if MARK not in name}:
                    yield from self._functions(is_key=True)
            return
        yield from self._value_of(self.declared.given(spot, zone, depth))
        yield from self._functions(is_key=False)

    def _properties(
        self, spot: Spot, zone: tuple[str, int], depth: int, written: set[str]
    ) -> Iterator[Offer]:
        if depth == zone[1] and zone[0] == roles.GIVEN:
            properties = self.declared.for_zone(spot, zone[1])
        else:
            properties = self.declared.inside(self.declared.given(spot, zone, depth))
        for name, entry in properties.items():
            if name not in written:
                yield self._property(name, entry)
        if zone[0] == roles.FREE:
            shape = shape_at(spot.path[:depth])
            if shape is not None and shape.kind == FIXED:
                yield from self._fixed_keys(shape, written)

    def _property(self, name: str, entry: SchemaProperty) -> Offer:
        needed = entry.is_required and entry.default is None
        default = "required" if needed else ""
        description = get(entry.node, "description")
        return Offer(
            name,
            offers.PROPERTY,
            ", ".join(filter(None, (entry.type or "any", default))),
            (text_of(description) or "") if description is not None else "",
            property_text(entry, self.declared.inside(entry)),
            is_snippet=True,
            rank=0 if needed else 1,
        )

    def _value_of(self, entry: SchemaProperty | None) -> Iterator[Offer]:
        if entry is None:
            return
        if entry.type == "boolean":
            yield Offer("true", offers.VALUE, rank=0)
            yield Offer("false", offers.VALUE, rank=0)
        constraints = python_of(entry.constraints) if entry.constraints is not None else None
        for constraint in constraints if isinstance(constraints, list) else ():
            values = constraint.get("valid_values") if isinstance(constraint, dict) else None
            for value in values if isinstance(values, list) else ():
                yield Offer(str(value), offers.VALUE, "valid value", rank=0)
        if entry.type == "node_type":
            for name in self.blueprint.node_types.names():
                yield Offer(name, offers.TYPE)

    def _functions(self, *, is_key: bool) -> Iterator[Offer]:
        version = self.blueprint.version
        for function in FUNCTIONS.values():
            if version and function.since > version:
                continue
            argument = "[$0]" if "list" in function.arguments.split(",")[0] else "$0"
            if "name, or a list" in function.arguments:
                argument = "$0"
            text = f"{function.name}: {argument}"
            yield Offer(
                function.name,
                offers.FUNCTION,
                function.arguments,
                insert=text if is_key else f"{{ {text} }}",
                is_snippet=True,
                rank=6,
            )


def _takes_keys(shape: Shape | None, path: tuple[roles.Key, ...]) -> bool:
    if shape is None:
        return True
    if shape.kind in (FIXED, MAPPING_OF):
        return True
    return shape.kind == LEAF and bool(shape.types & MAPPING) and not shape.types & (STRING | SEQUENCE)
