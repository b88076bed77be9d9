"""Files that are linted in one run are judged as they are alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config

CODE = Path(__file__).parents[2] / "fixtures" / "code"
PLUGINS = sorted(path.as_posix() for path in CODE.rglob("plugin.yaml"))


def verdicts(result: LintResult) -> dict[str, tuple[str, str | None]]:
    return {file.path: (file.verdict, file.blame) for file in result.files}


@pytest.fixture(scope="module")
def together() -> dict[str, tuple[str, str | None]]:
    return verdicts(lint(LintRequest((CODE.as_posix(),), Config())))


@pytest.mark.parametrize("path", PLUGINS, ids=lambda path: path.removeprefix(f"{CODE.as_posix()}/"))
def test_code_of_another_plugin_is_not_its_own(
    path: str, together: dict[str, tuple[str, str | None]]
) -> None:
    """The modules that a run has read are shared; a plugin is only told of those in its own places."""
    assert verdicts(lint(LintRequest((path,), Config())))[path] == together[path]
