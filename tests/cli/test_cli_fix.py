"""`bplint validate --fix` and `--diff`: what is written, what is not, and what happens when writing fails."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from bplint.app import fixing
from bplint.cli.group import main

GOOD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
node_templates:
  host:
    type: cloudify.nodes.Compute
"""
BAD = GOOD.replace("nodes.Compute", "nodes.Compte")
PLUGIN = """\
plugins:
  p: {executor: central_deployment_agent, package_name: p}
workflows:
  w: p.wf.w
"""
CODE = "def w(ctx, speed=3):\n    ctx.logger.info(speed)\n"
FIXED_PLUGIN = PLUGIN.replace(
    "w: p.wf.w", "w: {mapping: p.wf.w, parameters: {speed: {type: integer, default: 3}}}"
)
FIXED_CODE = CODE.replace("speed=3", "speed")
UNSAFE = ["validate", "plugin.yaml", "--select", "BP7", "--fix", "--unsafe-fixes"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is a repository of its own, as the current folder."""
    (tmp_path / ".git").mkdir()
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def plugin(project: Path) -> Path:
    (project / "plugin.yaml").write_text(PLUGIN)
    (project / "wf.py").write_text(CODE)
    return project


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


ENCODINGS = {
    "unix": ("utf-8", "", "\n", 0),
    "windows": ("utf-8", "", "\r\n", 0),
    "byte order mark": ("utf-8", "\ufeff", "\r\n", 0),
    "utf-16": ("utf-16-le", "\ufeff", "\n", 1),  # the manager reads no UTF-16
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_newlines_encoding_and_mark_stay(project: Path, name: str) -> None:
    encoding, mark, newline, code = ENCODINGS[name]
    path = project / "a.yaml"
    path.write_bytes((mark + BAD.replace("\n", newline)).encode(encoding))
    path.chmod(0o640)
    assert main(["validate", "--fix"]) == code
    assert path.read_bytes() == (mark + GOOD.replace("\n", newline)).encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_diff_writes_nothing_and_judges_what_is_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "a.yaml").write_text(BAD)
    assert main(["validate", "--diff"]) == 1
    out, err = capsys.readouterr()
    assert "-    type: cloudify.nodes.Compte\n+    type: cloudify.nodes.Compute\n" in out
    assert err == "1 to be fixed in 1 file\n"
    assert contents(project) == {"a.yaml": BAD.encode()}


def test_nothing_to_fix_says_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a.yaml").write_text(GOOD)
    assert main(["validate", "--diff"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["validate", "--fix", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_standard_input_is_fixed_to_the_standard_output(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "types.yaml").write_text("node_types:\n  app: {derived_from: cloudify.nodes.Rooot}\n")
    before = contents(project)
    text = BAD.replace("types/types.yaml]", "types/types.yaml, types.yaml]")
    pipe(monkeypatch, text.encode())
    assert main(["validate", "-", "--fix", "--format", "concise"]) == 1
    out, err = capsys.readouterr()
    assert out == text.replace("Compte", "Compute")
    assert "1 fixed in 1 file" in err
    assert "BP251" in err
    assert contents(project) == before  # what it imports is told of and left alone


def test_standard_input_without_faults_comes_out_as_it_was(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, GOOD.encode())
    assert main(["validate", "-", "--fix"]) == 0
    assert capsys.readouterr().out == GOOD
    pipe(monkeypatch, BAD.encode())
    assert main(["validate", "-", "--diff"]) == 1
    assert "+    type: cloudify.nodes.Compute" in capsys.readouterr().out


USAGE = {
    "standard input and files": ["-", "a.yaml", "--fix"],
    "list without fixing": ["--show-fixes"],
    "fixing and watching": ["--fix", "--watch"],
}


@pytest.mark.parametrize("name", USAGE)
def test_usage(project: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "a.yaml").write_text(BAD)
    pipe(monkeypatch, b"")
    assert main(["validate", *USAGE[name]]) == 2
    assert contents(project) == {"a.yaml": BAD.encode()}


def test_files_of_one_fix_are_written_together(plugin: Path) -> None:
    assert main(UNSAFE) == 0
    assert contents(plugin) == {"plugin.yaml": FIXED_PLUGIN.encode(), "wf.py": FIXED_CODE.encode()}
    assert main(UNSAFE) == 0
    assert contents(plugin) == {"plugin.yaml": FIXED_PLUGIN.encode(), "wf.py": FIXED_CODE.encode()}


def test_safe_fixes_alone_leave_unsafe_ones(plugin: Path) -> None:
    before = contents(plugin)
    main([*UNSAFE[:-1]])
    assert contents(plugin) == before


@pytest.mark.parametrize("name", ["plugin.yaml", "wf.py"])
def test_read_only_file_leaves_all_as_they_were(
    plugin: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(plugin)
    (plugin / name).chmod(0o444)
    assert main(UNSAFE) == 2
    assert "is read-only; nothing was written" in capsys.readouterr().err
    assert contents(plugin) == before


def test_full_disk_leaves_all_as_they_were(
    plugin: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = contents(plugin)
    monkeypatch.setattr(os, "fsync", full)
    assert main(UNSAFE) == 2
    assert "No space left on device; nothing was written" in capsys.readouterr().err
    assert contents(plugin) == before


def test_file_changed_meanwhile_leaves_all_as_they_were(
    plugin: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = fixing.Fixing.write

    def late(self: fixing.Fixing) -> None:
        (plugin / "wf.py").write_text(CODE + "# saved by an editor\n")
        write(self)

    monkeypatch.setattr(fixing.Fixing, "write", late)
    assert main(UNSAFE) == 2
    assert "changed while it was being fixed" in capsys.readouterr().err
    assert contents(plugin) == {
        "plugin.yaml": PLUGIN.encode(),
        "wf.py": (CODE + "# saved by an editor\n").encode(),
    }


def test_fix_in_the_formats(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a.yaml").write_text(BAD)
    main(["validate"])
    assert "help: write 'cloudify.nodes.Compute' (--fix)" in capsys.readouterr().out
    main(["validate", "--format", "json"])
    fix = json.loads(capsys.readouterr().out)["diagnostics"][0]["fix"]
    assert (fix["title"], fix["applicability"]) == ("write 'cloudify.nodes.Compute'", "safe")
    assert [edit["text"] for edit in fix["edits"]] == ["cloudify.nodes.Compute"]
    main(["validate", "--format", "sarif"])
    found = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["fixes"][0]
    replacement = found["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == "cloudify.nodes.Compute"


def test_no_fix_hides_a_key_that_is_there(project: Path) -> None:
    text = GOOD + "inputs:\n  port:\n    type: integer\n    typ: string\n"
    (project / "a.yaml").write_text(text)
    assert main(["validate", "--fix"]) == 1
    assert (project / "a.yaml").read_text() == text


def test_what_a_misspelt_name_means_is_not_unused(project: Path) -> None:
    text = GOOD + "inputs:\n  sizes: {default: 1}\noutputs:\n  used: {value: {get_input: sizs}}\n"
    (project / "a.yaml").write_text(text)
    assert main(["validate", "--fix", "--unsafe-fixes"]) == 0
    assert (project / "a.yaml").read_text() == text.replace("sizs", "sizes")
