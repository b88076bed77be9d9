"""What can be wrong with types themselves: parents, circles, types of properties, names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.builtin_types import BUILT_IN
from bplint.later import later
from bplint.lookup import MISSING
from bplint.model.cycles import find_cycles
from bplint.model.elements import DataType, NodeType, Type
from bplint.syntax.mapping import is_null

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bplint.checks.types import type_faults as kinds
    from bplint.checks.values.values import Values
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint, Section
    from bplint.model.elements import SchemaProperty
else:
    kinds = later("bplint.checks.types.type_faults")

# types whose values also fit another type, so that a property may be narrowed to them
WIDER: Final[dict[str, frozenset[str]]] = {
    "string": BUILT_IN - {"list", "dict"},
    "textarea": BUILT_IN - {"list", "dict"},
    "float": frozenset(("integer",)),
}
KINDS = (("data_types", "data type"), ("node_types", "node type"), ("relationships", "relationship type"))
SECTION_OF: Final = {words: section for section, words in KINDS}


def check_types(blueprint: Blueprint, values: Values) -> Iterator[Fault]:
    """Faults of the user's data types, node types and relationship types."""
    for attribute, words in KINDS:
        section: Section[Type] = getattr(blueprint, attribute)
        graph: dict[str, list[str]] = {}
        nameless = _nameless(section) if attribute == "data_types" else None
        for entry in section.own():
            yield from _check_parent(entry, section, words, blueprint)
            yield from check_schema(entry.own_properties, blueprint, f"{words} '{entry.name}'", values)
            yield from _check_retyped(entry, blueprint)
            graph[entry.name] = _uses(entry, nameless)
            if isinstance(entry, NodeType):
                yield from check_schema(
                    entry.runtime_properties, blueprint, f"{words} '{entry.name}'", values
                )
            if isinstance(entry, DataType) and entry.name in BUILT_IN:
                yield kinds.PrimitiveDataTypeName(entry.path, entry.key.span, name=entry.name)
        for cycle in find_cycles(graph):
            yield _cycle_fault(cycle, section, words)
    if len(blueprint.data_types) and any(file.namespace is not None for file in blueprint.graph.files):
        # few files have a namespace
        from bplint.checks.types.derivation import check_derivation

        yield from check_derivation(blueprint)


def _nameless(section: Section[Type]) -> str | None:
    """The data type whose name is null, which the reference parser takes for the type of what has none."""
    return next((entry.name for entry in section.own() if is_null(entry.key)), None)


def _uses(entry: Type, nameless: str | None) -> list[str]:
    names = [] if entry.derived_from is None else [entry.derived_from]
    if isinstance(entry, DataType):
        types = (prop.type or nameless for prop in entry.own_properties.values())
        names += [name for name in types if name is not None]
    return names


def _check_parent(entry: Type, section: Section[Type], words: str, blueprint: Blueprint) -> Iterator[Fault]:
    node = entry.derived_from_node
    name = entry.derived_from
    if name is None or node is None or name in section:
        return
    if entry.parent is not MISSING:
        edition = blueprint.unread.edition(SECTION_OF[words], name)
        if edition is not None:
            yield kinds.NameOfOtherVersion(entry.path, node.span, name=name, what=words, edition=edition)
    else:
        yield kinds.UnknownParentType(entry.path, node.span, name=name, what=words, section=section)


def _check_retyped(entry: Type, blueprint: Blueprint) -> Iterator[Fault]:
    """Properties declared again with another type than the parent's; a data type derived from it is one."""
    parent = entry.parent
    if not isinstance(parent, Type) or not entry.own_properties:
        return
    for name, prop in entry.own_properties.items():
        base = parent.properties.get(name)
        if base is None or prop.type is None or base.type is None or prop.type == base.type:
            continue
        data_type = blueprint.data_types.lookup(prop.type) if prop.type not in BUILT_IN else None
        if data_type is not None and (not data_type or not data_type.is_complete):
            continue
        if data_type and (base.type == "dict" or data_type.derives_from(base.type)):
            continue
        if base.type in WIDER and prop.type in WIDER[base.type]:
            continue
        assert prop.type_node is not None
        span = prop.type_node.span
        yield kinds.RetypedProperty(entry.path, span, prop=prop, base=base, owner=entry)


def _cycle_fault(cycle: list[str], section: Section[Type], words: str) -> Fault:
    elements = [entry for name in cycle if (entry := section.lookup(name))]
    first = elements[0]
    after = cycle[1] if len(cycle) > 1 else cycle[0]
    span = first.key.span
    if first.derived_from == after and first.derived_from_node is not None:
        span = first.derived_from_node.span
    else:
        for prop in first.own_properties.values():
            if prop.type == after and prop.type_node is not None:
                span = prop.type_node.span
                break
    return kinds.TypeCycle(first.path, span, what=words, cycle=cycle, elements=elements)


def check_schema(
    schema: Mapping[str, SchemaProperty],
    blueprint: Blueprint,
    subject: str,
    values: Values,
    *,
    is_strict: bool = False,
    is_filled: bool = True,
) -> Iterator[Fault]:
    """Types and defaults of the properties that a schema declares. `is_filled`: where there is no default,
    data types fill in theirs."""
    for entry in schema.values():
        kind = entry.type
        if kind is None:
            continue
        if kind not in BUILT_IN and blueprint.data_types.lookup(kind) is MISSING:
            assert entry.type_node is not None
            yield kinds.UnknownDataType(entry.path, entry.type_node.span, name=kind, subject=subject)
        elif entry.default is None or is_null(entry.default):
            if is_filled and not is_strict and kind not in BUILT_IN:
                values.check_filled(entry, f"'{entry.name}' in {subject}")
        else:
            values.check_default(entry, f"the default of '{entry.name}' in {subject}", is_strict=is_strict)
