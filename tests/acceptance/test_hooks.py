"""The hooks over whole repositories say what the folder says of the files that the changed ones reach."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.app.accepting import baseline_of
from bplint.app.reaching import main_files, reach_of
from bplint.config import Config
from tests.support.shared import SHARED, needs_shared

pytestmark = needs_shared
Place = tuple[str, int, int, str]


def repositories() -> list[object]:
    folders = [path for name in ("corpus", "corpus-field") for path in sorted(SHARED.glob(f"{name}/*"))]
    return [pytest.param(path, id=path.name) for path in folders if path.is_dir()]


@cache
def folder_of(path: Path) -> LintResult:
    return lint(LintRequest((str(path),), Config()))


def places(result: LintResult) -> set[Place]:
    # what one diagnostic stands for depends on what else is told
    shown = {(entry.path, entry.span, entry.code) for entry in result.folded}
    single = [each for each in result.diagnostics if (each.path, each.span, each.code) not in shown]
    return {(each.path, each.span.start, each.span.end, each.code) for each in (*single, *result.folded)}


@pytest.mark.parametrize("repository", repositories())
def test_every_file_changed(repository: Path) -> None:
    changed = [str(path) for path in repository.rglob("*") if path.suffix in (".yaml", ".yml")]
    reach = reach_of(changed, str(repository), Config())
    assert reach.mains == sorted(main_files(str(repository), Config()))
    assert places(lint(LintRequest(tuple(reach.mains), Config()))) == places(folder_of(repository))


@pytest.mark.parametrize("repository", repositories())
def test_one_file_changed(repository: Path) -> None:
    whole = places(folder_of(repository))
    for path in sorted(repository.rglob("*.yaml"))[::7]:
        reach = reach_of([str(path)], str(repository), Config())
        if reach.mains:
            found = places(lint(LintRequest(tuple(reach.mains), Config())))
            assert found <= whole
            assert {each for each in whole if each[0] == str(path)} == {
                each for each in found if each[0] == str(path)
            }


@pytest.mark.parametrize("repository", repositories())
def test_a_fresh_baseline_makes_all_green(repository: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    baseline.write_text(baseline_of(str(baseline), folder_of(repository))[0], encoding="utf-8")
    config = Config(baseline=str(baseline))
    assert lint(LintRequest((str(repository),), config)).diagnostics == ()
    for path in main_files(str(repository), config)[::5]:
        assert lint(LintRequest((path,), config)).diagnostics == ()
