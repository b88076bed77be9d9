"""The blueprint as its readers see it: types, operations, relationships, what is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.checks.check_blueprint import find_faults
from bplint.config import Config
from bplint.imports.load_graph import build_graph
from bplint.imports.merge import merge
from bplint.imports.resolve import Resolver
from bplint.lookup import MISSING, UNKNOWN
from bplint.model.assemble import build_blueprint
from bplint.model.blueprint import Blueprint
from bplint.model.elements import NodeTemplate, NodeType, Operation, Target

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n"
LAMPS = (
    HEAD
    + """
data_types:
  Bulb: {properties: {watts: {type: integer, default: 5}, socket: {type: string}}}
plugins:
  lamp: {executor: central_deployment_agent, install: false}
  power: {executor: host_agent, install: false}
node_types:
  Light:
    derived_from: cloudify.nodes.Root
    properties:
      bulb: {type: Bulb, default: {socket: e27}}
      name: {type: string}
    interfaces:
      switch:
        glow:
          implementation: lamp.tasks.glow
          inputs: {colour: {default: white}, level: {type: integer}}
          max_retries: 3
        dim: lamp.tasks.dim
  Lantern:
    derived_from: Light
    properties:
      bulb: {type: Bulb, default: {watts: 9}}
    interfaces: {switch: {dim: {}}}
node_templates:
  plain: {type: Lantern, properties: {name: a}}
  own:
    type: Lantern
    properties: {name: b}
    interfaces:
      switch:
        glow: {inputs: {level: 2, colour: red}, executor: host_agent}
        blink: power.blink
  other:
    type: Lantern
    properties: {name: c}
    interfaces: {switch: {glow: {implementation: lamp.tasks.shine, inputs: {level: 7}}}}
  dark:
    type: Lantern
    properties: {name: d}
    interfaces: {switch: {glow: }}
"""
)


def blueprint_of(folder: Path, files: dict[str, str]) -> Blueprint:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    resolver = Resolver(Config())
    main = resolver.read(str(folder / "blueprint.yaml"))
    assert main is not None
    graph = build_graph(main, resolver)
    return build_blueprint(graph, merge(graph))


@pytest.fixture
def lamps(tmp_path: Path) -> Blueprint:
    return blueprint_of(tmp_path, {"blueprint.yaml": LAMPS})


def template(blueprint: Blueprint, name: str) -> NodeTemplate:
    found = blueprint.node_templates.lookup(name)
    assert isinstance(found, NodeTemplate)
    return found


def operation(blueprint: Blueprint, node: str, name: str) -> Operation:
    return template(blueprint, node).interfaces["switch"][name]


def inputs(found: Operation) -> dict[str, str | None]:
    return {name: node.text for name, node in found.inputs.items()}


def test_hierarchy_begins_with_the_root_type(lamps: Blueprint) -> None:
    kind = lamps.node_types.lookup("Lantern")
    assert isinstance(kind, NodeType)
    assert kind.hierarchy == ("cloudify.nodes.Root", "Light", "Lantern")
    assert kind.derives_from("Light")
    assert kind.is_complete


def test_properties_are_inherited_and_know_their_owner(lamps: Blueprint) -> None:
    kind = lamps.node_types.lookup("Lantern")
    assert isinstance(kind, NodeType)
    owners = {name: entry.owner.name for name, entry in kind.properties.items() if entry.owner}
    assert owners["bulb"] == "Lantern"
    assert owners["name"] == "Light"


def test_the_parents_default_fills_the_gaps_of_the_childs(lamps: Blueprint) -> None:
    kind = lamps.node_types.lookup("Lantern")
    assert isinstance(kind, NodeType)
    default = kind.properties["bulb"].default
    assert default is not None
    assert {key.text: value.text for key, value in default.items or ()} == {"socket": "e27", "watts": "9"}


def test_a_template_without_interfaces_shares_those_of_its_type(lamps: Blueprint) -> None:
    plain = template(lamps, "plain")
    assert isinstance(plain.type, NodeType)
    assert plain.interfaces is plain.type.interfaces


def test_inputs_of_the_template_lie_over_the_defaults_of_the_type(lamps: Blueprint) -> None:
    found = operation(lamps, "own", "glow")
    assert inputs(found) == {"colour": "red", "level": "2"}
    assert found.is_inherited
    assert found.implementation == "lamp.tasks.glow"
    assert found.max_retries is not None
    assert found.max_retries.text == "3"
    assert found.executor is not None
    assert found.executor.text == "host_agent"
    assert found.missing_inputs == ()


def test_another_implementation_drops_all_of_the_type(lamps: Blueprint) -> None:
    found = operation(lamps, "other", "glow")
    assert inputs(found) == {"level": "7"}
    assert not found.is_inherited
    assert found.max_retries is None


def test_an_empty_operation_runs_nothing(lamps: Blueprint) -> None:
    found = operation(lamps, "dark", "glow")
    assert isinstance(found.target, Target)
    assert found.target.kind == "none"
    assert operation(lamps, "plain", "dim").is_no_op


def test_an_input_without_default_and_value_is_missing(lamps: Blueprint) -> None:
    assert operation(lamps, "plain", "glow").missing_inputs == ("level",)


def test_targets_name_plugin_and_function(lamps: Blueprint) -> None:
    found = operation(lamps, "own", "blink").target
    assert isinstance(found, Target)
    assert found.plugin is not None
    assert (found.kind, found.plugin.name, found.function) == ("plugin", "power", "blink")


def test_types_of_the_catalogue_are_built_when_asked_for(lamps: Blueprint) -> None:
    assert not lamps.node_types.is_built("cloudify.nodes.Tier")
    kind = lamps.node_types.lookup("cloudify.nodes.WebServer")
    assert isinstance(kind, NodeType)
    assert kind.hierarchy[0] == "cloudify.nodes.Root"


def test_own_leaves_out_the_catalogue(lamps: Blueprint) -> None:
    assert [kind.name for kind in lamps.node_types.own()] == ["Light", "Lantern"]


@pytest.mark.parametrize(
    ("imports", "section", "name", "expected"),
    [
        pytest.param("", "node_types", "acme.T", MISSING, id="all-read"),
        pytest.param("plugin:acme", "node_types", "acme.T", UNKNOWN, id="plugin"),
        pytest.param("plugin:acme", "node_templates", "a", MISSING, id="plugin-has-no-templates"),
        pytest.param("ns--plugin:acme", "node_types", "acme.T", MISSING, id="outside-the-namespace"),
        pytest.param("ns--plugin:acme", "node_types", "ns--acme.T", UNKNOWN, id="in-the-namespace"),
        pytest.param("ns--plugin:acme", "node_types", "cloudify.acme.T", UNKNOWN, id="cloudify-name"),
        pytest.param("ns--blueprint:base", "node_templates", "ns--a", UNKNOWN, id="blueprint"),
        pytest.param("http://example.com/x.yaml", "node_templates", "a", UNKNOWN, id="http"),
        pytest.param("missing.yaml", "node_types", "T", UNKNOWN, id="missing-file"),
    ],
)
def test_lookup_where_an_import_is_not_read(
    tmp_path: Path, imports: str, section: str, name: str, expected: object
) -> None:
    text = HEAD.replace("types.yaml]", f"types.yaml, '{imports}']") if imports else HEAD
    found = blueprint_of(tmp_path, {"blueprint.yaml": f"{text}node_templates: {{}}\n"})
    assert getattr(found, section).lookup(name) is expected


def test_names_of_a_namespaced_file(tmp_path: Path) -> None:
    part = """\
