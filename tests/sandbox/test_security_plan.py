"""The claims of docs/security.md about the child of a plan, one by one; more in test_sandbox_hostile.py."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

import pytest

from bplint.config import Config
from bplint.plan.make_plan import PlanAttempt, make_plan
from bplint.plan.plan_faults import PlanGuard
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import blueprint_of

FOLDER = Path(__file__).parents[2] / "fixtures" / "plans" / "guards"
BLUEPRINT = blueprint_of(str(FOLDER / "blueprint.yaml"))
KEPT = {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH"}
MADE = {
    "HOME",
    "USERPROFILE",
    "TMPDIR",
    "TEMP",
    "TMP",
    "LANG",
    "PYTHONHASHSEED",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks, signals and limits are POSIX's")


class Refused(NamedTuple):
    workflow: str
    what: str


REFUSED = [
    Refused("listens", "connection"),
    Refused("asks_for_a_name", "connection"),
    Refused("asks_the_web", "connection"),
    Refused("forks", "process"),
    Refused("replaces_itself", "process"),
    Refused("asks_a_shell", "process"),
    Refused("works_with_processes", "process"),
    Refused("kills_another", "kill"),
    Refused("opens_by_flags", "write"),
    Refused("opens_through_a_link", "write"),
    Refused("renames", "write"),
    Refused("makes_a_folder", "write"),
    Refused("changes_rights", "write"),
    Refused("truncates", "write"),
]


def run(workflow: str, timeout_s: float = 20) -> PlanAttempt:
    return make_plan(BLUEPRINT, PlanOptions(workflow=workflow, timeout_s=timeout_s), Config())


def contents() -> dict[str, tuple[int, int]]:
    found = (path for path in FOLDER.rglob("*") if "__pycache__" not in path.parts)
    return {path.as_posix(): (path.stat().st_mode, path.stat().st_size) for path in found}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.workflow)
def test_is_refused_where_the_code_tries_it(case: Refused) -> None:
    before = contents()
    result = run(case.workflow)
    assert result.plan is not None
    assert result.plan.execution.status == "failed"
    assert [fault.what for fault in result.faults if isinstance(fault, PlanGuard)] == [case.what]
    assert len(result.faults) == 1
    assert contents() == before


def test_a_refusal_that_is_swallowed_is_told_all_the_same() -> None:
    assert [fault.rule for fault in run("swallows_the_refusal").faults] == ["plan-guard"]


@pytest.mark.parametrize("workflow", ["kills_its_parent", "aborts"])
def test_attempts_to_end_processes_are_told(workflow: str) -> None:
    assert [fault.rule for fault in run(workflow).faults] == ["workflow-ends-process"]


@pytest.mark.parametrize("workflow", ["ignores_signals", "alarms"])
def test_signals_change_nothing_about_the_time(workflow: str) -> None:
    result = run(workflow, timeout_s=4)
    assert [fault.rule for fault in result.faults] in (["workflow-hangs"], ["workflow-ends-process"])


def test_a_thread_that_never_ends_is_left() -> None:
    result = run("leaves_a_thread_for_ever")
    assert result.plan is not None
    assert result.plan.execution.status == "terminated"


def test_a_file_cannot_grow_without_end() -> None:
    result = run("fills_the_disk")
    assert result.plan is not None
    assert result.plan.execution.status == "failed"


def test_environment_is_the_childs_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUD_PASSWORD", "1")
    result = run("shows_environment")
    assert result.plan is not None
    names = set(json.loads(result.plan.output))
    assert names <= KEPT | MADE | {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"}
    assert names >= {"HOME", "TMPDIR"}


def test_works_in_a_scratch_folder_that_is_gone_afterwards() -> None:
    result = run("shows_folders")
    assert result.plan is not None
    current, home, scratch = (Path(path) for path in json.loads(result.plan.output))
    assert current.is_relative_to(scratch)
    assert home.is_relative_to(scratch)
    assert not scratch.exists()


@pytest.mark.parametrize("workflow", ["reads_elsewhere", "calls_the_library"])
def test_what_is_not_stopped(workflow: str) -> None:
    """The guard is no security boundary: reading is allowed, and calls of the C library are not seen."""
    result = run(workflow)
    assert result.plan is not None
    assert result.plan.execution.status == "terminated"
