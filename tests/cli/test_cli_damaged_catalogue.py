"""A catalogue that is not as it was written is told in one line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bplint.catalog import store
from bplint.cli.group import main

DATA = Path(store.__file__).parent / "data"
DAMAGE = {
    "no index": "index",
    "no heads": "types/heads",
    "no releases": "plugins/cloudify-aws-plugin/releases",
}


@pytest.mark.parametrize("name", DAMAGE.values(), ids=DAMAGE)
def test_one_line_names_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "catalog" / "data"
    shutil.copytree(DATA, data, ignore=lambda _, names: [each for each in names if each == "code"])
    (data / name).unlink()
    monkeypatch.setattr(store, "__file__", str(tmp_path / "catalog" / "store.py"))
    path = tmp_path / "blueprint.yaml"
    path.write_text(
        "tosca_definitions_version: cloudify_dsl_1_4\n"
        "imports: [cloudify/types/types.yaml, plugin:cloudify-aws-plugin]\n"
    )
    assert main(["validate", str(path), "--no-config"]) == 3
    error = capfd.readouterr().err
    assert error.count("\n") == 1
    assert name.rpartition("/")[2] in error
