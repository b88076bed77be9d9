"""Random executions of random blueprints: planned as the real engine runs them, and what once was not so."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from textwrap import indent
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tools.oracle.plan_compare import Engine, compared, compared_one, samples, told
from tools.oracle.plan_orders import Failure, Order
from tools.oracle.plan_samples import Sample, sample
from tools.oracle.reference import needs_oracle

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND = Path(__file__).parents[2] / "fixtures" / "plans" / "oracle" / "found.yaml"
CASES: dict[str, Any] = yaml.safe_load(FOUND.read_text(encoding="utf-8"))
# two cores take three quarters of a minute for it; `make plan-samples` runs thousands
COUNT = 80
SEED = "1"

BUILT_IN = "default_workflows.cloudify.plugins.workflows"
HEAD = """
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  acme: {executor: central_deployment_agent, install: false}
  script: {executor: central_deployment_agent, install: false}
  flows: {executor: central_deployment_agent, source: flows, install: false}
node_types:
  acme.T:
    derived_from: cloudify.nodes.Root
    interfaces:
      cloudify.interfaces.lifecycle: {create: acme.t.create, start: acme.t.start, stop: acme.t.stop}
relationships:
  acme.linked:
    derived_from: cloudify.relationships.connected_to
    source_interfaces:
      cloudify.interfaces.relationship_lifecycle: {establish: acme.l.establish, unlink: acme.l.unlink}
"""
WORKFLOWS = {
    "made": {"mapping": "flows.flows.made"},
    "scripted": "scripts/flow.py",
    **{
        name: {
            "mapping": f"{BUILT_IN}.scale_entity",
            "parameters": {
                "scalable_entity_name": {"default": entity},
                "delta": {"default": delta},
                "scale_compute": {"default": False},
            },
        }
        for name, entity, delta in (("grow", "b", 1), ("shrink", "b", -1), ("drop", "all", -1))
    },
}


def found(name: str) -> Sample:
    case = dict(CASES[name])
    row, code, script = case.pop("order"), case.pop("code", "pass"), case.pop("script", "")
    fails = tuple(Failure(**one) for one in case.pop("fails", ()))
    content = {**yaml.safe_load(HEAD), **case, "workflows": WORKFLOWS}
    files = {
        "blueprint.yaml": json.dumps(content),
        "plugins/flows/flows.py": f"def made(ctx, **_):\n{indent(code, '    ')}\n",
        "scripts/flow.py": script,
    }
    order = Order(row["workflow"], row.get("parameters", {}), tuple(row.get("after", ())), fails, None, 0)
    return Sample(name, files, order)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as started:
        yield started


@needs_oracle
@pytest.mark.parametrize("name", CASES)
def test_found(name: str, engine: Engine) -> None:
    each = compared_one(found(name), engine)
    assert each.verdict in ("terminated", "failed")
    assert not each.is_wrong, told(each)


@needs_oracle
def test_samples() -> None:
    judged = list(compared(samples(SEED, range(COUNT))))
    assert [told(each) for each in judged if each.is_wrong] == []
    # a generator of blueprints that are refused compares nothing
    assert sum(each.verdict in ("terminated", "failed") for each in judged) > COUNT * 0.7


@needs_oracle
def test_a_difference_is_told(engine: Engine) -> None:
    """The engine runs another execution than we plan: nothing of it is taken for equal."""
    made = found("after_the_same_workflow")
    other = made._replace(order=made.order._replace(parameters={"node_ids": ["b"]}))
    each = compared_one(made, engine, other)
    assert {"tasks of step 0"} <= each.difference.keys()


@pytest.mark.parametrize("number", range(5))
def test_a_seed_makes_the_same_sample(number: int) -> None:
    made = [sample("x", Random(f"x/{number}")) for _ in range(2)]
    assert made[0] == made[1]


def test_failures_are_written_as_options() -> None:
    assert Failure("a", 0, "x.start", "recoverable", 2).as_option() == "a#0.x.start=recoverable*2"
    assert Failure("a", None, "x.start", "nonrecoverable", None).as_option() == "a.x.start=nonrecoverable"
