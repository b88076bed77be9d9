"""What is told once for many files, what is counted, and what is judged by the files it concerns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.app.accepting import baseline_of
from bplint.config import Config
from bplint.report import ReportOptions, render

HEAD = "tosca_definitions_version: cloudify_dsl_1_3\nimports: [cloudify/types/types.yaml{}]\n"
REPOSITORY = "https://example.com/repo/"
UNREAD = ", 'plugin:acme-plugin'"
NODES = "node_templates: {a: {type: acme.Server}}\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def linted(folder: Path, config: Config | None = None) -> LintResult:
    return lint(LintRequest((str(folder),), config or Config()))


def test_an_unread_import_is_told_once_a_run(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.yaml": HEAD.format(UNREAD) + NODES for name in "abcdef"})
    result = linted(tmp_path)
    (entry,) = result.diagnostics
    assert entry.code == "BP102"
    assert entry.message.endswith("(in 6 files)")
    assert [Path(each.path).name for each in entry.related] == ["b.yaml", "c.yaml", "d.yaml"]
    assert len(result.folded) == 6
    assert {file.verdict for file in result.files} == {"advice"}


def test_a_baseline_accepts_what_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.yaml": HEAD.format(UNREAD) + NODES for name in "abc"})
    baseline = tmp_path / ".bplint-baseline.json"
    text, number = baseline_of(str(baseline), linted(tmp_path))
    baseline.write_text(text, encoding="utf-8")
    result = linted(tmp_path, Config(baseline=str(baseline)))
    assert (number, result.diagnostics, result.suppressed) == (3, (), 3)
    assert "unchecked" not in render("concise", result, ReportOptions())


def test_variants_of_a_plugin_file_share_a_diagnostic(tmp_path: Path) -> None:
    text = "plugins: {acme: {executor: central_deployment_agent, package_name: acme, package_version: '1'}}\n"
    text += "node_types: {acme.A: {derived_from: acme.Gone}}\n"
    write(tmp_path, dict.fromkeys(("plugin.yaml", "plugin_1_4.yaml", "v2_plugin.yaml"), text))
    found = [entry for entry in linted(tmp_path).diagnostics if entry.code == "BP251"]
    assert [entry.message for entry in found] == ["unknown node type 'acme.Gone' (in 3 files)"]


@pytest.mark.parametrize("is_quiet", [True, False])
def test_the_line_on_what_is_unchecked(tmp_path: Path, is_quiet: bool) -> None:
    imports = "".join(f", 'plugin:acme-{number}'" for number in range(4))
    write(tmp_path, {"a.yaml": HEAD.format(imports) + NODES})
    lines = render("concise", linted(tmp_path), ReportOptions(is_quiet=is_quiet)).splitlines()
    told = [line for line in lines if "unchecked" in line]
    wanted = "1 element unchecked: plugin:acme-0, plugin:acme-1 and 2 more imports are not here"
    assert told == ([] if is_quiet else [wanted])


def test_no_line_where_nothing_is_unchecked(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": HEAD.format(UNREAD) + "node_templates: {a: {type: cloudify.nodes.Root}}\n"})
    assert "unchecked" not in render("concise", linted(tmp_path), ReportOptions())


def test_an_unused_comment_suppresses_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": HEAD.format("") + "inputs: {}  # bplint: ignore[BP200]\n"})
    result = linted(tmp_path)
    assert ([entry.code for entry in result.diagnostics], result.suppressed) == (["BP980"], 0)


def test_an_unread_import_of_another_file_hides_no_unused_comment(tmp_path: Path) -> None:
    comment = "inputs: {}  # bplint: ignore[BP200]\n"
    write(tmp_path, {"a.yaml": HEAD.format("") + comment, "b.yaml": HEAD.format(UNREAD) + comment + NODES})
    found = [entry for entry in linted(tmp_path).diagnostics if entry.code == "BP980"]
    assert [Path(entry.path).name for entry in found] == ["a.yaml"]


def test_baseline_entries_of_files_that_are_gone(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": HEAD.format("") + "inputs: {}\n"})
    baseline = tmp_path / ".bplint-baseline.json"
    entry = {"path": "gone.yaml", "code": "BP200", "message": "", "fingerprint": "0" * 64}
    baseline.write_text(json.dumps({"version": 1, "entries": [entry]}), encoding="utf-8")
    (told,) = linted(tmp_path, Config(baseline=str(baseline))).diagnostics
    assert told.message == "the baseline accepts BP200 in 'gone.yaml', which is gone"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param((), f"this repository has the file: --import-rule '{REPOSITORY}=.'", id="none"),
        pytest.param(((REPOSITORY, "."),), None, id="given"),
    ],
)  # fmt: skip
def test_a_url_of_a_file_that_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: tuple[tuple[str, str], ...], expected: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {
            ".git/HEAD": "",
            "types/acme.yaml": "node_types: {acme.Server: {derived_from: cloudify.nodes.Root}}\n",
            "a.yaml": HEAD.format(", 'https://example.com/repo/types/acme.yaml'") + NODES,
        },
    )
    result = lint(LintRequest(("a.yaml",), Config(import_rules=rule)))
    assert [entry.help for entry in result.diagnostics] == ([] if expected is None else [expected])
