"""The reports for programs, validated by what is not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
import xmlschema

from bplint.app import LintResult
from bplint.diagnostic import Severity
from bplint.lint.fingerprint import fingerprints
from bplint.report import FORMATS, ReportOptions, from_root, render
from bplint.source import Source
from bplint.span import Span
from tests.support.results import MAIN, clean, sample, told

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
RESULTS = {"sample": sample, "clean": clean}


def json_report(name: str, result: LintResult, **options: Any) -> Any:
    return json.loads(render(name, result, ReportOptions(**options)))


@pytest.mark.parametrize("name", RESULTS)
def test_sarif_is_valid(name: str) -> None:
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json_report("sarif", RESULTS[name]()))


def test_sarif_has_what_code_scanning_wants() -> None:
    run = json_report("sarif", sample(), prefix="sub dir")["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["BP250"]
    rule = run["tool"]["driver"]["rules"][0]
    assert {"shortDescription", "fullDescription", "help", "defaultConfiguration"} <= rule.keys()
    assert rule["help"]["markdown"].startswith("# BP250")
    result = run["results"][2]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "sub%20dir/blueprint.yaml", "uriBaseId": "%SRCROOT%"}
    region = location["region"]
    assert (region["startLine"], region["startColumn"]) == (8, 11)
    assert (region["endLine"], region["endColumn"]) == (8, 32)
    related = [each["physicalLocation"]["artifactLocation"]["uri"] for each in result["relatedLocations"]]
    assert related == ["sub%20dir/types/%252C%20types.yaml", "sub%20dir/blueprint.yaml"]
    assert "[declared here](1)" in result["message"]["text"]
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "cloudify.nodes.Compute"
    assert set(result["partialFingerprints"]) == {"primaryLocationLineHash", "bplintDiagnostic/v1"}


def test_sarif_places_what_has_no_text_at_the_beginning() -> None:
    result = sample()
    found = json_report("sarif", LintResult(result.files, result.diagnostics, {}))["runs"][0]["results"]
    regions = [each["locations"][0]["physicalLocation"]["region"] for each in found]
    assert regions == [{"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}] * len(regions)


def test_sarif_text_holds_no_accidental_link() -> None:
    results = json_report("sarif", sample())["runs"][0]["results"]
    texts = [result["message"]["text"] for result in results]
    assert any("\\[brackets\\](1)" in text for text in texts)


def test_sarif_closes_alerts_of_a_clean_run() -> None:
    assert json_report("sarif", clean())["runs"][0]["results"] == []


def test_sarif_leaves_out_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bplint.report.sarif.MAX_RESULTS", 5)
    run = json_report("sarif", sample())["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error"] * 5
    notes = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert notes[-1].startswith("3 results of lower severity are left out")


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("level", [*Severity, None])
def test_junit_is_valid(name: str, level: Severity | None, tmp_path: Path) -> None:
    text = render("junit", RESULTS[name](), ReportOptions(fail_on=level))
    xmlschema.validate(text, str(HERE / "schemas" / "junit-10.xsd"))
    path = tmp_path / "junit.xml"
    path.write_text(text, encoding="utf-8")
    read = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in read for case in suite]
    failed = [case for case in cases if any(isinstance(each, junitparser.Failure) for each in case.result)]
    counts = {None: 0, Severity.ERROR: 5, Severity.WARNING: 7, Severity.INFO: 8}
    assert len(failed) == read.failures == (counts[level] if name == "sample" else 0)
    assert len(cases) == read.tests == (9 if name == "sample" else 1)


def test_gitlab_has_what_code_quality_wants() -> None:
    report = json_report("gitlab", sample(), prefix="sub")
    assert len({entry["fingerprint"] for entry in report}) == len(report) == 8
    for entry in report:
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["path"] == "sub/blueprint.yaml"
        assert entry["location"]["lines"]["begin"] >= 1
        assert entry["description"]
        assert entry["check_name"] == "BP250 unknown-node-type"


def test_github_annotations_are_one_line_each() -> None:
    text = render("github", sample(), ReportOptions())
    assert len(text.splitlines()) == 8
    assert "100%25 [brackets](1) <&>%0Aof two lines" in text


@pytest.mark.parametrize(
    ("path", "prefix", "expected"),
    [
        ("a.yaml", "", "a.yaml"),
        ("a.yaml", "sub", "sub/a.yaml"),
        ("../a.yaml", "sub", "a.yaml"),
        ("./a.yaml", "sub", "sub/a.yaml"),
        ("/abs/a.yaml", "sub", "/abs/a.yaml"),
        ("C:/a.yaml", "sub", "C:/a.yaml"),
    ],
)
def test_paths_begin_at_the_root(path: str, prefix: str, expected: str) -> None:
    assert from_root(path, prefix) == expected


def test_fingerprint_survives_moved_lines() -> None:
    moved = Source.from_text(MAIN.path, "# one more line\n" + MAIN.text)
    before = told(MAIN, "HERE", "message; did you mean 'x'?")
    span = Span(before.span.start + 16, before.span.end + 16)
    after = told(MAIN, "HERE", "message (checked against acme 2)").__class__(
        "BP250", "", before.severity, before.effect, "message", MAIN.path, span
    )
    assert fingerprints([before], {MAIN.path: MAIN}) == fingerprints([after], {MAIN.path: moved})


def test_fingerprints_tell_repeated_faults_apart() -> None:
    entry = told(MAIN, "HERE", "message")
    first, second = fingerprints([entry, entry], {MAIN.path: MAIN})
    assert first != second


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_the_same_for_every_hash_seed(name: str) -> None:
    command = [sys.executable, "-m", "bplint", "validate", "--format", name, "examples"]
    outputs = {
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "GITHUB_ACTIONS": ""},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


@pytest.mark.parametrize("name", RESULTS)
def test_json_is_valid(name: str) -> None:
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json_report("json", RESULTS[name]()))
