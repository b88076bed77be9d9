"""A value against the constraints of its input, as dsl_parser's `validate_input_value` judges it: for
defaults when a blueprint is parsed, for given values when a deployment is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import LOGIC, Reference
from bplint.dsl.builtin_types import OBJECT_BASED
from bplint.dsl.constraints import LOOKED_UP, is_looked_up, judge_value
from bplint.dsl.functions import FUNCTIONS, call_of
from bplint.dsl.patterns import compiled
from bplint.syntax.mapping import deref, python_of
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.dsl.patterns import MatchBudget
    from bplint.syntax.tree import Node

BROKEN: Final = Reference("ConstraintException", None)
MISTYPED: Final = Reference(LOGIC, 105)


class Constraint:
    """One item of `constraints`.

    size       number of its keys
    operators  (key node, argument node) of the keys that are no `error_message`; the last one is applied
    """

    __slots__ = ("node", "operators", "size")

    def __init__(self, node: Node, size: int, operators: list[tuple[Node, Node]]) -> None:
        self.node = node
        self.size = size
        self.operators = operators

    @property
    def operator(self) -> str:
        """The operator that is applied to a value."""
        return text_of(self.operators[-1][0]) or ""

    @property
    def argument_node(self) -> Node:
        return self.operators[-1][1]

    @property
    def argument(self) -> Any:
        return python_of(self.argument_node)

    def is_looked_up(self, type_name: str | None) -> bool:
        return is_looked_up(self.operator, type_name)


class Judgement:
    """Why a value is not taken.

    kind  'breaks-constraint', 'unfit-for-constraint' (the operator cannot work on it), 'function' (a call
          beside constraints), 'object' (nothing to look an object up in), 'undefined-constraint' (looked
          up by the manager, but not for this type), 'item-type' (an item that does not fit `item_type`),
          'unlisted' (the value of a list of typed items is no list)
    """

    __slots__ = ("constraint", "kind", "node", "reference", "type_name", "value")

    def __init__(
        self,
        kind: str,
        node: Node,
        reference: Reference,
        value: Any,
        type_name: str | None,
        constraint: Constraint | None = None,
    ) -> None:
        self.kind = kind
        self.node = node
        self.reference = reference
        self.value = value
        self.type_name = type_name
        self.constraint = constraint


def judge(
    value: Any,
    node: Node,
    constraints: list[Constraint],
    type_name: str | None,
    item_type: str | None,
    budget: MatchBudget,
    *,
    is_given: bool = False,
) -> Iterator[Judgement]:
    """Every reason not to take `value`, whose place is `node`; what cannot be told is left out. `is_given`:
    for a deployment, where the manager looks up its objects by their names."""
    if type_name != "list" or not item_type:
        yield from _judge_one(value, node, constraints, type_name, budget, is_given)
        return
    if isinstance(value, dict):
        value = list(value)  # the reference parser goes through the keys, a function's too
    if not isinstance(value, (list, str)):
        yield Judgement("unlisted", node, Reference("TypeError", None), value, type_name)
        return
    nodes = node.items if node.kind == SEQUENCE and node.items else []
    for index, item in enumerate(value):
        place = deref(nodes[index]) if index < len(nodes) else node
        if not fits_simple_type(item, item_type):
            yield Judgement("item-type", place, MISTYPED, item, item_type)
        yield from _judge_one(item, place, constraints, item_type, budget, is_given)


def _judge_one(
    value: Any,
    node: Node,
    constraints: list[Constraint],
    type_name: str | None,
    budget: MatchBudget,
    is_given: bool,
) -> Iterator[Judgement]:
    if constraints and is_function(value):
        yield Judgement("function", node, Reference("DSLParsingException", 213), value, type_name)
        return
    if type_name in OBJECT_BASED and not is_given:
        yield Judgement("object", node, BROKEN, value, type_name)
        return
    for constraint in constraints:
        operator = constraint.operator
        if constraint.is_looked_up(type_name):
            if operator in LOOKED_UP and type_name not in LOOKED_UP[operator]:
                yield Judgement("undefined-constraint", node, BROKEN, value, type_name, constraint)
            continue
        if call_of(constraint.argument_node) is not None:
            yield Judgement(
                "unfit-for-constraint", node, _with_function(operator, value), value, type_name, constraint
            )
            continue
        verdict = judge_value(operator, constraint.argument, value, budget)
        if verdict:
            kind = "breaks-constraint" if verdict == "broken" else "unfit-for-constraint"
            yield Judgement(kind, node, BROKEN, value, type_name, constraint)


def _with_function(operator: str, value: Any) -> Reference:
    """What comparing with a function, a mapping that nobody evaluates here, ends in."""
    if operator == "in_range":
        return Reference("KeyError", None)
    if operator == "pattern" and isinstance(value, str):
        return Reference("TypeError", None)
    return BROKEN


def is_function(value: Any) -> bool:
    """Whether a Python value is a call of a function."""
    if not isinstance(value, dict) or not 0 < len(value) < 3:
        return False
    names = [name for name in value if name != "type"]
    return bool(names) and all(name in FUNCTIONS for name in names)


_SIMPLE: Final[dict[str, Any]] = {"list": list, "dict": dict}


def fits_simple_type(value: Any, type_name: str) -> bool:
    """Whether a Python value, which is no function, fits a built-in type (`parse_simple_type_value`)."""
    if type_name == "boolean":
        return isinstance(value, bool)
    if type_name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if type_name == "float":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if type_name == "regex":
        return isinstance(value, str) and compiled(value) is not None
    if type_name in _SIMPLE:
        return isinstance(value, _SIMPLE[type_name])
    return True
