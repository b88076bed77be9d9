"""A plugin.yaml or types file on its own gets the verdict of a blueprint that imports it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from bplint.diagnostic import Effect
from bplint.document import Document, Kind, load_document
from bplint.dsl.versions import version_of_file, version_text
from bplint.model.standalone import is_part_of_blueprint
from bplint.source import read_source
from tools.oracle.mutate_compare import Mutant, Oracle
from tools.oracle.reference import needs_oracle

pytestmark = needs_oracle

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"
MAINS = ("blueprint.yaml", "plugin.yaml", "main.yaml")
# files that are no UTF-8, and texts in which the parser does not find the section that an error took
# names that only other versions have are advice
LEFT_OUT = ("BP003", "BP036", "BP258")
HEAD = """\
plugins:
  acme: {executor: central_deployment_agent, package_name: acme, package_version: '1.0'}
"""
# one fault each; the file that it makes is refused by every blueprint that imports it
FAULTS = {
    "parent type": "node_types: {acme.A: {derived_from: cloudify.nodes.Compte}}",
    "parent data type": "data_types: {acme.A: {derived_from: acme.B}}",
    "parent relationship": "relationships: {acme.A: {derived_from: cloudify.relationships.conected_to}}",
    "property type": """\
node_types: {acme.A: {derived_from: cloudify.nodes.Root, properties: {a: {type: interger}}}}""",
    "type of a data type": "data_types: {acme.D: {properties: {a: {type: acme.Dd}}}}",
    "relationship operation": """\
relationships:
  acme.A:
    derived_from: cloudify.relationships.connected_to
    source_interfaces: {cloudify.interfaces.relationship_lifecycle: {establish: acne.tasks.establish}}""",
    "workflow": "workflows: {backup: acne.tasks.backup}",
    "workflow mapping": "workflows: {backup: {mapping: acne.tasks.backup}}",
    "workflow parameter": "workflows: {backup: {mapping: acme.t.b, parameters: {a: {type: strin}}}}",
}
SOUND = {
    "own names": """\
data_types: {acme.D: {properties: {a: {type: integer}}}}
node_types:
  acme.A: {derived_from: cloudify.nodes.Root, properties: {a: {type: acme.D}}}
  acme.B: {derived_from: acme.A}
relationships: {acme.R: {derived_from: cloudify.relationships.contained_in}}
workflows: {backup: acme.tasks.backup, mend: default_workflows.cloudify.plugins.workflows.auto_heal}""",
}


def standalone_fixtures() -> list[object]:
    found = []
    for case in sorted(FIXTURES.glob("BP*/*")):
        main = (
            case if case.is_file() else next((case / name for name in MAINS if (case / name).exists()), None)
        )
        if main is None or main.suffix not in (".yaml", ".yml") or ".fixed" in main.name:
            continue
        source, faults = read_source(str(main))
        # a file that another one of its folder imports is not alone
        if source is None or faults or case.parent.name in LEFT_OUT or case.name.endswith("_importer"):
            continue
        document = load_document(source)
        if is_standalone(document):
            found.append(pytest.param(main, id=f"{case.parent.name}-{case.name}"))
    return found


def is_standalone(document: Document) -> bool:
    is_made_to_be_imported = document.kind in (Kind.PLUGIN, Kind.TYPES, Kind.FRAGMENT)
    return is_made_to_be_imported and not document.faults and not is_part_of_blueprint(document)


def with_blueprint(name: str, text: str, beside: dict[str, str]) -> dict[str, str]:
    """The file with a blueprint of two lines that imports it."""
    source_of = version_of_file(name)
    version = version_text(source_of) if source_of else declared_version(text)
    types = "" if "cloudify/types/types.yaml" in text else "cloudify/types/types.yaml, "
    blueprint = f"tosca_definitions_version: {version}\nimports: [{types}{name}]\n"
    return {"importing_blueprint.yaml": blueprint, **beside, name: text}


def declared_version(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("tosca_definitions_version: cloudify_dsl")]
    return lines[0].split()[1] if lines else "cloudify_dsl_1_5"


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    with Oracle() as process:
        yield process


def verdict_of(oracle: Oracle, files: dict[str, str]) -> object:
    oracle.ask([Mutant("", files)])
    return oracle.answer()[0]


def linted(path: Path) -> LintResult:
    return lint(LintRequest((str(path),), Config()))


def is_refused(result: LintResult) -> bool:
    return any(entry.effect is Effect.REFUSED for entry in result.diagnostics)


@pytest.mark.parametrize("main", standalone_fixtures())
def test_fixture(main: Path, oracle: Oracle) -> None:
    folder = main.parent
    beside = {}
    if folder.parent.name.startswith("BP"):
        paths = [path for path in folder.rglob("*") if path.is_file() and path != main]
        beside = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    files = with_blueprint(main.name, main.read_text(encoding="utf-8"), beside)
    result = linted(main)
    if any(file.incomplete for file in result.files):
        pytest.skip("an import that only a manager can read")
    theirs = verdict_of(oracle, files)
    assert is_refused(result) == (theirs is not None), theirs


@pytest.mark.parametrize(("text", "is_bad"), [
    *(pytest.param(text, True, id=name) for name, text in FAULTS.items()),
    *(pytest.param(text, False, id=name) for name, text in SOUND.items()),
])  # fmt: skip
@pytest.mark.parametrize("name", ["plugin.yaml", "plugin_1_4.yaml"])
def test_one_fault(text: str, is_bad: bool, name: str, oracle: Oracle, tmp_path: Path) -> None:
    text = HEAD + text + "\n"
    assert (verdict_of(oracle, with_blueprint(name, text, {})) is not None) == is_bad
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert is_refused(linted(path)) == is_bad
