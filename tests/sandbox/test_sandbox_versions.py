"""The child runs under the interpreters that managers and agents have."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from bplint.config import Config
from bplint.plan.make_plan import make_plan
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import blueprint_of

ROOT = Path(__file__).parents[2]
SANDBOX = ROOT / "bplint" / "sandbox"
FILES = [*sorted(SANDBOX.rglob("*.py")), ROOT / "bplint" / "deployment" / "expand.py"]
NAMES = [f"python3.{minor}" for minor in range(6, 14)]
PYTHONS = {name: path for name in NAMES if (path := shutil.which(name))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_syntax_is_of_python_3_6(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_of_bplint_is_imported(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert [name for name in imported if name.split(".")[0] in ("bplint", "yaml", "click")] == []


@pytest.mark.parametrize("name", NAMES)
def test_plans_under_this_python(name: str) -> None:
    if name not in PYTHONS:
        pytest.skip(f"{name} is not on the path")
    blueprint = blueprint_of(str(ROOT / "fixtures" / "plans" / "tutorials" / "blueprint.yaml"))
    result = make_plan(blueprint, PlanOptions(workflow="plugs", python=PYTHONS[name]), Config())
    if result.plan is not None and "pyenv" in result.plan.output:
        pytest.skip(f"{name} on the path only stands for one that is not chosen")
    assert result.plan is not None
    assert result.plan.execution.status == "terminated"
    assert result.plan.counts.operations == 4
