"""Workflow code in archives: unpacked for the plan, shown where it lies, gone afterwards."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from bplint.config import Config
from bplint.plan.make_plan import PlanAttempt, make_plan
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import blueprint_of

BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_4
imports: [cloudify/types/types.yaml, "plugin:acme"]
node_templates:
  a: {type: cloudify.nodes.Root}
"""
PLUGIN = """\
plugins:
  acme: {executor: central_deployment_agent, package_name: acme}
workflows:
  greet: acme.acme.flows.greet
"""
GREETS = "from acme.words import WORD\n\n\ndef greet(ctx, **_):\n    ctx.send_event(WORD)\n"
FAILS = GREETS.replace("ctx.send_event(WORD)", "raise ValueError(WORD)")


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def code(flows: str) -> dict[str, bytes]:
    return {
        "acme/__init__.py": b"",
        "acme/words.py": b"WORD = 'hello'\n",
        "acme/flows.py": flows.encode(),
        "../outside.py": b"",
        "acme/../../outside.py": b"",
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a blueprint; temporary files go to `tmp` in it."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, encoding="utf-8")
    (tmp_path / "plugins").mkdir()
    return tmp_path


def planned() -> PlanAttempt:
    config = Config(plugin_path=("plugins",))
    return make_plan(blueprint_of("blueprint.yaml", config), PlanOptions("greet"), config)


def write_wagon(folder: Path, flows: str) -> None:
    wheel = zipped(code(flows))
    files = {"acme/plugin.yaml": PLUGIN.encode(), "acme/wheels/acme-1.0-py3-none-any.whl": wheel}
    (folder / "plugins" / "acme-1.0.wgn").write_bytes(zipped(files))


def test_code_of_a_wagon_is_run(folder: Path) -> None:
    write_wagon(folder, GREETS)
    result = planned()
    assert result.plan is not None
    assert result.plan.execution.status == "terminated"
    assert "hello" in [event.message for event in result.plan.events]


def test_fault_is_told_in_the_wagon(folder: Path) -> None:
    write_wagon(folder, FAILS)
    result = planned()
    path = "plugins/acme-1.0.wgn/acme-1.0-py3-none-any.whl/acme/flows.py"
    assert [(fault.rule, fault.path) for fault in result.faults] == [("workflow-raises", path)]
    assert result.sources[path].text == FAILS


def test_code_of_a_zipped_plugin_is_run(folder: Path) -> None:
    text = PLUGIN.replace("package_name: acme}", "source: acme.zip}")
    (folder / "blueprint.yaml").write_text(BLUEPRINT.replace(', "plugin:acme"', "") + text, encoding="utf-8")
    (folder / "plugins" / "acme.zip").write_bytes(zipped(code(GREETS)))
    result = planned()
    assert result.plan is not None
    assert result.plan.execution.status == "terminated"


@pytest.mark.parametrize("flows", [GREETS, FAILS], ids=["terminated", "failed"])
def test_nothing_is_left_behind(folder: Path, flows: str) -> None:
    write_wagon(folder, flows)
    before = sorted(folder.rglob("*"))
    assert planned().plan is not None
    assert sorted(folder.rglob("*")) == before
