"""Sweeps against the real engine: what runs and how everything ends when an operation fails, and when the
execution is cancelled before one."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.sweep import CANCELLATION, FAILURE, Cause, Outcome, Sweep
from tests.oracle.test_engine_oracle import failure
from tests.support.plan_case import plan_of
from tools.oracle.reference import needs_oracle, oracle_python

pytestmark = needs_oracle

FIXTURES = Path(__file__).parents[2] / "fixtures" / "plans"
RECORDER = Path(__file__).parents[2] / "tools" / "oracle" / "record_plans.py"
TOPOLOGIES = yaml.safe_load((FIXTURES / "sweep" / "topologies.yaml").read_text(encoding="utf-8"))
HEAD = {"tosca_definitions_version": "cloudify_dsl_1_5", "imports": ["types.yaml"]}

# topology, workflow, its parameters, what runs before it. One instance a node: the real engine's recorder
# lets an operation of all instances fail. Cancellations only where the order of operations is total.
EXECUTIONS = {
    "chain-install": ("chain", "install", {}, ()),
    "chain-uninstall": ("chain", "uninstall", {}, ("install",)),
    "chain-uninstall-ignoring": ("chain", "uninstall", {"ignore_failure": True}, ("install",)),
    "hosted-install": ("hosted", "install", {}, ()),
    "hosted-reinstall": ("hosted", "reinstall", {}, ("install",)),
    "fork-install": ("fork", "install", {}, ()),
    "fork-uninstall": ("fork", "uninstall", {}, ("install",)),
    "hosted-heal": ("hosted", "heal", {"node_instance_id": "app#0"}, ("install",)),
}
CANCELLED = ("chain-install", "chain-uninstall", "hosted-install", "hosted-reinstall")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("topologies")
    (target / "types.yaml").write_bytes((FIXTURES / "oracle" / "types.yaml").read_bytes())
    for name, content in TOPOLOGIES.items():
        (target / f"{name}.yaml").write_text(json.dumps({**HEAD, **content}), encoding="utf-8")
    return target


@cache
def swept(name: str, folder: Path) -> tuple[Plan, Sweep]:
    topology, workflow, parameters, after = EXECUTIONS[name]
    given = tuple(f"{key}={json.dumps(value)}" for key, value in parameters.items())
    options = PlanOptions(
        workflow=workflow, parameters=given, after=after, sweep=True, task_retries=2, task_retry_interval_s=0
    )
    result = plan_of(str(folder / f"{topology}.yaml"), options)
    assert result.plan is not None, result.refusals
    assert result.sweep is not None, result.plan.notes
    assert result.sweep.is_complete
    return result.plan, result.sweep


def told(cause: Cause, outcome: Outcome, plan: Plan, sweep: Sweep) -> dict[str, Any]:
    """What the sweep says, in the words of a recording."""
    final = {one.id: one.final_state for one in plan.instances} | dict(outcome.states)
    planned = {one.operation for entry in sweep.scenarios for one in entry.causes}
    ran = {(key.operation, key.instance) for key in planned - set(outcome.never_ran)}
    return {"status": outcome.status, "states": final, "ran": ran}


@cache
def recordings(name: str, folder: Path) -> dict[Cause, dict[str, Any]]:
    """How the real engine ends, for every cause of a sweep; all in one process."""
    topology, workflow, parameters, after = EXECUTIONS[name]
    causes = [cause for entry in swept(name, folder)[1].scenarios for cause in entry.causes]
    jobs = [
        {
            "blueprint": str(folder / f"{topology}.yaml"),
            "workflow": workflow,
            "parameters": parameters,
            "after": list(after),
            "fail": [failure(cause.operation.instance.rpartition("#")[0], cause.operation.operation)]
            if cause.kind == FAILURE
            else [],
            "subgraph_retries": 0,
            "cancel_after": cause.after if cause.kind == CANCELLATION else None,
        }
        for cause in causes
    ]
    path = folder / f"{name}.jobs.json"
    path.write_text(json.dumps(jobs), encoding="utf-8")
    python = oracle_python()
    assert python is not None
    command = [python, "-W", "ignore", str(RECORDER), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    rows = map(json.loads, done.stdout.splitlines())
    return dict(zip(causes, rows, strict=True))


def compared(name: str, folder: Path, kind: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    plan, sweep = swept(name, folder)
    recorded = recordings(name, folder)
    return [
        (
            str(cause.operation),
            told(cause, entry.outcome, plan, sweep),
            {
                "status": recorded[cause]["status"],
                "states": recorded[cause]["states"],
                "ran": {(operation, instance) for operation, instance in recorded[cause]["ran"]},
            },
        )
        for entry in sweep.scenarios
        for cause in entry.causes
        if cause.kind == kind and not (kind == CANCELLATION and cause.after == 0)
    ]


@pytest.mark.parametrize("name", EXECUTIONS)
def test_failures_end_as_in_the_real_engine(name: str, folder: Path) -> None:
    found = compared(name, folder, FAILURE)
    assert found
    for operation, mine, real in found:
        assert mine == real, operation


@pytest.mark.parametrize("name", CANCELLED)
def test_cancellations_end_as_in_the_real_engine(name: str, folder: Path) -> None:
    found = compared(name, folder, CANCELLATION)
    assert found
    for operation, mine, real in found:
        assert mine == real, operation


def test_enough_was_compared(folder: Path) -> None:
    failures = [one for name in EXECUTIONS for one in compared(name, folder, FAILURE)]
    cancellations = [one for name in CANCELLED for one in compared(name, folder, CANCELLATION)]
    assert len(failures) >= 10
    assert len(cancellations) >= 5
