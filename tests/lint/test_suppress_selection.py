"""Which rules run: select, extend-select, ignore, per file, mandatory."""

from __future__ import annotations

import pytest

from bplint.config import Config
from bplint.diagnostic import Confidence, Effect
from bplint.lint.select import Selection, unknown_selectors
from bplint.model.elements import NodeTemplate
from bplint.rules.registry import RuleBook
from bplint.rules.rule import Rule


def made(code: str, name: str, *, is_default: bool = True) -> Rule:
    rule = Rule(code, name, NodeTemplate, lambda element, ctx: iter(()))
    rule.effect = Effect.ADVICE
    rule.confidence = Confidence.HIGH
    rule.is_default = is_default
    return rule


RULES = (
    made("BP201", "first"),
    made("BP202", "second"),
    made("BP301", "third"),
    made("BP302", "opt-in", is_default=False),
)

ACTIVE = {
    "default": (Config(), "201 202 301"),
    "code": (Config(select=("BP201",)), "201"),
    "prefix": (Config(select=("BP2",)), "201 202"),
    "name": (Config(select=("third",)), "301"),
    "opt-in by prefix": (Config(select=("BP3",)), "301"),
    "opt-in by code": (Config(select=("BP302",)), "302"),
    "opt-in by name": (Config(extend_select=("opt-in",)), "201 202 301 302"),
    "all": (Config(select=("ALL",)), "201 202 301 302"),
    "ignore": (Config(ignore=("BP2",)), "301"),
    "ignore all but": (Config(select=("BP201",), ignore=("BP2",)), "201"),
    "ignore one of": (Config(select=("BP2",), ignore=("BP201",)), "202"),
    "ignore wins a tie": (Config(select=("BP2",), ignore=("BP2",)), ""),
    "name against code": (Config(select=("first",), ignore=("BP201",)), ""),
    "mandatory": (Config(select=("BP3",), ignore=("first",), mandatory=("first",)), "201 301"),
    "per file": (Config(per_file_extend_select=(("a/**", ("opt-in",)),)), "201 202 301 302"),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_active(name: str) -> None:
    config, codes = ACTIVE[name]
    assert " ".join(rule.code[2:] for rule in Selection(config, RuleBook.of(RULES)).active) == codes


PER_FILE = {
    "ignored": (Config(per_file_ignores=(("legacy/**", ("BP2",)),)), "legacy/a/b.yaml", "301"),
    "elsewhere": (Config(per_file_ignores=(("legacy/**", ("BP2",)),)), "new/b.yaml", "201 202 301"),
    "folder": (Config(per_file_ignores=(("legacy", ("BP2",)),)), "x/legacy/a/b.yaml", "301"),
    "file name": (Config(per_file_ignores=(("old_*.yaml", ("BP2",)),)), "x/old_1.yaml", "301"),
    "anchored": (Config(per_file_ignores=(("/old_*.yaml", ("BP2",)),)), "x/old_1.yaml", "201 202 301"),
    "extended": (
        Config(per_file_extend_select=(("new/**", ("opt-in",)),)),
        "new/b.yaml",
        "201 202 301 302",
    ),
    "not extended": (
        Config(per_file_extend_select=(("new/**", ("opt-in",)),)),
        "old/b.yaml",
        "201 202 301",
    ),
    "mandatory": (
        Config(per_file_ignores=(("**", ("ALL",)),), mandatory=("first",)),
        "a.yaml",
        "201",
    ),
}


@pytest.mark.parametrize("name", PER_FILE)
def test_per_file(name: str) -> None:
    config, path, codes = PER_FILE[name]
    selection = Selection(config, RuleBook.of(RULES))
    assert " ".join(rule.code[2:] for rule in RULES if selection.is_on(rule, path)) == codes


def test_unknown_selectors() -> None:
    assert unknown_selectors(("BP2", "first", "ALL", "BP9", "frist", ""), RULES) == ["BP9", "frist", ""]
