"""Our reading of YAML against PyYAML's, in both directions: what is refused, values and places.

The reference loads as the manager's loader does: children are built before their parents, so that an
alias inside of what it names fails. Seeded and bounded; `BPLINT_FUZZ` multiplies the number of cases.
"""

from __future__ import annotations

import math
import os
from typing import Any

import yaml
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bplint.lookup import UNKNOWN
from bplint.source import Source
from bplint.syntax.mapping import python_of
from bplint.syntax.parser import parse
from bplint.syntax.tree import MAPPING, SCALAR, Node

# faults of the language, and texts that the loader takes
NOT_OF_THE_LOADER = frozenset(
    (
        "crowded-syntax",
        "duplicate-key",
        "empty-file",
        "lost-parameter-name",
        "non-ascii-string",
        "non-mapping-root",
        "repeated-key",
        "lost-key",
        "several-merge-keys",
    )
)
SCALE = int(os.environ.get("BPLINT_FUZZ", "1"))
PIECES = (
    *("a", "b", "key", "12", "0x1", "1.5", "yes", "null", "2020-01-01", "1:20", "=", "~", "é", "."),
    *(" ", " ", "  ", "\n", "\n", "\n  ", "\n    ", "\r\n", "\t", "\x85", "\u2028"),
    *(":", ": ", ": ", "- ", "-", "?", "? ", "[", "]", "{", "}", ",", ", ", "#", " #"),
    *('"', "'", '"a"', "'b'", "\\", "\\n", "|", ">", "|\n", "|2", ">-", "%", "@", "`"),
    *("&a ", "*a", "&b ", "*b ", "<<: ", "!", "!t ", "!!str ", "!!int ", "!!map ", "---", "...", "\x07"),
    *("x: y\n", "- z\n", "\n  k: v", "{a:[b]}", "[a?b]"),
)
LINES = (
    *("inputs:", "  port:", "    type: integer", "    default: 80", "    description: Port: of it"),
    *("  host: {default: [a, 'b'], required: true}", "node_templates:", "  vm:", "    type: a.b"),
    *("    interfaces:", "      create: &x {inputs: {a: {get_input: b}}}", "      start: *x"),
    *(
        "    relationships:",
        "    - type: c",
        "      target: vm",
        "      - d",
        "    script: |",
        "      if a: b",
    ),
    *("        then # c", "", "# comment", "    text: >-", "      folded", "  \ttab", "    q: 'it''s'"),
    *('    d: "over', '      lines"', "    <<: *x", "   odd: 1", "  ? k", "  : v", "    - - e"),
)


class Loader(yaml.SafeLoader):
    """Builds children first, as the manager's loader."""

    def map_at_once(self, node: Any) -> Any:
        (value,) = self.construct_yaml_map(node)
        return value

    def seq_at_once(self, node: Any) -> Any:
        (value,) = self.construct_yaml_seq(node)
        return value

    def set_at_once(self, node: Any) -> Any:
        (value,) = self.construct_yaml_set(node)
        return dict.fromkeys(value)


Loader.add_constructor("tag:yaml.org,2002:map", Loader.map_at_once)
Loader.add_constructor("tag:yaml.org,2002:seq", Loader.seq_at_once)
Loader.add_constructor("tag:yaml.org,2002:set", Loader.set_at_once)


def comparable(value: Any) -> Any:
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        return {comparable(key): comparable(item) for key, item in value.items()}
    return value


def different_place(node: Node, other: Any) -> str | None:
    """Where a node's place is not PyYAML's; a block scalar's and a block collection's end are our own."""
    if node.start != other.start_mark.index:
        return f"start {node} {other.start_mark.index}"
    if node.kind == SCALAR:
        is_block = node.style in ("|", ">")
        return None if is_block or node.end == other.end_mark.index else f"end {node}"
    if node.style and node.end != other.end_mark.index:
        return f"end {node}"
    own = [each for pair in node.items or () for each in pair] if node.kind == MAPPING else node.items or []
    others = [each for pair in other.value for each in pair] if node.kind == MAPPING else other.value
    return next((found for pair in zip(own, others, strict=True) if (found := different_place(*pair))), None)


def compare(text: str) -> None:
    try:
        expected, error = yaml.load(text, Loader), None
    except Exception as refusal:
        expected, error = None, refusal
    source, faults = Source.from_bytes("x", text.encode())
    found = parse(source)
    faults += found.faults
    assert all(0 <= fault.span.start <= fault.span.end <= len(text) for fault in faults)
    if any(fault.rule == "flattened-mapping" for fault in faults):
        return  # set aside because of what the language says
    refusals = [fault for fault in faults if fault.rule not in NOT_OF_THE_LOADER]
    assert (error is None) == (not refusals), (text, error, refusals)
    if error is not None:
        return
    value = None if found.root is None else python_of(found.root)
    assert value is not UNKNOWN
    assert repr(comparable(value)) == repr(comparable(expected))
    if found.root is not None and not set(text) & set("&!*"):
        assert different_place(found.root, yaml.compose(text, yaml.SafeLoader)) is None


def test_reference_refuses_what_the_managers_loader_refuses() -> None:
    for text in ("a: &a [*a]", "? [a]\n: b", "a: =", "a: {b: *c}"):
        compare(text)


bounded = settings(
    max_examples=1500 * SCALE,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@seed(1)
@bounded
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_pieces(text: str) -> None:
    compare(text)


@seed(2)
@bounded
@given(st.lists(st.sampled_from(LINES), max_size=20).map("\n".join))
def test_lines(text: str) -> None:
    compare(text)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = "\n".join(LINES[:12]) + "\n"
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 3)) :]
    return text


@seed(3)
@bounded
@given(damaged())
def test_damaged_blueprints(text: str) -> None:
    compare(text)


@seed(4)
@bounded
@given(st.binary(max_size=60))
def test_any_bytes_are_answered(data: bytes) -> None:
    source, faults = Source.from_bytes("x", data)
    first, second = parse(source), parse(source)
    assert [(fault.rule, fault.span) for fault in first.faults] == [
        (fault.rule, fault.span) for fault in second.faults
    ]
    assert all(0 <= fault.span.start <= len(source.text) for fault in faults)
    assert source.to_bytes(source.text) == data or source.encoding.startswith("utf-16")
