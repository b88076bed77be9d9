"""The structure check: what it says of a file, and what it says nothing of."""

from __future__ import annotations

import sys

import pytest

from bplint.checks.shape.structure import StructureFaults, check_structure
from bplint.document import load_document
from bplint.dsl.versions import V1_0, V1_3, V1_5, Version
from bplint.lookup import UNKNOWN, Absent
from bplint.source import Source

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\n"


def faults_of(text: str, version: Version | Absent | None = V1_5, is_main: bool = True) -> StructureFaults:
    source, _ = Source.from_bytes("blueprint.yaml", text.encode())
    assert source is not None
    return check_structure(load_document(source), version, is_main)


def told(text: str, version: Version | Absent | None = V1_5, is_main: bool = True) -> list[tuple[str, str]]:
    """Kinds of faults, with the text they point at."""
    return [
        (fault.rule, text[fault.span.start : fault.span.end]) for fault in faults_of(text, version, is_main)
    ]


def raised(text: str) -> list[tuple[str, int | None]]:
    references = [fault.reference for fault in faults_of(text)]
    return [(entry.exception, entry.code) for entry in references if entry is not None]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        pytest.param(V1_3, [("not-supported-in-version", "item_type")], id="older"),
        pytest.param(V1_5, [], id="newer"),
        pytest.param(UNKNOWN, [], id="unknown"),
        pytest.param(None, [], id="none"),
    ],
)
def test_version_gate(version: Version | Absent | None, expected: list[tuple[str, str]]) -> None:
    assert told(HEAD + "inputs: {a: {type: list, item_type: string}}\n", version) == expected


def test_gate_of_definitions_is_for_the_main_file() -> None:
    assert told(HEAD + "dsl_definitions: {}\n", V1_0) == [("not-supported-in-version", "dsl_definitions")]
    assert told("dsl_definitions: 7\n", V1_0, is_main=False) == []


def test_an_import_needs_no_version() -> None:
    assert told("node_templates: {}\n", is_main=False) == []
    assert told("node_templates: {}\n") == [("missing-version", "node_templates")]


def test_version_in_a_merged_mapping() -> None:
    text = "metadata: &x {tosca_definitions_version: cloudify_dsl_1_5}\n<<: *x\nnode_templates: {}\n"
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plugins: 7\n", ("ValueError", None), id="plugins"),
        pytest.param("data_types: {a: 7}\n", ("AttributeError", None), id="data type"),
        pytest.param("data_types: {a: {derived_from: [b]}}\n", ("TypeError", None), id="base of a data type"),
        pytest.param("outputs: {a: 7}\n", ("DSLParsingFormatException", 1), id="output"),
        pytest.param("outputs: {a: {value: 2024-01-01}}\n", ("ValueError", None), id="date"),
        pytest.param("inputs: {~: {}}\n", ("ValueError", None), id="null as name"),
        pytest.param("inputs: {1: {}}\n", ("DSLParsingFormatException", 1), id="number as name"),
        pytest.param("labels: {a: {values: [1]}}\n", ("DSLParsingException", 1), id="label"),
        pytest.param("relationships: {a: }\n", ("KeyError", None), id="null relationship type"),
    ],
)
def test_what_the_parser_raises(text: str, expected: tuple[str, int | None]) -> None:
    assert raised(HEAD + text) == [expected]


def test_the_last_of_two_equal_keys_counts() -> None:
    assert told(HEAD + "node_types:\n  a: 7\n  a: {}\n") == []
    assert told(HEAD + "node_types:\n  a: {}\n  a: 7\n") == [("wrong-shape", "7")]


def test_an_anchored_block_is_told_once() -> None:
    text = HEAD + "node_types: {a: &x {strange: 1}, b: *x, c: *x}\n"
    assert told(text) == [("unknown-key", "strange")]