tosca_definitions_version: cloudify_dsl_1_5
plugins: {lamp: {executor: central_deployment_agent, install: false}}
node_types: {Light: {derived_from: cloudify.nodes.Root}}
node_templates:
  a: {type: Light, interfaces: {switch: {glow: lamp.glow, dim: scripts/dim.sh}}}
  b:
    type: Light
    relationships: [{type: cloudify.relationships.connected_to, target: a}]
"""
    main = HEAD.replace("types.yaml]", "types.yaml, lab--parts/part.yaml]")
    files = {"blueprint.yaml": main, "parts/part.yaml": part, "scripts/dim.sh": ""}
    found = blueprint_of(tmp_path, files)
    first, second = template(found, "lab--a"), template(found, "lab--b")
    assert first.type_name == "lab--Light"
    assert second.relationships[0].target is first
    glow, dim = first.interfaces["switch"]["glow"].target, first.interfaces["switch"]["dim"].target
    assert isinstance(glow, Target)
    assert isinstance(dim, Target)
    assert glow.plugin is not None
    assert (glow.plugin.name, glow.function) == ("lab--lamp", "glow")
    assert (dim.kind, dim.function) == ("script", "scripts/dim.sh")
    assert find_faults(found) == []


def test_a_long_chain_of_types_needs_no_recursion(tmp_path: Path) -> None:
    types = "".join(f"  T{n}: {{derived_from: T{n - 1}}}\n" for n in range(3000, 0, -1))
    text = f"{HEAD}node_types:\n{types}  T0: {{}}\nnode_templates: {{a: {{type: T3000}}}}\n"
    found = blueprint_of(tmp_path, {"blueprint.yaml": text})
    kind = template(found, "a").type
    assert isinstance(kind, NodeType)
    assert len(kind.hierarchy) == 3001
    assert find_faults(found) == []


def test_data_types_that_hold_each_other_twice_end(tmp_path: Path) -> None:
    pairs = "".join(
        f"  D{n}: {{properties: {{a: {{type: D{n + 1}}}, b: {{type: D{n + 1}, default: {{a: {{}}}}}}}}}}\n"
        for n in range(40)
    )
    text = f"{HEAD}data_types:\n{pairs}  D40: {{properties: {{a: {{default: 1}}}}}}\n"
    text += "node_types: {T: {properties: {p: {type: D0}}}}\nnode_templates: {x: {type: T}}\n"
    assert find_faults(blueprint_of(tmp_path, {"blueprint.yaml": text})) == []


def test_an_inherited_operation_that_resolves_to_nothing_is_told_once(tmp_path: Path) -> None:
    text = f"""{HEAD}
node_types: {{T: {{derived_from: cloudify.nodes.Root, interfaces: {{switch: {{glow: nowhere.glow}}}}}}}}
node_templates: {{a: {{type: T}}, b: {{type: T}}, c: {{type: T}}}}
"""
    found = blueprint_of(tmp_path, {"blueprint.yaml": text})
    assert [fault.rule for fault in find_faults(found)] == ["unresolved-operation"]
