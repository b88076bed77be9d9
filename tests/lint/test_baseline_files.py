"""Baselines: written, compared, stale entries, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.cli.group import main

GOOD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
node_templates:
  host: {type: cloudify.nodes.Compute}
"""
BAD = GOOD + "  one: {type: nowhere}\n  two: {type: nowhere}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, text: str) -> int:
    Path("a.yaml").write_text(text, encoding="utf-8")
    return main(["validate", "a.yaml", "--format", "concise", *arguments])


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()[:-1]]


def test_accepts_what_is_there_and_tells_what_is_new(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--write-baseline", "b.json", text=BAD) == 0
    assert capsys.readouterr().err == "2 diagnostics accepted in b.json\n"
    assert run("--baseline", "b.json", text=BAD) == 0
    assert told(capsys) == []
    moved = "# moved\n\n" + BAD
    assert run("--baseline", "b.json", text=moved) == 0
    assert told(capsys) == []
    assert run("--baseline", "b.json", text=moved + "  three: {type: nowhere}\n") == 1
    assert told(capsys) == ["a.yaml:9:17"]


def test_same_line_twice_is_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "    type: nowhere\n"
    run("--write-baseline", "b.json", text=GOOD + "  one:\n" + line)
    capsys.readouterr()
    assert run("--baseline", "b.json", text=GOOD + "  zero:\n" + line + "  one:\n" + line) == 1
    assert len(told(capsys)) == 1


def test_stale_entries_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--write-baseline", "b.json", text=BAD)
    capsys.readouterr()
    assert run("--baseline", "b.json", text=GOOD + "  one: {type: nowhere}\n") == 0
    out = capsys.readouterr().out
    assert "b.json:14:22: info: the baseline accepts BP250 in 'a.yaml', which no longer occurs" in out


def test_paths_are_those_of_the_baseline(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--write-baseline", "b.json", text=BAD)
    (project / "sub").mkdir()
    monkeypatch.chdir("sub")
    assert main(["validate", "../a.yaml", "--baseline", "../b.json"]) == 0


def test_mandatory_rules_are_not_accepted(project: Path) -> None:
    run("--write-baseline", "b.json", text=BAD)
    Path(".bplint.yaml").write_text("baseline: b.json\nmandatory: [unknown-node-type]\n")
    assert run(text=BAD) == 1
    Path(".bplint.yaml").write_text("baseline: b.json\n")
    assert run(text=BAD) == 0


BROKEN = {
    "no JSON": ("{", "the baseline is no JSON: Expecting property name enclosed in double quotes"),
    "a list": ("[]", "not a baseline of version 1"),
    "other version": ('{"version": 2}', "not a baseline of version 1"),
    "no entries": ('{"version": 1}', "a baseline has a list of 'entries'"),
    "no texts": (
        json.dumps({"version": 1, "entries": [{"code": 1}]}),
        "entry 1 wants the strings 'fingerprint', 'code' and 'path'",
    ),
    "nested": ("[" * 100_000, "the baseline is nested too deeply"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_baseline_ends_the_run(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    text, message = BROKEN[name]
    Path("b.json").write_text(text)
    assert run("--baseline", "b.json", text=GOOD) == 2
    assert message in capsys.readouterr().err


def test_missing_baseline_of_a_config_ends_the_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(".bplint.yaml").write_text("baseline: nowhere.json\n")
    assert run(text=GOOD) == 2
    assert "cannot read the baseline 'nowhere.json'" in capsys.readouterr().err
