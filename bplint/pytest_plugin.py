"""`pytest --bplint`: the blueprints and plugin.yaml files below the arguments as tests.

Registered by an entry point, so it is imported at every start of pytest: nothing but pytest at the top.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bplint.app import LintResult
    from bplint.config import Config


_MAINS = pytest.StashKey[set[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("bplint")
    group.addoption("--bplint", action="store_true", help="check Cloudify blueprints as tests")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bplint: a check of a file by bplint")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> BlueprintFile | None:
    if not parent.config.getoption("--bplint") or file_path.suffix not in (".yaml", ".yml"):
        return None
    if os.path.realpath(file_path) not in _main_files(parent.config):
        return None
    file: BlueprintFile = BlueprintFile.from_parent(parent, path=file_path)
    return file


def _main_files(config: pytest.Config) -> set[str]:
    """Real paths of the files that stand for themselves where pytest was started: a file that another one
    imports is checked as its part."""
    if _MAINS not in config.stash:
        from bplint.app.reaching import main_files  # only where --bplint asks for it
        from bplint.config.load import load_config

        folder = os.path.relpath(config.invocation_params.dir)
        found = main_files(folder, load_config(folder, {}).config)
        config.stash[_MAINS] = {os.path.realpath(path) for path in found}
    return config.stash[_MAINS]


class BlueprintFile(pytest.File):
    """A file that bplint checks."""

    def collect(self) -> Iterator[pytest.Item]:
        item: BlueprintItem = BlueprintItem.from_parent(self, name="bplint")
        item.add_marker("bplint")
        yield item


class CheckFailedError(Exception):
    """The file has diagnostics at or above the threshold; the text is the report."""


class BlueprintItem(pytest.Item):
    """One lint; it fails where `bplint validate` would."""

    def runtest(self) -> None:
        from bplint.cli.reporting import exit_code

        result, config = self._linted()
        if exit_code(result, config):
            from bplint.report import ReportOptions, render

            raise CheckFailedError(render("full", result, ReportOptions()))

    def _linted(self) -> tuple[LintResult, Config]:
        from bplint.app import LintRequest, lint
        from bplint.config.load import load_config

        loaded = load_config(str(self.path.parent), {})
        if loaded.diagnostics:
            messages = "; ".join(entry.message for entry in loaded.diagnostics)
            raise CheckFailedError(f"{loaded.path}: {messages}")
        path = os.path.relpath(self.path).replace(os.sep, "/")
        return lint(LintRequest((path,), loaded.config)), loaded.config

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *more: Any) -> Any:
        if isinstance(excinfo.value, CheckFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"bplint: {self.path.name}"
