"""Projects reached through a link: their imports are theirs all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config

HEAD = "tosca_definitions_version: cloudify_dsl_1_4\nimports: [{}]\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links want a privilege on Windows")


def codes(path: Path) -> list[str]:
    return [entry.code for entry in lint(LintRequest((str(path),), Config())).diagnostics]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A link that leads to a project with a blueprint that imports a neighbour and a file above."""
    real = tmp_path / "real" / "app"
    (real / "sub").mkdir(parents=True)
    (real / "sub" / "near.yaml").write_text("inputs: {}\n", encoding="utf-8")
    (real / "above.yaml").write_text("inputs: {}\n", encoding="utf-8")
    (tmp_path / "far" / "away").mkdir(parents=True)
    link = tmp_path / "far" / "away" / "link"
    link.symlink_to(real, target_is_directory=True)
    return link


@pytest.mark.parametrize("name", ["near.yaml", "../above.yaml"])
@pytest.mark.parametrize("has_repository", [False, True])
def test_imports_of_a_linked_project(project: Path, name: str, has_repository: bool) -> None:
    if has_repository:
        (project / ".git").mkdir()
    main = project / "sub" / "blueprint.yaml"
    main.write_text(HEAD.format(name), encoding="utf-8")
    assert codes(main) == []


def test_a_link_out_of_the_repository_is_not_followed(project: Path, tmp_path: Path) -> None:
    (project / ".git").mkdir()
    secret = tmp_path / "secret.yaml"
    secret.write_text("inputs: {}\n", encoding="utf-8")
    (project / "sub" / "near.yaml").unlink()
    (project / "sub" / "near.yaml").symlink_to(secret)
    main = project / "sub" / "blueprint.yaml"
    main.write_text(HEAD.format("near.yaml"), encoding="utf-8")
    assert codes(main) == ["BP101"]
