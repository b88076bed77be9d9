"""What a plan is told: parameters, failures, cancellation, availability, earlier executions."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from bplint.config import Config
from bplint.plan.make_plan import PlanAttempt, make_plan
from bplint.plan.parameters import parameters_schema
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import blueprint_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "plans" / "tutorials"
BLUEPRINT = blueprint_of(str(FOLDER / "blueprint.yaml"))


class Refused(NamedTuple):
    """Options that are refused, with all that is said."""

    name: str
    options: PlanOptions
    refusals: tuple[str, ...]


REFUSED = [
    Refused(
        "mandatory parameter",
        PlanOptions(workflow="run_on_type"),
        ("parameter 'type_name' (string) is mandatory: nodes of this type and of those derived from it",),
    ),
    Refused(
        "unknown parameter",
        PlanOptions(workflow="grow", parameters=("numbr=4",)),
        ("workflow 'grow' declares no parameter 'numbr'; did you mean 'number'?",),
    ),
    Refused(
        "unknown parameter like no other",
        PlanOptions(workflow="grow", parameters=("colour=red",)),
        ("workflow 'grow' declares no parameter 'colour'; --allow-custom-parameters lets it pass",),
    ),
    Refused(
        "wrong type",
        PlanOptions(workflow="grow", parameters=("number=[1]",)),
        ("parameter 'number' must be of type integer; it is [1]",),
    ),
    Refused(
        "unknown workflow",
        PlanOptions(workflow="instal"),
        ("there is no workflow 'instal'; did you mean 'install'?",),
    ),
    Refused(
        "earlier workflow with mandatory parameters",
        PlanOptions(workflow="install", after=("scale",)),
        ("--after scale: parameter 'scalable_entity_name' is mandatory",),
    ),
    Refused(
        "unknown node fails",
        PlanOptions(fail_tasks=("lam.start",)),
        ("--fail-task lam.start: there is no node 'lam'; did you mean 'lamp'?",),
    ),
    Refused(
        "unknown operation fails",
        PlanOptions(fail_tasks=("lamp.strat",)),
        ("--fail-task lamp.strat: node 'lamp' maps no operation 'strat'; did you mean 'start'?",),
    ),
    Refused(
        "unknown kind of failure",
        PlanOptions(fail_tasks=("lamp.start=sometimes",)),
        ("--fail-task lamp.start=sometimes: 'sometimes' is neither 'recoverable' nor 'nonrecoverable'",),
    ),
    Refused(
        "failure without operation",
        PlanOptions(fail_tasks=("lamp",)),
        ("--fail-task lamp: wanted OPERATION@NODE or NODE.OPERATION",),
    ),
]


def run(options: PlanOptions) -> PlanAttempt:
    return make_plan(BLUEPRINT, options, Config())


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_refused(case: Refused) -> None:
    result = run(case.options)
    assert result.plan is None
    assert result.refusals == case.refusals


def test_parameters_say_where_they_come_from(tmp_path: Path) -> None:
    given = tmp_path / "given.yaml"
    given.write_text("gently: true\ntype_name: acme.Server\n", encoding="utf-8")
    options = PlanOptions(
        workflow="run_on_type", parameters=(str(given), "extra=1"), allow_custom_parameters=True
    )
    result = run(options)
    assert result.plan is not None, result.refusals
    execution = result.plan.execution
    assert {entry.name: (entry.value, entry.origin) for entry in execution.parameters} == {
        "type_name": ("acme.Server", "given"),
        "operation": ("acme.interfaces.care.dust", "default"),
        "gently": (True, "given"),
        "extra": (1, "custom"),
    }
    assert execution.command == (
        "cfy executions start run_on_type -d tutorials "
        """-p '{"type_name": "acme.Server", "gently": true, "extra": 1}' --allow-custom-parameters"""
    )


def test_text_is_taken_as_a_number_where_one_is_declared() -> None:
    result = run(PlanOptions(workflow="grow", parameters=("number='4'",)))
    assert result.plan is not None
    assert result.plan.execution.parameters[0].value == 4
    assert result.plan.steps[0].added == ("lamp#2", "lamp#3")


def test_schema_of_parameters() -> None:
    workflow = BLUEPRINT.workflows.lookup("run_on_type")
    assert workflow
    assert parameters_schema(workflow) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "type_name": {
                "type": "string",
                "description": "nodes of this type and of those derived from it",
            },
            "operation": {"type": "string"},
            "gently": {"type": "boolean"},
        },
        "required": ["type_name"],
        "additionalProperties": False,
    }


def test_inputs_are_evaluated() -> None:
    result = run(PlanOptions(inputs=("colour=blue",)))
    assert result.plan is not None
    started = [task for task in result.plan.tasks if str(task.operation).endswith("lifecycle.start")]
    assert {task.instance: task.inputs for task in started} == {
        "shelf#0": {"colour": "red"},
        "lamp#0": {"colour": "blue"},
        "lamp#1": {"colour": "blue"},
    }


def test_bad_inputs_end_the_plan() -> None:
    result = run(PlanOptions(inputs=("color=blue",)))
    assert result.plan is None
    assert [fault.rule for fault in result.faults] == ["unexpected-input"]


def test_unused_failure_is_noted() -> None:
    result = run(PlanOptions(workflow="one_by_one", fail_tasks=("lamp.stop",)))
    assert result.plan is not None
    assert [note.message for note in result.plan.notes if note.kind == "unused-failure"] == [
        "'lamp.stop' was to fail and never ran"
    ]


def test_cancelled_before_anything_has_run() -> None:
    result = run(PlanOptions(cancel_after=0))
    assert result.plan is not None
    assert result.plan.execution.status == "cancelled"
    assert {task.outcome for task in result.plan.tasks} == {"pending"}


def test_linear_workflow_fails_where_it_waits() -> None:
    result = run(PlanOptions(workflow="one_by_one", fail_tasks=("lamp#0.dust",)))
    assert result.plan is not None
    assert result.plan.execution.status == "failed"
    assert result.faults == ()
    assert [(task.instance, task.outcome) for task in result.plan.tasks] == [
        ("shelf#0", "succeeded"),
        ("lamp#0", "failed"),
    ]


def test_linear_workflow_retries() -> None:
    result = run(PlanOptions(workflow="one_by_one", fail_tasks=("lamp#0.dust=recoverable*2",)))
    assert result.plan is not None
    assert result.plan.execution.status == "terminated"
    assert [task.attempts for task in result.plan.tasks] == [1, 3, 1]


def test_retries_end_at_the_limit() -> None:
    result = run(PlanOptions(fail_tasks=("shelf.create=recoverable",), task_retries=2))
    assert result.plan is not None
    assert result.plan.execution.status == "failed"
    assert [task.attempts for task in result.plan.tasks if task.outcome == "failed" and task.operation] == [3]


def test_earlier_execution_that_fails_ends_the_plan() -> None:
    result = run(PlanOptions(workflow="install", after=("hidden",), fail_tasks=("lamp.start",)))
    assert result.plan is not None
    assert result.plan.execution.status == "failed"
    assert result.plan.execution.after == ("hidden",)


def test_states_go_on_from_the_earlier_execution() -> None:
    result = run(PlanOptions(workflow="one_by_one", after=("install", "uninstall")))
    assert result.plan is not None
    assert {one.state for one in result.plan.instances} == {"deleted"}
