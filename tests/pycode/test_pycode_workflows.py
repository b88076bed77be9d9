"""Five workflow modules in the manner of a manual: each mistake is told at its place, the twins are clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from tests.support.markers import Expected, read_markers

CODE = Path(__file__).parents[2] / "fixtures" / "code"
MODULES = sorted(path.name for path in CODE.iterdir())


def found_in(folder: Path) -> set[tuple[str, Expected]]:
    result = lint(LintRequest((str(folder / "plugin.yaml"),), Config()))
    found = set()
    for entry in result.diagnostics:
        lines = result.sources[entry.path].lines
        place = Expected(entry.code, lines.position(entry.span.start), lines.position(entry.span.end))
        found.add((entry.path.rsplit("/", 1)[-1], place))
    return found


def marked_in(folder: Path) -> set[tuple[str, Expected]]:
    files = (path for path in folder.rglob("*") if path.suffix in (".py", ".yaml"))
    return {(path.name, marker) for path in files for marker in read_markers(path.read_text("utf-8"))}


def test_there_are_five() -> None:
    assert len(MODULES) == 5


@pytest.mark.parametrize("name", MODULES)
def test_mistakes_are_told(name: str) -> None:
    assert found_in(CODE / name / "bad") == marked_in(CODE / name / "bad")


@pytest.mark.parametrize("name", MODULES)
def test_corrected_twin_is_clean(name: str) -> None:
    assert found_in(CODE / name / "good") == set()
