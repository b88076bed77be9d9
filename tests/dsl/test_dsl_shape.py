"""The table of the language holds together."""

from __future__ import annotations

import pytest

from bplint.dsl.builtin_types import BUILT_IN, OBJECT_BASED, PRIMITIVE
from bplint.dsl.language import blueprint, shapes
from bplint.dsl.shape import (
    FIXED,
    FREE,
    LEAF,
    LIST_OF,
    MAPPING_OF,
    Shape,
    walk_shapes,
)
from bplint.dsl.versions import SUPPORTED, V1_0, parse_version, version_text
from bplint.rules.registry import all_rules

NAMED = [pytest.param(shape, id=name) for name, shape in shapes().items()]
EVERY = list(walk_shapes(blueprint()))
LEAVES = [shape for shape in EVERY if shape.kind == LEAF]


@pytest.mark.parametrize("shape", NAMED)
def test_every_key_says_what_it_is_for(shape: Shape) -> None:
    assert [key.name for key in shape.keys.values() if not key.doc.endswith(".")] == []


@pytest.mark.parametrize("shape", NAMED)
def test_required_keys_are_keys(shape: Shape) -> None:
    assert set(shape.required) <= shape.keys.keys()


def test_every_fixed_mapping_has_a_name() -> None:
    assert [shape.title for shape in EVERY if shape.kind == FIXED and not shape.name] == []


def test_every_collection_has_items() -> None:
    assert [
        shape.title for shape in EVERY if shape.kind in (MAPPING_OF, LIST_OF) and shape.item is None
    ] == []


def test_only_imports_are_judged_elsewhere() -> None:
    assert [shape.title for shape in EVERY if shape.kind == FREE] == ["a list of imports"]


def test_every_leaf_has_types() -> None:
    assert [shape.title for shape in LEAVES if not shape.types] == []


def test_every_fault_of_the_table_has_a_rule() -> None:
    names = {rule.name for rule in all_rules()}
    assert {shape.fault for shape in EVERY} <= names


@pytest.mark.parametrize("text", SUPPORTED)
def test_version_round_trip(text: str) -> None:
    version = parse_version(text)
    assert version is not None
    assert version_text(version) == text


@pytest.mark.parametrize("text", ["", "cloudify_dsl_1_6", "1.5", None, 1.5])
def test_no_version(text: object) -> None:
    assert parse_version(text) is None


def test_versions_are_ordered() -> None:
    assert list(SUPPORTED.values()) == sorted(SUPPORTED.values())


def test_gates_name_later_versions() -> None:
    assert all(V1_0 < gate <= max(SUPPORTED.values()) for gate in OBJECT_BASED.values())


def test_built_in_types() -> None:
    assert len(BUILT_IN) == len(PRIMITIVE) + len(OBJECT_BASED) == 17
