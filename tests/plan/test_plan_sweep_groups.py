"""Sweeps of large deployments: what is the same is simulated once, and what was found is put in order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bplint.cli.group import main
from bplint.plan import sweep_choice
from bplint.plan.operation import key_of
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.styled import PlanView
from bplint.plan.render.sweep_text import sweep_text
from bplint.plan.sweep import Cause, Outcome, Sweep
from bplint.plan.sweep_groups import group_scenarios
from bplint.plan.symmetry import operation_classes
from tests.support.plan_case import plan_of

ROOT = Path(__file__).parents[2]
SCALE_OUT = str(ROOT / "fixtures" / "plans" / "sweep" / "scale_out.yaml")
TIERS = ROOT / "fixtures" / "plans" / "three_tiers" / "blueprint.yaml"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The three tiers with four instances of what has a hundred."""
    target = tmp_path_factory.mktemp("tiers") / "blueprint.yaml"
    target.write_text(TIERS.read_text(encoding="utf-8").replace("deploy: 100", "deploy: 4"), encoding="utf-8")
    return str(target)


@cache
def swept(path: str, workflow: str = "install", few: int = 10**6, **options: object) -> Sweep:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep_choice, "_FEW", few)
        after = () if workflow == "install" else ("install",)
        result = plan_of(path, PlanOptions(workflow=workflow, after=after, sweep=True, **options))  # type: ignore[arg-type]
    assert result.sweep is not None
    return result.sweep


def shape(outcome: Outcome) -> tuple[object, ...]:
    """An outcome without the numbers of its instances."""
    left = sorted((one.instance.rpartition("#")[0], one.level, one.is_orphaned) for one in outcome.left)
    never = sorted((key.operation, key.instance.rpartition("#")[0]) for key in outcome.never_ran)
    states = sorted((name.rpartition("#")[0], str(state)) for name, state in outcome.states)
    return outcome.status, tuple(left), tuple(never), tuple(states)


def failures(found: Sweep) -> dict[Cause, tuple[object, ...]]:
    return {
        cause: shape(one.outcome)
        for one in found.scenarios
        for cause in one.causes
        if cause.kind == "failure"
    }


@pytest.mark.parametrize("workflow", ["install", "uninstall"])
def test_what_is_not_simulated_would_end_as_what_is(workflow: str, small: str) -> None:
    every, some = swept(small, workflow), swept(small, workflow, few=0)
    assert (every.represented, every.simulated) == (0, every.planned)
    assert some.is_complete
    assert 0 < some.simulated < every.simulated / 2
    assert failures(some) == failures(every)


def test_cancellations_between_equal_operations_stand_for_each_other(small: str) -> None:
    some = swept(small, few=0)
    counts = sorted(cause.after for one in some.scenarios for cause in one.causes if cause.after is not None)
    assert counts == list(range(some.planned - some.operations))


def test_operations_of_unlike_instances_are_not_the_same(small: str) -> None:
    plan = plan_of(small, PlanOptions()).plan
    assert plan is not None
    classes = operation_classes(plan)
    names = {str(key): number for key, number in classes.items()}
    assert names["start@web#0"] == names["start@web#3"]
    assert (
        len({names["start@web#0"], names["start@app#0"], names["start@logger#0"], names["create@web#0"]}) == 4
    )
    assert {key_of(task) for task in plan.tasks if task.kind == "operation"} == set(classes)


def test_a_row_of_instances_is_not_symmetric(tmp_path: Path) -> None:
    """One after the other: a failure of the first lets none run, one of the last all."""
    flows = tmp_path / "plugins" / "flows"
    flows.mkdir(parents=True)
    (flows / "flows.py").write_text(
        "def made(ctx, **_):\n"
        "    for i in ctx.node_instances:\n"
        "        i.execute_operation('cloudify.interfaces.lifecycle.start').get()\n",
        encoding="utf-8",
    )
    text = TIERS.read_text(encoding="utf-8").replace("deploy: 100", "deploy: 2")
    text = text.replace(
        "plugins: {", "plugins: {flows: {executor: central_deployment_agent, source: flows}, "
    )
    path = tmp_path / "blueprint.yaml"
    path.write_text(f"{text}workflows: {{made: flows.flows.made}}\n", encoding="utf-8")
    found = swept(str(path), "made", few=0)
    assert found.represented == 0
    assert failures(found) == failures(swept(str(path), "made"))


def test_the_worst_comes_first() -> None:
    options = {"parameters": ("scalable_entity_name=host",)}
    groups = group_scenarios(swept(SCALE_OUT, "scale", **options))
    orphaned = [len(group.outcome.orphaned) for group in groups]
    assert orphaned == sorted(orphaned, reverse=True)
    assert orphaned[0] == 2
    assert sum(len(group.causes) for group in groups) == 8


def test_the_table_fits_a_terminal(small: str) -> None:
    lines = sweep_text(swept(small)).splitlines()
    rows = lines[2 : lines.index("", 2)]
    assert max(map(len, rows)) <= 80
    assert any("#0-3" in line for line in rows)
    whole = sweep_text(swept(small), PlanView(is_verbose=True))
    assert len(whole.splitlines()) > len(lines)


def test_the_number_of_what_is_the_same_is_told(small: str) -> None:
    head = sweep_text(swept(small, few=0)).splitlines()[0]
    assert f", {swept(small, few=0).represented} of them the same as others, " in head


def test_verbose_tells_every_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", SCALE_OUT, "--sweep", "--verbose", "--no-config"]) == 0
    text = capsys.readouterr().out
    assert text.count("\noutcome ") == 8


def test_progress_is_called(small: str) -> None:
    seen: list[tuple[int, int]] = []
    options = PlanOptions(sweep=True, progress=lambda done, of: seen.append((done, of)))
    result = plan_of(small, options)
    assert result.sweep is not None
    assert seen == sorted(seen)
    assert all(of == result.sweep.planned + 1 for _, of in seen)
