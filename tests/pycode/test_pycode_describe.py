"""What `describe_workflows` says of parameters, availability and targets."""

# ruff: noqa: E501  tables of code, one case a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bplint.config import Config
from bplint.imports.load_graph import build_graph
from bplint.imports.merge import merge
from bplint.imports.resolve import Resolver
from bplint.model.assemble import build_blueprint
from bplint.pycode.describe_workflows import WorkflowDescription, describe_workflows
from bplint.pycode.files.codebase import CodeBase

if TYPE_CHECKING:
    from pathlib import Path

BLUEPRINT = """tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  p: {executor: central_deployment_agent, source: p}
workflows:
  grow:
    mapping: p.flows.grow
    availability_rules: {available: false}
    parameters:
      node: {type: string, description: which}
      delta: {type: integer, default: 1, constraints: [{greater_than: 0}]}
      label: {required: false}
  lost: p.flows.lost
  away: p.elsewhere.flows.away
  wrapped: p.flows.wrapped
"""
CODE = "import far\n\n\ndef grow(ctx, node, delta=1, *, label=None):\n    pass\n\n\n@far.deco\ndef wrapped(ctx):\n    pass\n"


@pytest.fixture
def found(tmp_path: Path) -> dict[str, WorkflowDescription]:
    (tmp_path / "plugins" / "p").mkdir(parents=True)
    (tmp_path / "plugins" / "p" / "flows.py").write_text(CODE, encoding="utf-8")
    path = tmp_path / "blueprint.yaml"
    path.write_text(BLUEPRINT, encoding="utf-8")
    resolver = Resolver(Config())
    document, _ = resolver.open(str(path), "blueprint.yaml")
    assert document is not None
    document.source.path = str(path)
    graph = build_graph(document, resolver)
    blueprint = build_blueprint(graph, merge(graph))
    return {each.name: each for each in describe_workflows(blueprint, Config(), CodeBase())}


def test_parameters(found: dict[str, WorkflowDescription]) -> None:
    grow = found["grow"]
    assert [each.name for each in grow.mandatory] == ["node"]
    assert [(each.name, each.has_default, each.default) for each in grow.optional] == [
        ("delta", True, 1),
        ("label", False, None),
    ]
    assert grow.mandatory[0].description == "which"
    assert grow.optional[0].constraints == [{"greater_than": 0}]
    assert not grow.is_available


def test_targets(found: dict[str, WorkflowDescription]) -> None:
    grow = found["grow"]
    assert grow.target is not None
    assert grow.target.endswith("plugins/p/flows.py:4")
    assert grow.signature == "grow(ctx, node, delta=1, *, label=None)"
    assert (found["lost"].state, found["lost"].reason) == ("missing", "'flows' has no attribute 'lost'")
    assert (found["away"].state, found["away"].reason) == ("unknown", "package 'elsewhere' is not here")
    assert found["wrapped"].reason == "decorator 'far.deco' may change the signature"


def test_built_in_workflows(found: dict[str, WorkflowDescription]) -> None:
    scale = found["scale"]
    assert [each.name for each in scale.mandatory] == ["scalable_entity_name"]
    assert scale.mapping == "default_workflows.cloudify.plugins.workflows.scale_entity"
    assert scale.declared_in
