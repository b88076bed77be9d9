"""Small blueprints around functions, inputs, constraints, schedules and deployments, one question each."""

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


CONSTRAINTS: list[Any] = [
    {"equal": 5},
    {"equal": "x"},
    {"greater_than": 4},
    {"greater_than": True},
    {"less_than": 4},
    {"in_range": [1, 9]},
    {"in_range": [9, 1]},
    {"in_range": [1]},
    {"in_range": "x"},
    {"valid_values": [5, "abc"]},
    {"valid_values": []},
    {"valid_values": "x"},
    {"length": 3},
    {"length": -1},
    {"min_length": 2},
    {"max_length": 2},
    {"max_length": "2"},
    {"pattern": "[a-c]+"},
    {"pattern": "["},
    {"pattern": 5},
    {"labels": []},
    {"labels": "x"},
    {"tenants": ["x"]},
    {"filter_id": "x"},
    {"filter_id": 1},
    {"name_pattern": {}},
    {"name_pattern": "x"},
    {"deployment_id": "x"},
    {"blueprint_id": "x"},
    {},
    {"nothing": 1},
    {"error_message": "x"},
    {"max_length": 2, "error_message": "x"},
    {"error_message": "x", "min_length": 2},
    {"max_length": 2, "min_length": 1},
    {"max_length": 9, "nothing": 1},
    {"equal": {"get_input": "i"}},
    {"in_range": {"get_input": "i"}},
    {"pattern": {"get_input": "i"}},
    {"valid_values": {"get_input": "missing"}},
    {"less_or_equal": 5.5},
    {5: 1},
]
NOTHING = object()


def constraints() -> Iterator[Case]:
    values: list[Any] = [NOTHING, 5, "abc", None, True, [1, 2, 3], {"a": 1}, {"get_input": "i"}]
    types = [None, "string", "integer", "list", "deployment_id", "node_id"]
    for constraint, value, type_name in product(CONSTRAINTS, values, types):
        entry: dict[str, Any] = {"constraints": [constraint]}
        if value is not NOTHING:
            entry["default"] = value
        if type_name is not None:
            entry["type"] = type_name
        yield case(f"input {entry}", inputs={**BASE["inputs"], "c": entry})


def constraints_elsewhere() -> Iterator[Case]:
    for constraint, version in product(CONSTRAINTS, ("1_4", "1_5")):
        entry = {"default": 5, "constraints": [constraint]}
        if version == "1_4":
            yield case(
                f"1_4 {entry}",
                version=version,
                inputs={"i": {"default": 1}, "m": {"default": {}}, "c": entry},
            )
        declared = {"interfaces": {"own": {"run": {"implementation": "p.run", "inputs": {"c": entry}}}}}
        yield case(
            f"operation {entry} {version}", version=version, node_types={**BASE["node_types"], "u": declared}
        )
        workflow = {"mapping": "p.w", "parameters": {"c": entry}}
        yield case(f"parameter {entry} {version}", version=version, workflows={"w": workflow})


def input_keys() -> Iterator[Case]:
    entries: list[dict[str, Any]] = [
        {"hidden": True},
        {"hidden": True, "required": False},
        {"hidden": True, "default": None},
        {"hidden": True, "required": None},
        {"hidden": False, "required": True},
        {"display": {}},
        {"type": "textarea", "display": {}},
        {"type": "string", "display": {"rows": 1}},
        {"display": None},
        {"type": "list", "item_type": "string"},
        {"item_type": "string"},
        {"type": "dict", "item_type": "string"},
        {"type": "list", "item_type": "part"},
        {"type": "list", "item_type": "nothing"},
        {"type": "list", "item_type": None},
        {"type": "list", "item_type": "integer", "default": [1, "2"]},
        {"type": "list", "item_type": "integer", "default": []},
        {"type": "list", "item_type": "integer", "default": None},
        {"type": "list", "item_type": "integer", "default": {"get_input": "i"}},
        {"type": "list", "item_type": "string", "default": {"get_input": "i"}},
        {"type": "list", "item_type": "node_id", "default": ["x"]},
        {"type": "list", "item_type": "node_id", "default": []},
        {"default": 5, "constraints": None},
        {"constraints": None},
        {"type": "node_id", "default": None},
        {"type": "secret_key"},
        {"type": "list", "item_type": "integer", "constraints": [{"less_than": 3}], "default": [1, 5]},
    ]
    for entry in entries:
        yield case(f"keys {entry}", inputs={**BASE["inputs"], "c": entry})
        declared = {"interfaces": {"own": {"run": {"implementation": "p.run", "inputs": {"c": entry}}}}}
        yield case(f"operation keys {entry}", node_types={**BASE["node_types"], "u": declared})


def schedules() -> Iterator[Case]:
    times = (
        "2030-01-01 02:00",
        "2030-1-1 2:0",
        "2030-01-01",
        "02:00",
        "25:00",
        "2:5",
        "tomorrow",
        "",
        "+1 day",
        "+1day +2h",
        "+1day+2h",
        "+xx",
        "+1 dayz",
        "+ 1 day",
        "+2 months",
        "2030-02-30 02:00",
        " 02:00",
        "+1 Day",
        "+1 min",
    )
    for time in times:
        yield _schedule(f"since {time!r}", since=time)
        yield _schedule(f"until {time!r}", since="02:00", until=time)
    for zone, since in product(("EST", "Asia/Jerusalem", "asia/jerusalem", "Mars", ""), ("02:00", "+1 day")):
        yield _schedule(f"zone {zone!r} {since}", since=since, timezone=zone)
        yield _schedule(f"zone {zone!r} {since} until", since=since, until="03:00", timezone=zone)
    for recurrence in (
        "1 day",
        "1day",
        "days",
        "1 day 2 h",
        "2 weeks",
        "3mo",
        "1 fortnight",
        "",
        "1 days ",
        "10 minutes",
    ):
        yield _schedule(f"recurrence {recurrence!r}", since="02:00", recurrence=recurrence)
    for day in ("mo", "MO", "monday", "2mo", "xxmo", "", "l-fr", "o"):
        yield _schedule(f"weekday {day!r}", since="02:00", weekdays=[day])
    attribute = {"get_attribute": ["n", "a"]}
    for parameters in ({"x": attribute}, attribute, {"x": {"y": attribute}}, {"x": {"get_input": "i"}}, {}):
        yield _schedule(f"parameters {parameters}", since="02:00", workflow_parameters=parameters)


def _schedule(name: str, **parts: Any) -> Case:
    settings = {"default_schedules": {"s": {"workflow": "w", **parts}}}
    return case(f"schedule {name}", deployment_settings=settings, workflows={"w": "p.w"})


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
