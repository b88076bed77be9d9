"""Workflows as tutorials teach them give the plans that they should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft7Validator

from bplint.plan.plan_options import PlanOptions
from bplint.plan.render import FORMATS, render
from tests.support.plan_case import plan_of

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "plans" / "tutorials"
BLUEPRINT = "fixtures/plans/tutorials/blueprint.yaml"


class Case(NamedTuple):
    name: str
    workflow: str
    parameters: tuple[str, ...] = ()
    options: dict[str, object] = {}


CASES = [
    Case("install", "install"),
    Case("install_red", "install", (), {"inputs": ("colour=red",)}),
    Case("install_fails", "install", (), {"fail_tasks": ("lamp#1.start",)}),
    Case("install_retried", "install", (), {"fail_tasks": ("shelf.create=recoverable*2",)}),
    Case("install_cancelled", "install", (), {"cancel_after": 3}),
    Case("subgraph_retried", "install", (), {"fail_tasks": ("shelf.start*1",), "subgraph_retries": 1}),
    Case("uninstall", "uninstall", (), {"after": ("install",)}),
    Case("scale", "scale", ("scalable_entity_name=lamp", "delta=1"), {"after": ("install",)}),
    Case("scale_in", "scale", ("scalable_entity_name=lamp", "delta=-1"), {"after": ("install",)}),
    Case(
        "scale_fails",
        "scale",
        ("scalable_entity_name=lamp",),
        {"after": ("install",), "fail_tasks": ("lamp.start",)},
    ),
    Case("execute_unmapped", "execute_operation", ("operation=acme.care.wax",)),
    Case("run_on_type", "run_on_type", ("type_name=acme.Server",)),
    *(
        Case(name, name)
        for name in (
            "one_by_one",
            "with_events",
            "in_order",
            "plugs",
            "grow",
            "shrink",
            "groups",
            "contents",
            "from_a_script",
            "asks_the_manager",
            "needs_a_library",
            "counts_on_a_result",
            "hidden",
        )
    ),
    Case("handlers", "handlers", (), {"fail_tasks": ("lamp#0.dust=recoverable",)}),
]


@pytest.fixture(autouse=True)
def in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def options_of(case: Case) -> PlanOptions:
    return PlanOptions(workflow=case.workflow, parameters=case.parameters, **case.options)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_plan_is_its_golden(case: Case, is_update: bool) -> None:
    result = plan_of(BLUEPRINT, options_of(case))
    assert result.plan is not None, (result.refusals, result.faults)
    assert result.faults == ()
    text = render(result.plan, "tree")
    golden = FOLDER / "expected" / f"{case.name}.txt"
    if is_update:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_events_are_their_golden(is_update: bool) -> None:
    result = plan_of(BLUEPRINT, PlanOptions(workflow="with_events"))
    assert result.plan is not None
    text = render(result.plan, "events")
    golden = FOLDER / "expected" / "with_events.log"
    if is_update:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES[:10], ids=lambda case: case.name)
def test_json_fits_its_schema(case: Case) -> None:
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
    result = plan_of(BLUEPRINT, options_of(case))
    assert result.plan is not None
    errors = list(Draft7Validator(schema).iter_errors(json.loads(render(result.plan, "json"))))
    assert errors == []


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_the_same_from_run_to_run(name: str) -> None:
    texts = set()
    for _ in range(2):
        result = plan_of(BLUEPRINT, PlanOptions(workflow="contents"))
        assert result.plan is not None
        texts.add(render(result.plan, name))
    assert len(texts) == 1
