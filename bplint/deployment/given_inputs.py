"""Given inputs, and what the making of a deployment says to them.

Facts from dsl_parser (tasks.py `_set_plan_inputs`, constraints.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.checks.functions.function_calls import check_functions
from bplint.checks.functions.function_faults import PropertyCycle
from bplint.checks.values.inputs import constraints_of
from bplint.checks.values.judgement import is_function, judge
from bplint.checks.values.value_faults import MissingProperty, UndefinedProperty, ValueTypeMismatch
from bplint.checks.values.values import Values
from bplint.deployment.calculate import Opaque
from bplint.deployment.deployment_faults import (
    EndlessEvaluation,
    EvaluationFailed,
    GivenFunctionWithConstraints,
    GivenValueMistyped,
    GivenValueRefused,
    InputsNoMapping,
    MissingInput,
    UnexpectedInput,
)
from bplint.deployment.evaluate import ENDLESS, evaluate_plan
from bplint.deployment.planned import Planned, Planner, TooLargeError
from bplint.diagnostic import Reference
from bplint.document import Kind
from bplint.dsl.constraints import OPERATORS, accepts_argument
from bplint.dsl.functions import call_of, scalar_of
from bplint.dsl.patterns import MatchBudget
from bplint.lookup import MISSING, UNKNOWN
from bplint.model.elements import SchemaProperty
from bplint.regex import lazy_pattern
from bplint.source import Source, read_source
from bplint.span import Span
from bplint.syntax.mapping import as_dict, deref, from_python, get, python_of
from bplint.syntax.parser import parse
from bplint.syntax.tree import MAPPING, SCALAR
from bplint.syntax.yaml_faults import NonMappingRoot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.checks.values.judgement import Constraint
    from bplint.deployment.evaluate import Failure
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Input
    from bplint.syntax.tree import Node

# `-i NAME=VALUE`; a file whose name looks so is given with its folder, as ./NAME=VALUE
_PAIR: Final = lazy_pattern(r"([^=/\\]+)=(.*)\Z", re.DOTALL)


class GivenValue:
    """A given input: the nodes of its name (None on the command line) and of its value, and its source."""

    __slots__ = ("key", "node", "path")

    def __init__(self, node: Node, key: Node | None, path: str) -> None:
        self.node = node
        self.key = key
        self.path = path


class GivenInputs:
    """The inputs of a deployment as given. A later one replaces an earlier one of the same name.

    sources  the texts that they are written in, by the path that faults and values have
    """

    __slots__ = ("faults", "sources", "values")

    def __init__(self) -> None:
        self.values: dict[str, GivenValue] = {}
        self.sources: dict[str, Source] = {}
        self.faults: list[Fault] = []


def load_inputs(arguments: Iterable[str]) -> GivenInputs:
    """Read what `-i` was given: files of YAML or JSON, and NAME=VALUE with a YAML value."""
    given = GivenInputs()
    for argument in arguments:
        pair = _PAIR.match(argument)
        if pair is not None:
            _add_pair(given, pair[1].strip(), pair[2])
        else:
            _add_file(given, argument)
    return given


def _add_pair(given: GivenInputs, name: str, text: str) -> None:
    source = Source.from_text(f"-i {name}", text)
    given.sources[source.path] = source
    parsed = parse(source)
    # what is no YAML is a text, and so is nothing at all: a shell knows no other values
    if parsed.root is None or _without_shape(parsed.faults):
        node = from_python(text, Span(0, len(text)))
    else:
        node = deref(parsed.root)
    given.values[name] = GivenValue(node, None, source.path)


def _add_file(given: GivenInputs, path: str) -> None:
    source, faults = read_source(path)
    given.faults += faults
    if source is None:
        return
    given.sources[source.path] = source
    parsed = parse(source)
    given.faults += _without_shape(parsed.faults)
    root = deref(parsed.root) if parsed.root is not None else None
    if root is None or (root.kind == SCALAR and scalar_of(root) is None):
        return
    if root.kind != MAPPING:
        given.faults.append(InputsNoMapping(source.path, Span(root.start, root.start + 1)))
        return
    for name, (key, value) in as_dict(root).items():
        given.values[name] = GivenValue(deref(value), key, source.path)


def _without_shape(faults: list[Fault]) -> list[Fault]:
    """Without what is fine for a value, and told in other words of a file of inputs."""
    return [fault for fault in faults if not isinstance(fault, NonMappingRoot)]


def check_deployment(blueprint: Blueprint, given: GivenInputs) -> list[Fault]:
    """What plan creation refuses with these inputs. Nothing for a file that is made to be imported."""
    if blueprint.graph.main.document.kind is not Kind.BLUEPRINT:
        return []
    return prepare(blueprint, given)[1]


def prepare(blueprint: Blueprint, given: GivenInputs) -> tuple[Planned | None, list[Fault]]:
    """The plan with all functions evaluated that can be, and the faults on the way. None past the limits."""
    planner = Planner(blueprint)
    setter = _InputSetter(blueprint, given, planner)
    try:
        setter.run()
        plan = planner.build()
    except TooLargeError:
        return None, setter.faults
    failures = evaluate_plan(plan)
    return plan, setter.faults + _faults_of(failures, blueprint) + _counts(plan)


class _InputSetter:
    """Sets the plan's inputs from given values, defaults and data types, and judges them."""

    def __init__(self, blueprint: Blueprint, given: GivenInputs, planner: Planner) -> None:
        self.blueprint = blueprint
        self.given = given
        self.planner = planner
        self.faults: list[Fault] = []
        self.budget = MatchBudget()
        self._main = blueprint.graph.main

    def run(self) -> None:
        for name in self.blueprint.inputs.names():
            entry = self.blueprint.inputs.lookup(name)
            if entry:
                self.planner.plan.inputs[name] = self._value_of(entry)
        for name, value in self.given.values.items():
            if name not in self.planner.plan.inputs and self.blueprint.inputs.lookup(name) is MISSING:
                place = value.key or value.node
                known = list(self.blueprint.inputs.names())
                self.faults.append(UnexpectedInput(value.path, place.span, name=name, known=known))

    def _value_of(self, entry: Input) -> Any:
        given = self.given.values.get(entry.name)
        if given is not None:
            return self._given_value(entry, given)
        default = entry.default
        if default is not None and not (default.kind == SCALAR and scalar_of(default) is None):
            return self.planner.value(default, entry.file, entry.type)
        value = self.planner.empty_value(entry.type) if self._fills_itself(entry) else None
        if value is None and self._is_required(entry):
            self.faults.append(MissingInput(entry.path, entry.key.span, name=entry.name))
            return Opaque()
        return value

    def _fills_itself(self, entry: Input) -> bool:
        """Whether the type is a data type whose properties all have defaults or need none."""
        if entry.type is None or not self.blueprint.data_types.lookup(entry.type):
            return False
        stand_in = SchemaProperty(entry.name, entry.key, entry.node, entry.file)
        stand_in.type, stand_in.default = entry.type, from_python({}, entry.key.span)
        values = Values(self.blueprint)
        values.check_default(stand_in, "", is_strict=True)
        return not values.faults

    def _is_required(self, entry: Input) -> bool:
        required = get(entry.node, "required")
        return required is None or bool(scalar_of(required))

    def _given_value(self, entry: Input, given: GivenValue) -> Any:
        found = len(self.faults)
        value = python_of(given.node)
        if value is UNKNOWN:
            return Opaque()
        self._judge(entry, given, value)
        if len(self.faults) == found:
            self._check_type(entry, given)
        if len(self.faults) > found:
            return Opaque()
        return self.planner.value(given.node, self._file_of(given), entry.type)

    def _judge(self, entry: Input, given: GivenValue, value: Any) -> None:
        constraints = [each for each in constraints_of(entry) if _is_sound(each)]
        types = entry.type, entry.item_type
        for fault in judge(value, given.node, constraints, *types, self.budget, is_given=True):
            place, raises = (given.path, fault.node.span), fault.reference
            if fault.kind == "function":
                self.faults.append(GivenFunctionWithConstraints(*place, reference=raises, entry=entry))
                continue
            self.faults.append(
                GivenValueRefused(
                    *place,
                    reference=raises,
                    entry=entry,
                    reason=fault.kind,
                    constraint=fault.constraint,
                    type_name=fault.type_name,
                )
            )

    def _check_type(self, entry: Input, given: GivenValue) -> None:
        """The value against the type of the input, by the engine that judges all values."""
        stand_in = SchemaProperty(entry.name, given.key or given.node, given.node, self._file_of(given))
        stand_in.type, stand_in.default = entry.type, given.node
        values = Values(self.blueprint)
        values.check_default(stand_in, f"input '{entry.name}'", is_strict=True)
        if given.node.kind == SCALAR and scalar_of(given.node) is None and not values.faults:
            self._check_null(entry, given)
        for fault in values.faults:
            self.faults.append(_mistyped(fault, entry, given.path))

    def _check_null(self, entry: Input, given: GivenValue) -> None:
        if entry.type in ("integer", "float", "boolean", "regex", "list", "dict") or (
            entry.type is not None and self.blueprint.data_types.lookup(entry.type)
        ):
            span = given.node.span
            self.faults.append(GivenValueMistyped(given.path, span, entry=entry, type_name=entry.type))

    def _file_of(self, given: GivenValue) -> ImportedFile:
        """The given value as if it stood in a file of its own."""
        # only made for inputs that are given
        from bplint.document import Document
        from bplint.imports.graph import ImportedFile

        return ImportedFile(Document(self.given.sources[given.path], None, []), None, None)


