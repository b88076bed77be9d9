"""Whether a mapped module can be imported, against a real import by the Python that has cloudify-common."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from tools.oracle.layout_samples import files_of, layouts
from tools.oracle.reference import needs_oracle, oracle_python

pytestmark = needs_oracle

IMPORTER = Path(__file__).parents[2] / "tools" / "oracle" / "import_layouts.py"
BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  p: {{executor: central_deployment_agent, source: p}}
workflows:
  w: {{mapping: p.{module}.f}}
"""
# what is not told: names that only Windows has, where agents run too
MISSES = {"from subprocess import STARTUPINFO"}
# fails when the function runs, and not before
LATE = {"in function", "body is not run", "lambda is not run", "generator is not run"}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str | None, list[str]]]:
    """Layout → what a real import raised, and what is told."""
    root = tmp_path_factory.mktemp("layouts")
    folders = {}
    for number, (name, layout) in enumerate(layouts().items()):
        module, files = files_of(layout)
        folder = root / str(number) / "plugins" / "p"
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        (root / str(number) / "blueprint.yaml").write_text(BLUEPRINT.format(module=module), encoding="utf-8")
        folders[name] = (folder, module)
    python = oracle_python()
    assert python is not None
    asked = json.dumps([[str(folder), module] for folder, module in folders.values()])
    done = subprocess.run([python, str(IMPORTER)], input=asked, capture_output=True, text=True, check=True)
    raised = dict(zip(folders, json.loads(done.stdout), strict=True))
    version = subprocess.run(
        [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True
    ).stdout.strip()
    return {name: (raised[name], _told(folder.parents[1], version)) for name, (folder, _) in folders.items()}


def _told(folder: Path, version: str) -> list[str]:
    result = lint(LintRequest((str(folder / "blueprint.yaml"),), Config(target_python=version)))
    return [f"{one.severity.value} {one.code} {one.message}" for one in result.diagnostics]


def test_there_are_150() -> None:
    assert len(layouts()) >= 150


def test_no_error_is_false(judged: dict[str, tuple[str | None, list[str]]]) -> None:
    wrong = {
        name: told
        for name, (raised, told) in judged.items()
        if raised is None and name not in LATE and any(one.startswith("error") for one in told)
    }
    assert wrong == {}


def test_failures_are_told(judged: dict[str, tuple[str | None, list[str]]]) -> None:
    silent = {name for name, (raised, told) in judged.items() if raised is not None and not told}
    assert silent == MISSES


def test_some_fail_and_some_do_not(judged: dict[str, tuple[str | None, list[str]]]) -> None:
    failing = [name for name, (raised, _) in judged.items() if raised is not None]
    assert 50 < len(failing) < len(judged) - 50
