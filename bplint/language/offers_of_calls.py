"""What fits as an argument of a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl.functions import CONSUMERS, NODE_FUNCTIONS, SYS_PROPERTIES
from bplint.language import offers, roles
from bplint.language.offers import Offer
from bplint.language.typing_place import MARK
from bplint.language.walk_mentions import mentions_of
from bplint.model.elements import NodeTemplate, SchemaProperty, Type
from bplint.syntax.mapping import get, python_of
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bplint.dsl.functions import Call
    from bplint.language.mention import MentionReader
    from bplint.language.spot import Spot
    from bplint.language.typing_place import TypingPlace
    from bplint.model.blueprint import Blueprint


class CallOffers:
    """`foreign` are capabilities that other blueprints of the workspace declare: name → value as Python."""

    def __init__(self, blueprint: Blueprint, reader: MentionReader, foreign: Mapping[str, object]) -> None:
        self.blueprint = blueprint
        self.reader = reader
        self.declared = reader.declared
        self.foreign = foreign

    def arguments(self, call: Call, position: int | None, place: TypingPlace) -> Iterator[Offer]:
        """What fits as the argument at a position of a call."""
        if position is None:
            return
        function, spot = call.function, place.spot
        if function == "get_input":
            yield from self._path_of_input(call, position)
        elif function in NODE_FUNCTIONS:
            yield from self._path_of_node(call, position, spot)
        elif function in ("get_capability", "get_group_capability"):
            yield from self._capabilities(call, position, 1)
        elif function == "get_environment_capability":
            yield from self._capabilities(call, position, 0)
        elif function == "get_label" and position == 0:
            for name in self.blueprint.labels.names():
                yield Offer(name, offers.ELEMENT, "label")
        elif function == "get_sys":
            names = SYS_PROPERTIES if position == 0 else SYS_PROPERTIES.get(_text(call, 0), ())
            for name in names if position < 2 else ():
                yield Offer(name, offers.VALUE)
        elif function == "get_consumers":
            for name in CONSUMERS:
                yield Offer(name, offers.VALUE)
        elif function == "get_secret" and position == 0:
            for name in self._secrets():
                yield Offer(name, offers.ELEMENT, "secret that this blueprint uses")

    def _path_of_input(self, call: Call, position: int) -> Iterator[Offer]:
        if position == 0:
            for name in self.blueprint.inputs.names():
                entry = self.blueprint.inputs.lookup(name)
                detail = (entry.type or "any") if entry else ""
                yield Offer(name, offers.ELEMENT, f"input, {detail}", rank=1)
            return
        entry = self.blueprint.inputs.lookup(_text(call, 0))
        if entry:
            yield from self._parts(entry, call, 1, position)

    def _path_of_node(self, call: Call, position: int, spot: Spot) -> Iterator[Offer]:
        if position == 0:
            yield from self._run_time_nodes(spot)
            for name in self.blueprint.node_templates.names():
                yield Offer(name, offers.ELEMENT, _type_of(name, self.blueprint), rank=2)
            return
        kind = self.reader.type_of_node(call, spot)
        with_attributes = call.function != "get_property"
        properties = dict(self.declared.of_type(kind, with_attributes=with_attributes))
        if position == 1 or call.function == "get_attributes_dict":
            for name, entry in properties.items():
                yield Offer(name, offers.PROPERTY, entry.type or "any", rank=1)
            yield from self._own_properties(call, spot, properties)
            return
        first = properties.get(_text(call, 1))
        if first is not None:
            yield from self._parts(first, call, 2, position)

    def _own_properties(self, call: Call, spot: Spot, known: Mapping[str, SchemaProperty]) -> Iterator[Offer]:
        """Properties that the template writes and its type does not declare."""
        element = self.reader.element(roles.NODE_TEMPLATE, _text(call, 0))
        if isinstance(element, NodeTemplate) and not isinstance(element.type, Type):
            for name in element.properties:
                if name not in known:
                    yield Offer(name, offers.PROPERTY, "", rank=1)

    def _run_time_nodes(self, spot: Spot) -> Iterator[Offer]:
        for name in ("SELF", "SOURCE", "TARGET"):
            found = self.reader.run_time_node(name, spot)
            if found or (name != "SELF" and spot.path[0] == "relationships"):
                detail = found.name if found else ""
                yield Offer(name, offers.VALUE, detail, rank=0)

    def _parts(self, entry: SchemaProperty, call: Call, first: int, position: int) -> Iterator[Offer]:
        """Nested keys of a value: those of its data type, and those of its default."""
        names = [_text(call, index) for index in range(first, position)]
        properties = self.declared.inside(entry)
        within = self.declared.follow(properties, names) if names else entry
        for name, each in self.declared.inside(within).items():
            yield Offer(name, offers.PROPERTY, each.type or "any", rank=1)
        value = python_of(entry.default) if entry.default is not None else None
        yield from _keys_of(value, names)

    def _capabilities(self, call: Call, position: int, first: int) -> Iterator[Offer]:
        if position == first:
            for name in self.foreign:
                yield Offer(name, offers.ELEMENT, "capability of a blueprint here")
        elif position > first:
            names = [_text(call, index) for index in range(first + 1, position)]
            yield from _keys_of(self.foreign.get(_text(call, first)), names)

    def _secrets(self) -> list[str]:
        names: dict[str, None] = {}
        for file in self.blueprint.graph.files:
            if file.is_own:
                for mention in mentions_of(self.blueprint, file):
                    if mention.role == roles.SECRET and MARK not in mention.text:
                        names[mention.text] = None
        return list(names)


def _type_of(name: str, blueprint: Blueprint) -> str:
    item = blueprint.node_templates.item(name)
    written = get(item.value, "type") if item is not None else None
    return (text_of(written) or "") if written is not None else ""


def _keys_of(value: object, names: list[str]) -> Iterator[Offer]:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict):
        for key in value:
            yield Offer(str(key), offers.PROPERTY, rank=2)


def _text(call: Call, index: int) -> str:
    items = call.items
    return (text_of(items[index]) or "") if index < len(items) else ""
