"""Plans against the real engine: cloudify-common's local one, with operations replaced by no-ops."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.plan_json import plan_data
from tests.support.plan_case import plan_of
from tests.support.recording_compare import differences
from tools.oracle.reference import needs_oracle, oracle_python

pytestmark = needs_oracle

FIXTURES = Path(__file__).parents[2] / "fixtures" / "plans" / "oracle"
RECORDER = Path(__file__).parents[2] / "tools" / "oracle" / "record_plans.py"
TOPOLOGIES: dict[str, Any] = yaml.safe_load((FIXTURES / "topologies.yaml").read_text(encoding="utf-8"))
START = "cloudify.interfaces.lifecycle.start"


class Order(NamedTuple):
    """An execution: what is run, after what, what fails, when it is cancelled."""

    workflow: str
    parameters: dict[str, Any] = {}
    after: tuple[str, ...] = ()
    fails: bool = False
    cancel_after: int | None = None


ORDERS = {
    "install": Order("install"),
    "uninstall": Order("uninstall", after=("install",)),
    "reinstall": Order("reinstall", after=("install",)),
    "execute_operation": Order(
        "execute_operation", {"operation": START, "run_by_dependency_order": True}, ("install",)
    ),
    "heal": Order("heal", {"node_instance_id": "FIRST"}, ("install",)),
    "restart": Order("restart", after=("install",)),
    "check_status": Order("check_status", after=("install",)),
    "check_drift": Order("check_drift", after=("install",)),
    "rollback": Order("rollback", after=("install",)),
    "install_again": Order("install", after=("install",)),
    "uninstall_first": Order("uninstall"),
    "failure": Order("install", fails=True),
    "failure_ignored": Order("uninstall", {"ignore_failure": True}, ("install",), fails=True),
    "cancellation": Order("install", cancel_after=2),
}
ALWAYS = ("install", "uninstall", "execute_operation", "heal", "restart", "failure", "cancellation")
# what else is asked is asked of these only: each plan is a process
THOROUGH = (
    "full",
    "linked_to_many",
    "contained_deep",
    "script_host",
    "diamond",
    "heals",
    "checked",
    "group_of_host",
)
KEYS = [(name, key) for name in TOPOLOGIES for key in ORDERS if key in ALWAYS or name in THOROUGH]
CASES = [pytest.param(name, key, id=f"{name}-{key}") for name, key in KEYS]


def first_instance(name: str) -> str:
    nodes = TOPOLOGIES[name]["node_templates"]
    return next(f"{node}#0" for node, body in nodes.items() if body.get("instances") != {"deploy": 0})


def failing_operation(name: str, order: Order) -> list[str] | None:
    """The operation that fails: the last mapped one of the first node that maps any."""
    mapped = {
        "acme.Full": "cloudify.interfaces.lifecycle.configure",
        "acme.Starts": START,
        "acme.Host": START,
        "acme.RemoteHost": "cloudify.interfaces.cloudify_agent.create",
        "acme.ScriptHost": START,
    }
    if order.workflow == "uninstall":
        mapped = {
            "acme.Full": "cloudify.interfaces.lifecycle.stop",
            "acme.Deletes": "cloudify.interfaces.lifecycle.delete",
        }
    for node, body in TOPOLOGIES[name]["node_templates"].items():
        if body["type"] in mapped:
            return [node, mapped[body["type"]]]
    return None


def blueprint_text(name: str, types: str) -> str:
    head = {"tosca_definitions_version": "cloudify_dsl_1_5", "imports": [types]}
    return json.dumps({**head, **TOPOLOGIES[name]})


def failure(node: str, operation: str) -> dict[str, Any]:
    return {"node": node, "index": None, "operation": operation, "error": "nonrecoverable", "times": None}


def job_of(name: str, order: Order, folder: Path) -> dict[str, Any]:
    failing = failing_operation(name, order)
    return {
        "blueprint": str(folder / f"{name}.yaml"),
        "workflow": order.workflow,
        "parameters": parameters_of(name, order),
        "after": list(order.after),
        "fail": [failure(*failing)] if order.fails and failing else [],
        "cancel_after": order.cancel_after,
        "subgraph_retries": 0,
    }


def parameters_of(name: str, order: Order) -> dict[str, Any]:
    return {
        key: first_instance(name) if value == "FIRST" else value for key, value in order.parameters.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("topologies")
    (target / "types.yaml").write_bytes((FIXTURES / "types.yaml").read_bytes())
    for name in TOPOLOGIES:
        (target / f"{name}.yaml").write_text(blueprint_text(name, "types.yaml"), encoding="utf-8")
    return target


@cache
def recordings(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """All runs of the real engine, in one process."""
    jobs = folder / "jobs.json"
    jobs.write_text(json.dumps([job_of(name, ORDERS[key], folder) for name, key in KEYS]), encoding="utf-8")
    python = oracle_python()
    assert python is not None
    command = [python, "-W", "ignore", str(RECORDER), str(jobs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return dict(zip(KEYS, map(json.loads, done.stdout.splitlines()), strict=True))


def planned(name: str, order: Order, folder: Path) -> Plan:
    failing = failing_operation(name, order) if order.fails else None
    parameters = parameters_of(name, order)
    result = plan_of(
        str(folder / f"{name}.yaml"),
        PlanOptions(
            workflow=order.workflow,
            parameters=tuple(f"{key}={json.dumps(value)}" for key, value in parameters.items()),
            after=order.after,
            fail_tasks=(".".join(failing),) if failing else (),
            cancel_after=order.cancel_after,
            task_retries=2,
            task_retry_interval_s=0,
        ),
    )
    assert result.plan is not None, (result.refusals, result.faults)
    return result.plan


def ran(plan: Plan) -> list[list[str]]:
    """Operations that were tried, as often as they were."""
    done = [
        task for task in plan.tasks if task.kind == "operation" and task.outcome not in ("pending", "running")
    ]
    return sorted([str(task.operation), str(task.instance)] for task in done for _ in range(task.attempts))


@pytest.mark.parametrize(("name", "key"), CASES)
def test_plan_equals_real_engine(name: str, key: str, folder: Path) -> None:
    order = ORDERS[key]
    recorded = recordings(folder)[(name, key)]
    assert "broken" not in recorded, recorded
    plan = planned(name, order, folder)
    data = plan_data(plan)
    instances = {
        one.id: {"host": one.host, "relationships": sorted(list(each) for each in one.relationships)}
        for one in plan.instances
    }
    real = {
        one: {"host": row["host"], "relationships": sorted(row["relationships"])}
        for one, row in recorded["instances"].items()
    }
    assert instances == real
    assert plan.execution.status == recorded["status"], (plan.execution.error, recorded["error"])
    assert differences(without_late(data["steps"]), recorded["steps"]) == {}
    if order.cancel_after is None:
        assert ran(plan) == recorded["ran"]
        assert {one.id: one.final_state for one in plan.instances} == recorded["states"]
    else:
        # the real engine starts what is ready in no order: only how much has run by then is the same
        assert len(ran(plan)) == min(order.cancel_after, len(recorded["ran"]))


def without_late(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps as they were when their graphs began: a recording has no tasks that handlers add later."""
    return [
        {**step, "tasks": [task for task in step["tasks"] if not task.get("added")]}
        if "tasks" in step
        else step
        for step in steps
    ]
