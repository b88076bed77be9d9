"""What a text names: an element, a property, an operation, a function's argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.functions import FUNCTIONS, NODE_FUNCTIONS, SCOPED, call_of
from bplint.language import roles
from bplint.language.declared import Declared
from bplint.language.roles import key_role, value_role, zone_of
from bplint.language.shapes_at import key_at
from bplint.model.elements import NodeTemplate, NodeType, Type
from bplint.model.full_names import qualify
from bplint.syntax.mapping import get
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.dsl.functions import Call
    from bplint.imports.graph import ImportedFile, ImportEntry
    from bplint.language.roles import Key
    from bplint.language.spot import Spot
    from bplint.lookup import Absent
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Element, SchemaProperty, Target
    from bplint.span import Span
    from bplint.syntax.tree import Node

    Named = Element | ImportEntry | Target | Absent | None

_ATTRIBUTES: Final = NODE_FUNCTIONS - {"get_property"}


class Mention:
    """A text that names something.

    role    one of `roles`
    name    the full name for elements, else the text
    node    the scalar; `span` its place without quotes
    target  the element, operation, property, import entry or code that it names; MISSING or UNKNOWN where
            it names none that is known; None where there is nothing to point at
    """

    __slots__ = ("file", "is_definition", "name", "node", "role", "target")

    def __init__(
        self,
        role: str,
        name: str,
        node: Node,
        file: ImportedFile,
        target: Named = None,
        is_definition: bool = False,
    ) -> None:
        self.role = role
        self.name = name
        self.node = node
        self.file = file
        self.target = target
        self.is_definition = is_definition

    @property
    def span(self) -> Span:
        return text_span(self.node)

    @property
    def text(self) -> str:
        return self.node.text or ""


def text_span(node: Node) -> Span:
    """The place of a scalar without its quotes."""
    span = node.span
    if node.kind == SCALAR and node.style in ("'", '"') and span.end - span.start >= 2:
        return span._replace(start=span.start + 1, end=span.end - 1)
    return span


class MentionReader:
    """Says what the texts of one file of a blueprint name."""

    __slots__ = ("blueprint", "declared", "file")

    def __init__(self, blueprint: Blueprint, file: ImportedFile) -> None:
        self.blueprint = blueprint
        self.file = file
        self.declared = Declared(blueprint, file)

    def mention(self, spot: Spot) -> Mention | None:
        """What stands at a place, or None where it is plain data."""
        if not spot.steps:
            return None
        path, node = spot.path, spot.node
        if node.kind != SCALAR:
            return None
        zone = zone_of(path)
        if zone is not None and (len(path) > zone[1] or not spot.is_key):
            found = self._in_call(spot)
            if found is not None or not spot.is_key:
                return found
            if zone[0] == roles.FREE:
                is_fixed = key_at(path) is not None
                return Mention(roles.KEY, node.text or "", node, self.file) if is_fixed else None
            return self._given(spot, zone)
        if spot.is_key:
            return self._key(path, node, spot)
        return self._value(value_role(path), node, spot)

    # -- what the language fixes

    def _key(self, path: tuple[Key, ...], node: Node, spot: Spot) -> Mention | None:
        role = key_role(path)
        text = node.text or ""
        if role is None:
            return Mention(roles.KEY, text, node, self.file)
        if role in roles.ELEMENTS:
            element = self.element(role, text)
            name = element.name if element else text
            return Mention(role, name, node, self.file, element, is_definition=True)
        if role == roles.IMPORT:
            return Mention(role, text, node, self.file, self.entry(node))
        target = self.declared.at_key(spot, role)
        return Mention(role, text, node, self.file, target, is_definition=self._defines(spot, target))

    def _defines(self, spot: Spot, target: Element | None) -> bool:
        return target is not None and target.key is spot.node

    def _value(self, role: str | None, node: Node, spot: Spot) -> Mention | None:
        text = text_of(node)
        if role is None or not text:
            return None
        if role in roles.ELEMENTS:
            if role == roles.DATA_TYPE and text in self.declared.built_in:
                return Mention(roles.WORD, text, node, self.file)
            return self._named(role, text, node)
        if role == roles.MEMBER:
            template = self.element(roles.NODE_TEMPLATE, text)
            role = roles.NODE_TEMPLATE if template or not self.element(roles.GROUP, text) else roles.GROUP
            return self._named(role, text, node)
        if role == roles.IMPORT:
            return Mention(role, text, node, self.file, self.entry(node))
        if role == roles.IMPLEMENTATION:
            target = self.blueprint.targets.resolve(qualify(text, self.file.namespace))
            return Mention(role, text, node, self.file, target)
        return Mention(role, text, node, self.file)

    def _named(self, role: str, text: str, node: Node) -> Mention:
        element = self.element(role, text)
        name = element.name if element else qualify(text, self.file.namespace)
        return Mention(role, name, node, self.file, element)

    def element(self, role: str, text: str) -> Element | Absent:
        """The element of a section that a text of this file names."""
        section = getattr(self.blueprint, role)
        found: Element | Absent = section.lookup(qualify(text, self.file.namespace))
        if not found and self.file.namespace is not None and text in section:
            return section.lookup(text)  # type: ignore[no-any-return]
        return found

    def entry(self, node: Node) -> ImportEntry | None:
        """The import entry at a node."""
        for entry in self.blueprint.graph.entries:
            if entry.node is node and entry.importer.document is self.file.document:
                return entry
        return None

    # -- values

    def _given(self, spot: Spot, zone: tuple[str, int]) -> Mention | None:
        found = self.declared.given(spot, zone, len(spot.steps))
        if found is None:
            return None
        return Mention(roles.PROPERTY, spot.node.text or "", spot.node, self.file, found)

    def _in_call(self, spot: Spot) -> Mention | None:
        found = call_around(spot)
        if found is None:
            return None
        call, position, depth = found
        node = spot.node
        if depth == len(spot.steps) and spot.is_key:
            return Mention(roles.FUNCTION, call.function, node, self.file)
        text = text_of(node)
        if text is None or spot.is_key or position is None:
            return None
        return self._argument(call, position, text, spot)

    def _argument(self, call: Call, position: int, text: str, spot: Spot) -> Mention | None:
        function, node = call.function, spot.node
        if function == "get_input":
            if position == 0:
                return self._named(roles.INPUT, text, node)
            return self._part(self.declared.of_input(call), call, position, node, roles.PROPERTY)
        if function in NODE_FUNCTIONS:
            return self._of_node(call, position, text, spot)
        if function == "get_secret" and position == 0:
            return Mention(roles.SECRET, text, node, self.file)
        if function == "get_label" and position == 0:
            return self._named(roles.LABEL, text, node)
        if function in ("get_capability", "get_group_capability") and position == 1:
            return Mention(roles.FOREIGN_CAPABILITY, text, node, self.file)
        if function == "get_environment_capability" and position == 0:
            return Mention(roles.FOREIGN_CAPABILITY, text, node, self.file)
        if function in ("get_sys", "get_consumers"):
            return Mention(roles.WORD, text, node, self.file)
        return None

    def _of_node(self, call: Call, position: int, text: str, spot: Spot) -> Mention | None:
        node = spot.node
        if position == 0:
            if text in SCOPED:
                return Mention(roles.RUN_TIME_NODE, text, node, self.file, self.run_time_node(text, spot))
            element = self.element(roles.NODE_TEMPLATE, text)
            name = element.name if element else qualify(text, self.file.namespace)
            return Mention(roles.NODE_TEMPLATE, name, node, self.file, element)
        kind = self.type_of_node(call, spot)
        role = roles.ATTRIBUTE if call.function in _ATTRIBUTES else roles.PROPERTY
        properties = self.declared.of_type(kind, with_attributes=role == roles.ATTRIBUTE)
        if call.function == "get_attributes_dict":
            position = 1  # each of the others is the name of an attribute
            return Mention(role, text, node, self.file, properties.get(text))
        return self._part(properties, call, position, node, role)

    def _part(
        self,
        properties: Mapping[str, SchemaProperty],
        call: Call,
        position: int,
        node: Node,
        role: str,
        first: int = 1,
    ) -> Mention | None:
        names = [text_of(item) for item in call.items[1 : position + 1]]
        found = self.declared.follow(properties, [name for name in names if name is not None])
        return Mention(role, node.text or "", node, self.file, found)

    def type_of_node(self, call: Call, spot: Spot) -> Type | None:
        """The node type of the node that is a function's first argument, where it is known."""
        text = text_of(call.items[0]) if call.items else None
        if text is None:
            return None
        found = self.run_time_node(text, spot) if text in SCOPED else self.element(roles.NODE_TEMPLATE, text)
        if isinstance(found, NodeTemplate):
            return found.type if isinstance(found.type, Type) else None
        return found if isinstance(found, NodeType) else None

    def run_time_node(self, text: str, spot: Spot) -> Element | Absent | None:
        """The template (in a type, the type) that SELF, SOURCE or TARGET stands for at a place."""
        path = spot.path
        if len(path) < 3:
            return None
        if path[0] == "node_types" and text == "SELF":
            return self.element(roles.NODE_TYPE, str(path[1]))
        if path[0] != "node_templates":
            return None
        is_related = path[2] == "relationships" and len(path) > 4
        if text in ("SELF", "SOURCE"):
            is_here = is_related == (text == "SOURCE")
            return self.element(roles.NODE_TEMPLATE, str(path[1])) if is_here else None
        target = get(spot.steps[3].node, "target") if is_related else None
        name = text_of(target) if target is not None else None
        return self.element(roles.NODE_TEMPLATE, name) if name else None


def call_around(spot: Spot) -> tuple[Call, int | None, int] | None:
    """The innermost call at a place, the position of the argument there (None deeper in it), and the number
    of steps down to the function's name."""
    for depth in range(len(spot.steps), 0, -1):
        step = spot.steps[depth - 1]
        if step.key in FUNCTIONS and step.key_node is not None:
            call = call_of(spot.node_at(depth - 1))
            if call is None:
                continue
            rest = spot.path[depth:]
            if not rest:
                return call, 0, depth
            is_first = isinstance(rest[0], int) and (len(rest) == 1 or call.function == "get_attributes_dict")
            return call, int(rest[0]) if is_first else None, depth
    return None
