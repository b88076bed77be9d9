"""A main file that nothing gives the built-in types: one fault, and not one for each of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import LOGIC, Reference
from bplint.document import Kind
from bplint.later import later

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from bplint.checks.topology import topology_faults
    from bplint.checks.types import type_faults as kinds
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.span import Span
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.types.type_faults")
    topology_faults = later("bplint.checks.topology.topology_faults")

# the fault of a name → the sections it may be of, and the code that the reference parser refuses it with; in
# the order in which it meets them
_KINDS: Final[tuple[tuple[Any, tuple[str, ...], int], ...]] = (
    (kinds.UnknownDataType, ("data_types",), 103),
    (kinds.UnknownParentType, ("data_types", "node_types", "relationships"), 103),
    (topology_faults.UnknownNodeType, ("node_types",), 7),
    (topology_faults.UnknownRelationshipType, ("relationships",), 26),
)


def without_built_in_types(blueprint: Blueprint, faults: list[Fault]) -> list[Fault]:
    """The faults; those of names that the built-in types define are one where nothing imports them."""
    graph = blueprint.graph
    if not faults or graph.main.document.kind is not Kind.BLUEPRINT:
        return faults
    if any(file.is_basic_types for file in graph.files):
        return faults
    built_in = graph.resolver.catalog.built_in_types(graph.version).sections
    names: list[str] = []
    codes: list[tuple[int, int]] = []
    places: list[tuple[str, Span]] = []
    left: list[Fault] = []
    for fault in faults:
        found = _lost_name(fault, built_in)
        if found is not None:
            names.append(found[0])
            codes.append(found[1:])
            places.append((fault.path, fault.span))
        elif not isinstance(fault, topology_faults.NoScriptPlugin):
            left.append(fault)
    if not names:
        return faults
    reference = Reference(LOGIC, min(codes)[1])
    told = kinds.BuiltInTypesNotImported(
        graph.main.document.path,
        _place(blueprint).span,
        reference=reference,
        names=list(dict.fromkeys(names)),
        places=places,
    )
    return [told, *left]


def _lost_name(fault: Fault, built_in: Mapping[str, Container[str]]) -> tuple[str, int, int] | None:
    """The name of a fault that the built-in types define, the rank of its kind and its code."""
    for rank, (kind, sections, code) in enumerate(_KINDS):
        if isinstance(fault, kind) and any(fault.name in built_in.get(each, ()) for each in sections):
            return fault.name, rank, code
    return None


def _place(blueprint: Blueprint) -> Node:
    """Where the import is to be written: at `imports`, else at the first key."""
    document = blueprint.graph.main.document
    pair = document.sections.get("imports") or document.sections.get("tosca_definitions_version")
    if pair is not None:
        return pair[0]
    assert document.root is not None
    return next(iter(document.sections.values()))[0]
