"""Small blueprints around inputs, constraints and schedules, one question each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from tools.oracle.function_samples import BASE, Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator

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
