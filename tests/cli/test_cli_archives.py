"""`bplint validate app.zip`."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

from bplint.cli.group import main

BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml, parts/inputs.yaml]
node_templates:
  host:
    type: cloudify.nodes.Compute
    interfaces:
      cloudify.interfaces.lifecycle:
        start: {implementation: scripts/start.sh}
"""
FILES = {
    "app/blueprint.yaml": BLUEPRINT,
    "app/parts/inputs.yaml": "inputs: {port: {typ: integer}}\n",
    "app/scripts/start.sh": "#!/bin/sh\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def packed(name: str, files: dict[str, str]) -> str:
    if name.endswith(".zip"):
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, text in files.items():
                archive.writestr(path, text)
    else:
        with tarfile.open(name, "w:gz") as tar:
            for path, text in files.items():
                info = tarfile.TarInfo(path)
                info.size = len(text)
                tar.addfile(info, io.BytesIO(text.encode()))
    return name


@pytest.mark.parametrize("name", ["app.zip", "app.tar.gz", "app.tgz"])
def test_archive_is_checked(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    packed(name, FILES)
    assert main(["validate", name, "--format", "concise", "--select", "unknown-key"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{name}/app/parts/inputs.yaml:1:17: error: ")
    assert "bplint-" not in "".join(lines)
    assert list((project / "tmp").iterdir()) == []
    packed(name, {**FILES, "app/parts/inputs.yaml": "inputs: {port: {default: 1}}\n"})
    assert main(["validate", name]) == 0


def test_archive_is_never_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed("app.zip", FILES)
    assert main(["validate", "app.zip", "--fix"]) == 2


BROKEN = {
    "no archive": (lambda: Path("app.zip").write_text("PK"), "cannot unpack 'app.zip'"),
    "missing": (lambda: None, "cannot unpack 'app.zip': No such file or directory"),
    "outside": (lambda: packed("app.zip", {"../x.yaml": "a: 1"}), "'../x.yaml' lies outside of it"),
    "absolute": (lambda: packed("app.zip", {"/etc/x.yaml": "a: 1"}), "'/etc/x.yaml' lies outside of it"),
    "bomb": (lambda: packed("app.zip", {"a.yaml": "a" * 2000}), "it unpacks to more than 1000 bytes"),
    "many": (
        lambda: packed("app.zip", {f"{number}.yaml": "" for number in range(11)}),
        "it holds more than 10 files",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_archive_that_is_none(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make, message = BROKEN[name]
    make()
    monkeypatch.setattr("bplint.app.unpacking.MAX_BYTES", 1000)
    monkeypatch.setattr("bplint.app.unpacking.MAX_MEMBERS", 10)
    assert main(["validate", "app.zip"]) == 2
    assert message in capsys.readouterr().err
    assert list((project / "tmp").iterdir()) == []
    assert not (project / "x.yaml").exists()


def test_links_are_not_followed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = project / "secret.yaml"
    secret.write_text("inputs: {secret_value: {typ: x}}\n")
    info = zipfile.ZipInfo("app/parts/inputs.yaml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile("app.zip", "w") as archive:
        archive.writestr("app/blueprint.yaml", BLUEPRINT)
        archive.writestr(info, os.fspath(secret))
    assert main(["validate", "app.zip"]) == 1
    assert "secret_value" not in capsys.readouterr().out
