"""Intrinsic functions evaluated with the inputs of a deployment, in the order and with the results of the
reference parser's plan creation. Functions that wait for run time are left as they are.

Facts from dsl_parser (functions.py `_PlanEvaluationHandler`, scan.py).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from bplint.checks.values.judgement import fits_simple_type, is_function
from bplint.deployment.calculate import EvaluationError, Opaque, calculate, step_into
from bplint.deployment.planned import NodePlan, RelationshipPlan
from bplint.dsl.builtin_types import BUILT_IN
from bplint.dsl.functions import AT_RUN, FUNCTIONS, SELF, SOURCE, TARGET, argument_fault, call_of
from bplint.lookup import UNKNOWN
from bplint.model.scan_places import CAPABILITIES, LABELS, NODE, OUTPUTS, POLICIES, RELATIONSHIP, SETTINGS
from bplint.span import Span
from bplint.syntax.mapping import from_python

if TYPE_CHECKING:
    from bplint.deployment.planned import Origin, Planned

MAX_DEPTH: Final = 50  # the reference parser's limit
MAX_ROUNDS: Final = (
    200  # a function that gives a function that … ; the reference parser never ends on a circle
)
MAX_STEPS: Final = 3_000_000

ENDLESS: Final = "EvaluationRecursionLimitReached"


class Failure:
    """A function that could not be evaluated, and the place of the function, where it has one."""

    __slots__ = ("exception", "function", "message", "origin")

    def __init__(self, exception: str, message: str, function: str, origin: Origin | None) -> None:
        self.exception = exception
        self.message = message
        self.function = function
        self.origin = origin


class EvaluationScope:
    """Where a function stands: a name of `places`, and the node and relationship it stands in.

    `node` changes when a property of another node is followed; `has_left` then.
    """

    __slots__ = ("has_left", "name", "node", "relationship")

    def __init__(
        self,
        name: str,
        node: NodePlan | None = None,
        relationship: RelationshipPlan | None = None,
        has_left: bool = False,
    ) -> None:
        self.name = name
        self.node = node
        self.relationship = relationship
        self.has_left = has_left

    def at(self, node: NodePlan) -> EvaluationScope:
        return EvaluationScope(self.name, node, self.relationship, True)


class _EvaluationTooLargeError(Exception):
    pass


def evaluate_plan(plan: Planned) -> list[Failure]:
    """Evaluate everything in the plan, in place; what could not be evaluated stays as it was."""
    evaluator = Evaluator(plan)
    # past the limit of steps, what was found so far is true
    with suppress(_EvaluationTooLargeError):
        _evaluate_all(plan, evaluator)
    return evaluator.failures


def _evaluate_all(plan: Planned, evaluator: Evaluator) -> None:
    for node in plan.nodes.values():
        scope = EvaluationScope(NODE, node)
        evaluator.evaluate_parts(node.properties, scope)
        evaluator.evaluate_parts(node.scalable, scope)
        for inputs in node.operations.values():
            evaluator.evaluate_parts(inputs, scope)
        for relation in node.relationships:
            within = EvaluationScope(RELATIONSHIP, node, relation)
            for operations in (relation.source_operations, relation.target_operations):
                for inputs in operations.values():
                    evaluator.evaluate_parts(inputs, within)
    evaluator.evaluate_parts(plan.outputs, EvaluationScope(OUTPUTS))
    for properties in plan.policies.values():
        evaluator.evaluate_parts(properties, EvaluationScope(POLICIES))
    evaluator.evaluate_parts(plan.capabilities, EvaluationScope(CAPABILITIES))
    evaluator.evaluate_parts(plan.labels, EvaluationScope(LABELS))
    evaluator.evaluate_parts(plan.settings, EvaluationScope(SETTINGS))


class Evaluator:
    """Evaluates values of one plan. Failures are collected, and the value left as it was."""

    def __init__(self, plan: Planned) -> None:
        self.plan = plan
        self.failures: list[Failure] = []
        self._depth = 0
        self._steps = 0
        self._open: list[Any] = []  # the values under evaluation, the innermost last

    def evaluate_parts(self, values: dict[str, Any], scope: EvaluationScope) -> None:
        """Evaluate each value of a mapping, in place."""
        for name, value in values.items():
            if isinstance(value, (dict, list)):
                values[name] = self.evaluate(value, scope)

    def evaluate(self, value: Any, scope: EvaluationScope) -> Any:
        """The evaluated value; the value itself, with a failure noted, where that does not work."""
        self._depth = 0
        self._open.clear()
        try:
            return self._evaluate(value, scope)
        except EvaluationError as error:
            self._fail(error, value)
        except RecursionError:
            self._fail(EvaluationError(ENDLESS, "the values are nested too deeply"), value)
        return value

    def _fail(self, error: EvaluationError, root: Any) -> None:
        # a circle is told where it is entered, all else at the innermost function that is written somewhere
        trail = [root, *self._open] if error.exception == ENDLESS else self._open[::-1]
        calls = [value for value in trail if is_function(value)]
        function = next((name for value in calls for name in value if name != "type"), "")
        origins = [self.plan.origins.get(id(value)) for value in (*calls, *trail)]
        origin = next((entry for entry in origins if entry is not None), None)
        self.failures.append(Failure(error.exception, error.message, function, origin))

    def _evaluate(self, value: Any, scope: EvaluationScope) -> Any:
        self._depth += 1
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise _EvaluationTooLargeError
        if self._depth > MAX_DEPTH:
            raise EvaluationError(ENDLESS, "it never ends, or is nested more than 50 levels deep")
        self._open.append(value)
        rounds = 0
        previous: Any = None
        while True:
            self._open[-1] = value
            self._evaluate_inner(value, scope)
            if not is_function(value):
                break
            rounds += 1
            if rounds > MAX_ROUNDS:
                raise EvaluationError(ENDLESS, "it leads back to itself")
            self._check_argument(value)
            found, scope = self._call(value, scope)
            previous, value = value, found
            if found is previous or (rounds > 1 and found == previous):
                break
        self._open.pop()
        self._depth -= 1
        return value

    def _evaluate_inner(self, value: Any, scope: EvaluationScope) -> None:
        if isinstance(value, dict):
            for name, part in value.items():
                if isinstance(part, (dict, list)) or self._depth == MAX_DEPTH:
                    value[name] = self._evaluate(part, scope)
        elif isinstance(value, list):
            for index, part in enumerate(value):
                if isinstance(part, (dict, list)) or self._depth == MAX_DEPTH:
                    value[index] = self._evaluate(part, scope)

    def _check_argument(self, value: dict[Any, Any]) -> None:
        """The function's constructor looks at its argument again, now that it may be evaluated."""
        if has_opaque(value):
            return
        call = call_of(from_python(value, Span(0, 0)))
        fault = argument_fault(call) if call is not None else None
        if fault is not None:
            raise EvaluationError(fault.exception, f"its argument must be {fault.wanted}")

    def _call(self, value: dict[Any, Any], scope: EvaluationScope) -> tuple[Any, EvaluationScope]:
        name = ""
        argument: Any = None
        for key, part in value.items():
            if key != "type":
                name, argument = key, part
        if FUNCTIONS[name].at == AT_RUN:
            return value, scope
        if name == "get_input":
            return self._get_input(argument, value.get("type")), scope
        if name == "get_property":
            return self._get_property(argument, scope)
        found = calculate(name, argument)
        return (value if found is UNKNOWN else found), scope

    def _get_input(self, argument: Any, return_type: Any) -> Any:
        path = argument if isinstance(argument, list) else [argument]
        if any(is_function(part) for part in path):
            raise EvaluationError("FunctionEvaluationError", "its argument can only be known at run time")
        if has_opaque(path):
            return Opaque()
        inputs = self.plan.inputs
        if path[0] not in inputs:
            if isinstance(path[0], str) and self.plan.blueprint.inputs.lookup(path[0]) is UNKNOWN:
                return Opaque()  # an unread import may declare it
            raise EvaluationError("UnknownInputError", f"there is no input '{path[0]}'")
        found = inputs[path[0]]
        for part in path[1:]:
            if isinstance(found, Opaque):
                return found
            found = step_into(found, part, f"input '{path[0]}'", "InputEvaluationError")
        if return_type and not isinstance(found, Opaque) and not _fits(found, return_type):
            raise EvaluationError("InputEvaluationError", f"its value is not of type '{return_type}'")
        return found

    def _get_property(self, argument: list[Any], scope: EvaluationScope) -> tuple[Any, EvaluationScope]:
        if any(is_function(part) for part in argument):
            raise EvaluationError("FunctionEvaluationError", "its argument can only be known at run time")
        if has_opaque(argument):
            return Opaque(), scope
        name, path = argument[0], argument[1:]
        node = self._node(name, scope)
        if node is None:
            return Opaque(), scope
        if name not in (SELF, SOURCE, TARGET):
            scope = scope.at(node)
        found: Any = node.properties
        for position, part in enumerate(path):
            if isinstance(found, Opaque):
                return found, scope
            if is_function(found):
                found = [found, part]
                continue
            if position == 0 and node.is_open and part not in found:
                return Opaque(), scope
            found = step_into(found, part, f"property of '{node.name}'", "FunctionEvaluationError")
        return found, scope

    def _node(self, name: Any, scope: EvaluationScope) -> NodePlan | None:
        """The node that a name means; None where an unread import may have it."""
        if name == SELF:
            if scope.name != NODE or scope.node is None:
                raise EvaluationError("ValueError", "SELF means nothing here")
            return scope.node
        if name in (SOURCE, TARGET):
            if scope.name != RELATIONSHIP or scope.relationship is None:
                raise EvaluationError("ValueError", f"{name} means nothing here")
            if scope.has_left:
                raise EvaluationError("KeyError", f"{name} means nothing in another node's property")
            if name == SOURCE:
                return scope.node
            name = scope.relationship.target
        found = self.plan.nodes.get(name) if isinstance(name, str) else None
        if found is None:
            blueprint = self.plan.blueprint
            if isinstance(name, str) and blueprint.node_templates.lookup(name) is UNKNOWN:
                return None
            raise EvaluationError("KeyError", f"there is no node template '{name}'")
        return found


def has_opaque(value: Any) -> bool:
    """Whether a value that is not known takes part in another."""
    if isinstance(value, Opaque):
        return True
    if isinstance(value, dict):
        return any(has_opaque(part) for part in value.values())
    return isinstance(value, list) and any(has_opaque(part) for part in value)


def _fits(value: Any, type_name: Any) -> bool:
    """Whether a value fits the `type` beside get_input, which knows built-in types only."""
    return isinstance(type_name, str) and type_name in BUILT_IN and fits_simple_type(value, type_name)
