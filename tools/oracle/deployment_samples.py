"""Small blueprints with the inputs of a deployment, one question each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from tools.oracle.function_samples import BASE, Case, case, operation

if TYPE_CHECKING:
    from collections.abc import Iterator


def given_inputs() -> Iterator[Case]:
    entries: list[dict[str, Any]] = [
        {},
        {"required": False},
        {"required": None},
        {"default": None},
        {"default": 5},
        {"type": "integer"},
        {"type": "string"},
        {"type": "boolean"},
        {"type": "float"},
        {"type": "list"},
        {"type": "dict"},
        {"type": "regex"},
        {"type": "part"},
        {"type": "whole"},
        {"type": "bare"},
        {"type": "list", "item_type": "integer"},
        {"constraints": [{"less_than": 7}]},
        {"constraints": [{"length": 2}, {"pattern": "a"}]},
        {"constraints": [{"labels": []}]},
        {"constraints": None},
        {"type": "bare", "required": False},
        {"type": "dict", "required": False},
    ]
    values: list[dict[str, Any]] = [
        {},
        {"c": 5},
        {"c": "ab"},
        {"c": None},
        {"c": True},
        {"c": 1.5},
        {"c": [1, 2]},
        {"c": ["x"]},
        {"c": {}},
        {"c": {"own": 2}},
        {"c": {"deep": 1}},
        {"c": {"must": 1}},
        {"c": {"get_secret": "x"}},
        {"c": "["},
        {"c": 5, "d": 6},
        {"d": 6},
    ]
    types = {**BASE["data_types"], "bare": {"properties": {"must": {"type": "integer"}}}}
    for entry, given in product(entries, values):
        yield case(f"{entry} given {given}", given, data_types=types, inputs={**BASE["inputs"], "c": entry})


def evaluations() -> Iterator[Case]:
    """Values in an output; the inputs are i: 'n', m: {a: [1]}, r: null."""
    values: list[Any] = [
        {"get_input": "i"},
        {"get_input": ["m", "a"]},
        {"get_input": ["m", "a", 0]},
        {"get_input": ["m", "a", 1]},
        {"get_input": ["m", "a", "x"]},
        {"get_input": ["m", "b"]},
        {"get_input": ["i", 0]},
        {"get_input": ["r", 0]},
        {"get_input": {"get_input": "i"}},
        {"get_input": {"get_input": "m"}},
        {"get_input": {"get_secret": "m"}},
        {"get_input": [{"get_attribute": ["n", "a"]}, 1]},
        {"get_input": "i", "type": "integer"},
        {"get_input": "i", "type": "string"},
        {"get_input": "m", "type": "whole"},
        {"get_input": "m", "type": ["x"]},
        {"get_property": [{"get_input": "i"}, "a"]},
        {"get_property": [{"get_input": "m"}, "a"]},
        {"get_property": ["n", {"get_input": "i"}]},
        {"get_property": [{"get_attribute": ["n", "a"]}, "x"]},
        {"get_property": ["n", "f", "a"]},
        {"concat": [{"get_input": "m"}, 1]},
        {"concat": [{"get_attribute": ["n", "a"]}]},
        {"merge": [{"get_input": "m"}]},
        {"merge": [{"get_input": "i"}]},
        {"merge": [{"get_input": "r"}]},
        {"string_upper": {"get_input": "i"}},
        {"string_upper": {"get_input": "m"}},
        {"string_lower": {"get_secret": "x"}},
        {"string_find": [{"get_input": "i"}, {"get_input": "r"}]},
        {"string_split": [{"get_input": "i"}, "n", 1]},
        {"string_split": [{"get_input": "i"}, "n", 2]},
        {"string_split": [{"get_input": "i"}, "", 0]},
        {"string_split": [{"get_input": "i"}, "x", {"get_input": "i"}]},
        {"string_replace": ["a", "b", "c", {"get_input": "i"}]},
        {"string_replace": ["a", "b", "c", {"get_input": "r"}]},
        {"get_attribute": [{"get_input": "m"}, "a"]},
        {"get_sys": ["deployment", {"get_input": "m"}]},
        {"get_capability": ["x", {"get_input": "r"}]},
        {"get_label": {"get_input": "r"}},
        {"k": [{"l": {"get_input": "j"}}]},
    ]
    inputs = {**BASE["inputs"], "j": {"default": {"get_input": "i"}}}
    for value in values:
        yield case(f"evaluate {value}", {}, inputs=inputs, outputs={"o": {"value": value}})
        nodes = {"n": {"type": "t", "interfaces": operation(value)}, "k": {"type": "t"}}
        yield case(f"operation {value}", {}, inputs=inputs, node_templates=nodes)


def circles() -> Iterator[Case]:
    for a, b in product(
        (
            {"get_property": ["SELF", "b"]},
            {"concat": [{"get_property": ["k", "a"]}]},
            {"x": {"get_property": ["SELF", "b"]}},
        ),
        (
            {"get_property": ["SELF", "c"]},
            {"concat": ["x", {"get_property": ["SELF", "a"]}]},
            [1, {"get_property": ["n", "a"]}],
        ),
    ):
        types = {"t": {"properties": {"a": {"default": 1}, "b": {"default": 2}, "c": {"default": 3}}}}
        nodes = {"n": {"type": "t", "properties": {"a": a, "b": b}}, "k": {"type": "t"}}
        yield case(f"circle {a} {b}", {}, node_types=types, node_templates=nodes)
    for depth in (10, 46, 47, 48, 49, 50, 51, 52, 53):
        value: Any = {"get_input": "i"}
        for _ in range(depth):
            value = [value]
        yield case(f"nested {depth}", {}, outputs={"o": {"value": value}})
    for first in ({"x": {"get_input": "b"}}, {"get_input": "b"}, 5):
        inputs = {
            "a": {"default": first},
            "b": {"default": [{"get_input": "a"}]},
            "i": {"default": 1},
            "m": {},
        }
        yield case(f"inputs {first}", {"m": {}}, inputs=inputs, outputs={"o": {"value": {"get_input": "a"}}})


def relationship_scopes() -> Iterator[Case]:
    types = {"t": {"properties": {"a": {"default": 1}, "b": {"default": 2}}}}
    chained: list[Any] = [
        1,
        {"get_property": ["SELF", "b"]},
        {"get_property": ["k", "b"]},
        {"get_input": "i"},
    ]
    for value, read, is_first in product(chained, ("SOURCE", "TARGET", "k"), (True, False)):
        relationship = {
            "type": "cloudify.relationships.depends_on",
            "target": "k",
            "source_interfaces": operation({"get_property": [read, "a"]}),
        }
        source = {"type": "t", "properties": {"a": value}, "relationships": [relationship]}
        target = {"type": "t", "properties": {"a": value}}
        nodes = {"n": source, "k": target} if is_first else {"k": target, "n": source}
        yield case(f"{read} reads {value} {is_first}", {}, node_types=types, node_templates=nodes)


def declared_operation_inputs() -> Iterator[Case]:
    for type_name, value in product(
        (None, "string", "integer", "whole"),
        (1, "x", {"get_input": "i"}, {"get_input": "m"}, {"a": 1}, {"get_secret": "x"}),
    ):
        entry: dict[str, Any] = {"default": {} if type_name == "whole" else {"get_secret": "y"}}
        if type_name is not None:
            entry["type"] = type_name
        declared = {"own": {"run": {"implementation": "p.run", "inputs": {"x": entry}}}}
        types = {"t": {**BASE["node_types"]["t"], "interfaces": declared}}
        given = {"own": {"run": {"inputs": {"x": value}}}}
        nodes = {"n": {"type": "t", "interfaces": given}, "k": {"type": "t"}}
        yield case(f"declared {type_name} given {value}", {}, node_types=types, node_templates=nodes)
