"""Inputs, operation inputs of types and workflow parameters: what dsl_parser refuses in them beside their
shape, and constraints that cannot do what they say.

Facts from dsl_parser (elements/inputs.py, elements/workflows.py, constraints.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.checks.values.judgement import Constraint, judge
from bplint.diagnostic import LOGIC, Reference
from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.constraints import ERROR_MESSAGE, OPERATORS, accepts_argument
from bplint.dsl.functions import call_of, scalar_of
from bplint.dsl.patterns import MatchBudget
from bplint.dsl.versions import V1_5
from bplint.later import later
from bplint.lookup import UNKNOWN
from bplint.syntax.mapping import deref, get, get_pair, pairs, python_of
from bplint.syntax.scalars import text_of, type_name_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.values import value_faults as kinds
    from bplint.checks.values.judgement import Judgement
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Operation, SchemaProperty
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.values.value_faults")

INPUT: Final = "input"
OPERATION_INPUT: Final = "operation input"
PARAMETER: Final = "parameter"


def check_inputs(blueprint: Blueprint) -> list[Fault]:
    """Faults of all inputs, operation inputs of types and workflow parameters of the user's files."""
    check = _InputCheck(blueprint)
    for entry in blueprint.inputs.own():
        check.entry(entry, INPUT)
    for schema in _operation_schemas(blueprint):
        for declared in schema.values():
            check.entry(declared, OPERATION_INPUT)
    for workflow in blueprint.workflows.own():
        for parameter in workflow.parameters.values():
            check.entry(parameter, PARAMETER)
    return check.faults


def _operation_schemas(blueprint: Blueprint) -> Iterator[dict[str, SchemaProperty]]:
    for node_type in blueprint.node_types.own():
        yield from _schemas_of(node_type.own_interfaces)
    for relationship in blueprint.relationships.own():
        yield from _schemas_of(relationship.own_source_interfaces)
        yield from _schemas_of(relationship.own_target_interfaces)


def _schemas_of(interfaces: dict[str, dict[str, Operation]]) -> Iterator[dict[str, SchemaProperty]]:
    for operations in interfaces.values():
        for operation in operations.values():
            if operation.schema:
                yield operation.schema


def constraints_of(entry: SchemaProperty) -> list[Constraint]:
    """The constraints of an input as written; what is no mapping is left out."""
    node = entry.constraints
    if node is None or node.kind != SEQUENCE:
        return []
    found = []
    for item in node.items or ():
        mapping = deref(item)
        if mapping.kind == MAPPING:
            found.append(read_constraint(mapping))
    return found


def read_constraint(node: Node) -> Constraint:
    """A constraint with its keys in order. The parser checks the first operator and applies the last."""
    keys = [(key, deref(value)) for key, value in pairs(node)]
    operators = [(key, value) for key, value in keys if text_of(key) != ERROR_MESSAGE]
    return Constraint(node, len(keys), operators)


