"""Counts over outcomes: who tells which faults, and what is told of files that are right."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.accuracy.case_bench import Outcome
    from benchmarks.accuracy.tool_reports import Told

TOOLS = ("bplint", "cfy-lint", "yamllint")


class Caught(NamedTuple):
    """How a tool did on some faults: told at a right line, elsewhere only, as advice only, or not at all.

    `faults` are those that the tool was asked about, `ended` files on which it ended with a result.
    """

    faults: int
    ended: int
    right: int
    elsewhere: int
    advice: int

    @property
    def missed(self) -> int:
        return self.faults - self.right - self.elsewhere - self.advice


class Clean(NamedTuple):
    """What a tool tells of files that the judges take; `refused` contradicts them."""

    files: int
    ended: int
    refused: int
    fails: int
    advice: int


class ByRule(NamedTuple):
    """A rule of bplint: faults that it tells at a right line or elsewhere, those of its kinds that nobody
    tells, and refusals of files that are valid."""

    rule: str
    right: int
    elsewhere: int
    missed: int
    false: int


def caught(outcomes: Iterable[Outcome], tool: str) -> Caught:
    faults = [each for each in outcomes if each.verdict is not None and tool in each.told]
    ended = right = elsewhere = advice = 0
    for each in faults:
        ended += each.told.get(tool) is not None
        # the peers have one level for a missing blank and for a type that does not exist
        is_graded = tool == "bplint"
        if each.told_by(tool, error=is_graded, right=True):
            right += 1
        elif each.told_by(tool, error=is_graded):
            elsewhere += 1
        elif each.told_by(tool, right=True):
            advice += 1
    return Caught(len(faults), ended, right, elsewhere, advice)


def clean(told: Sequence[Sequence[Told] | None]) -> Clean:
    """`told`: for each valid file what a tool tells, None where it ended without a result."""
    levels: Counter[str] = Counter(each.level for file in told for each in file or ())
    return Clean(
        len(told),
        sum(1 for file in told if file is not None),
        levels["refused"] + levels["error"],
        levels["fails"],
        levels["advice"] + levels["warning"],
    )


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        found[each.kind].append(each)
    return dict(sorted(found.items()))


def by_rule(outcomes: Sequence[Outcome]) -> list[ByRule]:
    """Every rule that told something; a fault that none tells counts for the one that tells its kind most."""
    right: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for kind in by_kind(outcomes).values():
        leading: Counter[str] = Counter()
        lost = 0
        for each in kind:
            errors = each.told_by("bplint", error=True)
            if each.verdict is None:
                false.update({told.rule for told in errors if told.level == "refused"})
                continue
            places = {told.rule for told in each.told_by("bplint", error=True, right=True)}
            right.update(places)
            leading.update(places)
            if not places:
                elsewhere.update({told.rule for told in errors})
            lost += not each.told_by("bplint")
        if leading:
            missed[leading.most_common(1)[0][0]] += lost
    rules = sorted({*right, *elsewhere, *missed, *false})
    return [ByRule(rule, right[rule], elsewhere[rule], missed[rule], false[rule]) for rule in rules]


def agreement(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """How many cases the reference parser and bplint both take or both refuse, of all that it judged."""
    same = judged = 0
    for each in outcomes:
        if each.verdict is not None and each.verdict[0] not in ("parse", "deploy"):
            continue
        if each.verdict is not None and each.verdict[1] in ("TimeoutError", "MemoryError", "RecursionError"):
            continue
        judged += 1
        is_refused = any(told.level == "refused" for told in each.told["bplint"] or ())
        same += is_refused == (each.verdict is not None and each.verdict[0] == "parse")
    return same, judged


def false_refusals(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Changed files that the reference parser takes and bplint refuses."""
    return [
        each
        for each in outcomes
        if (each.verdict is None or each.verdict[0] == "deploy")
        and any(told.level == "refused" for told in each.told["bplint"] or ())
    ]


def fired(outcomes: Iterable[Outcome]) -> set[str]:
    """Codes of the rules that told a true fault at a right line, as error or advice."""
    return {
        told.rule.partition(" ")[0]
        for each in outcomes
        if each.verdict is not None
        for told in each.told_by("bplint", right=True)
    }
