"""What is told about text that the manager's loader refuses, and what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from bplint.source import Source
from bplint.syntax.mapping import python_of
from bplint.syntax.parser import Parsed, parse
from bplint.syntax.tree_builder import MAX_NODES


def parsed(text: str) -> Parsed:
    return parse(Source.from_text("x", text))


def value_of(found: Parsed) -> Any:
    return None if found.root is None else python_of(found.root)


KEPT: list[tuple[str, str, list[str], Any]] = [
    ("bracket", "a: 1\nb: [2\nc: 3\n", ["unclosed-bracket"], {"a": 1, "c": 3}),
    ("quote", "a: 1\nb: '2\nc: 3\n", ["unclosed-quote"], {"a": 1, "c": 3}),
    ("quote over two lines", "a: [1\nb: '2\nc'\nd: 3\n", ["unclosed-bracket"], {"b": "2 c", "d": 3}),
    ("nested", "a:\n  b:\n    c: x: y\n    d: 1\n  e: 2\n", ["nested-colon"], {"a": {"b": {"d": 1}, "e": 2}}),
    ("two", "a: [1\nb: 2\nc: {3\nd: 4\n", ["unclosed-bracket", "unclosed-bracket"], {"b": 2, "d": 4}),
    ("list", "a:\n  - b: 1\n    c: 'x\n  - d: 2\n", ["unclosed-quote"], {"a": [{"b": 1}, {"d": 2}]}),
    ("list as deep as its key", "a:\n- b\n- c: x: y\nd: 1\n", ["nested-colon"], {"a": ["b", {}], "d": 1}),
    (
        "out of line",
        "a:\n  b: 1\n c: 2\n  d: 3\ne: 4\n",
        ["wrong-indentation"],
        {"a": {"b": 1, "d": 3}, "e": 4},
    ),
    ("first out of line", "a:\n    b: 1\n  c: 2\n  d: 3\n", ["wrong-indentation"], {"a": {"c": 2, "d": 3}}),
    ("below a value", "a:\n  b: 1\n    c: 2\n  d: 3\n", ["deeper-than-value"], {"a": {"b": 1, "d": 3}}),
    ("item among keys", "a:\n  b: 1\n  - c\n  d: 2\n", ["misplaced-list-item"], {"a": {"b": 1, "d": 2}}),
    ("key among items", "a:\n  - b\n  c: 1\n  - d\n", ["misplaced-key"], {"a": ["b", "d"]}),
    ("no colon", "a:\n  b\n    c: 1\n  d: 2\n", ["missing-colon"], {"a": {"d": 2}}),
    ("no space", "a: 1\nb:2\nc: 3\n", ["missing-space"], {"a": 1, "c": 3}),
    ("tabs", "a:\n\tb: 1\nc: 2\n", ["tab-character"], {"a": {}, "c": 2}),
    ("template", "a: {{ x }}/y\nb: 1\n", ["unquoted-braces"], {"b": 1}),
    ("reserved", "a: @x\nb: 1\n", ["reserved-character"], {"b": 1}),
    ("alias of a lost anchor", "a: [&x 1\nb: *x\n", ["unclosed-bracket"], {"b": None}),
    (
        "block scalar after it",
        "a: [1\nb: |\n  c: [\n  'd\ne: 2\n",
        ["unclosed-bracket"],
        {"b": "c: [\n'd\n", "e": 2},
    ),
    ("only libyaml: tab", "a: b\t\nc: d\n", ["tab-character"], {"a": "b", "c": "d"}),
    ("only libyaml: header", "a: |#b\n  c\n", ["tight-comment"], {"a": "c\n"}),
    ("only libyaml: question", "a: [b?c]\n", ["bare-question-mark"], {"a": ["b?c"]}),
    ("only PyYAML", "a: {b:[c]}\n", ["crowded-syntax"], {"a": {"b": ["c"]}}),
    ("both", "a: {b:[c]}\nd: [\ne: 1\n", ["crowded-syntax", "unclosed-bracket"], {"a": {"b": ["c"]}, "e": 1}),
    (
        "fault before and after",
        "a: 1\na: 2\nb: [\nc: 3\nc: 4\n",
        ["duplicate-key", "unclosed-bracket", "duplicate-key"],
        {"a": 2, "c": 4},
    ),
    ("nothing to keep", "a: [", ["unclosed-bracket"], {}),
    ("empty", "", ["empty-file"], None),
    ("second document", "a: 1\n---\nb: 2\n", ["several-documents"], {"a": 1}),
]


@pytest.mark.parametrize(
    ("text", "kinds", "value"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT]
)
def test_faults_and_what_is_kept(text: str, kinds: list[str], value: Any) -> None:
    found = parsed(text)
    assert [fault.rule for fault in found.faults] == kinds
    assert value_of(found) == value


# so long that the text is cut before PyYAML's slow parser looks at it
LONG = "# " + "x" * 3000 + "\n"


@pytest.mark.parametrize(
    ("text", "kinds", "value"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT]
)
def test_the_same_in_a_long_text(text: str, kinds: list[str], value: Any) -> None:
    found = parsed(LONG + text)
    assert [fault.rule for fault in found.faults] == kinds
    assert value_of(found) == value


REFERENCES = [
    ("a: [1", "DSLParsingFormatException", -1),
    ("a: 'b", "ScannerError", None),
    ("a:\n  b: 1\n c: 2\n", "DSLParsingFormatException", -1),
    ("a: b\tc", "ScannerError", None),
    ("a: 2020-13-01", "ValueError", None),
    ("a: !!bool maybe", "KeyError", None),
    ("a: !!int ''", "IndexError", None),
    pytest.param(
        f"{LONG}a: {{b:[ [c]}}\n", "DSLParsingFormatException", -1, id="a colon that only PyYAML takes"
    ),
]


@pytest.mark.parametrize(("text", "exception", "code"), REFERENCES)
def test_reference(text: str, exception: str, code: int | None) -> None:
    reference = parsed(text).faults[0].reference
    assert reference is not None
    assert (reference.exception, reference.code) == (exception, code)


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "a: [1\nb:\n  - c: 2\n    d: {e: 'f'}\n"
    found = parsed(text)
    assert [text[start:end] for start, end in found.holes] == ["a: [1"]
    root = found.root
    assert root is not None
    assert [text[key.start : key.end] for key, _ in root.items or ()] == ["b"]
    assert text[root.start : root.end] == text.rstrip()


LIMITS = [
    pytest.param("[" * 600, "nesting-too-deep", id="flow"),
    pytest.param("".join(" " * depth + "a:\n" for depth in range(600)), "nesting-too-deep", id="block"),
    pytest.param("- " * 600, "nesting-too-deep", id="list"),
    pytest.param("- a\n" * (MAX_NODES + 200_000), "too-many-nodes", id="nodes"),
    pytest.param(
        "a: &a [" + "x, " * 1000 + "]\nb: &b [" + "*a, " * 1000 + "]\nc: [*b, *b]\n",
        "alias-expansion",
        id="aliases",
    ),
]


@pytest.mark.parametrize(("text", "kind"), LIMITS)
def test_limits(text: str, kind: str) -> None:
    assert [fault.rule for fault in parsed(text).faults if fault.rule != "non-mapping-root"] == [kind]


HOSTILE = [
    pytest.param("a: b: c\n" * 20_000, id="every line"),
    pytest.param("a: b\n- c\n" * 20_000, id="every other line"),
    pytest.param("a:" + "\t" * 200_000, id="tabs"),
    pytest.param("a: b #" + "\t#" * 100_000 + "\n]", id="tabs in a comment"),
    pytest.param("a: b\t\n" * 20_000, id="a tab a line"),
    pytest.param('"' * 200_000, id="quotes"),
    pytest.param("k" * 200_000 + ": v", id="long key"),
    pytest.param("".join(" " * (400 - depth) + "a: b\n" for depth in range(400)), id="stairs down"),
    pytest.param("".join(" " * depth + "a:\n" for depth in range(400)) + "b: [", id="stairs up"),
    pytest.param("a: " + "1" * 200_000, id="digits"),
    pytest.param("a: " + "1:" * 100_000 + "1.0", id="sexagesimal"),
    pytest.param("? " * 5_000, id="question marks"),
    pytest.param("]\n" * 50_000, id="brackets"),
    pytest.param("a: [\ufeff\x85\u2028\n" * 500, id="odd line breaks"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_answered(text: str) -> None:
    found = parsed(text)
    assert found.faults
    assert all(0 <= fault.span.start <= fault.span.end <= len(text) for fault in found.faults)
