"""What counts as a call, and how calls are found."""

from __future__ import annotations

import pytest

from bplint.dsl.functions import FUNCTIONS, argument_fault, call_of
from bplint.model.call_scan import Scanner
from bplint.source import Source
from bplint.syntax.mapping import get
from bplint.syntax.parser import parse
from bplint.syntax.tree import Node


def value(text: str) -> Node:
    root = parse(Source("x.yaml", f"anchors: {{call: &call {{get_input: a}}}}\nvalue: {text}\n")).root
    assert root is not None
    found = get(root, "value")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "function"),
    [
        pytest.param("{get_input: a}", "get_input", id="one known key"),
        pytest.param("{type: string, get_input: a}", "get_input", id="type before"),
        pytest.param("{get_input: a, type: string}", "get_input", id="type behind"),
        pytest.param("{'get_input': a}", "get_input", id="quoted"),
        pytest.param("{<<: *call}", "get_input", id="merged"),
        pytest.param("{<<: *call, type: string}", "get_input", id="merged beside type"),
        pytest.param("{get_input: a, concat: []}", "concat", id="two functions, the last counts"),
        pytest.param("{get_input: a, get_input: b}", "get_input", id="duplicate"),
        pytest.param("*call", "get_input", id="alias"),
        pytest.param("{type: get_input}", None, id="type alone"),
        pytest.param("{get_input: a, other: b}", None, id="neighbour"),
        pytest.param("{get_input: a, type: b, other: c}", None, id="three keys"),
        pytest.param("{<<: *call, other: c}", None, id="merged beside another"),
        pytest.param("{get_inputs: a}", None, id="misspelt"),
        pytest.param("{}", None, id="empty"),
        pytest.param("[get_input, a]", None, id="list"),
        pytest.param("get_input", None, id="text"),
        pytest.param("{1: a}", None, id="number"),
    ],
)
def test_what_is_a_call(text: str, function: str | None) -> None:
    call = call_of(value(text))
    assert (call.function if call else None) == function


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        pytest.param(
            "[1, {a: {get_input: x}}, {get_secret: y}]", ["get_input", "get_secret"], id="side by side"
        ),
        pytest.param(
            "{concat: [{get_input: x}, {get_input: y}]}", ["concat", "get_input", "get_input"], id="nested"
        ),
        pytest.param("[*call, *call, [*call]]", ["get_input"], id="one node behind aliases, once"),
        pytest.param("{a: {<<: *call, b: 1}}", [], id="merged into data"),
        pytest.param("{a: {<<: {x: {get_input: y}}}}", ["get_input"], id="in what is merged"),
        pytest.param("{a: {get_input: x, get_input: 1, b: 2}}", [], id="data"),
        pytest.param("text", [], id="scalar"),
    ],
)
def test_finding_calls(text: str, functions: list[str]) -> None:
    assert sorted(call.function for call in Scanner().scan(value(text)).calls) == functions


def test_aliases_of_aliases_are_scanned_once() -> None:
    lines = ["a0: &a0 {get_input: x}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    root = parse(Source("x.yaml", "\n".join(lines))).root
    assert root is not None
    assert len(Scanner().scan(root).calls) == 1


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in FUNCTIONS])
def test_no_function_takes_nothing(name: str) -> None:
    call = call_of(value(f"{{{name}: null}}"))
    assert call is not None
    assert argument_fault(call) is not None