def _mistyped(fault: Fault, entry: Input, path: str) -> GivenValueMistyped:
    """A fault of the value as one of what is given."""
    place = path, fault.span
    if isinstance(fault, UndefinedProperty):
        return GivenValueMistyped(*place, entry=entry, wrong="undefined-property", trail=fault.trail)
    if isinstance(fault, MissingProperty):
        return GivenValueMistyped(*place, entry=entry, wrong="missing-property", trail=fault.trail)
    if isinstance(fault, ValueTypeMismatch):
        return GivenValueMistyped(*place, entry=entry, trail=fault.trail, type_name=fault.prop.type)
    return GivenValueMistyped(*place, entry=entry, type_name=entry.type)


def _is_sound(constraint: Constraint) -> bool:
    """Whether a constraint can be applied; what is wrong with it is told where it is written."""
    if not constraint.operators or constraint.operator not in OPERATORS:
        return False
    if call_of(constraint.argument_node) is not None:
        return True
    argument = constraint.argument
    return argument is not UNKNOWN and accepts_argument(constraint.operator, argument)


def _faults_of(failures: list[Failure], blueprint: Blueprint) -> list[Fault]:
    """Failures as faults; what is wrong without any inputs is told already."""
    if not failures:
        return []
    known = [
        fault for fault in check_functions(blueprint) if fault.reference or isinstance(fault, PropertyCycle)
    ]
    main = blueprint.graph.main.document
    found: dict[tuple[str, Span, bool], Fault] = {}
    for failure in failures:
        origin = failure.origin
        path = origin.path if origin is not None else main.path
        span = origin.node.span if origin is not None else Span(0, 0)
        if any(each.path == path and _is_within(each.span, span) for each in known):
            continue
        if failure.exception == ENDLESS and any(isinstance(each, PropertyCycle) for each in known):
            continue
        is_endless = failure.exception == ENDLESS
        kind = EndlessEvaluation if is_endless else EvaluationFailed
        reference = Reference(failure.exception, None)
        fault = kind(path, span, reference=reference, function=failure.function, message=failure.message)
        found.setdefault((path, span, is_endless), fault)
    return list(found.values())


def _counts(plan: Planned) -> list[Fault]:
    """Numbers of instances that functions give and that are no numbers."""
    faults = []
    for node in plan.nodes.values():
        capabilities = node.element.capabilities
        faults += _counts_of(node.scalable, capabilities, node.element.path, plan)
    for name, properties in plan.policies.items():
        policy = plan.blueprint.policies.lookup(name)
        if policy:
            faults += _counts_of(properties, policy.node, policy.path, plan)
    return faults


def _counts_of(values: dict[str, Any], node: Node | None, path: str, plan: Planned) -> list[Fault]:
    value = values.get("default_instances")
    origin = plan.origins.get(id(values))
    written = get(origin.node, "default_instances") if origin is not None else None
    place = written or node
    if place is None or value is None or isinstance(value, (int, Opaque)) or call_of(place) is None:
        return []
    if is_function(value):
        if value.keys() & {"get_input", "get_property"}:
            return []  # they are evaluated before: this one failed, and is told
        message = "it can only be known at run time, and the number of instances is needed before"
    else:
        message = f"it gives '{value}', and the number of instances is an integer"
    reference, function = Reference("TypeError", None), "default_instances"
    return [EvaluationFailed(path, place.span, reference=reference, function=function, message=message)]


def _is_within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
