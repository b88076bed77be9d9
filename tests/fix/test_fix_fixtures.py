"""Fixes of fixtures: what `bad*` becomes is in `bad*.fixed.*`, and fixing that again changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult
from bplint.app.fixing import Fixing
from bplint.rules.registry import all_rules
from tests.rules.test_fixtures import FIXTURES, MAINS, cases, config_of, run

FIXABLE = {rule.code: rule.fixable for rule in all_rules() if rule.fixable is not None}
SAFE = [code for code, kind in FIXABLE.items() if kind == "safe"]


def fixed_name(path: Path) -> Path:
    return path.with_name(f"{path.stem}.fixed{path.suffix}")


def fixed_files(case: Path) -> list[Path]:
    if case.is_file():
        return [path for path in [fixed_name(case)] if path.exists()]
    return sorted(case.rglob("*.fixed.*"))


def fixable_cases() -> list[object]:
    return [case for case in cases("bad") if fixed_files(case.values[0])]  # type: ignore[attr-defined]


def copied(case: Path, folder: Path) -> Path:
    """A copy of a fixture without what it becomes: its main file."""
    if case.is_file():
        target = folder / case.name
        shutil.copyfile(case, target)
        return target
    target = folder / case.name
    shutil.copytree(case, target, ignore=shutil.ignore_patterns("*.fixed.*"))
    return next(target / name for name in MAINS if (target / name).exists())


def texts_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".fixed" not in path.name
    }


def fix(case: Path, main: Path) -> tuple[int, LintResult]:
    # what is unused in a fixture of another rule stays
    ignored = tuple(code for code in ("BP627", "BP932") if code != case.parent.name)
    config = config_of(case, case.parent.name)._replace(ignore=ignored)
    fixing = Fixing(LintRequest((str(main),), config), is_unsafe=True)
    fixing.write()
    return fixing.count, fixing.after


@pytest.mark.parametrize("case", fixable_cases())
def test_fixing_gives_the_fixed_fixture_and_is_then_done(case: Path, tmp_path: Path) -> None:
    main = copied(case, tmp_path)
    expected = texts_of(tmp_path)
    root = tmp_path if case.is_file() else tmp_path / case.name
    base = case.parent if case.is_file() else case
    for path in fixed_files(case):
        original = path.with_name(path.name.replace(".fixed.", "."))
        expected[(root / original.relative_to(base)).relative_to(tmp_path).as_posix()] = path.read_bytes()
    fix(case, main)
    assert texts_of(tmp_path) == expected
    assert fix(case, main)[0] == 0
    assert texts_of(tmp_path) == expected


@pytest.mark.parametrize("code", FIXABLE)
def test_every_fixable_rule_has_a_fixed_fixture(code: str) -> None:
    cases_of_rule = [case for case in (FIXTURES / code).iterdir() if case.name.startswith("bad")]
    assert any(
        fixed_files(case) and any(entry.code == code and entry.fix for entry in run(case).diagnostics)
        for case in cases_of_rule
        if ".fixed" not in case.name and ".options" not in case.name
    )


@pytest.mark.parametrize("case", cases("bad"))
def test_fixes_are_of_rules_that_say_so(case: Path) -> None:
    found = {(entry.code, entry.fix.applicability.value) for entry in run(case).diagnostics if entry.fix}
    # a rule with safe fixes may have unsafe ones as well
    assert {code for code, _ in found} <= set(FIXABLE)
    assert {code for code, kind in found if kind == "safe"} <= set(SAFE)
