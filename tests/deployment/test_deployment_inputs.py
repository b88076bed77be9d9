"""Given inputs, and the plan that is evaluated with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bplint.config import Config
from bplint.deployment.given_inputs import check_deployment, load_inputs, prepare
from bplint.document import load_document
from bplint.imports.load_graph import build_graph
from bplint.imports.merge import merge
from bplint.imports.resolve import Resolver
from bplint.model.assemble import build_blueprint
from bplint.model.blueprint import Blueprint
from bplint.source import Source
from bplint.syntax.mapping import python_of

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\n"
TYPES = """
plugins: {p: {executor: central_deployment_agent, install: false}}
data_types:
  server: {properties: {port: {default: 80}, name: {default: x}}}
node_types:
  app:
    properties: {a: {default: 1}, server: {type: server, default: {name: y}}}
    interfaces:
      own: {run: {implementation: p.run, inputs: {size: {type: integer, default: {get_input: size}}}}}
relationships: {cloudify.relationships.depends_on: {properties: {weight: {default: 1}}}}
"""


def blueprint_of(text: str, path: str = "blueprint.yaml", head: str = HEAD) -> Blueprint:
    graph = build_graph(load_document(Source(path, head + text)), Resolver(Config()))
    return build_blueprint(graph, merge(graph))


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        pytest.param(["a=1"], {"a": 1}, id="number"),
        pytest.param(["a=text"], {"a": "text"}, id="text"),
        pytest.param(["a="], {"a": ""}, id="nothing is an empty text"),
        pytest.param(["a=x=y"], {"a": "x=y"}, id="equals sign in the value"),
        pytest.param(["a=[1, {b: c}]"], {"a": [1, {"b": "c"}]}, id="YAML"),
        pytest.param(['a={"b": true}'], {"a": {"b": True}}, id="JSON"),
        pytest.param(["a=[1,"], {"a": "[1,"}, id="no YAML"),
        pytest.param(["a=1", "a=2"], {"a": 2}, id="the last counts"),
        pytest.param(["a=null"], {"a": None}, id="null"),
    ],
)
def test_values_on_the_command_line(arguments: list[str], values: dict[str, Any]) -> None:
    given = load_inputs(arguments)
    assert {name: python_of(value.node) for name, value in given.values.items()} == values
    assert given.faults == []


def test_files_and_values(tmp_path: Path) -> None:
    path = tmp_path / "inputs.yaml"
    path.write_text("a: 1\nb: {c: [x]}\n")
    given = load_inputs([str(path), "a=5"])
    assert {name: python_of(value.node) for name, value in given.values.items()} == {
        "a": 5,
        "b": {"c": ["x"]},
    }
    assert set(given.sources) == {str(path), "-i a"}


def test_missing_file(tmp_path: Path) -> None:
    assert len(load_inputs([str(tmp_path / "nowhere.yaml")]).faults) == 1


def test_a_file_made_to_be_imported_is_not_deployed() -> None:
    part = blueprint_of("inputs: {a: {}}\nnode_templates: {}\n", "part.yaml", head="")
    assert check_deployment(part, load_inputs([])) == []


def plan_values(text: str, *arguments: str) -> tuple[Any, list[str]]:
    plan, faults = prepare(blueprint_of(TYPES + text), load_inputs(arguments))
    assert plan is not None
    return plan, [fault.rule for fault in faults]


def test_the_plan_is_completed_and_evaluated() -> None:
    plan, faults = plan_values(
        """
inputs: {size: {default: 3}, host: {}}
node_templates:
  web:
    type: app
    properties: {a: {concat: [{get_input: host}, "-", {get_property: [SELF, server, port]}]}}
    interfaces: {own: {run: {inputs: {extra: {get_attribute: [SELF, ip]}}}}}
  db:
    type: app
    relationships:
      - type: cloudify.relationships.depends_on
        target: web
        source_interfaces: {own: {join: {implementation: p.join, inputs: {at: {get_property: [TARGET, a]}}}}}
outputs: {where: {value: {get_property: [web, a]}}}
""",
        "host=h1",
    )
    assert faults == []
    web, db = plan.nodes["web"], plan.nodes["db"]
    assert web.properties == {"a": "h1-80", "server": {"port": 80, "name": "y"}}
    assert web.operations["own.run"] == {"size": 3, "extra": {"get_attribute": ["SELF", "ip"]}}
    assert db.relationships[0].target == "web"
    assert db.relationships[0].properties == {"weight": 1}
    assert db.relationships[0].source_operations["own.join"] == {"at": "h1-80"}
    assert plan.outputs == {"where": "h1-80"}


def test_a_missing_input_silences_what_depends_on_it() -> None:
    _, faults = plan_values(
        """
inputs: {a: {}}
outputs:
  x: {value: {get_input: [a, b, c]}}
  y: {value: {string_upper: {get_input: a}}}
  z: {value: {get_property: [{get_input: a}, b]}}
"""
    )
    assert faults == ["missing-input"]


def test_inputs_that_fill_each_other_without_end_are_told_once_a_place() -> None:
    chain = "".join(
        f"  i{n}: {{default: [{{get_input: i{n + 1}}}, {{get_input: i{n + 1}}}]}}\n" for n in range(60)
    )
    _, faults = plan_values(
        f"inputs:\n{chain}  i60: {{default: 1}}\noutputs: {{x: {{value: {{get_input: i0}}}}}}\n"
    )
    assert set(faults) <= {"endless-evaluation"}
