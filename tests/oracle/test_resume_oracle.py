"""Interrupted executions as the real engine resumes them: what is left of the graphs, in which order, and how
all ends. Operations come one after the other, so that how many have ended says which."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.plan_json import plan_data
from tests.support.plan_case import plan_of
from tests.support.recording_compare import differences
from tools.oracle.reference import needs_oracle, oracle_python

pytestmark = needs_oracle

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "plans"
RECORDER = ROOT / "tools" / "oracle" / "record_resume.py"
TOPOLOGIES = yaml.safe_load((FIXTURES / "sweep" / "topologies.yaml").read_text(encoding="utf-8"))
HEAD = {"tosca_definitions_version": "cloudify_dsl_1_5", "imports": ["types.yaml"]}
# few: the real engine waits for seconds in each; none with agents, whose tasks it cannot restore locally
JOBS = [
    {"topology": topology, "workflow": workflow, "after": after, "operations": count}
    for topology, workflow, after, count in (
        ("chain", "install", [], 1),
        ("chain", "install", [], 3),
        ("chain", "uninstall", ["install"], 1),
        ("chain", "restart", ["install"], 2),
    )
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("resumed")
    (target / "types.yaml").write_bytes((FIXTURES / "oracle" / "types.yaml").read_bytes())
    for name, content in TOPOLOGIES.items():
        (target / f"{name}.yaml").write_text(json.dumps({**HEAD, **content}), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def recorded(folder: Path) -> list[dict[str, Any]]:
    jobs = [{**job, "blueprint": str(folder / f"{job['topology']}.yaml")} for job in JOBS]
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    command = [str(oracle_python()), "-W", "ignore", str(RECORDER), str(folder / "jobs.json")]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in found.stdout.splitlines()]


def without_operations(step: dict[str, Any]) -> dict[str, Any]:
    """The local engine restores operations as callables that do nothing and have nothing but a name."""
    tasks = [
        {**task, "kind": "other", "name": task.get("mapping") or task.get("name")}
        if task["kind"] in ("operation", "other")
        else task
        for task in step.get("tasks", ())
    ]
    return {**step, "tasks": tasks}


def names(steps: list[dict[str, Any]]) -> list[str]:
    return sorted(
        str(task.get("mapping") or task.get("name"))
        for step in steps
        for task in step.get("tasks", ())
        if task["kind"] in ("operation", "other")
    )


IDS = [f"{job['topology']}-{job['workflow']}-{job['operations']}" for job in JOBS]


@pytest.mark.parametrize("number", range(len(JOBS)), ids=IDS)
def test_resumed(number: int, recorded: list[dict[str, Any]], folder: Path) -> None:
    job, real = JOBS[number], recorded[number]
    count = int(str(job["operations"]))
    options = PlanOptions(workflow=str(job["workflow"]), after=tuple(job["after"]), resume_after=count)
    plan = plan_of(str(folder / f"{job['topology']}.yaml"), options).plan
    assert plan is not None
    mine = [step for step in plan_data(plan)["steps"] if step["tasks"]]
    theirs = [step for step in real["steps"] if step["tasks"]]
    assert names(mine) == names(theirs)
    pair = [[without_operations(one) for one in steps] for steps in (mine, theirs)]
    assert differences(*pair) == {}
    assert {one.id: one.final_state for one in plan.instances} == real["states"]
