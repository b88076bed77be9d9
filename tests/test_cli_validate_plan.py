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


def test_faults_of_the_run_are_in_the_report(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "plugins" / "lab").mkdir(parents=True)
    (project / "plugins" / "lab" / "flows.py").write_text(
        "def explode(ctx, **_):\n    raise ValueError('no way')\n", encoding="utf-8"
    )
    plugin = "plugins:\n  lab: {executor: central_deployment_agent, source: lab}\n"
    (project / "blueprint.yaml").write_text(
        BLUEPRINT + plugin + "workflows:\n  explode: lab.flows.explode\n", encoding="utf-8"
    )
    main(["validate", "blueprint.yaml", "--plan", "explode", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert ("BP780", "plugins/lab/flows.py", 2) in [
        (entry["code"], entry["path"], entry["start"]["line"]) for entry in found
    ]
