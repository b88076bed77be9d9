"""Rules on elements: each kind that a rule can be on is met where the user's files write one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bplint.config import Config
from bplint.diagnostic import Diagnostic
from bplint.document import Document
from bplint.imports.load_graph import build_graph
from bplint.imports.merge import merge
from bplint.imports.resolve import Resolver
from bplint.lint.walk import WALKED, walk
from bplint.model.assemble import build_blueprint
from bplint.model.blueprint import Blueprint
from bplint.rules.context import Context
from bplint.rules.rule import Rule

TEXT = """\
tosca_definitions_version: cloudify_dsl_1_3
imports: [cloudify/types/types.yaml]
inputs: {port: {type: integer}}
data_types: {acme.Size: {properties: {width: {type: integer}}}}
node_types:
  acme.Lamp:
    derived_from: cloudify.nodes.Root
    properties: {colour: {type: string}}
    interfaces: {light: {shine: {implementation: p.m.shine}}}
relationships:
  acme.above: {derived_from: cloudify.relationships.connected_to, source_interfaces: {bus: {join: p.m.join}}}
plugins: {p: {executor: central_deployment_agent, install: false}}
workflows: {blink: {mapping: p.m.blink, parameters: {times: {default: 3}}}}
policy_types: {acme.Watch: {source: w.py, properties: {every: {default: 1}}}}
policy_triggers: {acme.Call: {source: c.py}}
node_templates:
  one: {type: acme.Lamp, properties: {colour: red}, interfaces: {light: {dim: p.m.dim}}}
  two:
    type: acme.Lamp
    properties: {colour: blue}
    relationships: [{type: acme.above, target: one, target_interfaces: {bus: {leave: p.m.leave}}}]
groups: {all: {members: [one, two]}}
policies: {many: {type: cloudify.policies.scaling, targets: [all]}}
outputs: {port: {value: {get_input: port}}}
capabilities: {port: {value: {get_input: port}}}
labels: {team: {values: [blue]}}
"""
NAMES = {
    "Input": ["port"],
    "DataType": ["acme.Size"],
    "NodeType": ["acme.Lamp"],
    "RelationshipType": ["acme.above"],
    "SchemaProperty": ["width", "colour", "every"],
    "Plugin": ["p"],
    "Workflow": ["blink"],
    "Parameter": ["times"],
    "PolicyType": ["acme.Watch"],
    "PolicyTrigger": ["acme.Call"],
    "NodeTemplate": ["one", "two"],
    "Relationship": ["acme.above"],
    "Operation": ["shine", "join", "dim", "leave"],
    "Group": ["all"],
    "Policy": ["many"],
    "Output": ["port"],
    "Capability": ["port"],
    "Label": ["team"],
}


@pytest.fixture
def blueprint(tmp_path: Path) -> Blueprint:
    path = tmp_path / "blueprint.yaml"
    path.write_text(TEXT, encoding="utf-8")
    resolver = Resolver(Config())
    main = resolver.read(str(path))
    assert main is not None
    graph = build_graph(main, resolver)
    return build_blueprint(graph, merge(graph))


@pytest.mark.parametrize("kind", WALKED, ids=lambda kind: kind.__name__)
def test_rule_meets_every_element_of_its_kind(blueprint: Blueprint, kind: type[Any]) -> None:
    met: list[Any] = []

    def check(element: Any, ctx: Context) -> Iterator[Diagnostic]:
        met.append(element)
        yield from ()

    assert walk(blueprint, [Rule("ACME001", "acme", kind, check)]) == []
    if kind in (Blueprint, Document):
        assert [type(element) for element in met] == [kind]
    else:
        names = [
            getattr(element, "type_name", None) if kind.__name__ == "Relationship" else element.name
            for element in met
        ]
        assert names == NAMES[kind.__name__]
