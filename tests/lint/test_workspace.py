"""A workspace reads and inspects each file once, and anew what a change concerns."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bplint.app import LintRequest
from bplint.app.linting import run
from bplint.app.planning import lint_and_plan
from bplint.app.workspace import Workspace
from bplint.config import Config
from bplint.lint import inspect as inspecting
from bplint.plan.plan_options import PlanOptions

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml{more}]\n"
NODE = "node_templates: {{{name}: {{type: {type}}}}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    types = "node_types: {acme.Lamp: {derived_from: cloudify.nodes.Root}}\n"
    (tmp_path / "types.yaml").write_text(types, encoding="utf-8")
    first = HEAD.format(more=", types.yaml") + NODE.format(name="a", type="acme.Lamp")
    (tmp_path / "first.yaml").write_text(first, encoding="utf-8")
    second = HEAD.format(more="") + NODE.format(name="b", type="cloudify.nodes.Root")
    (tmp_path / "second.yaml").write_text(second, encoding="utf-8")
    return tmp_path


@pytest.fixture
def inspected(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each main file is inspected."""
    counts: Counter[str] = Counter()
    real = inspecting.inspect

    def counted(graph, config, code, hears):  # type: ignore[no-untyped-def]
        counts[graph.main.document.path] += 1
        return real(graph, config, code, hears)

    monkeypatch.setattr(inspecting, "inspect", counted)
    return counts


def test_planning_inspects_nothing_again(folder: Path, inspected: Counter[str]) -> None:
    result, planned = lint_and_plan(LintRequest((".",), Config()), PlanOptions())
    assert [file.path for file in planned] == ["first.yaml", "second.yaml"]
    assert all(file.attempt.plan is not None for file in planned)
    assert [file.verdict for file in result.files] == ["ok", "ok", "ok"]
    assert inspected == {"first.yaml": 1, "second.yaml": 1}


def test_a_change_concerns_who_imports_the_file(folder: Path, inspected: Counter[str]) -> None:
    request = LintRequest((".",), Config())
    workspace = Workspace(request.config)
    assert run(request, workspace).result().diagnostics == ()
    workspace.change({"types.yaml": "node_types: {acme.Lamb: {derived_from: cloudify.nodes.Root}}\n"})
    changed = run(request, workspace).result()
    assert [(entry.path, entry.name) for entry in changed.diagnostics if entry.effect.value == "refused"] == [
        ("first.yaml", "unknown-node-type")
    ]
    assert inspected == {"first.yaml": 2, "second.yaml": 1}
    workspace.change({})
    assert run(request, workspace).result().diagnostics == ()
    assert inspected == {"first.yaml": 3, "second.yaml": 1}


def test_a_change_may_answer_an_import(folder: Path) -> None:
    text = HEAD.format(more=", nowhere.yaml") + NODE.format(name="a", type="acme.Lamp")
    (folder / "first.yaml").write_text(text, encoding="utf-8")
    request = LintRequest(("first.yaml",), Config())
    workspace = Workspace(request.config)
    assert [file.verdict for file in run(request, workspace).result().files] == ["refused"]
    (folder / "nowhere.yaml").write_text(
        (folder / "types.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    workspace.change({"nowhere.yaml": (folder / "types.yaml").read_text(encoding="utf-8")})
    assert [file.verdict for file in run(request, workspace).result().files] == ["ok"]
