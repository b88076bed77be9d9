"""Files that are made to be imported, checked on their own: what version they are for, who imports them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config

PLUGIN = "plugins: {acme: {executor: central_deployment_agent, package_name: a, package_version: '1'}}\n"
TYPES = "tosca_definitions_version: cloudify_dsl_1_3\n"


def linted(folder: Path, name: str, files: dict[str, str]) -> LintResult:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return lint(LintRequest((str(folder / name),), Config(select=("BP1", "BP2", "BP4"))))


def codes(result: LintResult) -> list[str]:
    return [entry.code for entry in result.diagnostics if entry.effect.value != "advice"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("plugin.yaml", []), ("plugin_1_5.yaml", []), ("plugin_1_4.yaml", ["BP153"]), ("plugin_1_9.yaml", [])],
)
def test_version_gates_by_the_name_of_a_plugin_file(tmp_path: Path, name: str, expected: list[str]) -> None:
    gated = PLUGIN.replace("package_version", "properties: {}, package_version")
    assert codes(linted(tmp_path, name, {name: gated})) == expected


@pytest.mark.parametrize(
    ("importer", "expected"),
    [
        pytest.param("imports: [cloudify/types/types.yaml, base.yaml, x/part.yaml]\n", [], id="brings-it"),
        pytest.param("imports: [cloudify/types/types.yaml, x/part.yaml]\n", ["BP251"], id="lacks-it"),
        pytest.param("imports: ['plugin:nowhere', x/part.yaml]\n", [], id="unread"),
        pytest.param("imports: [base.yaml]\n# x/part.yaml\n", ["BP251"], id="only-names-it"),
        pytest.param("imports: [base.yaml, middle.yaml]\n", [], id="through-another"),
    ],
)
def test_what_the_importer_brings(tmp_path: Path, importer: str, expected: list[str]) -> None:
    files = {
        ".git/HEAD": "",
        "x/part.yaml": TYPES + "node_types: {a.A: {derived_from: base.B}}\n",
        "base.yaml": "node_types: {base.B: {}}\n",
        "middle.yaml": "imports: [x/part.yaml]\n",
        "service.yaml": TYPES + importer + "node_templates: {}\n",
    }
    assert codes(linted(tmp_path, "x/part.yaml", files)) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [("scripts/run.sh", []), ("x/scripts/run.sh", []), ("other/scripts/run.sh", ["BP401"])],
)
def test_scripts_are_seen_from_the_blueprints_that_import_the_file(
    tmp_path: Path, place: str, expected: list[str]
) -> None:
    relation = "{establish: scripts/run.sh}"
    files = {
        ".git/HEAD": "",
        "x/part.yaml": TYPES + "relationships: {a.R: {derived_from: cloudify.relationships.depends_on, "
        f"source_interfaces: {{cloudify.interfaces.relationship_lifecycle: {relation}}}}}}}\n",
        "service.yaml": TYPES + "imports: [cloudify/types/types.yaml, x/part.yaml]\nnode_templates: {}\n",
        place: "true\n",
    }
    assert codes(linted(tmp_path, "x/part.yaml", files)) == expected


def test_a_fragment_of_a_blueprint_stays_open(tmp_path: Path) -> None:
    text = "node_templates: {a: {type: acme.Nowhere}}\n"
    assert codes(linted(tmp_path, "part.yaml", {"part.yaml": text})) == []


def test_an_unread_import_leaves_something_unchecked(tmp_path: Path) -> None:
    text = PLUGIN + (
        "imports: ['plugin:nowhere']\n"
        "node_types: {a.A: {derived_from: cloudify.nodes.Root, properties: {p: {type: no.D}}}}\n"
    )
    result = linted(tmp_path, "plugin.yaml", {"plugin.yaml": text})
    assert [(file.incomplete, file.unchecked) for file in result.files] == [(("plugin:nowhere",), 1)]
