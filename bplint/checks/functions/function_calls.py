"""Static checks of intrinsic functions: what the reference parser's steps 7 and 8 refuse, and what it
lets pass although it cannot work. All faults are found, each on its own.

Facts from dsl_parser (functions.py, framework/parser.py for names under a namespace).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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
    ARGUMENT_TYPES,
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
from bplint.fault import hear_all
from bplint.later import later
from bplint.lookup import MISSING
from bplint.model import scan_places as places
from bplint.model.elements import NodeTemplate
from bplint.model.evaluation_order import EvaluationOrder
from bplint.model.full_names import DELIMITER
from bplint.model.plan_properties import Miss, Value, property_of
from bplint.model.scan_places import POLICIES_OF_GROUPS, ScanPlace, ScanPlaces
from bplint.syntax.scalars import type_name_of
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.checks.functions import function_faults as kinds
    from bplint.dsl.functions import Call
    from bplint.fault import Fault, Hears
    from bplint.model.blueprint import Blueprint, Section
    from bplint.span import Span
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.functions.function_faults")

# scope → which of SELF, SOURCE and TARGET `get_attribute` and its kin may not name there; in the scopes
# that are not listed the reference parser ends in a KeyError for any of them
_CLOSED_TO: Final[dict[str, frozenset[str]]] = {
    places.OUTPUTS: SCOPED,
    places.RELATIONSHIP: frozenset((SELF,)),
    places.NODE: SCOPED - {SELF},
}


def check_functions(blueprint: Blueprint, hears: Hears = hear_all) -> list[Fault]:
    """Faults of all function calls in the places where functions are evaluated."""
    check = _CallCheck(blueprint, hears)
    for place in check.places.walk():
        check.place(place)
    check.unevaluated()
    check.property_circles()
    if any(file.namespace is not None for file in blueprint.graph.files):
        # few files have a namespace
        from bplint.checks.functions.renaming import renaming_faults

        check.faults += renaming_faults(blueprint.graph)
    return check.faults


class _CallCheck:
    def __init__(self, blueprint: Blueprint, hears: Hears) -> None:
        self.blueprint = blueprint
        self.hears = hears
        self.faults: list[Fault] = []
        # a value behind an anchor, or a type's default, is looked at for every user, and reported once
        self._reported: set[tuple[type[Fault], str, Span, Reference | None]] = set()
        self._near: dict[str, str | None] = {}
        self.places = ScanPlaces(blueprint)
        self.order = EvaluationOrder(blueprint)
        self.circles = PropertyCircles(self.places.scanner)
        self.setters = AttributeSetters(blueprint)

    def place(self, place: ScanPlace) -> None:
        for call in place.written.findings.calls:
            self.call(call, place)
        for key, node in place.written.findings.likeness:
            found = likeness_fault(place.path, key, node, self._near)
            if found is not None:
                self.add(found)
        written = place.written
        if place.scope == places.LABELS:
            for call in nested_attribute_calls(written.root, written.findings.calls):
                self.add(kinds.AttributeInLabel(place.path, call.key.span, function=call.function))
        declared = written.declared
        if declared is not None and is_untestable_input(written.root, declared, self.blueprint):
            span, name, type_name = written.root.span, declared.name, declared.type or ""
            self.add(kinds.InputOfDataType(place.path, span, name=name, type_name=type_name))

    def unevaluated(self) -> None:
        for written, where in self.places.unevaluated():
            place = ScanPlace("", written)
            for call in outermost(written.findings.calls):
                if where == POLICIES_OF_GROUPS and _is_of_policy_engine(call):
                    continue
                path, span, function = place.path, call.node.span, call.function
                self.add(kinds.FunctionNotEvaluated(path, span, function=function, where=where))

    def property_circles(self) -> None:
        for call, path, circle in self.circles.find():
            self.faults.append(kinds.PropertyCycle(path, call.node.span, circle=circle))

    def add(self, fault: Fault) -> None:
        identity = (type(fault), fault.path, fault.span, fault.reference)
        if identity not in self._reported:
            self._reported.add(identity)
            self.faults.append(fault)

    def call(self, call: Call, place: ScanPlace) -> None:
        namespace = place.namespace
        if namespace is not None and place.written.renames and self._breaks_renaming(call, place):
            return
        fault = argument_fault(call)
        if fault is not None:
            self.add(
                kinds.FunctionArgument(
                    place.path,
                    fault.node.span,
                    reference=_raised(fault.exception),
                    function=call.function,
                    wanted=fault.wanted,
                    got=type_name_of(fault.node),
                    is_whole=fault.node is call.argument,
                    size=len(fault.node.items or ()) if fault.node.kind == SEQUENCE else None,
                )
            )
            return
        since = FUNCTIONS[call.function].since
        version = self.blueprint.version
        if isinstance(version, tuple) and version < since:
            at, function, reference = call.key.span, call.function, _raised(NOT_VALID)
            self.add(
                kinds.FunctionTooNew(place.path, at, reference=reference, function=function, since=since)
            )
        if call.function == "get_input":
            self._get_input(call, place)
        elif call.function in NODE_FUNCTIONS:
            self._node_function(call, place)
        elif call.function in ARGUMENT_TYPES:
            self._typed_arguments(call, place)
        elif call.function == "get_sys":
            self._get_sys(call, place)
        elif call.function == "merge":
            for item in call.items:
                if item.kind != MAPPING:
                    got, reference = type_name_of(item), _raised(NOT_VALID)
                    self.add(kinds.MergeOfNoMapping(place.path, item.span, reference=reference, got=got))

    def _breaks_renaming(self, call: Call, place: ScanPlace) -> bool:
        """Whether the name of a call cannot be found once the namespace stands before it. Where it cannot
        even be put there, `renaming.py` tells it, wherever the call stands."""
        # few files have a namespace
        from bplint.checks.functions.renaming import renaming_fault

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
        self.add(
            kinds.FunctionNotRenamable(
                place.path,
                node.span,
                reference=_raised(exception),
                function=call.function,
                namespace=place.namespace,
            )
        )
        return True

    def _name(self, call: Call, item: Node, place: ScanPlace) -> object:
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

    def _get_input(self, call: Call, place: ScanPlace) -> None:
        item = call.items[0]
        if call_of(item):
            return
        name = self._name(call, item, place)
        inputs = self.blueprint.inputs
        if not isinstance(name, str) or inputs.lookup(name) is MISSING:
            self.add(
                kinds.UnknownInput(
                    place.path,
                    item.span,
                    reference=_raised("UnknownInputError"),
                    name=name,
                    function=call.function,
                    renamed=_with_namespace(name, place, inputs),
                )
            )

    def _node_function(self, call: Call, place: ScanPlace) -> None:
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
            self.add(
                kinds.UnknownNodeInFunction(
                    place.path,
                    node.span,
                    reference=_raised("KeyError"),
                    name=name,
                    function=call.function,
                    renamed=_with_namespace(name, place, self.blueprint.node_templates),
                )
            )
        elif not isinstance(template, NodeTemplate):
            return
        elif call.function == "get_property":
            self._property(call, template, place)
        elif (
            call.function != "get_attributes_dict"
            and self.hears(kinds.AttributeNeverSet)
            and self.setters.never_sets(template, first_part(call))
        ):
            part = first_part(call)
            self.add(kinds.AttributeNeverSet(place.path, items[1].span, name=template.name, part=part))

    def _scoped(self, call: Call, node: Node, name: str, place: ScanPlace) -> None:
        exception = _out_of_scope(call.function, name, place.scope)
        if exception:
            self.add(
                kinds.OutOfScopeNode(
                    place.path,
                    node.span,
                    reference=_raised(exception),
                    name=name,
                    function=call.function,
                    scope=place.scope,
                )
            )
            return
        if call.function != "get_property":
            return
        template: object = place.template
        if name == "TARGET" and place.relation is not None:
            template = place.relation.target
        if isinstance(template, NodeTemplate):
            self._property(call, template, place)

    def _property(self, call: Call, template: NodeTemplate, place: ScanPlace) -> None:
        items = call.items
        path = [scalar_of(item) for item in items[1:]]
        found = property_of(template, path, self.blueprint)
        if isinstance(found, Miss):
            if template.is_damaged:
                return
            self.add(
                kinds.UnknownPropertyPath(
                    place.path,
                    items[found.position + 1].span,
                    reference=_raised("FunctionEvaluationError"),
                    reason=found.reason,
                    part=path[found.position],
                    before=path[: found.position],
                    known=found.known,
                    size=found.size,
                    template=template,
                )
            )
        elif not isinstance(found, Value):
            return
        elif found.through is None:
            name = place.written.name
            if place.template is not None and name is not None and found.node is not None:
                self.circles.add(place.template, call, name, place.path, template, found.node)
        elif self.order.is_read_too_early(found.through, template, str(path[0]), place):
            self.add(kinds.PropertyThroughFunction(place.path, items[-1].span))

    def _same_paths(self, call: Call, place: ScanPlace) -> None:
        seen: set[str] = set()
        for item in call.items[1:]:
            parts = item.items if item.kind == SEQUENCE else [item]
            identifier = ".".join(str(scalar_of(part)) for part in parts or ())
            if identifier in seen:
                at, reference = item.span, _raised("FunctionEvaluationError")
                self.add(kinds.SameAttributePath(place.path, at, reference=reference, identifier=identifier))
            seen.add(identifier)

    def _typed_arguments(self, call: Call, place: ScanPlace) -> None:
        types = ARGUMENT_TYPES[call.function]
        for index, item in enumerate(call.items):
            if call_of(item):
                continue
            value = scalar_of(item)
            wanted = types[min(index, len(types) - 1)]
            optional = wanted is int
            if isinstance(value, wanted) or (
                optional and value is None and item.kind not in (MAPPING, SEQUENCE)
            ):
                continue
            self.add(
                kinds.StringFunctionArgument(
                    place.path,
                    item.span,
                    reference=_raised(NOT_VALID),
                    function=call.function,
                    wanted="an integer" if wanted is int else "a string",
                    got=type_name_of(item),
                )
            )

    def _get_sys(self, call: Call, place: ScanPlace) -> None:
        entity, prop = call.items[:2]
        if call_of(entity):
            return
        name, path = scalar_of(entity), place.path
        if name not in SYS_PROPERTIES:
            reference, known = _raised("UnknownSysEntityError"), tuple(SYS_PROPERTIES)
            self.add(kinds.UnknownSysProperty(path, entity.span, reference=reference, name=name, known=known))
        elif not call_of(prop) and scalar_of(prop) not in SYS_PROPERTIES[str(name)]:
            reference, known = _raised("UnknownSysPropertyError"), SYS_PROPERTIES[str(name)]
            name = scalar_of(prop)
            self.add(kinds.UnknownSysProperty(path, prop.span, reference=reference, name=name, known=known))


def _is_odd_name(items: Sequence[Node]) -> bool:
    """Whether the name is none, which the namespace hides: a text is made of anything."""
    return len(items) > 1 and not is_item(items[0]) and all(is_item(item) for item in items[1:])


def _out_of_scope(function: str, name: str, scope: str) -> str:
    """The exception for SELF, SOURCE or TARGET where the scope does not know it; '' where it does."""
    if function == "get_property":
        return "" if scope == (places.NODE if name == SELF else places.RELATIONSHIP) else VALUE_ERROR
    closed = _CLOSED_TO.get(scope)
    if closed is None:
        return "KeyError"
    return VALUE_ERROR if name in closed else ""


def _is_of_policy_engine(call: Call) -> bool:
    """Whether a manager with policies fills in a call when a trigger fires: `{get_property: [SELF, x]}` is
    the event's x there (official policies of cloudify 3 and 4)."""
    return call.function == "get_property" and bool(call.items) and scalar_of(call.items[0]) == SELF


def _with_namespace(name: object, place: ScanPlace, section: Section[Any]) -> str | None:
    """The name with the namespace that its function is not given, where it exists only with that."""
    full = f"{place.namespace}{DELIMITER}{name}"
    return full if place.namespace is not None and full in section else None


def _raised(exception: str) -> Reference | None:
    return Reference(exception, None) if exception else None
