"""Faults that only a run of workflow code finds, each at its line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bplint.config import Config
from bplint.lint.select import Selection
from bplint.lint.walk import word
from bplint.plan.make_plan import make_plan
from bplint.plan.plan_options import PlanOptions
from bplint.rules.registry import all_rules
from tests.support.markers import Expected, read_markers
from tests.support.plan_case import blueprint_of
from tests.support.words import words

FAULTS = Path(__file__).parents[2] / "fixtures" / "plans" / "faults"
CODE = FAULTS / "plugins" / "flows" / "faults.py"
BLUEPRINT = blueprint_of(str(FAULTS / "blueprint.yaml"))


def markers_by_function() -> dict[str, set[Expected]]:
    """Expected faults of each workflow: those in its function, and in the handlers and makers above it."""
    text = CODE.read_text(encoding="utf-8")
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    names = {workflow.name for workflow in BLUEPRINT.workflows.own()}
    found: dict[str, set[Expected]] = {name: set() for name in names}
    for marker in read_markers(text):
        within = [node for node in functions if node.lineno <= marker.start[0]][-1]
        following = [node.name for node in functions if node.lineno >= within.lineno and node.name in names]
        found[following[0]].add(marker)
    return found


EXPECTED = markers_by_function()


@pytest.mark.parametrize("workflow", sorted(EXPECTED))
def test_fault_is_told_at_its_line(workflow: str, is_update: bool) -> None:
    result = make_plan(BLUEPRINT, PlanOptions(workflow=workflow), Config())
    assert result.plan is not None, (result.refusals, result.faults)
    rules = all_rules()
    told = word(result.faults, rules, Selection(Config(), rules), BLUEPRINT)
    text = words(told, result.sources, FAULTS)
    goldens = FAULTS / "expected" / f"{workflow}.txt"
    if is_update:
        goldens.parent.mkdir(exist_ok=True)
        goldens.write_text(text, encoding="utf-8", newline="\n")
    assert text == goldens.read_text(encoding="utf-8")
    found = set()
    for entry in told:
        lines = result.sources[entry.path].lines
        found.add(Expected(entry.code, lines.position(entry.span.start), lines.position(entry.span.end)))
    assert found == EXPECTED[workflow]
    assert found


def test_every_fault_has_a_rule_of_its_own() -> None:
    codes = {marker.code for markers in EXPECTED.values() for marker in markers}
    assert codes == {f"BP{number}" for number in range(780, 798)} - {"BP782", "BP787"}
