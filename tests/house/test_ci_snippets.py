"""The shell lines of the files for CI systems: what stands in the documentation, in the action and what
`bplint init` writes is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bplint.app.results import LintResult
from bplint.app.starting import propose

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")


def snippet(title: str) -> str:
    """The first block of a section of the page on integration."""
    section = TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```\w+\n(.*?)^```", section, re.MULTILINE | re.DOTALL)[0]


def commands_of(text: str) -> list[str]:
    """The lines of a snippet that run bplint, however the system writes them."""
    found = re.findall(r"(?:- |script: |run: |sh '~/\.local/bin/)(bplint validate[^'\n]*)", text)
    return [line.strip() for line in found]


def proposed(folder: Path, *signs: str) -> dict[str, str]:
    for sign in signs:
        path = folder / sign
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    start = propose(str(folder), LintResult((), (), {}), "0.1.0")
    return {**{each.path: each.text for each in start.proposals}, **dict(start.by_hand)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "web", tmp_path / "web")
    return tmp_path


def run(line: str, folder: Path) -> None:
    script = f'set -eu\nbplint() {{ "{sys.executable}" -m bplint "$@"; }}\n{line}\n'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("system", ["GitLab", "Jenkins", "Azure Pipelines"])
def test_lines_of_the_documentation_run(system: str, folder: Path) -> None:
    text = snippet(system)
    lines = commands_of(text)
    assert len(lines) == 1
    run(lines[0], folder)
    reports = re.findall(r"--output \w+=(\S+)", lines[0])
    assert reports
    for name in reports:
        assert (folder / name).stat().st_size > 0
        assert text.count(name) == 2  # written, and picked up


@pytest.mark.parametrize(
    ("sign", "path"), [(".github/x", ".github/workflows/bplint.yml"), (".gitlab-ci.yml", ".gitlab-ci.yml")]
)
def test_files_of_init_are_read_and_run(sign: str, path: str, folder: Path) -> None:
    text = proposed(folder, sign)[path]
    assert yaml.safe_load(text)
    lines = commands_of(text)
    assert len(lines) == 1
    run(lines[0], folder)


def test_hook_of_init_is_read(folder: Path) -> None:
    hook = yaml.safe_load(proposed(folder)[".pre-commit-config.yaml"])["repos"][0]["hooks"][0]
    assert re.search(hook["files"], "a/blueprint.yaml")
    run(f"{hook['entry']} web/blueprint.yaml", folder)


def test_component_of_gitlab_runs_with_its_defaults(folder: Path) -> None:
    head, job = yaml.safe_load_all((ROOT / "templates" / "bplint.yml").read_text(encoding="utf-8"))
    inputs = {name: entry["default"] for name, entry in head["spec"]["inputs"].items()}
    lines = [
        re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: inputs[found[1]], line)
        for line in job["bplint"]["script"]
    ]
    assert lines[0] == "pip install bplint"
    run(lines[1], folder)
    for name in job["bplint"]["artifacts"]["reports"].values():
        assert (folder / name).stat().st_size > 0


def test_action_runs(folder: Path) -> None:
    """Its last step, with the program that the step before installs."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    program = folder / "bplint" / "bin" / "bplint"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bplint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    step = action["runs"]["steps"][-1]
    assert set(step["env"]) == {"PATHS", "ARGUMENTS", "SARIF"}
    given = "RUNNER_TEMP=.\nPATHS=web\nARGUMENTS='--fail-on warning'\nSARIF=bplint.sarif\n"
    run(given + step["run"], folder)
    assert (folder / "bplint.sarif").stat().st_size > 0
