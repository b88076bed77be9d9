"""`bplint ignore`, `bplint init`, `--exclude`, `--watch`, and what reports link to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bplint.cli.group import main

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n"
WRONG = "node_templates:\n  vm: {type: cloudify.nodes.Compte}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


# -- ignore


def test_comment_with_its_reason(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("a.yaml", HEAD + WRONG)
    assert main(["ignore", "unknown-node-type", "a.yaml", "-m", "comes  with\nthe next release"]) == 0
    assert path.read_text(encoding="utf-8") == HEAD + WRONG.replace(
        "Compte}", "Compte}  # bplint: ignore[BP250] comes with the next release"
    )
    assert capsys.readouterr().err == "1 diagnostic ignored\n"
    assert main(["validate", "a.yaml"]) == 0


def test_comment_that_is_there_takes_more_codes(project: Path) -> None:
    line = "  vm: {type: cloudify.nodes.Compte, instances: {deploy: 1}}  # bplint: ignore[BP250] old\n"
    path = write("a.yaml", HEAD + "node_templates:\n" + line)
    assert main(["ignore", "BP920", "a.yaml", "-m", "new"]) == 0
    assert "ignore[BP250, BP920] old\n" in path.read_text(encoding="utf-8")
    assert main(["validate", "a.yaml", "--fail-on", "info"]) == 0


def test_nothing_is_written_with_diff(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write("a.yaml", HEAD + WRONG)
    assert main(["ignore", "BP2", "-m", "why", "--diff"]) == 0
    assert path.read_text(encoding="utf-8") == HEAD + WRONG
    assert "+  vm: {type: cloudify.nodes.Compte}  # bplint: ignore[BP250] why\n" in capsys.readouterr().out


def test_place_inside_a_text_gets_its_comment_above(project: Path) -> None:
    text = HEAD + 'node_templates:\n  vm:\n    type: "cloudify.nodes\n      .Compte"\n'
    path = write("a.yaml", text)
    assert main(["validate", "a.yaml"]) == 1
    assert main(["ignore", "BP250", "a.yaml", "-m", "why"]) == 0
    assert '  # bplint: ignore[BP250] why\n  vm:\n    type: "cloudify' in path.read_text(encoding="utf-8")
    assert main(["validate", "a.yaml"]) == 0


def test_file_without_comments_stays_as_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(
        {"tosca_definitions_version": "cloudify_dsl_1_5", "node_templates": {"a": {"type": "b"}}}
    )
    path = write("a.json", text)
    assert main(["ignore", "ALL", "a.json", "-m", "why"]) == 1
    assert path.read_text(encoding="utf-8") == text
    assert "a.json:1: no comment can silence BP250" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["BP250", "a.yaml"], "Missing option '-m' / '--reason'"),
        (["BP250", "a.yaml", "-m", " "], "the reason is empty"),
        (["unknown-node-typ", "-m", "why"], "did you mean 'unknown-node-type'?"),
    ],
)
def test_usage(project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    write("a.yaml", HEAD + WRONG)
    assert main(["ignore", *arguments]) == 2
    assert message in capsys.readouterr().err


# -- init


def test_folder_is_set_up(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", HEAD + WRONG)
    write("plugins/shop/plugin.yaml", "plugins: {shop: {executor: central_deployment_agent}}\n")
    write(".github/CODEOWNERS", "")
    assert main(["init", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert not Path(".bplint.yaml").exists()
    assert main(["init", "--yes"]) == 0
    text = Path(".bplint.yaml").read_text(encoding="utf-8")
    assert text == 'required-version: ">=0.1"\nplugin-path: ["plugins"]\nbaseline: ".bplint-baseline.json"\n'
    assert all(f"    {line}" in shown for line in text.splitlines())
    assert Path(".pre-commit-config.yaml").exists()
    assert Path(".github/workflows/bplint.yml").exists()
    assert main(["validate"]) == 0
    assert main(["init"]) == 2
    assert "there is a configuration already: '.bplint.yaml'" in capsys.readouterr().err


def test_files_that_are_there_are_kept(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", HEAD)
    write("pyproject.toml", "[project]\nname = 'x'\n")
    write(".pre-commit-config.yaml", "repos: []\n")
    assert main(["init", "--yes"]) == 0
    assert Path("pyproject.toml").read_text(encoding="utf-8") == (
        "[project]\nname = 'x'\n\n[tool.bplint]\nrequired-version = \">=0.1\"\n"
    )
    assert Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"
    assert ".pre-commit-config.yaml is there: add to it by hand" in capsys.readouterr().out
    assert not Path(".bplint-baseline.json").exists()
    assert main(["config"]) == 0


# -- exclude


@pytest.mark.parametrize("glob", ["old", "old/**", "**/b.yaml", "b.yaml"])
def test_excluded_files(project: Path, capsys: pytest.CaptureFixture[str], glob: str) -> None:
    write("a.yaml", HEAD)
    write("old/b.yaml", HEAD)
    assert main(["validate", "--list-files", "--exclude", glob]) == 0
    assert capsys.readouterr().out == "a.yaml\n"


def test_glob_is_below_the_current_folder(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(".bplint.yaml", "fail-on: error\n")
    write("sub/old/b.yaml", HEAD)
    write("sub/a.yaml", HEAD)
    monkeypatch.chdir(project / "sub")
    assert main(["validate", "--list-files", "--exclude", "old/b.yaml"]) == 0
    assert capsys.readouterr().out.splitlines() == ["a.yaml"]


# -- watch


def test_check_runs_again_after_a_change(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.yaml", HEAD + WRONG)

    def changes(*folders: str, watch_filter: object, raise_interrupt: bool) -> Iterator[set[str]]:
        assert folders == (".",)
        path.write_text(HEAD, encoding="utf-8")
        yield {"a.yaml"}
        write(".bplint.yaml", "fail-om: error\n")  # a mistake of usage does not end the watch
        yield {".bplint.yaml"}

    module = ModuleType("watchfiles")
    module.watch = changes  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "watchfiles", module)
    assert main(["validate", "--watch", "--format", "concise"]) == 0
    out, err = capsys.readouterr()
    assert "unknown node type" in out
    assert out.endswith("Nothing to report in 1 file\n")
    assert "unknown option 'fail-om'" in err
    assert err.count("watching for changes") == 3


def test_watch_without_its_package(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["validate", "--watch"]) == 2
    assert "pip install watchfiles" in capsys.readouterr().err


# -- links


def test_rule_url_is_in_sarif(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", HEAD + WRONG)
    write(".bplint.yaml", "rule-url: 'https://docs.example/rules/{code}/'\n")
    assert main(["validate", "a.yaml", "--format", "sarif"]) == 1
    rule = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["helpUri"] == "https://docs.example/rules/BP250/"
