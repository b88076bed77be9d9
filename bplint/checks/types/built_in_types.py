"""A main file that nothing gives the built-in types: one fault, and not one for each of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.document import Kind
from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node

# the kind of a name's fault → its section; in the order in which the reference parser meets them
_KINDS: Final = {
    "unknown-data-type": ("data_types",),
    "unknown-parent-type": ("data_types", "node_types", "relationships"),
    "unknown-node-type": ("node_types",),
    "unknown-relationship-type": ("relationships",),
    "no-script-plugin": (),
}
_WITHOUT_NAME: Final = "no-script-plugin"
_LOGIC: Final = "DSLParsingLogicException"
_CODES: Final = {
    "unknown-data-type": 103,
    "unknown-parent-type": 103,
    "unknown-node-type": 7,
    "unknown-relationship-type": 26,
}


def without_built_in_types(blueprint: Blueprint, faults: list[Fault]) -> list[Fault]:
    """The faults, those of names that the built-in types define replaced by one where nothing imports them."""
    graph = blueprint.graph
    if not faults or graph.main.document.kind is not Kind.BLUEPRINT:
        return faults
    if any(file.is_basic_types for file in graph.files):
        return faults
    built_in = graph.resolver.catalog.built_in_types(graph.version).sections
    lost = [
        fault
        for fault in faults
        if any(_name_of(fault) in built_in.get(section, ()) for section in _KINDS.get(fault.kind, ()))
    ]
    if not lost:
        return faults
    gone = {id(fault) for fault in lost}
    left = [fault for fault in faults if id(fault) not in gone and fault.kind != _WITHOUT_NAME]
    order = list(_KINDS)
    first = min(lost, key=lambda fault: order.index(fault.kind))
    names = list(dict.fromkeys(_name_of(fault) for fault in lost))
    place = _place(blueprint)
    details = {"names": names, "places": [(fault.path, fault.span) for fault in lost]}
    reference = first.reference or Reference(_LOGIC, _CODES[first.kind])
    told = Fault("built-in-types-not-imported", graph.main.document.path, place.span, reference, **details)
    return [told, *left]


def _name_of(fault: Fault) -> str:
    relationship = fault.details.get("relationship")
    return relationship.type_name if relationship is not None else str(fault.details.get("name"))


def _place(blueprint: Blueprint) -> Node:
    """Where the import is to be written: at `imports`, else at the first key."""
    document = blueprint.graph.main.document
    pair = document.sections.get("imports") or document.sections.get("tosca_definitions_version")
    if pair is not None:
        return pair[0]
    assert document.root is not None
    return next(iter(document.sections.values()))[0]
