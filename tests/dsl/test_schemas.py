"""The published JSON Schemas: valid, up to date, and of one opinion with the structure check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, validators

from bplint.app import LintRequest, lint
from bplint.checks.shape.structure import check_structure
from bplint.config import Config
from bplint.document import Document, load_document
from bplint.imports.graph import ImportedFile
from bplint.imports.spec import parse_entries
from bplint.report import ReportOptions, render
from bplint.source import Source
from tools.generate import generated, outdated, write

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"
FIXTURES = sorted(ROOT.glob("fixtures/rules/**/*.y*ml")) + sorted(ROOT.glob("examples/**/*.y*ml"))
# what a schema cannot know: the version of the blueprint that imports a file
GATES = {
    "not-supported-in-version",
    "type-not-supported-in-version",
    "import-properties-version",
}
# what is wrong with an entry of `imports` beyond its shape
BEYOND_SHAPE = {"duplicate-import", "bad-import-property", "nested-import-namespace"}


def is_integer(checker: Any, value: Any) -> bool:
    """JSON knows one kind of number; the language does not take 1.0 for an integer."""
    return isinstance(value, int) and not isinstance(value, bool)


Validator = validators.extend(
    Draft7Validator, type_checker=Draft7Validator.TYPE_CHECKER.redefine("integer", is_integer)
)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


BLUEPRINT = Validator(schema("blueprint"))
PLUGIN = Validator(schema("plugin"))


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_schema_is_valid(path: Path) -> None:
    Draft7Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(path for path in generated() if path.startswith("schemas/")))
def test_schema_is_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == generated()[path]


def faults_of(document: Document, needs_version: bool) -> list[str]:
    version_faults = check_structure(document, None, True)
    _, import_faults = parse_entries(ImportedFile(document, None, None), True, None)
    kinds = [fault.rule for fault in (*version_faults, *import_faults)]
    unsaid = GATES | BEYOND_SHAPE if needs_version else GATES | BEYOND_SHAPE | {"missing-version"}
    return [kind for kind in kinds if kind not in unsaid]


def mappings_of(paths: list[Path]) -> list[Any]:
    """The files that the schemas can be asked about: one YAML mapping without syntax errors."""
    found = []
    for path in paths:
        try:
            value = yaml.safe_load(path.read_bytes())
        except (yaml.YAMLError, ValueError, TypeError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(pytest.param(path, value, id=path.relative_to(ROOT).as_posix()))
    return found


@pytest.mark.parametrize(("path", "value"), mappings_of(FIXTURES))
def test_schemas_agree_with_the_structure_check(path: Path, value: dict[str, Any]) -> None:
    source, _ = Source.from_bytes("blueprint.yaml", path.read_bytes())
    assert source is not None
    validator = BLUEPRINT if "tosca_definitions_version" in value else PLUGIN
    errors = [
        error.message
        for error in validator.iter_errors({"plugins": {}, **value} if validator is PLUGIN else value)
    ]
    document = load_document(source)
    # told by the parser, which sets the block aside
    is_flattened = any(fault.rule == "flattened-mapping" for fault in document.faults)
    assert bool(errors) == bool(faults_of(document, validator is BLUEPRINT) or is_flattened), errors


@pytest.mark.parametrize("code", ["BP150", "BP200", "BP202", "BP210"])
def test_report_follows_its_schema(code: str) -> None:
    found = lint(LintRequest((str(ROOT / "fixtures" / "rules" / code),), Config()))
    report = json.loads(render("json", found, ReportOptions()))
    assert report["diagnostics"]
    assert [error.message for error in Draft7Validator(schema("report")).iter_errors(report)] == []


def test_outdated_files_are_found_and_written(tmp_path: Path) -> None:
    files = {"schemas/a.json": "{}\n", "docs/rules/BP999.md": "page\n"}
    left = tmp_path / "docs" / "rules" / "BP998.md"
    left.parent.mkdir(parents=True)
    left.write_text("of a rule that is gone\n")
    expected = ["docs/rules/BP998.md", "docs/rules/BP999.md", "schemas/a.json"]
    assert outdated(files, tmp_path) == expected
    assert write(files, tmp_path) == expected
    assert outdated(files, tmp_path) == []
    assert not left.exists()


def test_generation_is_the_same_every_time() -> None:
    assert generated() == generated()
