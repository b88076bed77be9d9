"""Small blueprints around functions, one question each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import yaml

from bplint.dsl.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

Case = dict[str, Any]  # name, files, inputs (None: only parsed)

BASE: dict[str, Any] = {
    "plugins": {"p": {"executor": "central_deployment_agent", "install": False}},
    "data_types": {
        "part": {"properties": {"deep": {"default": {"list": [1, 2]}}, "bare": {"required": False}}},
        "whole": {"properties": {"part": {"type": "part"}, "own": {"default": 1}}},
    },
    "inputs": {"i": {"default": "n"}, "m": {"default": {"a": [1]}}, "r": {"required": False}},
    "relationships": {"rel": {}, "cloudify.relationships.depends_on": {}},
    "node_types": {
        "t": {
            "properties": {
                "a": {"default": 1},
                "l": {"default": ["x", {"y": 2}]},
                "w": {"type": "whole"},
                "null": {"default": None},
                "never": {"required": False},
                "f": {"default": {"get_input": "m"}},
            }
        }
    },
    "node_templates": {"n": {"type": "t"}, "k": {"type": "t"}},
}

ARGUMENTS: list[Any] = [
    5,
    1.5,
    True,
    None,
    "x",
    "i",
    "",
    [],
    ["i"],
    ["n", "a"],
    ["n", 1],
    ["n", 1.5],
    ["n", None],
    ["n", ["a"]],
    ["n", ["a"], "a"],
    ["n", ["a", "b"], "a.b"],
    ["n", {"get_input": "i"}],
    ["n", {"plain": "data"}],
    [{"get_input": "i"}, "a"],
    [{"get_input": "i"}],
    {"get_input": "i"},
    {"get_input": "missing"},
    {"plain": "data"},
    {"get_input": "i", "type": "string"},
    {"get_input": "i", "other": 1},
    ["n", "a", "b"],
    ["n", "a", "b", 1],
    ["n", "a", "b", "c"],
    ["n", "a", "b", 1, 2],
    ["n", "a", "a"],
    ["tenant", "name"],
    ["deployment", "id"],
    ["deployment", "nothing"],
    [1, 2],
    [{}, {}],
    [{}, {"get_input": "m"}, "x"],
    ["x", "0"],
    ["x", -1],
    "ids",
]


def case(name: str, given: dict[str, Any] | None = None, version: str = "1_5", **sections: Any) -> Case:
    content = {"tosca_definitions_version": f"cloudify_dsl_{version}", **BASE, **sections}
    content = {key: value for key, value in content.items() if value is not None}
    return {
        "name": name,
        "files": {"blueprint.yaml": yaml.safe_dump(content, sort_keys=False)},
        "inputs": given,
    }


def in_output(name: str, value: Any, **more: Any) -> Case:
    return case(name, outputs={"o": {"value": value}}, **more)


def argument_shapes() -> Iterator[Case]:
    for function, argument in product(FUNCTIONS, ARGUMENTS):
        yield in_output(f"{function}: {argument}", {function: argument})
        yield in_output(f"nested {function}: {argument}", [{"k": {"concat": [{function: argument}]}}])


def what_counts() -> Iterator[Case]:
    for value in (
        {"get_input": "missing", "other": 1},
        {"get_input": "missing", "type": "string"},
        {"get_input": "missing", "concat": []},
        {"concat": [], "get_input": "missing"},
        {"type": "get_input"},
        {"get_inputs": "missing"},
        {"get_input": "missing", "type": "x", "more": 1},
    ):
        yield in_output(f"counts {value}", value)


def operation(value: Any) -> dict[str, Any]:
    return {"own": {"run": {"implementation": "p.run", "inputs": {"x": value}}}}


def in_scopes(name: str, value: Any) -> Iterator[Case]:
    """The value in every place where functions are looked at, and in some where they are not."""
    second = {"type": "t"}
    places: dict[str, dict[str, Any]] = {
        "property": {"node_templates": {"n": {"type": "t", "properties": {"a": value}}, "k": second}},
        "operation": {"node_templates": {"n": {"type": "t", "interfaces": operation(value)}, "k": second}},
        "source": {"node_templates": _related("source_interfaces", value)},
        "target": {"node_templates": _related("target_interfaces", value)},
        "output": {"outputs": {"o": {"value": value}}},
        "capability": {"capabilities": {"o": {"value": value}}},
        "label": {"labels": {"l": {"values": [{"concat": [value]}]}}},
        "settings": {"deployment_settings": {"display_name": {"concat": [value]}}},
        "instances": {
            "node_templates": {
                "n": {
                    "type": "t",
                    "capabilities": {"scalable": {"properties": {"default_instances": value}}},
                },
                "k": second,
            }
        },
        "policy": {
            "groups": {"g": {"members": ["n"]}},
            "policies": {
                "s": {
                    "type": "cloudify.policies.scaling",
                    "targets": ["g"],
                    "properties": {"max_instances": value},
                }
            },
        },
        "input default": {"inputs": {**BASE["inputs"], "d": {"default": value}}},
        "tag": {"resource_tags": {"t": value}},
    }
    for place, sections in places.items():
        yield case(f"{name} in {place}", **sections)


def _related(side: str, value: Any) -> dict[str, Any]:
    relationship = {"type": "rel", "target": "k", side: operation(value)}
    return {"n": {"type": "t", "relationships": [relationship]}, "k": {"type": "t"}}


def scopes() -> Iterator[Case]:
    functions = ("get_property", "get_attribute", "get_attributes_list", "get_attributes_dict")
    for function, node in product(functions, ("SELF", "SOURCE", "TARGET", "n", "missing")):
        yield from in_scopes(f"{function} {node}", {function: [node, "a"]})
    yield from in_scopes("get_input", {"get_input": "missing"})


def property_paths() -> Iterator[Case]:
    paths: list[list[Any]] = [
        ["a"],
        ["b"],
        ["null"],
        ["never"],
        ["a", "x"],
        ["l", 0],
        ["l", 1, "y"],
        ["l", 2],
        ["l", -2],
        ["l", -3],
        ["l", "x"],
        ["l", True],
        ["w", "own"],
        ["w", "part"],
        ["w", "part", "deep", "list", 1],
        ["w", "part", "bare"],
        ["w", "none"],
        ["f"],
        ["f", "a"],
        ["f", "a", 0],
        ["f", 0, "get_input"],
        ["f", 0, 0],
        ["f", 0, 2],
        ["null", "x"],
    ]
    written: list[dict[str, Any]] = [
        {},
        {"w": {"part": {"bare": 5}}},
        {"w": {"own": {"get_input": "m"}}, "l": []},
        {"never": {"x": 1}, "null": {"x": 2}, "f": {"a": 1}},
    ]
    for path, properties in product(paths, written):
        yield case(
            f"path {path} of {properties}",
            node_templates={"n": {"type": "t", "properties": properties}, "k": {"type": "t"}},
            outputs={"o": {"value": {"get_property": ["n", *path]}}},
        )


def versions() -> Iterator[Case]:
    for version, value in product(("1_0", "1_1", "1_2", "1_3"), ({"concat": ["a"]}, {"merge": [{}]})):
        more = {"data_types": None, "version": version}
        types = {"t": {"properties": {"a": {"default": 1}}}}
        inputs = {"i": {"default": 1}}
        yield in_output(f"{value} in {version}", value, node_types=types, inputs=inputs, **more)


def namespaces() -> Iterator[Case]:
    values: list[Any] = [
        {"get_input": "i"},
        {"get_input": ["i", 0]},
        {"get_input": {"get_input": "i"}},
        {"get_input": [{"get_input": "i"}]},
        {"get_input": "outer"},
        {"get_property": ["n", "a"]},
        {"get_property": ["outer", "a"]},
        {"get_attribute": ["n", "a"]},
        {"get_property": "n"},
        {"get_property": []},
        {"get_property": {"get_input": "i"}},
        {"get_attribute": {"a": 1}},
        {"get_property": [{"get_input": "i"}, "a"]},
        {"get_property": ["n", {"get_input": "i"}]},
        {"get_attribute": 5},
        {"get_attributes_list": ["n", "a"]},
        {"get_attributes_dict": ["n", "a"]},
        {"get_secret": {"get_input": "i"}},
        {"concat": [{"get_input": "i"}, {"get_attribute": ["n", "a"]}]},
        {"k": {"get_input": "i"}, "l": [{"get_input": "i"}]},
        {"string_upper": {"get_input": "i"}},
        {"merge": [{"get_input": "i"}]},
        {"get_property": [1, "a"]},
    ]
    for value, wrapped in product(values, (False, True)):
        written = [value] if wrapped else value
        sections: dict[str, dict[str, Any]] = {
            "output": {"outputs": {"o": {"value": written}}},
            "property": {
                "node_templates": {"n": {"type": "t", "properties": {"a": written}}, "k": {"type": "t"}}
            },
            "default": {"node_types": {"t": {"properties": {"a": {"default": written}}}}},
            "label": {"labels": {"l": {"values": [{"concat": [written]} if wrapped else value]}}},
        }
        for place, more in sections.items():
            yield _imported(f"namespace {written} in {place}", more)


def _imported(name: str, sections: dict[str, Any]) -> Case:
    part = {"inputs": {"i": {"default": 1}}, "node_types": {"t": {"properties": {"a": {"default": 1}}}}}
    part = {**part, "node_templates": {"n": {"type": "t"}, "k": {"type": "t"}}, **sections}
    main = {
        "tosca_definitions_version": "cloudify_dsl_1_5",
        "imports": ["ns--part.yaml"],
        "inputs": {"outer": {"default": 1}},
        "node_types": {"u": {"properties": {"a": {"default": 1}}}},
        "node_templates": {"outer": {"type": "u"}},
    }
    texts = {"blueprint.yaml": yaml.safe_dump(main), "part.yaml": yaml.safe_dump(part, sort_keys=False)}
    return {"name": name, "files": texts, "inputs": None}
