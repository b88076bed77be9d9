"""Data types that are derived from another one under a namespace.

Facts from dsl_parser (elements/data_types.py, utils.py `topological_sort`): a data type is read after its
parent because it names it, but the name is compared without the namespace, and there is none. What else it
depends on, and where the two stand, decides which of them is read first: from the last data type up, a type
after those of its properties. Where the parent is not read yet, the parser ends. Where it is, the type still
lacks the data types of the parent's properties, and the parser ends where a default needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.later import later
from bplint.model.elements import SchemaProperty
from bplint.model.schema_properties import read_schema
from bplint.model.value_tests import is_function
from bplint.syntax.mapping import get, is_null
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.types import type_faults as kinds
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import DataType
else:
    kinds = later("bplint.checks.types.type_faults")

_LATE: Final = Reference("DSLParsingSchemaAPIException", 101)
_MISTAKEN: Final = Reference("TypeError", None)
_LOST: Final = Reference("RuntimeError", None)
_MAX_TYPES: Final = 2_000  # the types of each type are worked out


def check_derivation(blueprint: Blueprint) -> Iterator[Fault]:
    """Faults of the user's data types whose parent the reference parser does not find in time."""
    section = blueprint.data_types
    if len(section) > _MAX_TYPES:
        return
    types = {name: found for name in section.names() if (found := section.lookup(name))}
    unlinked = [each for each in types.values() if each.file.is_own and not _is_linked(each)]
    unlinked = [each for each in unlinked if each.derived_from in types]
    if not unlinked:
        return
    order = _reading_order(types, [] if len(blueprint.node_types) else _named_early(blueprint))
    places = {name: place for place, name in enumerate(order)}
    for each in unlinked:
        place = places[each.name]
        parent, mistaken = str(each.derived_from), _mistaken_parent(each, types)
        if mistaken is not None and places[mistaken] >= place:
            yield _fault(each, _MISTAKEN, None)
        if places[parent] >= place:
            yield _fault(each, _LATE, None)
        if places[parent] >= place or (mistaken is not None and places[mistaken] >= place):
            continue
        lost = _lost_type(each, types)
        if lost is not None and any(_is_completed(entry, each) for entry in _entries(blueprint)):
            yield _fault(each, _LOST, lost)


def _fault(entry: DataType, reference: Reference, lost: SchemaProperty | None) -> kinds.NamespacedParentType:
    node = entry.derived_from_node or entry.key
    return kinds.NamespacedParentType(entry.path, node.span, reference=reference, data_type=entry, lost=lost)


def _is_linked(entry: DataType) -> bool:
    """Whether the parser sees that the type needs its parent: the name is written in full."""
    node = entry.derived_from_node
    return node is None or text_of(node) == entry.derived_from


def _named_early(blueprint: Blueprint) -> list[str]:
    """What plugins and workflows name is read first, from the last up; any node type leads to all data types
    before that."""
    found: list[str | None] = []
    for workflow in blueprint.workflows.own():
        found += [prop.type for prop in workflow.parameters.values()]
    for plugin in blueprint.plugins.own():
        schema = read_schema(get(plugin.node, "properties"), plugin.file, plugin, SchemaProperty)
        found += [prop.type for prop in schema.values()]
    return [name for name in found if name is not None]


def _mistaken_parent(entry: DataType, types: dict[str, DataType]) -> str | None:
    """What has the parent's name without the namespace: its data types are taken for the parent's."""
    node = entry.derived_from_node
    name = None if node is None or _is_linked(entry) else text_of(node)
    return name if name in types else None


def _reading_order(types: dict[str, DataType], named_early: list[str]) -> list[str]:
    done: dict[str, None] = {}
    opened: set[str] = set()
    waiting = [*types, *(name for name in named_early if name in types)]
    while waiting:
        name = waiting[-1]
        needed = [] if name in opened else [each for each in _needed(types[name], types) if each not in done]
        opened.add(name)
        if needed:
            waiting += needed
        else:
            done.setdefault(waiting.pop())
    return list(done)


def _needed(entry: DataType, types: dict[str, DataType]) -> list[str]:
    """What is read before a type, the last first."""
    names = [prop.type for prop in entry.own_properties.values()]
    if _is_linked(entry):
        names.append(entry.derived_from)
    return [name for name in names if name in types and name != entry.name]


def _lost_type(entry: DataType, types: dict[str, DataType]) -> SchemaProperty | None:
    """A property, inherited or further below, whose data type the reference parser does not find."""
    known = {entry.name}
    waiting = [entry.name]
    while waiting:
        each = types[waiting.pop()]
        named = [*_needed(each, types), _mistaken_parent(each, types)]
        needed = [name for name in named if name is not None and name not in known]
        known.update(needed)
        waiting += needed
    for name in sorted(known):
        for prop in types[name].properties.values():
            if prop.type in types and prop.type not in known and not _is_call(prop):
                return prop
    return None


def _is_call(entry: SchemaProperty) -> bool:
    return entry.default is not None and is_function(entry.default)


def _is_completed(entry: tuple[SchemaProperty, bool], kind: DataType) -> bool:
    """Whether the default of a property is completed by a data type; of an input only one that is written."""
    prop, is_input = entry
    if prop.type != kind.name:
        return False
    if prop.default is None or is_null(prop.default):
        return not is_input
    return prop.default.kind == MAPPING and not is_function(prop.default)


def _entries(blueprint: Blueprint) -> Iterator[tuple[SchemaProperty, bool]]:
    """All properties of the user's files that may have a data type, and whether they are inputs."""
    for section in (blueprint.data_types, blueprint.node_types, blueprint.relationships):
        for kind in section.own():
            yield from ((prop, False) for prop in kind.own_properties.values())
    for others in (blueprint.policy_types, blueprint.policy_triggers):
        for other in others.own():
            yield from ((prop, False) for prop in other.properties.values())
    yield from ((entry, True) for entry in blueprint.inputs.own())
    for workflow in blueprint.workflows.own():
        yield from ((prop, True) for prop in workflow.parameters.values())
    for node_type in blueprint.node_types.own():
        for group in node_type.own_interfaces.values():
            for operation in group.values():
                yield from ((prop, True) for prop in operation.schema.values())