class _InputCheck:
    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.faults: list[Fault] = []
        self.budget = MatchBudget()

    def _tell(self, fault: Fault) -> None:
        self.faults.append(fault)

    def entry(self, entry: SchemaProperty, kind: str) -> None:
        if entry.node.kind != MAPPING:
            return
        if kind != PARAMETER:
            self._hidden(entry)
            self._display(entry)
        self._item_type(entry)
        constraints = constraints_of(entry)
        judged = [self._constraint(constraint, entry, kind) for constraint in constraints]
        sound = all(judged)
        if kind == INPUT and entry.default is not None:
            self._default(entry, constraints, sound)
        elif entry.default is not None and sound:
            self._unseen_default(entry, constraints)
        elif kind == INPUT and _is_null(entry.constraints):
            pair = get_pair(entry.node, "constraints")
            key = pair[0] if pair else entry.key
            self._tell(kinds.NullConstraintsWithoutDefault(entry.path, key.span))
        if sound and constraints:
            self._satisfiable(entry, constraints)

    def _hidden(self, entry: SchemaProperty) -> None:
        pair = get_pair(entry.node, "hidden")
        if pair is None or scalar_of(deref(pair[1])) is not True:
            return
        required = get(entry.node, "required")
        if entry.default is None and (required is None or scalar_of(required)):
            self._tell(kinds.HiddenRequiredInput(entry.path, pair[0].span, name=entry.name))

    def _display(self, entry: SchemaProperty) -> None:
        pair = get_pair(entry.node, "display")
        if pair is None or deref(pair[1]).kind != MAPPING:
            return
        written = text_of(entry.type_node) if entry.type_node is not None else None
        if written != "textarea":
            self._tell(kinds.DisplayWithoutTextarea(entry.path, pair[0].span, written=written))

    def _item_type(self, entry: SchemaProperty) -> None:
        node = get(entry.node, "item_type")
        # with a namespace an empty text is a name
        if node is None or not (text_of(node) or (entry.file.namespace is not None and text_of(node) == "")):
            return
        written = text_of(entry.type_node) if entry.type_node is not None else None
        if written != "list":
            self._tell(kinds.ItemTypeWithoutList(entry.path, node.span, written=written))
        elif text_of(node) not in BUILT_IN:
            self._tell(kinds.ItemTypeNotBuiltIn(entry.path, node.span, name=text_of(node) or ""))

    def _constraint(self, constraint: Constraint, entry: SchemaProperty, kind: str) -> bool:
        """Report the faults of a constraint; whether it can be applied."""
        node, path = constraint.node, entry.path
        if constraint.size == 0:
            self._tell(kinds.UnknownConstraint(path, node.span, name=None))
            return False
        if constraint.size > 1 and not self._second_key(constraint, entry, kind):
            return False
        if not constraint.operators and kind != PARAMETER:
            reference = Reference("IndexError", None)
            self._tell(kinds.UnknownConstraint(path, node.span, reference=reference, name=ERROR_MESSAGE))
            return False
        key, argument = (constraint.operators or pairs(node))[0]
        name = scalar_of(deref(key))
        if not isinstance(name, str) or name not in OPERATORS:
            self._tell(kinds.UnknownConstraint(path, key.span, name=name))
            return False
        if call_of(argument) is not None:
            return self._function_argument(constraint, entry, argument, kind)
        value = python_of(argument)
        if value is UNKNOWN:
            return False
        if not accepts_argument(name, value):
            got = type_name_of(argument)
            at, wanted = argument.span, OPERATORS[name]
            self._tell(kinds.ConstraintArgument(path, at, operator=name, wanted=wanted, got=got))
            return False
        return True

    def _second_key(self, constraint: Constraint, entry: SchemaProperty, kind: str) -> bool:
        keys = [key for key, _ in pairs(constraint.node)]
        version, path = self.blueprint.version, entry.path
        if kind == PARAMETER:
            reference = Reference(LOGIC, 103)
            self._tell(kinds.ConstraintSecondKey(path, keys[1].span, reference=reference, since=None))
            return False
        if isinstance(version, tuple) and version < V1_5:
            reference = Reference(LOGIC, 102)
            self._tell(kinds.ConstraintSecondKey(path, keys[1].span, reference=reference, since=V1_5))
            return False
        if len(constraint.operators) > 1:
            first, last = constraint.operators[0][0], constraint.operators[-1][0]
            if text_of(first) not in OPERATORS:
                return True  # the parser looks at the first before it tests the default
            if kind == INPUT and entry.default is not None and text_of(last) not in OPERATORS:
                # the default is tested by the last operator
                name, reference = text_of(last), Reference("KeyError", None)
                self._tell(kinds.UnknownConstraint(path, last.span, reference=reference, name=name))
                return False
            applied, ignored = text_of(last), text_of(first)
            self._tell(kinds.IgnoredConstraint(path, first.span, applied=applied, ignored=ignored))
            return text_of(last) in OPERATORS
        return True

    def _function_argument(
        self, constraint: Constraint, entry: SchemaProperty, argument: Node, kind: str
    ) -> bool:
        # nobody compares the inputs of operations with anything
        if kind != OPERATION_INPUT and not constraint.is_looked_up(entry.item_type or entry.type):
            operator = constraint.operator
            self._tell(kinds.FunctionInConstraint(entry.path, argument.span, operator=operator))
        return True

    def _default(self, entry: SchemaProperty, constraints: list[Constraint], sound: bool) -> None:
        """Step 6 of the reference parser: the default of a top-level input against its constraints."""
        default = entry.default
        assert default is not None
        if _is_null(entry.constraints):
            pair = get_pair(entry.node, "constraints")
            self._tell(kinds.NullConstraints(entry.path, (pair[0] if pair else entry.key).span))
            return
        if not sound:
            return
        value = python_of(default)
        if value is UNKNOWN:
            return
        if (
            entry.type == "list"
            and value is not None
            and not isinstance(value, list)
            and not call_of(default)
        ):
            return  # no list: told as a default that does not fit its type
        for found in judge(value, default, constraints, entry.type, entry.item_type, self.budget):
            self._tell(_of_default(found, entry.path))

    def _unseen_default(self, entry: SchemaProperty, constraints: list[Constraint]) -> None:
        default = entry.default
        assert default is not None
        value = python_of(default)
        if value is UNKNOWN or value is None or call_of(default) is not None:
            return
        for found in judge(value, default, constraints, entry.type, None, self.budget):
            if found.kind == "breaks-constraint" and found.constraint is not None:
                self._tell(kinds.UnseenDefault(entry.path, found.node.span, constraint=found.constraint))

    def _satisfiable(self, entry: SchemaProperty, constraints: list[Constraint]) -> None:
        # only needed where there are constraints
        from bplint.checks.values.satisfiable import find_conflict

        type_name = entry.item_type or entry.type
        self.faults += find_conflict(constraints, type_name, self.budget, entry.path)


def _is_null(node: Node | None) -> bool:
    return node is not None and node.kind == SCALAR and scalar_of(node) is None


def _of_default(found: Judgement, path: str) -> Fault:
    """Why a default is not taken, as a fault."""
    span, reference, constraint, kind = found.node.span, found.reference, found.constraint, found.kind
    name = found.type_name
    if constraint is not None:
        if kind == "undefined-constraint":
            return kinds.ConstraintUndefinedForType(
                path, span, reference=reference, constraint=constraint, type_name=name
            )
        is_broken = kind == "breaks-constraint"
        made = kinds.DefaultBreaksConstraint if is_broken else kinds.DefaultUnfitForConstraint
        return made(path, span, reference=reference, constraint=constraint)
    if kind == "function":
        return kinds.ConstrainedFunctionDefault(path, span, reference=reference)
    if kind == "object":
        return kinds.DefaultOfObjectType(path, span, reference=reference, type_name=name)
    is_unlisted = kind == "unlisted"
    return kinds.ItemOfOtherType(path, span, reference=reference, type_name=name, is_unlisted=is_unlisted)
