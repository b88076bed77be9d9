"""Every fixture of every rule says exactly what it should, at the place it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from bplint.diagnostic import Diagnostic
from tests.support.markers import Expected, read_markers
from tests.support.words import words

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"
MAINS = ("blueprint.yaml", "plugin.yaml", "main.yaml")


def cases(prefix: str) -> list[object]:
    found = []
    for folder in sorted(FIXTURES.glob("BP[0-9][0-9][0-9]")):
        for case in sorted(folder.iterdir()):
            stem = case.name.split(".")[0]
            if stem == prefix or stem.startswith(prefix + "_"):
                if (
                    case.suffix == ".txt"
                    or ".fixed" in case.name
                    or ".options" in case.name
                    or stem.endswith("_fixed")
                ):
                    continue
                found.append(pytest.param(case, id=f"{folder.name}-{case.stem}"))
    return found


def main_of(case: Path) -> Path:
    if case.is_file():
        return case
    return next(case / name for name in MAINS if (case / name).exists())


def run(case: Path) -> LintResult:
    code = case.parent.name
    # a rule that is off by default is tested all the same
    return lint(LintRequest((str(main_of(case)),), config_of(case, code)))


def config_of(case: Path, code: str) -> Config:
    options = {"extend_select": (code,)}
    extra = (case if case.is_dir() else case.parent) / f"{case.stem}.options.json"
    if extra.exists():
        # `{case}` is the fixture's own folder
        options.update(json.loads(extra.read_text(encoding="utf-8").replace("{case}", case.as_posix())))
    return Config(**options)


def expected_of(case: Path) -> set[tuple[str, Expected]]:
    found = [case] if case.is_file() else sorted(case.rglob("*"))
    files = [path for path in found if path.is_file() and ".fixed." not in path.name]
    return {
        (file.name, marker)
        for file in files
        for marker in read_markers(file.read_bytes().decode("utf-8", "replace"))
    }


def found_of(result: LintResult, code: str) -> set[tuple[str, Expected]]:
    found = set()
    for entry in result.diagnostics:
        if entry.effect.value == "advice" and entry.code != code:
            continue
        lines = result.sources[entry.path].lines
        place = Expected(entry.code, lines.position(entry.span.start), lines.position(entry.span.end))
        found.add((entry.path.rsplit("/", 1)[-1], place))
    return found


def is_of(entry: Diagnostic, case: Path) -> bool:
    return entry.code == case.parent.name


@pytest.mark.parametrize("case", cases("bad"))
def test_bad_fixture_gives_exactly_its_markers(case: Path) -> None:
    expected = expected_of(case)
    assert any(marker.code == case.parent.name for _, marker in expected), (
        "fixture expects nothing of its rule"
    )
    assert found_of(run(case), case.parent.name) == expected


@pytest.mark.parametrize("case", cases("bad"))
def test_bad_fixture_says_exactly_its_words(case: Path, is_update: bool) -> None:
    """The message, help, related places and fixes of a rule are in a text beside the fixture."""
    result = run(case)
    told = [entry for entry in result.diagnostics if entry.effect.value != "advice" or is_of(entry, case)]
    text = words(told, result.sources, case if case.is_dir() else case.parent)
    goldens = case.parent / f"{case.name.split('.')[0]}.txt"
    if is_update:
        goldens.write_text(text, encoding="utf-8", newline="\n")
    assert text == goldens.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", cases("good"))
def test_good_fixture_has_nothing_of_its_rule(case: Path) -> None:
    found = list(run(case).diagnostics)
    assert [entry for entry in found if entry.code == case.parent.name] == []
    assert [entry for entry in found if entry.effect.value == "refused"] == []


# what a fixture of a few lines cannot show: bplint's own mistakes, files that cannot be read, and limits
# (test_source_text, test_syntax_faults and test_imports_graph have them)
WITHOUT_FIXTURE = frozenset(("BP000", "BP001", "BP002", "BP005", "BP117"))


def test_every_rule_has_fixtures() -> None:
    from bplint.rules.registry import all_rules

    wanted = [rule for rule in all_rules() if rule.code not in WITHOUT_FIXTURE and rule.needs != "plan"]
    missing = []
    for rule in wanted:
        folder = FIXTURES / rule.code
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        missing += [
            f"{rule.code} {rule.name}: {prefix}*"
            for prefix in ("bad", "good", "good_")
            if not any(name.startswith(prefix) for name in names)
        ]
    assert missing == []


def test_no_text_is_left_of_a_fixture_that_went() -> None:
    known = {f"{case.values[0].parent.name}/{case.values[0].name.split('.')[0]}" for case in cases("bad")}  # type: ignore[attr-defined]
    texts = {f"{path.parent.name}/{path.stem}" for path in FIXTURES.glob("BP*/*.txt")}
    assert texts - known == set()
