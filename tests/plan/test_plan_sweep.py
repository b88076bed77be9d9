"""What could go wrong with an execution: `--sweep`."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bplint.cli.group import main
from bplint.plan.make_plan import PlanAttempt
from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.html import render as render_html
from bplint.plan.render.sweep_text import sweep_data, sweep_text
from bplint.plan.sweep import Sweep
from tests.support.plan_case import plan_of

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "plans" / "sweep"
SCALE_OUT = str(FIXTURES / "scale_out.yaml")
FLOWS = str(FIXTURES / "flows.yaml")
PER_HOST = ("scalable_entity_name=host",)


@cache
def result_of(path: str, **options: Any) -> PlanAttempt:
    return plan_of(path, PlanOptions(sweep=True, **options))


def swept(path: str, **options: Any) -> tuple[Plan, Sweep]:
    result = result_of(path, **options)
    assert result.plan is not None, result.refusals
    assert result.sweep is not None, result.plan.notes
    return result.plan, result.sweep


def table(found: Sweep) -> dict[str, str]:
    """Cause → how it ends and what is left, in a line."""
    rows = {}
    for one in found.scenarios:
        orphans = [f"!{left.instance}:{left.level}" for left in one.outcome.orphaned]
        kept = [f"{left.instance}:{left.level}" for left in one.outcome.left if not left.is_orphaned]
        lines = [f"{code.first}-{code.last}" for code in one.outcome.skipped_code]
        text = " ".join([one.outcome.status, *orphans, *kept, *one.outcome.modifications, *lines])
        for cause in one.causes:
            rows[f"{cause.kind[0]} {cause.operation}".replace("lifecycle.", "")] = text
    return rows


TABLES = {
    "scale-out": (
        (SCALE_OUT, {"workflow": "scale", "after": ("install",), "parameters": PER_HOST}),
        {
            "f create@host#1": "failed",
            "f start@host#1": "failed !host#1:created",
            "f create@app#1": "failed !host#1:started",
            # the engine stops app#1 alone, deletes neither, and drops both from the model
            "f start@app#1": "failed !app#1:created !host#1:started",
            # and a cancelled scale-out runs no rollback at all
            "c create@host#1": "cancelled",
            "c start@host#1": "cancelled !host#1:created",
            "c create@app#1": "cancelled !host#1:started",
            "c start@app#1": "cancelled !app#1:created !host#1:started",
        },
    ),
    "install": (
        (SCALE_OUT, {}),
        {
            "f create@host#0": "failed host#0:created",
            "f start@host#0": "failed host#0:started",
            "f create@app#0": "failed app#0:created host#0:started",
            "f start@app#0": "failed app#0:started host#0:started",
            "c create@host#0": "cancelled",
            "c start@host#0": "cancelled host#0:created",
            "c create@app#0": "cancelled host#0:started",
            "c start@app#0": "cancelled app#0:created host#0:started",
        },
    ),
    "uninstall": (
        (SCALE_OUT, {"workflow": "uninstall", "after": ("install",)}),
        {
            "f stop@app#0": "failed app#0:started host#0:started",
            "f delete@app#0": "failed app#0:created host#0:started",
            "f stop@host#0": "failed host#0:started",
            "f delete@host#0": "failed host#0:created",
            "c stop@app#0": "cancelled app#0:started host#0:started",
            "c delete@app#0": "cancelled app#0:created host#0:started",
            "c stop@host#0": "cancelled host#0:started",
            "c delete@host#0": "cancelled host#0:created",
        },
    ),
    "uninstall that ignores failures": (
        (
            SCALE_OUT,
            {"workflow": "uninstall", "after": ("install",), "parameters": ("ignore_failure=true",)},
        ),
        {
            "f stop@app#0": "terminated",
            "f delete@app#0": "terminated !app#0:created",
            "f stop@host#0": "terminated",
            "f delete@host#0": "terminated !host#0:created",
            "c stop@app#0": "cancelled app#0:started host#0:started",
            "c delete@app#0": "cancelled app#0:created host#0:started",
            "c stop@host#0": "cancelled host#0:started",
            "c delete@host#0": "cancelled host#0:created",
        },
    ),
    "cleanup that is skipped": (
        (FLOWS, {"workflow": "careless"}),
        {
            "f create@app#0": "failed !app#0:created 19-20",
            "f start@app#0": "failed !app#0:started 19-20",
            "f stop@app#0": "failed !app#0:started",
            "f delete@app#0": "failed !app#0:created",
            "c create@app#0": "cancelled 19-20",
            "c start@app#0": "cancelled !app#0:created 19-20",
            "c stop@app#0": "cancelled !app#0:started",
            "c delete@app#0": "cancelled !app#0:created",
        },
    ),
    "cleanup in finally": (
        (FLOWS, {"workflow": "careful"}),
        {
            "f create@app#0": "failed",
            "f start@app#0": "failed",
            "f stop@app#0": "failed !app#0:started",
            "f delete@app#0": "failed !app#0:created",
            "c create@app#0": "cancelled",
            "c start@app#0": "cancelled !app#0:created",
            "c stop@app#0": "cancelled !app#0:started",
            "c delete@app#0": "cancelled !app#0:created",
        },
    ),
    "modification left open": (
        (FLOWS, {"workflow": "forgetful"}),
        {
            "f create@app#1": "failed !app#1:created modification-1 54-54",
            "f start@app#1": "failed !app#1:started modification-1 54-54",
            "c create@app#1": "cancelled modification-1 54-54",
            "c start@app#1": "cancelled !app#1:created modification-1 54-54",
        },
    ),
    "retried for ever": (
        (FLOWS, {"workflow": "stubborn"}),
        {"f create@app#0": "endless !app#0:created", "c create@app#0": "cancelled"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_outcomes(name: str) -> None:
    (path, options), expected = TABLES[name]
    assert table(swept(path, **options)[1]) == expected


def test_endless_retries_are_told_at_their_line() -> None:
    faults = result_of(FLOWS, workflow="stubborn").faults
    assert [(fault.rule, fault.path.rpartition("/")[2]) for fault in faults] == [
        ("endless-retries", "sweeps.py")
    ]


def test_a_hang_is_cut() -> None:
    result = result_of(FLOWS, workflow="breathless", timeout_s=12.0)
    assert result.sweep is not None
    assert {one.outcome.status for one in result.sweep.scenarios} == {"endless"}
    assert [fault.rule for fault in result.faults] == ["workflow-hangs"]


def test_equal_outcomes_are_folded() -> None:
    _, found = swept(FLOWS, workflow="breathless", timeout_s=12.0)
    assert [len(one.causes) for one in found.scenarios] == [2]


def test_a_plan_that_fails_anyway_is_not_swept() -> None:
    result = result_of(SCALE_OUT, workflow="scale", parameters=("scalable_entity_name=nothing",))
    assert result.plan is not None
    assert result.sweep is None
    assert [note.message for note in result.plan.notes if note.kind == "sweep"] == [
        "nothing is swept: the execution does not end well as it is"
    ]


def test_a_plan_without_operations_has_nothing_to_sweep() -> None:
    _, found = swept(SCALE_OUT, workflow="uninstall")
    assert (found.scenarios, found.planned, found.is_complete) == ((), 0, True)
    assert sweep_text(found) == "sweep: 0 failures and 0 cancellations, 0 outcomes\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no forks: the copy is all there is")
def test_copies_say_what_forks_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a platform cannot fork, variants run one after the other in one process."""
    from bplint.plan import sweep as module

    seen: list[dict[str, Any]] = []

    def without_forks(request: dict[str, Any], *more: Any) -> Any:
        seen.append(request)
        return launch({**request, "sweep": {**request["sweep"], "isolate": False}}, *more)

    launch = module.launch
    monkeypatch.setattr(module, "launch", without_forks)
    name = "scale-out"
    (path, options), expected = TABLES[name]
    result = plan_of(path, PlanOptions(sweep=True, **options))
    assert result.sweep is not None
    assert len(seen) == 1
    assert table(result.sweep) == expected


