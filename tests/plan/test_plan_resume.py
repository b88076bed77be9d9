"""`--resume-after`: what is left of an execution whose process ended; tests/oracle asks the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.cli.group import main
from bplint.plan.plan import Plan
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import plan_of

BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  acme: {executor: central_deployment_agent, install: false}
  flows: {executor: central_deployment_agent, source: flows, install: false}
workflows: {plain: flows.flows.plain}
node_types:
  acme.T:
    derived_from: cloudify.nodes.Root
    interfaces:
      cloudify.interfaces.lifecycle: {create: acme.t.create, start: acme.t.start}
node_templates:
  db: {type: acme.T}
  app:
    type: acme.T
    instances: {deploy: 2}
    relationships: [{type: cloudify.relationships.depends_on, target: db}]
"""
FLOWS = """\
def plain(ctx, **_):
    next(ctx.node_instances).execute_operation("cloudify.interfaces.lifecycle.start").get()
"""


@pytest.fixture
def blueprint(tmp_path: Path) -> str:
    (tmp_path / "plugins" / "flows").mkdir(parents=True)
    (tmp_path / "plugins" / "flows" / "flows.py").write_text(FLOWS, encoding="utf-8")
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, encoding="utf-8")
    return str(tmp_path / "blueprint.yaml")


def resumed(blueprint: str, count: int, workflow: str = "install") -> Plan:
    plan = plan_of(blueprint, PlanOptions(workflow=workflow, resume_after=count)).plan
    assert plan is not None
    return plan


def operations(plan: Plan) -> list[str]:
    return sorted(
        f"{(task.operation or '').rpartition('.')[2]}@{task.instance}"
        for task in plan.tasks
        if task.kind == "operation"
    )


# operations that have ended → those that are left; after three, one of the two instances has been created
LEFT = {
    0: ["create@app#0", "create@app#1", "create@db#0", "start@app#0", "start@app#1", "start@db#0"],
    1: ["create@app#0", "create@app#1", "start@app#0", "start@app#1", "start@db#0"],
    3: ["create@app#1", "start@app#0", "start@app#1"],
    6: [],
}


@pytest.mark.parametrize("count", LEFT)
def test_what_is_left(count: int, blueprint: str) -> None:
    plan = resumed(blueprint, count)
    assert operations(plan) == LEFT[count]
    assert plan.execution.status == "terminated"
    assert {one.final_state for one in plan.instances} == {"started"}
    assert plan.events[0].message == "Resuming 'install' workflow execution"


def test_states_begin_where_they_were(blueprint: str) -> None:
    states = {one.id: one.state for one in resumed(blueprint, 1).instances}
    assert states == {"db#0": "creating", "app#0": "uninitialized", "app#1": "uninitialized"}


def test_nothing_is_left_of_what_has_ended(blueprint: str) -> None:
    notes = [note.message for note in resumed(blueprint, 9).notes if note.kind == "resumed"]
    assert notes == ["there is nothing to resume: the execution ended after 6 operations"]


def test_a_workflow_that_is_not_resumable_is_refused_by_the_engine(blueprint: str) -> None:
    plan = resumed(blueprint, 0, "plain")
    assert plan.execution.status == "failed"
    assert plan.execution.error is not None
    assert plan.execution.error.message == "Cannot resume - workflow not resumable: plain"


def test_command(blueprint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", blueprint, "--resume-after", "3", "--no-config"]) == 0
    assert "this is what is left after 3 operations" in capsys.readouterr().out
    assert main(["plan", blueprint, "--resume-after", "3", "--sweep", "--no-config"]) == 2
    assert "--sweep excludes --resume-after" in capsys.readouterr().err
