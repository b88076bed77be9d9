"""Values against their types: one engine for node templates, relationships, policies, triggers, inputs,
parameters and the defaults of types.

Facts from dsl_parser (utils.py: merge_schema_and_instance_properties, parse_value):
* a property of a data type is never missing as a whole: its value is then what the defaults give, and what
  those lack is missing, even where `required` is false;
* a default is completed when the type is read, and mandatory keys that it lacks only count where it is used;
* a truthy `use_external_resource` switches off the mandatory checks of its own level, not of nested values;
* intrinsic functions are accepted unchecked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.values.value_collector import (
    EXTERNAL,
    ValueFaults,
    ValuePlace,
    first_given,
    mismatches,
    told_at,
)
from bplint.diagnostic import Reference
from bplint.dsl.builtin_types import BUILT_IN
from bplint.later import later
from bplint.lookup import UNKNOWN
from bplint.model.value_tests import UNTESTED, fits, is_function, is_truthy
from bplint.syntax.mapping import as_dict, deref, is_null, is_set, odd_keys
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.checks.values import value_faults as kinds
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import DataType, Element, NodeTemplate, SchemaProperty
    from bplint.span import Span
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node

    Trail = tuple[str, ...]  # names of properties, from the outer one inwards
else:
    kinds = later("bplint.checks.values.value_faults")

_TYPE_ERROR: Final = Reference("TypeError", None)
_MAX_DEPTH: Final = 60
_MAX_REPORTED: Final = 20
# data types that hold each other twice double the work with every level
_MAX_STEPS: Final = 5_000


class _Plan:
    """What must be looked at where properties are not given.

    required  names without default that must be given
    watched   properties whose absence has to be judged by what their defaults give
    """

    __slots__ = ("has_external", "properties", "required", "watched")

    def __init__(self, properties: dict[str, SchemaProperty], blueprint: Blueprint) -> None:
        self.properties = properties
        required, watched = [], []
        for name, entry in properties.items():
            kind = entry.type
            if kind is not None and kind not in BUILT_IN:
                if blueprint.data_types.lookup(kind):
                    watched.append(entry)
            elif entry.default is None:
                if entry.is_required:
                    required.append(name)
            elif kind is not None and kind not in UNTESTED and is_null(entry.default):
                watched.append(entry)
        self.required = frozenset(required)
        self.watched = tuple(watched)
        self.has_external = EXTERNAL in properties


class Values(ValueFaults):
    """Checks the values of one blueprint and collects what is wrong in `faults`."""

    __slots__ = (
        "_absent",
        "_aliased",
        "_blueprint",
        "_complete",
        "_data_types",
        "_nulls",
        "_open",
        "_plans",
        "_steps",
    )

    def __init__(self, blueprint: Blueprint) -> None:
        super().__init__()
        self._blueprint = blueprint
        self._data_types = blueprint.data_types
        self._plans: dict[int, _Plan] = {}
        self._absent: dict[int, list[Fault]] = {}
        self._aliased: set[tuple[int, str]] = (
            set()
        )  # what aliases led to, and the type it was checked against
        self._open: set[str] = set()  # data types whose defaults are being worked out
        self._complete: set[tuple[str | int, ...]] = set()  # types and defaults that together lack nothing
        self._steps = 0
        self._nulls: set[tuple[str, Span]] = set()  # defaults that are told

    def check_template(self, template: NodeTemplate) -> None:
        """Properties of a node template against its type."""
        kind = template.type
        if not kind:
            return
        properties = kind.properties
        plan = self._plans.get(id(properties)) or self._plan(properties)
        written = template.properties
        if template.odd_keys and kind.is_complete:
            place = ValuePlace(f"node template '{template.name}'", template.key, template.file)
            self.tell_odd_keys(template.odd_keys, properties, place, kind)
        if not written and not plan.required and not plan.watched:
            return
        for name in written:
            entry = properties.get(name)
            if entry is None or (entry.type is not None and entry.type not in UNTESTED):
                break
        else:
            if plan.required.issubset(written) and not plan.watched and not plan.has_external:
                return
        place = ValuePlace(f"node template '{template.name}'", template.key, template.file)
        is_whole = kind.is_complete and not template.is_damaged
        self.check_properties(
            written, properties, place, kind, is_complete=kind.is_complete, is_whole=is_whole
        )

    def check_properties(
        self,
        written: dict[str, Pair],
        properties: dict[str, SchemaProperty],
        place: ValuePlace,
        owner: Element,
        *,
        is_complete: bool = True,
        is_whole: bool = True,
    ) -> None:
        """Given values against the schema of `owner`. `is_complete`: the schema is all known; `is_whole`: so
        is what is given."""
        plan = self._plans.get(id(properties)) or self._plan(properties)
        for name, (key, value) in written.items():
            entry = properties.get(name)
            if entry is None:
                if is_complete:
                    self._tell_undefined(key, (name,), properties, place, owner)
            elif entry.type is not None and entry.type not in UNTESTED:
                at = ValuePlace(place.subject, key, place.file)
                self._check(value, entry, _layers(entry.default), (name,), at, is_strict=True)
        is_external = plan.has_external and self._is_external([written], properties, place)
        if not is_whole:
            return
        if not is_external:
            for name in properties:
                if name in plan.required and name not in written:
                    self._tell_missing((name,), properties[name], place)
        for entry in plan.watched:
            if entry.name not in written:
                self._tell_absent(entry, place)

    def tell_odd_keys(
        self, keys: Sequence[Node], properties: dict[str, SchemaProperty], place: ValuePlace, owner: Element
    ) -> None:
        """Keys that are no strings: no schema declares them."""
        for key in keys:
            self._tell_undefined(key, (str(key.text),), properties, place, owner)

    def check_default(self, entry: SchemaProperty, subject: str, *, is_strict: bool) -> None:
        """The default of a property, input or parameter against its type. Mandatory keys of data types are
        only asked for where `is_strict`."""
        default = entry.default
        if default is None or entry.type is None or entry.type in UNTESTED or is_null(default):
            return
        if id(default) in self._blueprint.broken:
            return
        place = ValuePlace(subject, default, entry.file)
        self._check(default, entry, (), (), place, is_strict=is_strict)
        if not is_strict and entry.type not in BUILT_IN and default.kind == MAPPING and default.items:
            self._check_completeness(default, entry, place)

    def check_filled(self, entry: SchemaProperty, subject: str) -> None:
        """A property of a data type without a default: what the data type fills it with."""
        place = ValuePlace(subject, entry.key, entry.file)
        self.faults += mismatches(self._absent_faults(entry, None, (), (entry.name,), place))

    def _check_null(self, entry: SchemaProperty, default: Node, trail: Trail, place: ValuePlace) -> None:
        """A null that a data type has for a default is a value like another where it fills a gap."""
        if entry.type is None or entry.type in UNTESTED or not is_null(default):
            return
        at = ValuePlace(place.subject, default, entry.file) if default is entry.default else place
        found = self._mismatch(default, entry, trail, at)
        if (found.path, found.span) not in self._nulls:
            self._nulls.add((found.path, found.span))
            self.faults.append(found)

    def _check_completeness(self, default: Node, entry: SchemaProperty, place: ValuePlace) -> None:
        """Mandatory keys that the default of a type lacks: nobody can use it as it is."""
        outer, self.faults = self.faults, []
        self._check(default, entry, (), (), place, is_strict=True)
        found, self.faults = self.faults, outer
        missing = [fault for fault in found if isinstance(fault, kinds.MissingProperty)]
        if found and len(missing) == len(found):
            names = [".".join(fault.trail) for fault in missing]
            path, span = place.file.document.path, entry.key.span
            self.faults.append(
                kinds.IncompleteDefault(path, span, subject=place.subject, names=names, prop=entry)
            )

    def _plan(self, properties: dict[str, SchemaProperty]) -> _Plan:
        plan = self._plans[id(properties)] = _Plan(properties, self._blueprint)
        return plan

    def _check(
        self,
        node: Node,
        entry: SchemaProperty,
        below: tuple[Node, ...],
        trail: Trail,
        place: ValuePlace,
        *,
        is_strict: bool,
    ) -> None:
        """`below` are the defaults that fill the gaps of the value, the first one wins."""
        kind = entry.type
        if kind is None or kind in UNTESTED or len(trail) > _MAX_DEPTH:
            return
        value = node if node.kind != ALIAS else deref(node)
        if kind in BUILT_IN:
            if not fits(value, kind) and not is_function(value):
                self._tell_mismatch(node, entry, trail, place)
            return
        data_type = self._data_types.lookup(kind)
        is_odd = value.tag is not None and value.kind != SCALAR and not is_set(value)
        if not data_type or is_odd or self._was_checked(node, value, kind):
            return
        if value.kind != MAPPING or is_set(value):
            if not (value.kind == SCALAR and value_of(value) is UNKNOWN):
                self._tell_mismatch(node, entry, trail, place)
        elif not is_function(value):
            self._check_mapping(value, data_type, below, trail, place, is_strict=is_strict)

    def _was_checked(self, node: Node, value: Node, kind: str) -> bool:
        """Whether an alias leads to what was already checked against this type: its faults are told."""
        if node.kind != ALIAS:
            return False
        if (id(value), kind) in self._aliased:
            return True
        self._aliased.add((id(value), kind))
        return False

    def _check_mapping(
        self,
        node: Node,
        data_type: DataType,
        below: tuple[Node, ...],
        trail: Trail,
        place: ValuePlace,
        *,
        is_strict: bool,
    ) -> None:
        written = as_dict(node)
        properties = data_type.properties
        if data_type.is_complete:
            raises = _TYPE_ERROR if trail or not is_strict else None
            self._check_keys(node, written, data_type, trail, place, raises)
        given = [as_dict(layer) for layer in below]
        is_external = EXTERNAL in properties and self._is_external([written, *given], properties, place)
        for name, entry in properties.items():
            defaults = [layer[name][1] for layer in given if name in layer]
            if entry.default is not None:
                defaults.append(entry.default)
            inner = (*trail, name)
            if name in written:
                key, value = written[name]
                at = ValuePlace(place.subject, key, place.file)
                self._check(value, entry, _layers(*defaults), inner, at, is_strict=is_strict)
            elif defaults:
                if self._is_data(entry):
                    found = self._absent_faults(
                        entry, deref(defaults[0]), _layers(*defaults[1:]), inner, place
                    )
                    self.faults += found if is_strict else mismatches(found)
                else:
                    self._check_null(entry, deref(defaults[0]), inner, place)
            elif self._is_data(entry):
                found = self._absent_faults(entry, None, (), inner, place)
                self.faults += found if is_strict else mismatches(found)
            elif is_strict and entry.is_required and not is_external and data_type.is_complete:
                self._tell_missing(inner, entry, place)

    def _check_keys(
        self,
        node: Node,
        written: dict[str, Pair],
        data_type: DataType,
        trail: Trail,
        place: ValuePlace,
        raises: Reference | None,
    ) -> None:
        """`raises`: what the reference parser ends in where a key is no string; None: as for others."""
        properties = data_type.properties
        for name, (key, _) in written.items():
            if name not in properties:
                self._tell_undefined(key, (*trail, name), properties, place, data_type)
        if node.items is not None and len(node.items) != len(written):
            for odd in odd_keys(node):
                # a null is left out of the path, and joining the rest of it works
                reference = None if is_null(odd) else raises
                self._tell_undefined(odd, (*trail, str(odd.text)), properties, place, data_type, reference)

    def _absent_faults(
        self,
        entry: SchemaProperty,
        default: Node | None,
        below: tuple[Node, ...],
        trail: Trail,
        place: ValuePlace,
    ) -> list[Fault]:
        outer, self.faults = self.faults, []
        self._steps = 0
        self._check_absent(entry, default, below, trail, place)
        found, self.faults = self.faults[:_MAX_REPORTED], outer
        return found

    def _check_absent(
        self,
        entry: SchemaProperty,
        default: Node | None,
        below: tuple[Node, ...],
        trail: Trail,
        place: ValuePlace,
    ) -> None:
        """A value that only defaults give: what they lack is missing at the place that gives nothing."""
        kind = entry.type
        if kind is None or kind in self._open or len(self.faults) >= _MAX_REPORTED:
            return
        data_type = self._data_types.lookup(kind)
        if default is not None and is_null(default):
            default = None  # for a mapping of a data type that is no value
        judged: tuple[str | int, ...] = (kind, id(default), *(id(node) for node in below))
        self._steps += 1
        if not data_type or judged in self._complete or len(trail) > _MAX_DEPTH or self._steps > _MAX_STEPS:
            return
        if default is not None and (default.kind != MAPPING or is_function(default)):
            return
        self._open.add(kind)
        found = len(self.faults)
        given = [as_dict(layer) for layer in (below if default is None else (default, *below))]
        external = first_given(EXTERNAL, given, data_type.properties)
        is_external = external is not None and not is_function(external) and is_truthy(external)
        for name, inner in data_type.properties.items():
            defaults = [layer[name][1] for layer in given if name in layer]
            if inner.default is not None:
                defaults.append(inner.default)
            if self._is_data(inner):
                first = deref(defaults[0]) if defaults else None
                self._check_absent(inner, first, _layers(*defaults[1:]), (*trail, name), place)
            elif defaults:
                self._check_null(inner, deref(defaults[0]), (*trail, name), place)
            elif inner.is_required and not is_external and data_type.is_complete:
                self._tell_missing((*trail, name), inner, place)
        self._open.discard(kind)
        if found == len(self.faults):
            self._complete.add(judged)

    def _is_data(self, entry: SchemaProperty) -> bool:
        return entry.type is not None and entry.type not in BUILT_IN

    def _tell_absent(self, entry: SchemaProperty, place: ValuePlace) -> None:
        """Faults of a property that is not given at all; worked out once a property."""
        known = self._absent.get(id(entry))
        if known is None:
            default = entry.default
            if default is not None and is_null(default) and entry.type in BUILT_IN:
                known = [self._mismatch(default, entry, (entry.name,), place)]
            else:
                if default is not None and is_null(default):
                    default = None
                known = self._absent_faults(entry, default, (), (entry.name,), place)
            self._absent[id(entry)] = known
        self.faults += [told_at(place, fault) for fault in known]


def _layers(*nodes: Node | None) -> tuple[Node, ...]:
    """The defaults that fill gaps: mappings that are no functions, up to the first that is something else."""
    found = []
    for node in filter(None, nodes):
        found.append(deref(node))
        if found[-1].kind != MAPPING or is_function(found[-1]):
            return tuple(found[:-1])
    return tuple(found)