def test_what_is_cut_says_so() -> None:
    """A sweep ends with its time and tells how far it came."""
    _, found = swept(SCALE_OUT)
    cut = found._replace(simulated=3)
    assert sweep_text(cut).splitlines()[0].endswith("; cut after 3 of 8")
    assert not cut.is_complete


def test_json_follows_its_schema() -> None:
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
    (path, options), _ = TABLES["scale-out"]
    data = json.loads(json.dumps(sweep_data(swept(path, **options)[1])))
    jsonschema.validate(data, {"$ref": "#/definitions/sweep", "definitions": schema["definitions"]})
    row = next(one for one in data["scenarios"] if one["causes"][0]["name"] == "start@app#1")
    assert row["left"][0] == {
        "instance": "app#1",
        "level": "created",
        "state": None,
        "missing": ["cloudify.interfaces.lifecycle.delete"],
        "lost": ["cloudify.interfaces.lifecycle.delete"],
        "is_orphaned": True,
    }
    assert row["states"] == {"app#1": None, "host#1": None}


def test_text_names_what_is_left() -> None:
    (path, options), _ = TABLES["scale-out"]
    text = sweep_text(swept(path, **options)[1])
    assert "sweep: 4 failures and 4 cancellations, 8 outcomes, 6 with orphaned node instances" in text
    assert (
        "host#1: started, the model has lost it; stop and delete not done, nor would 'uninstall' do it"
        in text
    )


def test_page_has_the_table() -> None:
    (path, options), _ = TABLES["scale-out"]
    text = render_html(*swept(path, **options))
    assert text.count("<tr data-scenario=") == 8
    assert "orphaned: host#1" in text


REFUSED = {
    "as a picture": (("--format", "dot"), "--sweep is shown as tree, json, html, not as dot"),
    "with a failure": (("--fail-task", "app.start"), "--sweep excludes --fail-task"),
    "with a cancellation": (("--cancel-after", "1"), "--sweep excludes --fail-task"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_go_together_is_usage(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, message = REFUSED[name]
    assert main(["plan", SCALE_OUT, "--sweep", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", SCALE_OUT, "--sweep", "--format", "json", "--no-config"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["sweep"]["planned"] == data["sweep"]["simulated"] == 8
