"""The kinds that the child names in its record, and the faults that are made of them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bplint
from bplint.plan.code_defects import KINDS, fault_of
from bplint.rules.index import RULES
from bplint.span import Span

SANDBOX = Path(bplint.__file__).parent / "sandbox"


class Details(dict[str, object]):
    """Details that hold whatever is asked for."""

    def __missing__(self, key: str) -> object:
        return [key]


def named_by_the_child() -> set[str]:
    """The names of rules that only a plan finds, as far as the child's code has them."""
    words = RULES.split()
    of_plans = {name for name, family in zip(words[1::3], words[2::3], strict=True) if ".plan_" in family}
    found = set()
    for path in SANDBOX.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in of_plans:
                found.add(node.value)
    return found


def test_every_kind_of_the_child_is_known_and_no_other() -> None:
    assert named_by_the_child() == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_told_by_the_rule_of_its_name(kind: str) -> None:
    fault = fault_of(kind, ("code.py", Span(3, 7)), Details(), ())
    assert (fault.rule, fault.path, fault.span) == (kind, "code.py", Span(3, 7))
