"""Constraints that no value can satisfy, alone or together, and operators that cannot work on a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.checks.values.judgement import fits_simple_type
from bplint.dsl.constraints import COMPARING, LOOKED_UP, MEASURING, judge_value
from bplint.dsl.functions import call_of
from bplint.later import later
from bplint.syntax.tree import SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.values import value_faults as kinds
    from bplint.checks.values.judgement import Constraint
    from bplint.dsl.patterns import MatchBudget
    from bplint.fault import Fault
else:
    kinds = later("bplint.checks.values.value_faults")

# operators that raise on every value of the type
_UNFIT: Final[dict[str, frozenset[str]]] = {
    "integer": MEASURING | {"pattern"},
    "float": MEASURING | {"pattern"},
    "boolean": MEASURING | {"pattern"},
    "regex": COMPARING,
    "list": COMPARING | {"pattern"},
    "dict": COMPARING | {"pattern"},
}
# at most: `string` takes a number as well, for which the comparison works
_DOUBTFUL: Final = frozenset(("string", "textarea"))


def find_conflict(
    constraints: list[Constraint], type_name: str | None, budget: MatchBudget, path: str
) -> Iterator[Fault]:
    """What cannot be satisfied, one fault for each constraint at most. `path`: the file that they are in."""
    plain = []
    for constraint in constraints:
        operator = constraint.operator
        if constraint.is_looked_up(type_name):
            if operator in LOOKED_UP and type_name is not None and type_name not in LOOKED_UP[operator]:
                key = constraint.operators[-1][0]
                yield kinds.ConstraintUnfitForType(path, key.span, operator=operator, type_name=type_name)
            continue
        if call_of(constraint.argument_node) is not None:
            continue
        if operator in _UNFIT.get(type_name or "", ()):
            key = constraint.operators[-1][0]
            yield kinds.ConstraintUnfitForType(path, key.span, operator=operator, type_name=type_name)
            continue
        if operator in COMPARING and type_name in _DOUBTFUL:
            key = constraint.operators[-1][0]
            yield kinds.ComparisonOfTexts(path, key.span, operator=operator, type_name=type_name)
        reason = _alone(operator, constraint.argument)
        if reason:
            at = constraint.argument_node.span
            yield kinds.ImpossibleConstraint(path, at, operator=operator, reason=reason)
            continue
        plain.append(constraint)
    yield from _together(plain, type_name, budget, path)


def _alone(operator: str, argument: Any) -> str:
    if operator == "in_range" and argument[0] > argument[1]:
        return "reversed"
    if operator == "valid_values" and not argument:
        return "empty"
    if operator in ("length", "max_length") and argument < 0:
        return "negative"
    if operator == "length" and argument != int(argument):
        return "fraction"
    return ""


class _Bound:
    """The highest lower or the lowest upper bound of a number."""

    __slots__ = ("is_open", "node", "operator", "value")

    def __init__(self, value: float, is_open: bool, constraint: Constraint) -> None:
        self.value = value
        self.is_open = is_open
        self.operator = constraint.operator
        self.node = constraint.argument_node


def _bounds_of(constraint: Constraint, measure: bool) -> tuple[_Bound | None, _Bound | None]:
    operator, argument = constraint.operator, constraint.argument
    if measure:
        lower = _Bound(argument, False, constraint) if operator in ("length", "min_length") else None
        upper = _Bound(argument, False, constraint) if operator in ("length", "max_length") else None
        return lower, upper
    if operator == "in_range":
        return _Bound(argument[0], False, constraint), _Bound(argument[1], False, constraint)
    if operator == "equal":
        return _Bound(argument, False, constraint), _Bound(argument, False, constraint)
    bound = _Bound(argument, operator in ("greater_than", "less_than"), constraint)
    return (bound, None) if operator.startswith("greater") else (None, bound)


def _together(
    plain: list[Constraint], type_name: str | None, budget: MatchBudget, path: str
) -> Iterator[Fault]:
    for measure in (False, True):
        operators = MEASURING if measure else COMPARING | {"equal"}
        conflict = _narrowed([entry for entry in plain if entry.operator in operators], measure, path)
        if conflict is not None:
            yield conflict
            return
    for constraint in plain:
        if constraint.operator == "valid_values":
            others = [other for other in plain if other is not constraint]
            yield from _values(constraint, others, type_name, budget, path)
            return


def _narrowed(constraints: list[Constraint], measure: bool, path: str) -> Fault | None:
    lowest: _Bound | None = None
    highest: _Bound | None = None
    for constraint in constraints:
        lower, upper = _bounds_of(constraint, measure)
        if lower and (lowest is None or (lower.value, lower.is_open) > (lowest.value, lowest.is_open)):
            lowest = lower
        if upper and (
            highest is None or (upper.value, not upper.is_open) < (highest.value, not highest.is_open)
        ):
            highest = upper
    if lowest is None or highest is None:
        return None
    if lowest.value < highest.value or (
        lowest.value == highest.value and not lowest.is_open and not highest.is_open
    ):
        return None
    last, first = (lowest, highest) if lowest.node.start > highest.node.start else (highest, lowest)
    return kinds.ImpossibleConstraint(
        path,
        last.node.span,
        operator=last.operator,
        reason="contradiction",
        other=first.operator,
        place=first.node,
    )


def _values(
    constraint: Constraint,
    others: list[Constraint],
    type_name: str | None,
    budget: MatchBudget,
    path: str,
) -> Iterator[Fault]:
    """Values of `valid_values` that the type or another constraint never takes."""
    argument = constraint.argument
    node = constraint.argument_node
    wrong = [value for value in argument if not _is_possible(value, others, type_name, budget)]
    if wrong and len(wrong) == len(argument):
        yield kinds.ImpossibleConstraint(path, node.span, operator="valid_values", reason="no-value")
        return
    items = node.items if node.kind == SEQUENCE and node.items else []
    for value, item in zip(argument, items, strict=False):
        if value in wrong and not isinstance(value, (dict, list)):
            yield kinds.ValueNeverValid(path, item.span, value=value)


def _is_possible(value: Any, others: list[Constraint], type_name: str | None, budget: MatchBudget) -> bool:
    if type_name is not None and not fits_simple_type(value, type_name):
        return False
    return all(judge_value(other.operator, other.argument, value, budget) in ("", None) for other in others)
