"""Function calls that dsl_parser takes and that cannot give what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.functions import call_of, scalar_of
from bplint.model.elements import NodeTemplate, NodeType
from bplint.syntax.mapping import deref
from bplint.syntax.tree import SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.dsl.functions import Call
    from bplint.model.blueprint import Blueprint
    from bplint.model.call_scan import Scanner
    from bplint.model.elements import Operation, SchemaProperty
    from bplint.syntax.tree import Node

ATTRIBUTE_FUNCTIONS: Final = frozenset(("get_attribute", "get_attributes_list", "get_attributes_dict"))
# what every node instance answers without anybody setting it
_ALWAYS_SET: Final = frozenset(("node_instance_id", "node_instance_index"))


class PropertyCircles:
    """Properties that are read from themselves, by way of other properties or at once.

    The calls in properties are added one by one, each with the value that it leads to.
    """

    __slots__ = ("_calls", "_edges", "_reads", "_scanner")

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._reads: dict[int, bool] = {}  # whether a value reads properties, by the identity of its node
        # (template, call) → where it leads: the template and the calls in the value found there
        self._edges: dict[tuple[int, int], tuple[NodeTemplate, Node]] = {}
        self._calls: list[tuple[NodeTemplate, Call, str, str]] = []

    def add(
        self, template: NodeTemplate, call: Call, name: str, path: str, target: NodeTemplate, value: Node
    ) -> None:
        """A call in property `name` of `template` that reads `value` of `target`."""
        if value.kind == SCALAR or not self._reads_properties(value):
            return
        self._edges[(id(template), id(call.node))] = (target, value)
        self._calls.append((template, call, name, path))

    def _reads_properties(self, value: Node) -> bool:
        known = self._reads.get(id(value))
        if known is None:
            calls = self._scanner.scan(value).calls
            known = self._reads[id(value)] = any(call.function == "get_property" for call in calls)
        return known

    def find(self) -> Iterator[tuple[Call, str, list[str]]]:
        """Each circle once: the call that closes it, the path of its file, and the properties on it."""
        names = {
            (id(template), id(call.node)): f"{template.name}.{name}"
            for template, call, name, _ in self._calls
        }
        found = {(id(template), id(call.node)): (call, path) for template, call, _, path in self._calls}
        finished: set[tuple[int, int]] = set()
        for start in names:
            trail: list[tuple[int, int]] = []
            stack: list[tuple[tuple[int, int], bool]] = [(start, False)]
            while stack:
                key, is_done = stack.pop()
                if is_done:
                    finished.add(trail.pop())
                    continue
                if key in finished:
                    continue
                if key in trail:
                    circle = trail[trail.index(key) :]
                    call, path = found[circle[-1]]
                    steps = list(dict.fromkeys(names[step] for step in circle))
                    yield call, path, [*steps, steps[0]]
                    continue
                trail.append(key)
                stack.append((key, True))
                target, value = self._edges[key]
                for call in self._scanner.scan(value).calls:
                    following = (id(target), id(call.node))
                    if following in names:
                        stack.append((following, False))


class AttributeSetters:
    """Whether anything can set attributes of a node template's instances."""

    __slots__ = ("_blueprint", "_touched")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._touched: set[str] | None = None

    def never_sets(self, template: NodeTemplate, part: object) -> bool:
        """Whether nothing sets attribute `part`: no property has that name and no operation of the node,
        or of a relationship from or to it, does anything."""
        node_type = template.type
        if part in _ALWAYS_SET or not isinstance(node_type, NodeType) or not node_type.is_complete:
            return False
        if template.is_damaged or part in node_type.properties or part in template.properties:
            return False
        if any(entry.runtime_properties for entry in node_type.lineage() if isinstance(entry, NodeType)):
            return False
        if _has_operations(template.interfaces):
            return False
        return template.name not in self._touched_by_relationships()

    def _touched_by_relationships(self) -> set[str]:
        if self._touched is None:
            self._touched = set()
            for template in self._blueprint.node_templates.own():
                for relation in template.relationships:
                    if (
                        not relation.type
                        or _has_operations(relation.source_interfaces)
                        or _has_operations(relation.target_interfaces)
                    ):
                        self._touched.add(template.name)
                        self._touched.add(relation.target_name or "")
        return self._touched


def _has_operations(interfaces: dict[str, dict[str, Operation]]) -> bool:
    return any(
        operation.implementation for operations in interfaces.values() for operation in operations.values()
    )


def is_untestable_input(value: Node, declared: SchemaProperty | None, blueprint: Blueprint) -> bool:
    """Whether an operation input is declared with a data type and given by `get_input`, which then wants
    to test its value against the type and knows built-in ones only."""
    if declared is None or declared.type is None or declared.type in BUILT_IN:
        return False
    call = call_of(value)
    if call is None or call.function != "get_input":
        return False
    return bool(blueprint.data_types.lookup(declared.type))


def outermost(calls: list[Call]) -> list[Call]:
    """The calls that do not stand in another one's argument."""
    found: list[Call] = []
    end = -1
    for call in sorted(calls, key=lambda entry: (entry.node.start, -entry.node.end)):
        if call.node.start >= end:
            found.append(call)
            end = call.node.end
    return found


def nested_attribute_calls(values: Node, calls: list[Call]) -> Iterator[Call]:
    """Calls that read attributes in the values of a label, those that the parser refuses left out."""
    items = values.items if values.kind == SEQUENCE else None  # a call may stand for the whole list
    direct = {id(deref(item)) for item in items or ()}
    for call in calls:
        if call.function in ATTRIBUTE_FUNCTIONS:
            if call.function == "get_attribute" and id(call.node) in direct:
                continue
            yield call


def first_part(call: Call) -> object:
    """The name of the attribute that a call reads."""
    items = call.items
    return scalar_of(items[1]) if len(items) > 1 else None
