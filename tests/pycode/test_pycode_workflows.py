"""Five workflow modules in the manner of a manual: each mistake is told at its place, the twins are clean."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.pycode.code_faults import CodeFault
from bplint.rules.registry import all_rules
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


def test_every_fault_of_code_has_its_rule() -> None:
    folder = CODE.parent.parent / "bplint" / "pycode"
    for path in folder.rglob("*_faults.py"):
        import_module(".".join(path.relative_to(folder.parent.parent).with_suffix("").parts))
    kinds = {kind for kind in kinds_below(CodeFault) if not kind.__subclasses__()}
    assert len(kinds) > 60
    assert kinds - {rule.on for rule in all_rules()} == set()


def kinds_below(kind: type[CodeFault]) -> Iterator[type[CodeFault]]:
    for each in kind.__subclasses__():
        yield each
        yield from kinds_below(each)


def test_there_are_five() -> None:
    assert len(MODULES) == 5


@pytest.mark.parametrize("name", MODULES)
def test_mistakes_are_told(name: str) -> None:
    assert found_in(CODE / name / "bad") == marked_in(CODE / name / "bad")


@pytest.mark.parametrize("name", MODULES)
def test_corrected_twin_is_clean(name: str) -> None:
    assert found_in(CODE / name / "good") == set()