def test_an_anchored_block_is_looked_at_for_each_shape() -> None:
    text = HEAD + "metadata: &x {value: 1, strange: 2}\noutputs: {a: *x}\ncapabilities: {a: *x}\n"
    assert told(text) == [("unknown-key", "strange")]


def test_merged_blocks_are_told_once() -> None:
    text = HEAD + "metadata: &x {interfaces: {i: {o: 7}}}\nnode_types: {a: {<<: *x}, b: {<<: *x}}\n"
    assert told(text) == [("wrong-shape", "7")]


def calls_of(text: str) -> int:
    """Python calls that the check of a text makes."""
    source, _ = Source.from_bytes("blueprint.yaml", text.encode())
    assert source is not None
    document = load_document(source)
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        check_structure(document, V1_5, True)
    finally:
        sys.setprofile(None)
    return calls


def test_aliases_of_aliases_cost_nothing() -> None:
    width = 60
    operations = ", ".join(f"o{number}: *op" for number in range(width))
    interfaces = ", ".join(f"i{number}: *ops" for number in range(width))
    types = ", ".join(f"t{number}: *type" for number in range(width))
    text = (
        HEAD
        + f"metadata:\n  a: &op {{strange: 1}}\n  b: &ops {{{operations}}}\n"
        + f"  c: &type {{interfaces: {{{interfaces}}}}}\nnode_types: {{{types}}}\n"
    )
    assert told(text) == [("unknown-key", "strange")]
    assert calls_of(text) < 100 * width


def test_merged_blocks_of_merged_blocks_cost_nothing() -> None:
    width = 60
    operations = ", ".join(f"o{number}: {{}}" for number in range(width))
    types = ", ".join(f"t{number}: {{<<: *type}}" for number in range(width))
    text = HEAD + f"metadata: &type {{interfaces: {{i: {{{operations}}}}}}}\nnode_types: {{{types}}}\n"
    assert told(text) == []
    assert calls_of(text) < 100 * width


def test_many_faults_beside_many_blocks_set_aside() -> None:
    one = "  a{}: {{properties: {{}}}}\n  b{}: [x\n"
    small = HEAD + "node_templates:\n" + "".join(one.format(n, n) for n in range(100))
    large = HEAD + "node_templates:\n" + "".join(one.format(n, n) for n in range(400))
    assert calls_of(large) < 5 * calls_of(small)


def test_a_block_set_aside_may_hold_what_is_missing() -> None:
    text = HEAD + "node_templates:\n  a:\n    properties: {}\n    type: {x: ]\noutputs: {b: 7}\n"
    kinds = [kind for kind, _ in told(text)]
    assert "missing-key" not in kinds
    assert "empty-value" not in kinds


def test_a_block_set_aside_hides_nothing_of_its_neighbours() -> None:
    text = (
        HEAD
        + "node_templates:\n  a:\n    properties: {}\n  b: [x\n  c:\n    properties: {}\noutputs: {d: 7}\n"
    )
    assert told(text) == [("missing-key", "a"), ("missing-key", "c"), ("wrong-shape", "7")]


def test_a_misspelt_key_is_not_missed_as_well() -> None:
    assert told(HEAD + "node_templates: {a: {typ: b}}\n") == [("unknown-key", "typ")]
    assert told(HEAD + "node_templates: {a: {colour: b}}\n") == [
        ("unknown-key", "colour"),
        ("missing-key", "a"),
    ]


def test_what_is_broken_is_marked() -> None:
    text = HEAD + "node_types: {a: 7, b: {strange: 1}}\noutputs: {c: {value: }}\n"
    faults = faults_of(text)
    # the wrong value, the unknown key's value and its mapping, the null
    assert len(faults.broken) == 4


def test_a_scalar_that_cannot_be_read_is_told_by_the_parser_alone() -> None:
    assert told(HEAD + "description: 2024-13-45\n") == []


def test_no_mapping_at_all() -> None:
    assert told("- a\n") == []
    assert told("") == []
