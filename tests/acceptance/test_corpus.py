"""Published blueprints: nothing crashes, no verdict is wrong."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from tests.support.shared import SHARED, needs_shared, recorded_rules

CORPUS = SHARED / "corpus"
pytestmark = needs_shared
NOT_JUDGED = ("resolver-artefact",)


def rows() -> list[dict[str, Any]]:
    if not CORPUS.is_dir():
        return []
    return [json.loads(line) for line in (CORPUS / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]


def judged() -> list[object]:
    return [
        pytest.param(row, id=row["path"])
        for row in rows()
        if row["derivable"] and row["verdict"] != "unresolvable-import" and row["label"] not in NOT_JUDGED
    ]


@cache
def run(path: str) -> LintResult:
    return lint(LintRequest((str(CORPUS / path),), Config()))


@cache
def run_as_recorded(path: str, rules: tuple[tuple[str, str], ...]) -> LintResult:
    return lint(LintRequest((str(CORPUS / path),), Config(import_rules=rules)))


@pytest.mark.parametrize("row", judged())
def test_verdict(row: dict[str, Any]) -> None:
    result = run_as_recorded(row["path"], recorded_rules(row["imports"]))
    refused = [entry for entry in result.diagnostics if entry.effect.value == "refused"]
    assert ("invalid" if refused else "valid") == row["verdict"], (row["exception"], row["err_code"], refused)


@pytest.mark.parametrize("row", [r for r in rows() if r["verdict"] == "valid"], ids=lambda row: row["path"])
def test_valid_blueprint_is_never_refused(row: dict[str, Any]) -> None:
    assert [entry for entry in run(row["path"]).diagnostics if entry.effect.value == "refused"] == []


@pytest.mark.parametrize(
    "row", [r for r in rows() if r["label"] == "defect" and r["derivable"]], ids=lambda row: row["path"]
)
def test_defect_is_reported_at_its_place(row: dict[str, Any]) -> None:
    result = run(row["path"])
    lines = {
        result.sources[entry.path].lines.position(entry.span.start)[0]
        for entry in result.diagnostics
        if entry.effect.value == "refused" and entry.path.endswith(row["error_file"])
    }
    assert any(abs(line - row["error_line"]) <= 3 for line in lines), (row["error_line"], lines)


@pytest.mark.parametrize(
    "row",
    [r for r in rows() if r["label"] == "dsl-version-mix" and r["derivable"]],
    ids=lambda row: row["path"],
)
def test_version_mix_blames_the_import(row: dict[str, Any]) -> None:
    result = run_as_recorded(row["path"], recorded_rules(row["imports"]))
    main = next(file for file in result.files if file.path.endswith(row["path"]))
    assert main.verdict == "refused"
    assert main.blame in row["imports"], main.blame


@pytest.mark.parametrize(
    "row",
    [r for r in rows() if r["label"] == "dsl-version-mix" and r["derivable"]],
    ids=lambda row: row["path"],
)
def test_older_release_judges_where_the_newest_is_not_taken(row: dict[str, Any]) -> None:
    found = {entry.code for entry in run(row["path"]).diagnostics}
    main = next(file for file in run(row["path"]).files if file.path.endswith(row["path"]))
    assert main.verdict != "refused"
    assert found & {"BP155", "BP156"} or "7.1.0.dev1" in str(row["imports"])


def test_whole_corpus_in_one_run() -> None:
    result = lint(LintRequest((str(CORPUS),), Config()))
    assert [entry for entry in result.diagnostics if entry.code == "BP000"] == []
    assert len(result.files) >= len(rows())


def test_every_file_on_its_own() -> None:
    crashed = []
    for path in sorted(CORPUS.rglob("*.yaml")):
        result = lint(LintRequest((str(path),), Config()))
        crashed += [(path.name, entry.message) for entry in result.diagnostics if entry.code == "BP000"]
    assert crashed == []


def test_paths_exist() -> None:
    assert [row["path"] for row in rows() if not Path(CORPUS / row["path"]).is_file()] == []
