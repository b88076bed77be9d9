"""Static checks of intrinsic functions: what the reference parser's steps 7 and 8 refuse, and what it
lets pass although it cannot work. All faults are found, each on its own.

Facts from dsl_parser (functions.py, framework/parser.py for names under a namespace).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.functions.likeness import likeness_fault
from bplint.checks.functions.useless import (
    AttributeSetters,
    PropertyCircles,
    first_part,
    is_untestable_input,
    nested_attribute_calls,
    outermost,
)
from bplint.diagnostic import Reference
from bplint.dsl.functions import (
    FUNCTIONS,
    NODE_FUNCTIONS,
    NOT_VALID,
    SCOPED,
    SELF,
    SYS_PROPERTIES,
    VALUE_ERROR,
    argument_fault,
    call_of,
    is_item,
    scalar_of,
)
from bplint.fault import Fault
from bplint.lookup import MISSING
from bplint.model import scan_places as places
from bplint.model.elements import NodeTemplate
from bplint.model.evaluation_order import EvaluationOrder
from bplint.model.full_names import DELIMITER
from bplint.model.plan_properties import Miss, Value, property_of
from bplint.model.scan_places import Place, Places
from bplint.syntax.scalars import type_name_of
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.dsl.functions import Call
    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node

# scope → which of SELF, SOURCE and TARGET `get_attribute` and its kin may not name there; in the scopes
# that are not listed the reference parser ends in a KeyError for any of them
_CLOSED_TO: Final[dict[str, frozenset[str]]] = {
    places.OUTPUTS: SCOPED,
    places.RELATIONSHIP: frozenset((SELF,)),
    places.NODE: SCOPED - {SELF},
}


def check_functions(blueprint: Blueprint) -> list[Fault]:
    """Faults of all function calls in the places where functions are evaluated."""
    check = _Check(blueprint)
    for place in check.places.walk():
        check.place(place)
    check.unevaluated()
    check.property_circles()
    if any(file.namespace is not None for file in blueprint.graph.files):
        # few files have a namespace
        from bplint.checks.functions.renaming import renaming_faults

        check.faults += renaming_faults(blueprint.graph)
    return check.faults


class _Check:
    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.faults: list[Fault] = []
        # a value behind an anchor, or a type's default, is looked at for every user, and reported once
        self._reported: set[tuple[str, str, int, int, str]] = set()
        self._near: dict[str, str | None] = {}
        self.places = Places(blueprint)
        self.order = EvaluationOrder(blueprint)
        self.circles = PropertyCircles(self.places.scanner)
        self.setters = AttributeSetters(blueprint)

    def place(self, place: Place) -> None:
        for call in place.written.findings.calls:
            self.call(call, place)
        for key, node in place.written.findings.likeness:
            found = likeness_fault(key, node, self._near)
            if found is not None:
                kind, details = found
                self.add(kind, place, key, "", **details)
        written = place.written
        if place.scope == places.LABELS:
            for call in nested_attribute_calls(written.root, written.findings.calls):
                self.add("attribute-in-label", place, call.key, "", function=call.function)
        if written.declared is not None and is_untestable_input(
            written.root, written.declared, self.blueprint
        ):
            declared = written.declared
            self.add(
                "input-of-data-type", place, written.root, "", name=declared.name, type_name=declared.type
            )

    def unevaluated(self) -> None:
        for written, where in self.places.unevaluated():
            place = Place("", written)
            for call in outermost(written.findings.calls):
                self.add("function-not-evaluated", place, call.node, "", function=call.function, where=where)

    def property_circles(self) -> None:
        for call, path, circle in self.circles.find():
            self.faults.append(Fault("property-cycle", path, call.node.span, circle=circle))

    def add(self, kind: str, place: Place, node: Node, exception: str, **details: object) -> None:
        path = place.path
        identity = (kind, path, node.start, node.end, exception)
        if identity in self._reported:
            return
        self._reported.add(identity)
        reference = Reference(exception, None) if exception else None
        self.faults.append(Fault(kind, path, node.span, reference, **details))

    def call(self, call: Call, place: Place) -> None:
        namespace = place.namespace
        if namespace is not None and place.written.renames and self._breaks_renaming(call, place):
            return
        fault = argument_fault(call)
        if fault is not None:
            self.add(
                "function-argument",
                place,
                fault.node,
                fault.exception,
                function=call.function,
                wanted=fault.wanted,
                got=type_name_of(fault.node),
                is_whole=fault.node is call.argument,
                size=len(fault.node.items or ()) if fault.node.kind == SEQUENCE else None,
            )
            return
        since = FUNCTIONS[call.function].since
        version = self.blueprint.version
        if isinstance(version, tuple) and version < since:
            self.add("function-too-new", place, call.key, NOT_VALID, function=call.function, since=since)
        if call.function == "get_input":
            self._get_input(call, place)
        elif call.function in NODE_FUNCTIONS:
            self._node_function(call, place)
        elif call.function in _ARGUMENT_TYPES:
            self._typed_arguments(call, place)
        elif call.function == "get_sys":
            self._get_sys(call, place)
        elif call.function == "merge":
            for item in call.items:
                if item.kind != MAPPING:
                    self.add("merge-of-no-mapping", place, item, NOT_VALID, got=type_name_of(item))

    def _breaks_renaming(self, call: Call, place: Place) -> bool:
        """Whether the name of a call cannot be found once the namespace stands before it. Where it cannot
        even be put there, `renaming.py` tells it, wherever the call stands."""
        # few files have a namespace
        from bplint.checks.functions.renaming import KIND, renaming_fault

        node = call.argument
        if renaming_fault(call.function, node):
            return True
        exception = ""
        if call.function == "get_input" and node.kind != SEQUENCE and not isinstance(scalar_of(node), str):
            exception = "UnknownInputError"
        elif call.function in ("get_property", "get_attribute"):
            node = call.items[0]
            if call_of(node) or _is_odd_name(call.items):
                exception = "KeyError"
        if not exception:
            return False
        self.add(KIND, place, node, exception, function=call.function, namespace=place.namespace)
        return True

    def _name(self, call: Call, item: Node, place: Place) -> object:
        """The name that an argument means, with the namespace that the parser puts before it."""
        value = scalar_of(item)
        namespace = place.namespace
        if namespace is None or not place.written.renames or value is None:
            return value
        if call.function == "get_input":
            is_kept = place.written.keeps_paths and call.argument.kind == SEQUENCE
            return f"{namespace}{DELIMITER}{value}" if isinstance(value, str) and not is_kept else value
        if call.function in ("get_property", "get_attribute") and value not in SCOPED:
            return f"{namespace}{DELIMITER}{value}"
        return value

    def _get_input(self, call: Call, place: Place) -> None:
        item = call.items[0]
        if call_of(item):
            return
        name = self._name(call, item, place)
        inputs = self.blueprint.inputs
        if not isinstance(name, str) or inputs.lookup(name) is MISSING:
            details = self._renaming(call, name, place, "inputs")
            self.add("unknown-input", place, item, "UnknownInputError", name=name, **details)

    def _renaming(self, call: Call, name: object, place: Place, section: str) -> dict[str, object]:
        """Details for a name that exists, but only with the namespace that this function is not given."""
        full = f"{place.namespace}{DELIMITER}{name}"
        section_of = self.blueprint.inputs if section == "inputs" else self.blueprint.node_templates
        exists = place.namespace is not None and full in section_of
        return {"function": call.function, "renamed": full if exists else None}

    def _node_function(self, call: Call, place: Place) -> None:
        items = call.items
        node = items[0]
        if any(call_of(item) for item in items):
            return
        if call.function == "get_attributes_dict" and node.kind == SEQUENCE:
            return
        name = self._name(call, node, place)
        if call.function == "get_attributes_dict":
            self._same_paths(call, place)
        if name in SCOPED:
            self._scoped(call, node, str(name), place)
            return
        template = self.blueprint.node_templates.lookup(name) if isinstance(name, str) else MISSING
        if template is MISSING:
            details = self._renaming(call, name, place, "node_templates")
            self.add("unknown-node-in-function", place, node, "KeyError", name=name, **details)
        elif not isinstance(template, NodeTemplate):
            return
        elif call.function == "get_property":
            self._property(call, template, place)
        elif call.function != "get_attributes_dict" and self.setters.never_sets(template, first_part(call)):
            self.add("attribute-never-set", place, items[1], "", template=template, part=first_part(call))

    def _scoped(self, call: Call, node: Node, name: str, place: Place) -> None:
        if call.function != "get_property":
            closed = _CLOSED_TO.get(place.scope)
            if closed is None or name in closed:
                exception = "KeyError" if closed is None else VALUE_ERROR
                self.add(
                    "out-of-scope-node",
                    place,
                    node,
                    exception,
                    name=name,
                    function=call.function,
                    scope=place.scope,
                )
            return
        wanted = places.NODE if name == SELF else places.RELATIONSHIP
        if place.scope != wanted:
            self.add(
                "out-of-scope-node",
                place,
                node,
                VALUE_ERROR,
                name=name,
                function=call.function,
                scope=place.scope,
            )
            return
        template: object = place.template
        if name == "TARGET" and place.relation is not None:
            template = place.relation.target
        if isinstance(template, NodeTemplate):
            self._property(call, template, place)

    def _property(self, call: Call, template: NodeTemplate, place: Place) -> None:
        items = call.items
        path = [scalar_of(item) for item in items[1:]]
        found = property_of(template, path, self.blueprint)
        if isinstance(found, Miss):
            if template.is_damaged:
                return
            self.add(
                "unknown-property-path",
                place,
                items[found.position + 1],
                "FunctionEvaluationError",
                reason=found.reason,
                part=path[found.position],
                before=path[: found.position],
                known=found.known,
                size=found.size,
                template=template,
            )
        elif not isinstance(found, Value):
            return
        elif found.through is None:
            name = place.written.name
            if place.template is not None and name is not None and found.node is not None:
                self.circles.add(place.template, call, name, place.path, template, found.node)
        elif self.order.is_read_too_early(found.through, template, str(path[0]), place):
            self.add("property-through-function", place, items[-1], "", template=template)

    def _same_paths(self, call: Call, place: Place) -> None:
        seen: set[str] = set()
        for item in call.items[1:]:
            parts = item.items if item.kind == SEQUENCE else [item]
            identifier = ".".join(str(scalar_of(part)) for part in parts or ())
            if identifier in seen:
                self.add("same-attribute-path", place, item, "FunctionEvaluationError", identifier=identifier)
            seen.add(identifier)

    def _typed_arguments(self, call: Call, place: Place) -> None:
        kinds = _ARGUMENT_TYPES[call.function]
        for index, item in enumerate(call.items):
            if call_of(item):
                continue
            value = scalar_of(item)
            wanted = kinds[min(index, len(kinds) - 1)]
            optional = wanted is int
            if isinstance(value, wanted) or (
                optional and value is None and item.kind not in (MAPPING, SEQUENCE)
            ):
                continue
            self.add(
                "string-function-argument",
                place,
                item,
                NOT_VALID,
                function=call.function,
                wanted="an integer" if wanted is int else "a string",
                got=type_name_of(item),
            )

    def _get_sys(self, call: Call, place: Place) -> None:
        entity, prop = call.items[:2]
        if call_of(entity):
            return
        name = scalar_of(entity)
        if name not in SYS_PROPERTIES:
            self.add(
                "unknown-sys-property",
                place,
                entity,
                "UnknownSysEntityError",
                name=name,
                known=tuple(SYS_PROPERTIES),
            )
        elif not call_of(prop) and scalar_of(prop) not in SYS_PROPERTIES[str(name)]:
            self.add(
                "unknown-sys-property",
                place,
                prop,
                "UnknownSysPropertyError",
                name=scalar_of(prop),
                known=SYS_PROPERTIES[str(name)],
            )


_ARGUMENT_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string_find": (str,),
    "string_replace": (str, str, str, int),
    "string_split": (str, str, int),
    "string_lower": (str,),
    "string_upper": (str,),
}


def _is_odd_name(items: Sequence[Node]) -> bool:
    """Whether the name is none, which the namespace hides: a text is made of anything."""
    return len(items) > 1 and not is_item(items[0]) and all(is_item(item) for item in items[1:])
