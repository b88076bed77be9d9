"""Mistakes that the accuracy benchmark makes: where they are put, and what is counted."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks.accuracy import valid
from benchmarks.accuracy.case_bench import Outcome
from benchmarks.accuracy.mistaken_files import BY_FAMILY, applied, cases
from benchmarks.accuracy.tally import ByRule, Caught, by_rule, caught, false_refusals
from benchmarks.accuracy.tool_reports import Told, by_bplint, new
from benchmarks.accuracy.yaml_places import Change, read

OWN = {
    "blueprint": [each for each in valid.blueprints(None) if each.origin == "own"],
    "plugin": list(valid.plugins(None)),
    "code": list(valid.code()),
}
FAMILIES = sorted(OWN)
TEXT = """\
tosca_definitions_version: cloudify_dsl_1_4
inputs:
  size:
    default: 1
node_templates:
  web:
    type: acme.Web
    properties:
      size: { get_input: size }
    relationships:
      - type: cloudify.relationships.depends_on
        target: db
  db:
    type: acme.Db
"""


def made(name: str, seed: int = 1) -> str:
    mistake = next(each for each in BY_FAMILY["blueprint"] if each.name == name)
    change = mistake.make(read(TEXT), Random(seed))
    assert change is not None
    return applied(TEXT, change)


@pytest.mark.parametrize("family", FAMILIES)
def test_valid_files_are_told_no_error(family: str, tmp_path: Path) -> None:
    for number, each in enumerate(each for each in OWN[family] if not each.name.startswith("oracle/")):
        for path, text in each.files.items():
            (tmp_path / str(number) / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / str(number) / path).write_text(text, encoding="utf-8")
        told = by_bplint(tmp_path / str(number), each.main, None)
        assert [entry for entry in told if entry.is_error] == [], each.name


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_makes_the_same_cases(family: str) -> None:
    assert list(cases(family, OWN[family], "x", 40)) == list(cases(family, OWN[family], "x", 40))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_kind_finds_a_place(family: str) -> None:
    kinds = {mistake.name for mistake in BY_FAMILY[family]}
    # a plugin file alone has no node templates, groups and policies
    wanted = kinds if family != "plugin" else {"misspelt-parent-type", "tab", "renamed-plugin", "key-twice"}
    found = {case.kind for case in cases(family, OWN[family], "1", 6 * len(kinds))}
    assert wanted - found == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_changed_line_is_a_right_place(family: str) -> None:
    for case in cases(family, OWN[family], "1", 150):
        before = OWN[family][case.number].files[case.path].split("\n")
        after = case.text.split("\n")
        first = next((n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b), None)
        assert first is None or {(case.path, first), (case.path, first - 1)} & case.right, case.kind


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("dash-lost", "      - type: cloudify", "        type: cloudify"),
        ("list-for-mapping", "      - type: cloudify", "        type: cloudify"),
        ("dash-without-space", "- type", "-type"),
        ("version-lost", "tosca_definitions_version: cloudify_dsl_1_4\n", ""),
        ("target-itself", "target: db", "target: web"),
    ],
)
def test_a_mistake(name: str, before: str, after: str) -> None:
    assert made(name) == TEXT.replace(before, after)


def test_edits_are_applied_from_the_end() -> None:
    assert applied("abcdef", Change(((0, 1, "X"), (2, 2, "-"), (4, 6, "")))) == "Xb-cd"


def outcome(verdict: list[object] | None, *told: Told, kind: str = "k") -> Outcome:
    return Outcome("blueprint", kind, "v", verdict, [("b.yaml", 3)], {"bplint": list(told)}, "b.yaml", "")


RIGHT = Told("BP1 a", "b.yaml", 3, "m", "refused")
ELSEWHERE = Told("BP2 b", "b.yaml", 9, "m", "fails")
ADVICE = Told("BP3 c", "b.yaml", 3, "m", "advice")
FAULT: list[object] = ["parse", "E", 1]


def test_what_is_caught_is_counted() -> None:
    found = [
        outcome(FAULT, RIGHT, ELSEWHERE),
        outcome(FAULT, ELSEWHERE),
        outcome(FAULT, ADVICE),
        outcome(FAULT),
        outcome(None, RIGHT),
    ]
    assert caught(found, "bplint") == Caught(faults=4, ended=4, right=1, elsewhere=1, advice=1)
    assert caught(found, "bplint").missed == 1
    assert caught(found, "yamllint") == Caught(0, 0, 0, 0, 0)  # it was not asked
    assert by_rule(found) == [ByRule("BP1 a", 1, 0, 1, 1), ByRule("BP2 b", 0, 1, 0, 0)]
    assert false_refusals(found) == found[4:]


def test_what_was_told_before_is_not_new() -> None:
    moved = RIGHT._replace(line=7)
    assert new([RIGHT], [moved, moved, ELSEWHERE]) == [moved, ELSEWHERE]
