"""The tables of docs/accuracy.md."""

from __future__ import annotations

import platform
from collections import Counter
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.mistaken_files import BY_FAMILY
from benchmarks.accuracy.tally import (
    TOOLS,
    agreement,
    by_kind,
    by_rule,
    caught,
    clean,
    false_refusals,
    fired,
)
from bplint.rules.index import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.accuracy.case_bench import Outcome

FAMILIES = {
    "blueprint": "blueprints, judged by the reference parser and its plan creation",
    "plugin": "plugin files alone, judged by the reference parser through a blueprint of two lines",
    "code": "Python code, judged by a real import, calls with a made-up context and the real engine",
}
Valid = dict[str, Any]


def lines_of(
    outcomes: Sequence[Outcome], valid: Sequence[Valid], published: set[str], seed: str
) -> Iterator[str]:
    """The page below its mark. `published`: codes of rules that fire on a published file."""
    faults = sum(1 for each in outcomes if each.verdict is not None)
    same, judged = agreement(outcomes)
    yield f"Seed {seed}, Python {platform.python_version()}: {len(outcomes):,} mistakes put into valid files,"
    yield f"{faults:,} of them faults to their judges, {len(outcomes) - faults:,} not."
    yield f"On {same:,} of {judged:,} changed YAML files ({_share(same, judged)}) bplint and the reference"
    yield "parser agree whether a manager takes them."
    yield ""
    yield from _tools(outcomes)
    yield from _false_alarms(outcomes, valid)
    for family in FAMILIES:
        yield from _kinds(family, [each for each in outcomes if each.family == family])
    yield from _rules(outcomes)
    yield from _silent(fired(outcomes), published)


def _tools(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "## Faults that are told"
    yield ""
    yield "| in | tool | faults | at the right line | elsewhere only | as advice only | missed | no result |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for family, words in FAMILIES.items():
        own = [each for each in outcomes if each.family == family]
        for tool in TOOLS:
            if not any(tool in each.told for each in own) or (family == "code" and tool != "bplint"):
                continue
            found = caught(own, tool)
            yield (
                f"| {words} | {tool} | {found.faults:,} | {found.right:,} "
                f"({_share(found.right, found.faults)}) | {found.elsewhere:,} | {found.advice:,} "
                f"| {found.missed:,} | {found.faults - found.ended:,} |"
            )
    yield ""


def _false_alarms(outcomes: Sequence[Outcome], valid: Sequence[Valid]) -> Iterator[str]:
    yield "## What is told of valid files"
    yield ""
    yield "Per 1,000 valid files, unchanged. `refused` contradicts the judges: each is a false alarm. `fails`"
    yield "says what no judge of this page looks at; those of bplint are listed by rule, to be questioned."
    yield ""
    yield "| files | tool | number | refused or error | fails | warnings and advice | no result |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    groups = sorted({(each["family"], each["origin"]) for each in valid})
    for family, origin in groups:
        own = [each for each in valid if (each["family"], each["origin"]) == (family, origin)]
        for tool in TOOLS:
            told = [each["told"][tool] for each in own if tool in each["told"]]
            if not told or (family == "code" and tool != "bplint"):
                continue
            counted = clean(told)
            parts = (counted.refused, counted.fails, counted.advice)
            per = " | ".join(_per_thousand(part, counted.ended) for part in parts)
            name = f"{family}, {origin}"
            yield f"| {name} | {tool} | {counted.files:,} | {per} | {counted.files - counted.ended:,} |"
    yield ""
    wrong = false_refusals(outcomes)
    yield f"Of the changed files that the reference parser takes, bplint refuses {len(wrong):,}:"
    named = Counter(
        f"`{told.rule}`" for each in wrong for told in each.told_by("bplint") if told.level == "refused"
    )
    yield (", ".join(f"{name} {count}" for name, count in named.most_common()) or "none") + "."
    yield ""
    fails = Counter(
        f"`{told.rule}`"
        for each in valid
        for told in each["told"].get("bplint") or ()
        if told.level == "fails"
    )
    listed = ", ".join(f"{name} {count}" for name, count in fails.most_common()) or "none"
    yield f"`fails` on unchanged valid files: {listed}."
    yield ""


def _kinds(family: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    grouped = by_kind(outcomes)
    if not grouped:
        return
    summaries = {mistake.name: mistake.summary for mistake in BY_FAMILY[family]}
    peers = [tool for tool in TOOLS[1:] if family != "code" and any(tool in each.told for each in outcomes)]
    yield f"## Kinds of mistakes: {FAMILIES[family]}"
    yield ""
    yield "| mistake | | made | faults | right line | elsewhere | advice | missed |" + "".join(
        f" {tool}, right line |" for tool in peers
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|" + "---:|" * len(peers)
    for kind, own in grouped.items():
        found = caught(own, "bplint")
        others = "".join(f" {caught(own, tool).right} |" for tool in peers)
        yield (
            f"| {kind} | {summaries[kind]} | {len(own)} | {found.faults} | {found.right} "
            f"| {found.elsewhere} | {found.advice} | {found.missed} |{others}"
        )
    yield ""


def _rules(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "## Rules"
    yield ""
    yield "Faults that each rule tells as an error; `missed` are those of its kinds that nothing tells,"
    yield "`false` are refusals of changed files that the judges take."
    yield ""
    yield "| rule | right line | elsewhere | missed | false |"
    yield "|---|---:|---:|---:|---:|"
    for each in by_rule(outcomes):
        yield f"| {each.rule} | {each.right} | {each.elsewhere} | {each.missed} | {each.false} |"
    yield ""


def _silent(on_faults: set[str], published: set[str]) -> Iterator[str]:
    names = dict(line.split(" ")[:2] for line in RULES.splitlines())
    silent = [code for code in names if code not in on_faults | published and code != "BP000"]
    yield "## Rules that stay silent"
    yield ""
    yield f"{len(silent)} of {len(names)} rules fire neither on a fault of this run nor on a published file."
    yield "Each has its fixtures; whether anybody makes that mistake is the question."
    yield ""
    yield ", ".join(f"{code} {names[code]}" for code in silent) + "."


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _per_thousand(part: int, files: int) -> str:
    return f"{1000 * part / files:.0f}" if files else "–"
