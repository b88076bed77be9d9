"""Places, values and effective pairs of what parses."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from bplint.lookup import UNKNOWN
from bplint.source import Source
from bplint.syntax.comments import comments_of
from bplint.syntax.mapping import as_dict, from_python, get, get_pair, pairs, python_of
from bplint.syntax.parser import Parsed, parse
from bplint.syntax.scalars import is_string, text_of, type_name_of, value_of
from bplint.syntax.tree import Node, walk


def parsed(text: str) -> Parsed:
    found = parse(Source.from_text("x", text))
    assert found.faults == []
    return found


def root_of(text: str) -> Node:
    root = parsed(text).root
    assert root is not None
    return root


PLACES = [
    pytest.param("a: b", ["a: b", "a", "b"], id="plain"),
    pytest.param("a: 'b c'  # d", ["a: 'b c'", "a", "'b c'"], id="quoted"),
    pytest.param("a:\n  b: c\n\n# d\n", ["a:\n  b: c", "a", "b: c", "b", "c"], id="ends with the last child"),
    pytest.param(
        "a: |\n  b\n  c\n\n\nd: e", ["a: |\n  b\n  c\n\n\nd: e", "a", "|\n  b\n  c", "d", "e"], id="block"
    ),
    pytest.param("a: >-\n  b\n", ["a: >-\n  b", "a", ">-\n  b"], id="folded"),
    pytest.param("k:\n- a\n-\n- b", ["k:\n- a\n-\n- b", "k", "- a\n-\n- b", "a", "", "b"], id="list"),
    pytest.param("a: &x b\nc: *x", ["a: &x b\nc: *x", "a", "b", "c", "*x"], id="anchor and alias"),
    pytest.param("a: &x\n  b: c", ["a: &x\n  b: c", "a", "b: c", "b", "c"], id="anchor of a mapping"),
    pytest.param("a: !!str 1", ["a: !!str 1", "a", "1"], id="tag"),
    pytest.param("a: &x !!map # c\n  b: c", ["a: &x !!map # c\n  b: c", "a", "b: c", "b", "c"], id="both"),
    pytest.param("{a: [b, c ]}", ["{a: [b, c ]}", "a", "[b, c ]", "b", "c"], id="flow"),
    pytest.param("a: b\r\nc: d\r\n", ["a: b\r\nc: d", "a", "b", "c", "d"], id="carriage returns"),
    pytest.param("a: b\n  c\nd: e", ["a: b\n  c\nd: e", "a", "b\n  c", "d", "e"], id="plain over lines"),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_places(text: str, places: list[str]) -> None:
    assert [text[node.start : node.end] for node in walk(root_of(text))] == places


def test_byte_order_mark_is_no_part_of_the_text() -> None:
    source, _ = Source.from_bytes("x", b"\xef\xbb\xbfa: b")
    root = parse(source).root
    assert root is not None
    assert [(node.start, node.end) for node in walk(root)] == [(0, 4), (0, 1), (3, 4)]


SCALARS = [
    ("abc", "abc", "a string"),
    ("yes", True, "a boolean"),
    ("Off", False, "a boolean"),
    ("y", "y", "a string"),
    ("~", None, "null"),
    ("NULL", None, "null"),
    ("", None, "null"),
    ("12", 12, "an integer"),
    ("-0", 0, "an integer"),
    ("012", 10, "an integer"),
    ("0o12", "0o12", "a string"),
    ("09", "09", "a string"),
    ("0x1F", 31, "an integer"),
    ("0b101", 5, "an integer"),
    ("1_000", 1000, "an integer"),
    ("1:30", 90, "an integer"),
    ("+1", 1, "an integer"),
    ("1.5", 1.5, "a float"),
    ("1e3", "1e3", "a string"),
    ("1.0e+3", 1000.0, "a float"),
    ("-.inf", float("-inf"), "a float"),
    ("1:30.5", 90.5, "a float"),
    ("2020-01-02", datetime.date(2020, 1, 2), "a date"),
    ("2020-01-02 03:04:05", datetime.datetime(2020, 1, 2, 3, 4, 5), "a date"),
    ("2020-1-2", "2020-1-2", "a string"),
    ("1.2.3", "1.2.3", "a string"),
    ("'12'", "12", "a string"),
    ('"\\x41"', "A", "a string"),
    ("!!str 12", "12", "a string"),
    ("!!int '12'", 12, "an integer"),
    ("! '12'", 12, "an integer"),
    ("!!binary aGk=", b"hi", "binary data"),
    ("!!null x", None, "null"),
    ("9" * 18, 10**18 - 1, "an integer"),
    ("9" * 30, 10**30 - 1, "an integer"),
]


@pytest.mark.parametrize(("written", "value", "type_name"), SCALARS, ids=[case[0][:20] for case in SCALARS])
def test_values(written: str, value: Any, type_name: str) -> None:
    node = get(root_of(f"a: {written}\n"), "a")
    assert node is not None
    assert value_of(node) == value
    assert type(value_of(node)) is type(value)
    assert type_name_of(node) == type_name
    assert is_string(node) is isinstance(value, str)
    assert text_of(node) == (value if isinstance(value, str) else None)


MAPPINGS: list[tuple[str, dict[Any, Any]]] = [
    ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
    ("a: &x {b: 1}\nd: {b: 2, <<: *x}", {"a": {"b": 1}, "d": {"b": 2}}),
    ("<<: [{a: 1, b: 1}, {a: 2, c: 2}]\nc: 3", {"a": 1, "c": 3, "b": 1}),
    ("a: &x {b: 1, <<: *x}", {"a": {"b": 1}}),
    ("'<<': {a: 1}", {"<<": {"a": 1}}),
    ("=: 1", {"=": 1}),
    ("1: a\nyes: b\n1.5: c", {1: "b", 1.5: "c"}),
    ("? a\n: b\n? c\n", {"a": "b", "c": None}),
]


@pytest.mark.parametrize(("text", "value"), MAPPINGS, ids=[case[0] for case in MAPPINGS])
def test_effective_pairs(text: str, value: dict[Any, Any]) -> None:
    root = parse(Source.from_text("x", text)).root
    assert root is not None
    assert python_of(root) == value
    assert list(python_of(root)) == list(value)


def test_duplicate_key_keeps_the_first_place_and_the_last_value() -> None:
    root = parse(Source.from_text("x", "a: 1\nb: 2\na: 3\n")).root
    assert root is not None
    assert len(root.items or ()) == 3
    assert [(key.start, value_of(value)) for key, value in pairs(root)] == [(0, 3), (5, 2)]
    pair = get_pair(root, "a")
    assert pair is not None
    assert (pair[0].start, value_of(pair[1])) == (0, 3)


def test_only_string_keys_are_names() -> None:
    root = root_of("a: 1\n2: b\nyes: c\n'no': d\n")
    assert list(as_dict(root)) == ["a", "no"]
    assert get(root, "yes") is None


def test_value_that_cannot_be_made_is_unknown() -> None:
    root = parse(Source.from_text("x", "a: 2020-13-45\n")).root
    assert root is not None
    node = get(root, "a")
    assert node is not None
    assert value_of(node) is UNKNOWN
    assert text_of(node) is None


def test_python_values_to_nodes() -> None:
    value = {"a": [1, "1", None, True, 1.5], "b": {}}
    node = from_python(value, root_of("x: y").span)
    assert python_of(node) == value
    assert {tuple(each.span) for each in walk(node)} == {(0, 4)}


COMMENTS = [
    ("# a\nb: c # d\n", ["# a", "# d"]),
    ("a: 'b # c' # d", ["# d"]),
    ("a: b#c", []),
    ("a: | # b\n  # c\nd: e\n", ["# b"]),
    ("a: [b, # c\n  d] # e", ["# c", "# e"]),
    ("a: b # c # d", ["# c # d"]),
    ("a: [b # c\nd: e # f\n", ["# c", "# f"]),
]


@pytest.mark.parametrize(("text", "comments"), COMMENTS, ids=[case[0] for case in COMMENTS])
def test_comments(text: str, comments: list[str]) -> None:
    source = Source.from_text("x", text)
    found = comments_of(source)
    assert [comment.text for comment in found] == comments
    assert [text[slice(*comment.span)] for comment in found] == comments


@pytest.mark.parametrize("written", ["[a, 1]", "{a: {b: 1}}"])
def test_collections_have_no_value_of_their_own(written: str) -> None:
    node = get(root_of(f"a: {written}\n"), "a")
    assert node is not None
    assert value_of(node) is UNKNOWN
    assert python_of(node) in (["a", 1], {"a": {"b": 1}})
