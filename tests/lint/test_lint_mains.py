"""Which files of a run are judged alone and which as part of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config

HEAD = "tosca_definitions_version: cloudify_dsl_1_4\n"
# complete only together with a blueprint that brings the type
PART = HEAD + "node_templates:\n  part: {type: acme.Server}\n"
TYPES = "node_types:\n  acme.Server: {}\n"
MAIN = HEAD + "imports: [part.yaml, types.yaml]\n"


def verdicts(folder: Path, *paths: str) -> dict[str, str]:
    names = tuple(str(folder / path) for path in paths) or (str(folder),)
    return {Path(file.path).name: file.verdict for file in lint(LintRequest(names, Config())).files}


CASES = {
    "imported by another": ({"main.yaml": MAIN, "part.yaml": PART, "types.yaml": TYPES}, "ok"),
    "imported by nothing": ({"part.yaml": PART}, "refused"),
    "a circle": (
        {
            "a.yaml": HEAD + "imports: [part.yaml]\n" + TYPES,
            "part.yaml": PART.replace("node_templates", "imports: [a.yaml]\nnode_templates"),
        },
        "ok",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_part_of_a_folder(name: str, tmp_path: Path) -> None:
    files, verdict = CASES[name]
    for path, text in files.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    found = verdicts(tmp_path)
    assert set(found) == set(files)
    assert found["part.yaml"] in (verdict, "advice" if verdict == "ok" else verdict)


def test_a_file_that_is_named_is_judged_alone(tmp_path: Path) -> None:
    for path, text in CASES["imported by another"][0].items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert verdicts(tmp_path, "part.yaml")["part.yaml"] == "refused"


def test_a_fault_of_an_imported_file_shows_the_way_there(tmp_path: Path) -> None:
    (tmp_path / "main.yaml").write_text(HEAD + "imports: [part.yaml]\n", encoding="utf-8")
    (tmp_path / "part.yaml").write_text(PART, encoding="utf-8")
    result = lint(LintRequest((str(tmp_path),), Config()))
    fault = next(entry for entry in result.diagnostics if entry.effect.value == "refused")
    assert fault.path.endswith("part.yaml")
    assert [Path(place.path).name for place in fault.related] == ["main.yaml"]
    assert {Path(file.path).name: file.verdict for file in result.files} == {
        "main.yaml": "refused",
        "part.yaml": "refused",
    }
