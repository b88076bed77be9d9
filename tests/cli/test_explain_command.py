"""`bplint explain` and the schemas with the names of a blueprint."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from bplint.cli.explain_command import split_place
from bplint.cli.group import main
from bplint.cli.schema_command import NAMES, schema_text
from tests.support.language_case import BLUEPRINT, SHOP


def line_of(text: str) -> int:
    lines = (SHOP / "blueprint.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_line_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", f"{BLUEPRINT}:{line_of('greeting: Store')}", "--no-config"]) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith(f"blueprint.yaml:{line_of('greeting: Store')}:7: property 'greeting'")
    assert rest[0] == "  What visitors see."
    assert rest[1].split() == ["type", "string"]


def test_functions_give_what_the_inputs_say(capsys: pytest.CaptureFixture[str]) -> None:
    place = f"{BLUEPRINT}:{line_of('concat')}:19"
    assert main(["explain", place, "-i", "agent_user=root", "--format", "json", "--no-config"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["title"] == "function 'concat'"
    assert {"label": "value", "text": "root-shop"} in said["statements"]


def test_layers_have_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["explain", f"{BLUEPRINT}:{line_of('greeting: Store')}", "--format", "json", "--no-config"]) == 0
    )
    said = json.loads(capsys.readouterr().out)
    layers = {each["label"]: each.get("line") for each in said["statements"]}
    assert layers["written here"] == line_of("greeting: Store")
    assert layers["type shop.nodes.Server"] == line_of("What visitors see") - 2


def test_nothing_to_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", f"{BLUEPRINT}:2", "--no-config"]) == 1
    assert "nothing to explain" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["blueprint.yaml", ":3", "blueprint.yaml:0", "blueprint.yaml:x"])
def test_places_that_are_none(place: str) -> None:
    assert main(["explain", place, "--no-config"]) == 2


def test_a_path_may_have_colons() -> None:
    assert split_place("C:/a.yaml:3:4") == ("C:/a.yaml", 3, 4)
    assert split_place("a.yaml:3") == ("a.yaml", 3, None)


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_says_what_it_is(name: str) -> None:
    schema = json.loads(schema_text(name))
    assert schema["$schema"]
    assert schema["title"]
    jsonschema.validators.validator_for(schema).check_schema(schema)


def test_a_version_knows_no_later_keys() -> None:
    old, new = (json.loads(schema_text(f"blueprint-1_{minor}"))["properties"] for minor in (1, 3))
    assert "data_types" not in old
    assert "data_types" in new
    assert new["tosca_definitions_version"]["enum"] == ["cloudify_dsl_1_3"]


def test_the_configuration_has_a_schema() -> None:
    schema = json.loads(schema_text("config"))
    jsonschema.validate(yaml.safe_load("select: [BP2]\nfail-on: warning\nimport-rules: {a: b}\n"), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"selct": []}, schema)


def test_what_workflows_prints_is_as_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workflows", BLUEPRINT, "--format", "json", "--no-config"]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), json.loads(schema_text("workflows")))


def test_a_schema_with_the_names_of_a_blueprint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "blueprint-1_5", "--for", BLUEPRINT, "--no-config"]) == 0
    schema = json.loads(capsys.readouterr().out)
    types = schema["definitions"]["node_template"]["properties"]["type"]["anyOf"][0]["enum"]
    assert {"shop.nodes.Special", "net--Net", "cloudify.nodes.Compute"} <= set(types)
    jsonschema.validate(yaml.safe_load((SHOP / "blueprint.yaml").read_text(encoding="utf-8")), schema)


def test_names_go_with_blueprints_only() -> None:
    assert main(["schema", "plan", "--for", BLUEPRINT]) == 2
