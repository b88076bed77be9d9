"""`bplint replay`: events of real executions laid on plans. `recorded.*` are what the real engine told of an
execution in which an operation failed; the ids are as managers make them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bplint.cli.group import main
from bplint.plan.event_files import EventFileError, RealEvent, node_of_real, of_one_execution, read_events
from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.replay_text import duration
from bplint.plan.replay import Replay, lay_on_plan
from tests.support.plan_case import plan_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "plans" / "replay"
BLUEPRINT = str(FOLDER / "blueprint.yaml")
LIFECYCLE = "cloudify.interfaces.lifecycle."


@cache
def plan() -> Plan:
    found = plan_of(BLUEPRINT, PlanOptions()).plan
    assert found is not None
    return found


def replayed(events: list[RealEvent]) -> Replay:
    return lay_on_plan(plan(), sorted(events, key=lambda one: one.time_s))


def recorded(suffix: str) -> list[RealEvent]:
    return read_events((FOLDER / f"recorded.{suffix}").read_text(encoding="utf-8"))


@pytest.mark.parametrize("suffix", ["json", "txt"])
def test_a_recorded_failure(suffix: str) -> None:
    found = replayed(recorded(suffix))
    assert found.status == "failed"
    failed = found.failed[0]
    assert (failed.name, failed.instance, failed.attempts) == ("start@app#0", "app_96f0da", 3)
    assert failed.duration_s == 10.5
    assert failed.error == "simulated failure [retry 2/2]"
    never = [str(task.operation).rpartition(".")[2] for task in found.never_ran]
    assert sorted(never) == ["create", "establish", "start"]
    assert found.unplanned == ()
    # the one that the events link to the database is the plan's first that is left
    assert found.instances == {"db_3a3d40": "db#0", "app_96f0da": "app#0", "app_d74313": "app#1"}


def test_text_and_json_tell_the_same() -> None:
    one, other = (replayed(recorded(suffix)) for suffix in ("json", "txt"))
    assert one.ran == other.ran
    assert one.plan == other.plan


def test_the_plan_gets_the_real_outcomes() -> None:
    outcomes = {
        f"{task.operation}@{task.instance}".removeprefix(LIFECYCLE): task.outcome
        for task in replayed(recorded("json")).plan.tasks
        if task.kind == "operation"
    }
    assert outcomes["create@db#0"] == "succeeded"
    assert outcomes["start@app#0"] == "failed"
    assert outcomes["create@last#0"] == "pending"


def event(time_s: float, kind: str, **facts: Any) -> RealEvent:
    return RealEvent(time_s, kind, f"{kind}", "part.start", **facts)


def of(instance: str, operation: str = "start") -> dict[str, str]:
    return {"instance": instance, "operation": f"{LIFECYCLE}{operation}"}


def test_what_was_running_and_what_nobody_planned() -> None:
    found = replayed(
        [
            event(0, "task_started", **of("db_aaaaaa")),
            event(5, "task_started", **of("app_bbbbbb", "reboot")),
            event(7, "task_succeeded", **of("app_bbbbbb", "reboot")),
            event(9, "sending_task", **of("app_cccccc")),
        ]
    )
    assert found.status == "unfinished"
    ran = [(one.name, one.outcome) for one in found.ran]
    assert ran == [("start@db#0", "running"), ("reboot@app#0", "succeeded")]
    assert [one.name for one in found.unplanned] == ["reboot@app#0"]
    # what was only sent has not run
    assert "app#1" in {task.instance for task in found.never_ran if task.operation == f"{LIFECYCLE}start"}


def test_instances_are_matched_along_relationships() -> None:
    """Only the second of the real ones is linked to the database of the plan's relationships."""
    link = {"operation": "establish", "source": "app_zzzzzz", "target": "db_aaaaaa"}
    found = replayed([event(0, "task_started", **of("app_yyyyyy")), event(1, "task_started", **link)])
    assert found.instances["db_aaaaaa"] == "db#0"
    assert {found.instances["app_zzzzzz"], found.instances["app_yyyyyy"]} == {"app#0", "app#1"}


def test_ids_of_the_plan_stand_for_themselves() -> None:
    found = replayed([event(0, "task_started", **of("app#1"))])
    assert found.instances == {"app#1": "app#1"}


FORMS = {
    "items": '{"items": [{"timestamp": "2024-01-01T00:00:00Z", "message": "x"}]}',
    "lines": '{"timestamp": "2024-01-01T00:00:00Z", "message": "x"}\n' * 2,
    "context": '[{"@timestamp": "2024-01-01T00:00:00.5Z", "message": {"text": "x"}, "context": {}}]',
    "text with workers": "2024-01-01 00:00:00.123456789  mgmt-1 CFY <d> [a_abcdef.start] Task started 'x'",
    "text with a relationship": "2024-01-01 00:00:00  CFY <d> [a_abcdef->b_abcdef|establish] Task failed 'x'",
}


@pytest.mark.parametrize("name", FORMS)
def test_forms_of_events(name: str) -> None:
    found = read_events(FORMS[name])
    assert found[0].time_s == pytest.approx(1704067200, abs=1)
    if name == "text with a relationship":
        assert (found[0].type, found[0].source, found[0].target) == ("task_failed", "a_abcdef", "b_abcdef")
    if name == "text with workers":
        assert (found[0].task, found[0].node, found[0].operation) == ("x", "a", "start")


@pytest.mark.parametrize("text", ["", "hello\nworld", "[1, 2]", '[{"a": 1'])
def test_what_holds_no_events_is_no_plan(text: str) -> None:
    with pytest.raises(EventFileError):
        read_events(text)


def test_the_last_execution_of_the_workflow_is_meant() -> None:
    rows = [
        RealEvent(float(time), "log", "x", workflow=workflow, execution=name)
        for time, (workflow, name) in enumerate(
            [("install", "e1"), ("scale", "e2"), ("install", "e3"), ("stop", "e4")]
        )
    ]
    assert [one.execution for one in of_one_execution(rows, "install", None)] == ["e3"]
    assert [one.execution for one in of_one_execution(rows, "install", "e1")] == ["e1"]


def test_words() -> None:
    times = {0.04: "0.0 s", 59.9: "59.9 s", 60: "1 min 00 s", 125: "2 min 05 s", 3725: "1 h 02 min"}
    assert {seconds: duration(seconds) for seconds in times} == times
    assert node_of_real("web_server_a1b2c3") == "web_server"


def test_command_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(FOLDER / "recorded.json"), BLUEPRINT, "--no-config"]) == 0
    text = capsys.readouterr().out
    assert "failed after 1 min 16 s\n  6 of 10 operations done, 1 failed, 0 not ended, 3 never ran" in text
    assert "start@app#0 (app_96f0da) after 3 attempts, 10.5 s: simulated failure" in text
    assert "app#0-1 started, db#0 started; 'uninstall' would still undo them" in text


def test_command_json_and_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(FOLDER / "recorded.txt"), BLUEPRINT, "--format", "json", "--no-config"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert sorted(data["never_ran"]) == ["create@last#0", "establish[app#0->db#0:source]", "start@last#0"]
    assert {one["instance"] for one in data["left"]} == {"app#0", "app#1", "db#0"}
    assert main(["replay", str(FOLDER / "recorded.txt"), BLUEPRINT, "--format", "html", "--no-config"]) == 0
    assert '"outcome":"failed"' in capsys.readouterr().out


def test_command_refuses_what_is_no_event_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", BLUEPRINT, BLUEPRINT, "--no-config"]) == 2
    assert "no event in it" in capsys.readouterr().err
