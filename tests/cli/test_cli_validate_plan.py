"""`bplint validate --plan`: plans behind the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.cli.group import main

BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_4
imports: [cloudify/types/types.yaml]
node_templates:
  host:
    type: cloudify.nodes.Compute
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, encoding="utf-8")
    return tmp_path


def test_tree_stands_behind_the_report(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--plan"]) == 0
    report, plan = capsys.readouterr().out.split("\n\n", 1)
    assert report.startswith("Nothing to report")
    assert plan.startswith("plan of 'install' on blueprint.yaml: terminated")


def test_refused_blueprint_has_no_plan(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "blueprint.yaml").write_text(BLUEPRINT.replace("Compute", "Compte"), encoding="utf-8")
    assert main(["validate", "--plan"]) == 1
    out = capsys.readouterr().out
    assert "BP250" in out
    assert "plan of" not in out


@pytest.fixture
def flows(project: Path) -> Path:
    """The code of a workflow `run` of the project."""
    plugin = "plugins:\n  lab: {executor: central_deployment_agent, source: lab}\n"
    text = BLUEPRINT + plugin + "workflows:\n  run: lab.flows.run\n"
    (project / "blueprint.yaml").write_text(text, encoding="utf-8")
    (project / "plugins" / "lab").mkdir(parents=True)
    return project / "plugins" / "lab" / "flows.py"


def diagnostics(out: str) -> list[tuple[str, str, int]]:
    found = json.loads(out)["diagnostics"]
    return [(entry["code"], entry["path"], entry["start"]["line"]) for entry in found]


EXPLODES = "def run(ctx, **_):\n    raise ValueError('no way')\n"


def test_faults_of_the_run_are_in_the_report(flows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows.write_text(EXPLODES, encoding="utf-8")
    assert main(["validate", "blueprint.yaml", "--plan", "run", "--format", "json"]) == 1
    report = capsys.readouterr().out
    assert ("BP780", "plugins/lab/flows.py", 2) in diagnostics(report)
    assert json.loads(report)["files"][0]["verdict"] == "fails"


def test_a_comment_accepts_a_fault_of_the_run(flows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EXPLODES.replace("way')", "way')  # bplint: ignore[BP780] on purpose")
    flows.write_text(text, encoding="utf-8")
    assert main(["validate", "blueprint.yaml", "--plan", "run", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["diagnostics"], report["summary"]["suppressed"]) == ([], 1)


def test_a_baseline_accepts_a_fault_of_the_run(flows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows.write_text(EXPLODES, encoding="utf-8")
    arguments = ["validate", "blueprint.yaml", "--plan", "run"]
    assert main([*arguments, "--write-baseline", "accepted.json"]) == 0
    assert main([*arguments, "--baseline", "accepted.json"]) == 0
    assert main(["validate", "blueprint.yaml", "--baseline", "accepted.json"]) == 0
    assert "BP984" not in capsys.readouterr().out


def test_a_line_that_fails_is_told_once(flows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flows.write_text("def run(ctx, **_):\n    ctx.nodez\n", encoding="utf-8")
    assert main(["validate", "blueprint.yaml", "--plan", "run", "--format", "json"]) == 1
    assert diagnostics(capsys.readouterr().out) == [("BP738", "plugins/lab/flows.py", 2)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(EXPLODES, 1, id="an error"),
        pytest.param("def run(ctx, **_):\n    pass\n", 0, id="nothing to tell"),
    ],
)
def test_plan_ends_with_the_code_of_its_diagnostics(flows: Path, code: str, expected: int) -> None:
    flows.write_text(code, encoding="utf-8")
    assert main(["plan", "blueprint.yaml", "run"]) == expected
