"""Peers of the benchmark: a run that failed gives no figure."""

from __future__ import annotations

import sys

import pytest

from benchmarks.peers import Result, remote_imports, result_of
from benchmarks.row import Row


def printing(text: str, code: int) -> list[str]:
    return [sys.executable, "-c", f"import sys\nprint({text!r})\nsys.exit({code})"]


@pytest.mark.parametrize(
    ("peer", "text", "code", "expected"),
    [
        ("yamllint", "a.yaml\n  3:1  error  x\n  14:2  warning  y", 1, Result("2 reports")),
        ("yamllint", "", 0, Result("0 reports")),
        ("yamllint", "Traceback (most recent call last):\nTypeError: x", 1, Result(failure="TypeError: x")),
        ("cfy-lint", "ERROR  : 9   : (inputs): x", 0, Result("1 report")),
        ("cfy-lint", "ERROR  : <urlopen error x>", 1, Result(failure="ERROR  : <urlopen error x>")),
        ("cfn-lint", "E3002 x\na:1:1\n\nW1001 y\nb:1:1", 6, Result("2 reports")),
        ("cfn-lint", "no such file", 1, Result(failure="no such file")),
        ("dsl_parser", "3 nodes", 0, Result("3 nodes")),
        ("dsl_parser", "x", 1, Result(failure="x")),
    ],
)
def test_result(peer: str, text: str, code: int, expected: Result) -> None:
    assert result_of(peer, printing(text, code)) == expected


def test_a_failure_is_no_figure() -> None:
    row = Row("cfy-lint on x", "bplint", 0.0, 4.0, failure="TypeError: y")
    assert row.line == "| cfy-lint on x | bplint | – |  |  | no result: TypeError: y |"


def test_remote_imports() -> None:
    text = "imports: [types.yaml, 'plugin:a', 'https://x/y.yaml', {z.yaml: {}}]\n"
    assert remote_imports(text) == ["plugin:a", "https://x/y.yaml"]
