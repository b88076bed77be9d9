"""What a newer plugin file breaks and adds."""

from __future__ import annotations

from typing import Any

import pytest

from bplint.catalog.plugin_differences import differences, lost_functions
from bplint.catalog.release_history import facts_of_release, find_plugin, find_release
from bplint.catalog.store import Catalog

TYPE = "node type 'a.Server'"


def properties(**schemas: Any) -> dict[str, Any]:
    return {"node_types": {"a.Server": {"properties": schemas}}}


def operation(value: Any, name: str = "create") -> dict[str, Any]:
    return {"node_types": {"a.Server": {"interfaces": {"life": {name: value}}}}}


F = {"implementation": "p.m.f"}
CASES = {
    "type gone": (properties(), {"node_types": {}}, ["breaking: T went away"]),
    "type new": ({}, properties(), ["harmless: T is new"]),
    "property gone": (properties(x={}), properties(), ["breaking: T: property 'x' went away"]),
    "new and mandatory": (
        properties(), properties(x={"type": "string"}), ["breaking: T: property 'x' is new and mandatory"],
    ),
    "new with a default": (properties(), properties(x={"default": 1}), ["harmless: T: property 'x' is new"]),
    "new and optional": (
        properties(y={"required": True}), properties(y={"required": True}, x={"required": False}),
        ["harmless: T: property 'x' is new"],
    ),
    "mandatory now": (
        properties(x={"default": 1}), properties(x={}), ["breaking: T: property 'x' has become mandatory"],
    ),
    "mandatory no more": (
        properties(x={}), properties(x={"default": 1}), ["harmless: T: property 'x' is no longer mandatory"],
    ),
    "default": (
        properties(x={"default": 1}), properties(x={"default": 2}),
        ["risky: T: property 'x' has the default 2, not 1"],
    ),
    "default of another type": (
        properties(x={"default": 1}), properties(x={"default": True}),
        ["risky: T: property 'x' has the default true, not 1"],
    ),
    "another type": (
        properties(x={"type": "string"}), properties(x={"type": "list"}),
        ["breaking: T: property 'x' is of type 'list', not 'string'"],
    ),
    "a wider type": (
        properties(x={"type": "integer"}), properties(x={"type": "float"}),
        ["harmless: T: property 'x' is of type 'float', not 'integer'"],
    ),
    "any type": (
        properties(x={"type": "string"}), properties(x={}),
        ["harmless: T: property 'x' is of type any, not 'string'"],
    ),
    "constraints": (
        properties(x={}), properties(x={"constraints": [{"min_length": 1}]}),
        ["breaking: T: property 'x' has other constraints: [{\"min_length\": 1}]"],
    ),
    "label": (properties(x={}), properties(x={"display_label": "X"}), []),
    "operation gone": (
        operation("p.m.f"), operation("p.m.f", "start"),
        ["breaking: T: operation 'life.create' went away", "harmless: T: operation 'life.start' is new"],
    ),
    "another function": (
        operation("p.m.f"), operation({"implementation": "p.m.g"}),
        ["risky: T: operation 'life.create' runs 'p.m.g', not 'p.m.f'"],
    ),
    "two ways to say the same": (operation("p.m.f"), operation(F), []),
    "input new and mandatory": (
        operation("p.m.f"), operation({**F, "inputs": {"x": {"type": "string"}}}),
        ["breaking: T: operation 'life.create': input 'x' is new and mandatory"],
    ),
    "input gone": (
        operation({**F, "inputs": {"x": {"default": 1}}}), operation("p.m.f"),
        ["risky: T: operation 'life.create': input 'x' went away"],
    ),
    "executor": (
        operation({**F, "executor": "host_agent"}), operation("p.m.f"),
        ["risky: T: operation 'life.create': executor is nothing, not 'host_agent'"],
    ),
    "workflow parameter": (
        {"workflows": {"w": "p.m.f"}}, {"workflows": {"w": {"mapping": "p.m.f", "parameters": {"x": {}}}}},
        ["breaking: workflow 'w': parameter 'x' is new and mandatory"],
    ),
    "plugin gone": (
        {"plugins": {"p": {}}}, {"plugins": {"q": {}}},
        ["breaking: plugin 'p' went away", "harmless: plugin 'q' is new"],
    ),
    "plugin property": (
        {"plugins": {"p": {}}}, {"plugins": {"p": {"properties": {"x": {"type": "string"}}}}},
        [
            "breaking: the file needs cloudify_dsl_1_5, for 'properties'",
            "harmless: plugin 'p': property 'x' is new and mandatory",
        ],
    ),
    "newer language": (
        {"workflows": {"w": {"mapping": "p.m.f"}}},
        {"workflows": {"w": {"mapping": "p.m.f", "availability_rules": {"available": True}}}},
        [
            "breaking: the file needs cloudify_dsl_1_4, for 'availability_rules'",
            "risky: workflow 'w': availability_rules is {\"available\": true}, not nothing",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "found"), CASES.values(), ids=CASES)
def test_changes(old: dict[str, Any], new: dict[str, Any], found: list[str]) -> None:
    told = [f"{change.severity}: {change.message}".replace(TYPE, "T") for change in differences(old, new)]
    assert told == found


def types(base: dict[str, Any], derived: dict[str, Any]) -> dict[str, Any]:
    child = {"derived_from": "a.Base", "properties": derived}
    return {"node_types": {"a.Base": {"properties": base}, "a.Child": child}}


def test_inherited_change_is_told_once() -> None:
    (change,) = differences(types({"x": {}}, {}), types({}, {}))
    assert change.message == "node type 'a.Base': property 'x' went away"


def test_property_that_moves_to_the_parent_is_no_change_of_the_child() -> None:
    (change,) = differences(types({}, {"x": {"default": 1}}), types({"x": {"default": 1}}, {}))
    assert (change.severity, change.message) == ("harmless", "node type 'a.Base': property 'x' is new")


def test_parent() -> None:
    middle = {"derived_from": "a.Base"}
    old = {"node_types": {"a.Child": {"derived_from": "a.Base"}, "a.Base": {}, "a.Middle": middle}}
    longer = {"node_types": {**old["node_types"], "a.Child": {"derived_from": "a.Middle"}}}
    assert [change.severity for change in differences(old, longer)] == ["harmless"]
    assert [change.severity for change in differences(longer, old)] == ["breaking"]


def test_functions_that_went_away() -> None:
    old = {"plugins": {"p": {}}, **operation("p.m.f"), "workflows": {"w": {"mapping": "p.m.w"}}}
    found = lost_functions(old, lambda mapping: mapping != "p.m.w")
    assert [change.message for change in found] == ["function 'p.m.w' went away"]


def test_keys_lead_to_the_place() -> None:
    (change,) = differences(properties(x={"default": 1}), properties(x={"default": 2}))
    assert change.keys == ("node_types", "a.Server", "properties", "x", "default")


PAIRS = (
    ("cloudify-aws-plugin", "2.14.1", "3.0.0"), ("cloudify-azure-plugin", "2.1.0", "3.0.0"),
    ("cloudify-openstack-plugin", "2.14.26", "3.0.0"), ("cloudify-gcp-plugin", "1.4.0", "1.9.8"),
    ("cloudify-utilities-plugin", "1.12.1", "2.0.7"), ("cloudify-terraform-plugin", "0.13.3", "0.20.12"),
    ("cloudify-vsphere-plugin", "2.7.0", "2.20.16"), ("cloudify-kubernetes-plugin", "2.2.2", "2.13.32"),
    ("cloudify-ansible-plugin", "2.0.0", "3.2.8"), ("cloudify-docker-plugin", "1.2", "2.0.16"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_types_that_are_gone_are_told_and_no_others(name: str, old: str, new: str) -> None:
    catalog = Catalog()
    history = find_plugin(catalog, name)
    before, after = (
        facts_of_release(catalog, history, release, release.file_for((1, 3)))
        for release in (find_release(history, old), find_release(history, new))
    )
    contents = [
        {
            section: {each: facts.value(section, each) for each in rows}
            for section, rows in facts.sections.items()
        }
        for facts in (before, after)
    ]
    told = {change.message for change in differences(*contents)}
    for kind in before.sections.get("node_types", ()):
        is_gone = kind not in after.sections.get("node_types", ())
        assert (f"node type '{kind}' went away" in told) == is_gone
