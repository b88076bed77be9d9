"""`--given FILE`, and what the inputs of operations read: attributes, secrets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bplint.plan import launch as launch_module
from bplint.plan.given import request_key
from bplint.plan.make_plan import PlanAttempt
from bplint.plan.plan_options import PlanOptions
from tests.support.plan_case import plan_of

ROOT = Path(__file__).parents[2]
HEAD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
plugins:
  acme: {executor: central_deployment_agent, install: false}
  flows: {executor: central_deployment_agent, source: flows, install: false}
workflows:
  made: flows.flows.made
node_types:
  acme.T:
    derived_from: cloudify.nodes.Root
    properties: {port: {default: 80}}
    interfaces:
      cloudify.interfaces.lifecycle: {start: acme.t.start}
"""
NODES = "node_templates: {a: {type: acme.T, instances: {deploy: 2}}, b: {type: acme.T}}\n"


def planned(folder: Path, code: str, given: Any = None, nodes: str = NODES, **options: Any) -> PlanAttempt:
    (folder / "blueprint.yaml").write_text(HEAD + nodes, encoding="utf-8")
    flows = folder / "plugins" / "flows" / "flows.py"
    flows.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(f"    {line}\n" for line in code.splitlines())
    flows.write_text(f"def made(ctx, **_):\n{body}", encoding="utf-8")
    if given is not None:
        (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
        options["given"] = (str(folder / "given.json"),)
    return plan_of(str(folder / "blueprint.yaml"), PlanOptions(workflow="made", **options))


def logged(result: PlanAttempt) -> list[str]:
    assert result.plan is not None, (result.refusals, result.faults)
    return [event.message for event in result.plan.events if event.type == "log"]


CLIENT = "from cloudify.manager import get_rest_client\nclient = get_rest_client()\n"
ANSWERS = {
    "secret": (
        {"secrets": {"key": "s3cret"}},
        "ctx.logger.info(client.secrets.get('key').value)",
        ["s3cret"],
    ),
    "secret of the context": (
        {"secrets": {"key": "s3cret"}},
        "ctx.logger.info(ctx.get_secret('key')['value'])",
        ["s3cret"],
    ),
    "capability": (
        {"capabilities": {"other": {"endpoint": "http://x"}}},
        "ctx.logger.info(client.deployments.capabilities.get('other').capabilities['endpoint'])",
        ["http://x"],
    ),
    "answer": (
        {"answers": {"GET /deployments/other": {"id": "other", "labels": [{"key": "a"}]}}},
        "found = client.deployments.get('other')\nctx.logger.info('%s %s', found.id, found.labels[0].key)",
        ["other a"],
    ),
    "list": (
        {"answers": {"get /api/v3.1/sites/": {"items": [{"name": "x"}, {"name": "y"}], "metadata": {}}}},
        "for one in client.sites.list():\n    ctx.logger.info(one.name)",
        ["x", "y"],
    ),
    "start": (
        {"answers": {"POST /executions": {"id": "e1"}}},
        "ctx.logger.info(client.executions.start('other', 'install').id)",
        ["e1"],
    ),
    "runtime properties of a node": (
        {"runtime_properties": {"a": {"ip": "1.2.3.4"}, "a#1": {"ip": "5"}}},
        "for one in sorted(ctx.get_node('a').instances, key=lambda i: i.id):\n"
        "    ctx.logger.info(one.runtime_properties['ip'])",
        ["1.2.3.4", "5"],
    ),
    "functions": (
        {"secrets": {"key": "s"}, "runtime_properties": {"b": {"ip": "9"}}},
        "payload = {'x': {'concat': [{'get_secret': 'key'}, {'get_attribute': ['b', 'ip']}]}}\n"
        "ctx.logger.info(ctx.internal.evaluate_functions('d', {}, payload)['x'])",
        ["s9"],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_given_is_answered(name: str, tmp_path: Path) -> None:
    given, code, expected = ANSWERS[name]
    result = planned(tmp_path, CLIENT + code, given)
    assert logged(result) == expected
    assert result.plan is not None
    assert [note for note in result.plan.notes if note.kind == "unanswered"] == []
    assert result.plan.execution.is_complete


def test_what_is_not_given_says_how(tmp_path: Path) -> None:
    result = planned(tmp_path, f"{CLIENT}client.deployments.get('other')\nclient.secrets.get('key')")
    assert result.plan is not None
    assert [note.message for note in result.plan.notes if note.kind == "unanswered"] == [
        "only a manager can answer deployments.get of other (--given: answers, 'GET /deployments/other')",
        "only a manager can answer secret 'key' (--given: secrets, 'key')",
    ]


WRONG = {
    "section": ({"secret": {"a": 1}}, "unknown section 'secret'; did you mean 'secrets'?"),
    "node": ({"runtime_properties": {"c": {}}}, "there is no node or node instance 'c'"),
    "request": (
        {"answers": {"deployments": 1}},
        "'deployments' is no request; wanted is a method and a path",
    ),
    "shape": ({"capabilities": {"other": 1}}, "'capabilities.other' must be a dictionary"),
    "section's shape": ({"secrets": []}, "'secrets' must be a dictionary"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_used_is_refused(name: str, tmp_path: Path) -> None:
    given, message = WRONG[name]
    result = planned(tmp_path, "pass", given)
    assert result.plan is None
    assert len(result.refusals) == 1
    assert message in result.refusals[0]


def test_requests_are_read_as_people_write_them() -> None:
    assert request_key(" get  /api/v3.1/deployments/x/ ") == "GET /deployments/x"
    assert request_key("deployments/x") is None
    assert request_key("FETCH /x") is None


READING = """\
node_templates:
  a:
    type: acme.T
    interfaces:
      cloudify.interfaces.lifecycle:
        create:
          implementation: acme.t.create
          inputs:
            one: {default: {get_attribute: [b, ip]}}
            two: {default: {get_attribute: [b, port]}}
            key: {default: {get_secret: token}}
  b: {type: acme.T}
"""
LATER = READING.replace(
    "    type: acme.T\n", "    type: acme.T\n    relationships: [{type: acme.on, target: b}]\n"
)
RELATION = "relationships: {acme.on: {derived_from: cloudify.relationships.depends_on}}\n"
NOTES = {
    "before anything": (
        READING,
        None,
        ["create@a reads 'ip' of 'b' before anything has run there that could set it"],
    ),
    "after an operation": (RELATION + LATER, None, []),
    "given": (READING, {"runtime_properties": {"b#0": {"ip": "1"}}}, []),
}


@pytest.mark.parametrize("name", NOTES)
def test_an_attribute_that_nothing_can_have_set(name: str, tmp_path: Path) -> None:
    nodes, given, expected = NOTES[name]
    planned(tmp_path, "pass", given, nodes)
    options = PlanOptions(given=(str(tmp_path / "given.json"),) if given else ())
    plan = plan_of(str(tmp_path / "blueprint.yaml"), options).plan
    assert plan is not None
    notes = [note for note in plan.notes if note.kind == "attribute"]
    assert [note.message for note in notes] == expected
    text = (HEAD + nodes).splitlines()
    assert all(note.place is not None and text[note.place.line - 1] == "  a:" for note in notes)


def test_secrets_that_are_read_are_told(tmp_path: Path) -> None:
    planned(tmp_path, "pass", None, READING)
    plan = plan_of(str(tmp_path / "blueprint.yaml"), PlanOptions()).plan
    assert plan is not None
    assert [note.message for note in plan.notes if note.kind == "secret"] == [
        "secret 'token' has to be there: it is read by create@a#0"
    ]


def test_the_request_follows_its_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = json.loads((ROOT / "schemas" / "plan-request.schema.json").read_text(encoding="utf-8"))
    seen = []
    prepare = launch_module._prepare

    def keep(scratch: Path, request: dict[str, Any], limits: launch_module.Limits) -> None:
        seen.append(request)
        prepare(scratch, request, limits)

    monkeypatch.setattr(launch_module, "_prepare", keep)
    planned(tmp_path, "pass", {"secrets": {"a": 1}, "runtime_properties": {"b": {"c": 1}}})
    jsonschema.validate(json.loads(json.dumps(seen[0], default=str)), schema)
    assert seen[0]["given"]["secrets"] == {"a": 1}
