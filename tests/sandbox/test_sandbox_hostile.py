"""Whatever workflow code does, the plan ends within its limits and says what happened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from bplint.config import Config
from bplint.plan.make_plan import PlanAttempt, make_plan
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import blueprint_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "plans"
BLUEPRINT = blueprint_of(str(FIXTURES / "hostile" / "blueprint.yaml"))
CODE = str(FIXTURES / "hostile" / "plugins" / "flows" / "hostile.py")


class Case(NamedTuple):
    workflow: str
    status: str
    fault: str | None = None
    line: str | None = None  # the text of the line that the fault is told at
    detail: str = ""
    is_complete: bool = True


CASES = [
    Case("prints", "terminated"),
    Case("prints_for_ever", "failed", "workflow-hangs", 'print("x" * 1000)', "timeout", False),
    Case("sleeps", "failed", "workflow-hangs", "time.sleep(3600)", "sleeps", False),
    Case("waits_on_an_event", "failed", "workflow-hangs", "threading.Event().wait()", "timeout", False),
    Case("spins", "failed", "workflow-hangs", None, "timeout", False),
    Case("kills_itself", "failed", "workflow-ends-process", "os.kill(os.getpid(), 9)", "signal 9", False),
    Case("exits", "failed", "workflow-ends-process", "os._exit(0)", "os._exit(0)", False),
    Case("system_exit", "failed", "workflow-raises", "sys.exit(3)", "SystemExit"),
    Case(
        "connects",
        "failed",
        "plan-guard",
        'socket.create_connection(("127.0.0.1", 9), timeout=1)',
        "connection",
        False,
    ),
    Case("starts_a_process", "failed", "plan-guard", 'subprocess.check_call(["true"])', "process", False),
    Case(
        "writes_home",
        "failed",
        "plan-guard",
        'with open(os.path.expanduser("~/note.txt"), "w") as note:',
        "~/",
        False,
    ),
    Case(
        "writes_elsewhere",
        "failed",
        "plan-guard",
        'with open(os.path.join(os.path.dirname(__file__), "note.txt"), "w") as note:',
        "note.txt",
        False,
    ),
    Case("writes_scratch", "terminated"),
    Case("deletes", "failed", "plan-guard", "os.remove(__file__)", "hostile.py", False),
    Case(
        "patches",
        "terminated",
        "engine-replaced",
        "tasks_graph.TaskDependencyGraph.execute = lambda self: None",
        "TaskDependencyGraph.execute",
    ),
    Case("leaves_a_thread", "terminated"),
    Case("recurses", "failed", "workflow-raises", "recurses(ctx)", "RecursionError"),
    Case("swallows_everything", "failed", "workflow-hangs", None, "timeout", False),
    Case("closes_streams", "terminated"),
]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs process limits")


def run(workflow: str, **options: float) -> PlanAttempt:
    limits = {"timeout_s": 6.0, **options}
    return make_plan(BLUEPRINT, PlanOptions(workflow=workflow, **limits), Config())  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.workflow)
def test_ends_and_tells(case: Case) -> None:
    result = run(case.workflow)
    assert result.plan is not None
    assert result.plan.execution.status == case.status
    assert result.plan.execution.is_complete == case.is_complete
    assert [fault.rule for fault in result.faults] == ([case.fault] if case.fault else [])
    if case.fault:
        fault = result.faults[0]
        assert case.detail in repr(fault)
        text = result.sources[fault.path].text[fault.span.start : fault.span.end]
        assert case.line is None or text == case.line
    assert Path(CODE).exists()
    assert not Path(CODE).with_name("note.txt").exists()


@posix_only
@pytest.mark.parametrize("workflow", ["allocates", "makes_tasks_for_ever", "kills_by_ctypes"])
def test_memory_and_crashes(workflow: str) -> None:
    result = run(workflow, memory_bytes=600 * 1024**2, timeout_s=20)
    assert result.plan is not None
    assert not result.plan.execution.is_complete
    assert [fault.rule for fault in result.faults] in (["workflow-ends-process"], ["workflow-hangs"])


def test_what_is_printed_is_shown() -> None:
    result = run("prints")
    assert result.plan is not None
    assert sorted(result.plan.output.split("\n")) == [
        "",
        "and from its other stream",
        "hello from the workflow",
    ]


def test_interpreter_that_is_not_there() -> None:
    result = make_plan(BLUEPRINT, PlanOptions(workflow="prints", python="/no/such/python"), Config())
    assert result.plan is None
    assert result.refusals == ("cannot run /no/such/python: No such file or directory",)


def test_environment_is_scrubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_USER", "1")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    from bplint.plan.launch import _environment

    names = _environment(Path("scratch"))
    assert "SECRET_OF_THE_USER" not in names
    assert "PYTHONPATH" not in names
