"""Testing values against constraints; patterns that could run for ever; schedule times."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bplint.dsl.constraints import accepts_argument, judge_value
from bplint.dsl.patterns import MatchBudget, compiled, matches
from bplint.dsl.times import delta_parts, is_delta, minutes_of, moment_of
from bplint.dsl.timezones import is_timezone, timezones


@pytest.mark.parametrize(
    ("operator", "argument", "value", "verdict"),
    [
        ("equal", 5, 5.0, ""),
        ("equal", 5, "5", "broken"),
        ("greater_than", 5, 5, "broken"),
        ("greater_or_equal", 5, 5, ""),
        ("less_than", 5, True, ""),
        ("less_or_equal", 5, "x", "unfit"),
        ("in_range", [1, 3], 3, ""),
        ("in_range", [1, 3], None, "unfit"),
        ("valid_values", ["a", [1]], [1], ""),
        ("valid_values", [], "a", "broken"),
        ("length", 2, {"a": 1, "b": 2}, ""),
        ("min_length", 1, 7, "unfit"),
        ("max_length", 1, "", ""),
        ("pattern", "b", "ab", "broken"),
        ("pattern", "a", "ab", ""),
        ("pattern", "5", 5, "unfit"),
    ],
    ids=str,
)
def test_judging_a_value(operator: str, argument: Any, value: Any, verdict: str) -> None:
    assert judge_value(operator, argument, value, MatchBudget()) == verdict


@pytest.mark.parametrize(
    ("operator", "argument", "accepted"),
    [
        ("equal", 1.5, True),
        ("equal", True, False),
        ("in_range", [1, 2], True),
        ("in_range", [1, 2, 3], False),
        ("pattern", "(", False),
        ("pattern", "a+", True),
        ("name_pattern", {}, True),
        ("labels", {}, False),
        ("deployment_id", "x", True),
    ],
    ids=str,
)
def test_arguments(operator: str, argument: Any, accepted: bool) -> None:
    assert accepts_argument(operator, argument) is accepted


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a*)*b", "(a|aa)+$", "((a+)+)+$", "(.*a){20}", "(a|a|a)*c", "(?:a?){60}a{60}", r"(\w+\s?)*$"],
    ids=str,
)
def test_patterns_that_could_run_for_ever_are_not_run(pattern: str) -> None:
    begin = time.process_time()
    assert matches(pattern, "a" * 60 + "!", MatchBudget()) is None
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("pattern", "subject", "found"),
    [
        ("(hi)|(ab)", "lorem ipsum", False),
        (r"^(\d{1,3}\.){3}\d{1,3}$", "192.168.100.200", True),
        (r"[a-z0-9-]+\.[a-z]{2,}$", "example.org", True),
        (r"^[a-zA-Z][a-zA-Z0-9_-]*$", "a" * 200, True),
        (r"^(a+)+$", "aaaaaa!", False),
        (r"(?i)ABC", "abc", True),
        (r"^\s*$", "", True),
        (r"^(?=.*\d)(?=.*[a-z]).{8,}$", "abcdefg1", True),
    ],
    ids=str,
)
def test_everyday_patterns_are_run(pattern: str, subject: str, found: bool) -> None:
    assert matches(pattern, subject, MatchBudget()) is found


def test_many_costly_patterns_use_the_budget_up() -> None:
    budget = MatchBudget(1000)
    answers = [matches("(a+)+$", "aaaaaaaa", budget) for _ in range(20)]
    assert answers[0] is True
    assert answers[-1] is None


def test_deep_patterns_are_refused() -> None:
    assert compiled("(" * 5000 + ")" * 5000) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1 day", 1440),
        ("2h", 120),
        ("90 minutes", 90),
        ("1 w", 10080),
        ("1 month", None),
        ("day", None),
        ("1 day ", None),
    ],
    ids=str,
)
def test_minutes(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "parts"), [("+1 day+2h", ["1 day", "2h"]), ("+xx", []), ("+1 day +2h", ["1 day ", "2h"])]
)
def test_delta_parts(text: str, parts: list[str]) -> None:
    assert delta_parts(text) == parts


@pytest.mark.parametrize(
    ("text", "legal"), [("1 day", True), ("3 months", True), ("1 days ", False), ("one day", False)]
)
def test_deltas(text: str, legal: bool) -> None:
    assert is_delta(text) is legal


@pytest.mark.parametrize(
    ("text", "legal"),
    [("2030-01-01 02:00", True), ("2:5", True), ("2030-02-30 02:00", False), ("24:00", False), ("", False)],
)
def test_moments(text: str, legal: bool) -> None:
    assert (moment_of(text) is not None) is legal


def test_time_zones() -> None:
    assert is_timezone("America/Argentina/Buenos_Aires")
    assert is_timezone("UTC")
    assert not is_timezone("utc")
    assert not is_timezone("Europe/")
    assert all(map(is_timezone, timezones()))
