"""The constraints of inputs as data: operators, the arguments they take, and testing a value.

Facts from dsl_parser (constraints.py, elements/inputs.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.dsl.patterns import compiled, matches

if TYPE_CHECKING:
    from bplint.dsl.patterns import MatchBudget

NUMBER: Final = "a number"
TWO_NUMBERS: Final = "a list of two numbers"
LIST: Final = "a list"
PATTERN: Final = "a regular expression"
TEXT: Final = "a string"
MAPPING: Final = "a mapping"

ERROR_MESSAGE: Final = "error_message"  # the second key that a constraint may have since 1.5

# operator → what it takes
OPERATORS: Final[dict[str, str]] = {
    "equal": NUMBER,
    "greater_than": NUMBER,
    "greater_or_equal": NUMBER,
    "less_than": NUMBER,
    "less_or_equal": NUMBER,
    "in_range": TWO_NUMBERS,
    "valid_values": LIST,
    "length": NUMBER,
    "min_length": NUMBER,
    "max_length": NUMBER,
    "pattern": PATTERN,
    "filter_id": TEXT,
    "labels": LIST,
    "tenants": LIST,
    "name_pattern": MAPPING,
    "deployment_id": TEXT,
}

_OF_DEPLOYMENT: Final = (
    "capability_value",
    "scaling_group",
    "node_id",
    "node_type",
    "node_instance",
    "operation_name",
)
_STORED: Final = ("deployment_id", "blueprint_id")

# operator → types whose values the manager looks up with it
LOOKED_UP: Final[dict[str, tuple[str, ...]]] = {
    "filter_id": _STORED,
    "labels": _STORED,
    "tenants": _STORED,
    "name_pattern": (*_STORED, "secret_key", *_OF_DEPLOYMENT),
    "deployment_id": _OF_DEPLOYMENT,
}

COMPARING: Final = frozenset(("greater_than", "greater_or_equal", "less_than", "less_or_equal", "in_range"))
MEASURING: Final = frozenset(("length", "min_length", "max_length"))


def is_looked_up(operator: str, type_name: str | None) -> bool:
    """Whether the manager answers the constraint from its database instead of testing the value."""
    return operator in LOOKED_UP or (operator == "valid_values" and type_name in _OF_DEPLOYMENT)


def accepts_argument(operator: str, argument: Any) -> bool:
    """Whether `argument`, a Python value that is no function, suits the operator."""
    wanted = OPERATORS[operator]
    if wanted == NUMBER:
        return is_number(argument)
    if wanted == TWO_NUMBERS:
        return isinstance(argument, list) and len(argument) == 2 and all(map(is_number, argument))
    if wanted == LIST:
        return isinstance(argument, list)
    if wanted == PATTERN:
        return isinstance(argument, str) and compiled(argument) is not None
    return isinstance(argument, str if wanted == TEXT else dict)


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def judge_value(operator: str, argument: Any, value: Any, budget: MatchBudget) -> str | None:
    """Test a value: '' where it passes, 'broken' where it does not, 'unfit' where the operator cannot
    work on such a value, None where that cannot be told (a pattern that could run for ever)."""
    if operator == "pattern":
        if not isinstance(value, str):
            return "unfit"
        matched = matches(argument, value, budget)
        return None if matched is None else _verdict(matched)
    try:
        return _verdict(_passes(operator, argument, value))
    except TypeError:
        return "unfit"


def _verdict(passed: bool) -> str:
    return "" if passed else "broken"


def _passes(operator: str, argument: Any, value: Any) -> bool:
    if operator == "valid_values":
        return bool(value in argument)
    if operator in MEASURING:
        size = len(value)
        return bool(
            size == argument
            if operator == "length"
            else size >= argument
            if operator == "min_length"
            else size <= argument
        )
    return _compares(operator, argument, value)


def _compares(operator: str, argument: Any, value: Any) -> bool:
    if operator == "equal":
        return bool(value == argument)
    if operator == "in_range":
        return bool(argument[0] <= value <= argument[1])
    if operator == "greater_than":
        return bool(value > argument)
    if operator == "greater_or_equal":
        return bool(value >= argument)
    if operator == "less_than":
        return bool(value < argument)
    return bool(value <= argument)
