"""Mutants of correct blueprints: the reference parser and bplint say the same, and what once was not so."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tools.oracle.mutate import mutant
from tools.oracle.mutate_compare import (
    Judged,
    Mutant,
    Oracle,
    differ,
    judge,
    judged,
    mutants,
    run,
    said,
    told,
)
from tools.oracle.mutate_seeds import Seeds
from tools.oracle.mutate_shrink import Shrinker
from tools.oracle.reference import needs_oracle

if TYPE_CHECKING:
    from tools.oracle.mutate_compare import Verdict
    from tools.oracle.mutate_trees import Files

FOUND = Path(__file__).parent / "found.txt"
VERSION = "tosca_definitions_version: cloudify_dsl_1_5\n"
# two cores take half a minute for it; `make mutants` runs thousands
COUNT = 200
SEED = "1"


def found() -> list[tuple[str, Verdict, Files]]:
    """What mutants found, made small: the reference parser's verdict, and the files."""
    cases = []
    for number, text in enumerate(FOUND.read_text(encoding="utf-8").split("=== ")[1:], 1):
        head, _, body = text.partition("\n")
        main, *others = body.split("#: ")
        files = {"blueprint.yaml": main if "tosca_definitions_version" in main else VERSION + main}
        files.update(other.split("\n", 1) for other in others)
        cases.append((f"{number}: {head}", verdict_of(head), files))
    return cases


def verdict_of(text: str) -> Verdict:
    """`valid`, or `parse ClassName 103`."""
    if text == "valid":
        return None
    stage, name, *code = text.split()
    return stage, name, int(code[0]) if code else None


def wrong(each: Judged) -> bool:
    return bool(each.difference) and not each.explained


@pytest.mark.parametrize(("expected", "files"), [pytest.param(*case[1:], id=case[0]) for case in found()])
def test_found(expected: Verdict, files: Files, tmp_path: Path) -> None:
    ours = said(run(files, tmp_path))
    assert differ(expected, ours) == "", ours


@needs_oracle
def test_found_is_what_the_parser_says() -> None:
    cases = found()
    with Oracle() as oracle:
        verdicts = [each.theirs for each in judged([Mutant(name, files) for name, _, files in cases], oracle)]
    assert verdicts == [expected for _, expected, _ in cases]


@needs_oracle
def test_seeds_are_correct() -> None:
    made = [Mutant(str(number), files) for number, files in enumerate(Seeds().rich)]
    with Oracle() as oracle:
        assert [told(each) for each in judged(made, oracle) if each.theirs is not None or each.ours] == []


@needs_oracle
def test_mutants() -> None:
    with Oracle() as oracle:
        assert [told(each) for each in judged(list(mutants(SEED, COUNT)), oracle) if wrong(each)] == []


@needs_oracle
def test_what_is_found_is_made_small(tmp_path: Path) -> None:
    text = (
        f"{VERSION}node_types: {{t: {{properties: {{a: {{}}, b: {{default: 1}}}}}}, u: {{}}}}\n"
        "node_templates:\n"
        "  one: {type: t, properties: {a: 1, undeclared: {c: 1}}}\n"
        "  two: {type: u}\n"
    )
    made = Mutant("an undeclared property", {"blueprint.yaml": text, "more.yaml": ""})
    each = judge(made, ("parse", "DSLParsingLogicException", 106), tmp_path)
    with Oracle() as oracle:
        small = Shrinker(each, oracle, lambda judged: True).shrink()
    assert small.mutant.files == {
        "blueprint.yaml": VERSION
        + "node_types: {t: {}}\nnode_templates:\n  one: {type: t, properties: {undeclared: 1}}\n"
    }


@pytest.mark.parametrize("number", range(5))
def test_a_seed_makes_the_same_mutant(number: int) -> None:
    seeds = Seeds()
    made = [mutant(seeds.choose(random), random) for random in (Random(f"x/{number}"), Random(f"x/{number}"))]
    assert made[0] == made[1]
