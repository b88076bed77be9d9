"""The GitLab report against the published TypeScript types of Code Climate reports."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.report import ReportOptions, render

ROOT = Path(__file__).parents[2]
NODE = Path(os.environ.get("BPLINT_NODE", ROOT / ".node"))
TSC = NODE / "node_modules" / "typescript" / "bin" / "tsc"

pytestmark = pytest.mark.skipif(
    not TSC.is_file() or shutil.which("node") is None or os.name == "nt",
    reason="`make node` installs what checks the GitLab report against the types of Code Climate",
)


def check(report: str, folder: Path) -> str:
    (folder / "node_modules").symlink_to(NODE / "node_modules", target_is_directory=True)
    source = folder / "report.ts"
    source.write_text(
        f'import type {{ Issue }} from "codeclimate-types"\nexport const report: Issue[] = {report}\n',
        encoding="utf-8",
    )
    options = ["--noEmit", "--strict", "--module", "nodenext", "--moduleResolution", "nodenext"]
    done = subprocess.run(
        ["node", str(TSC), *options, str(source)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout


def report_of(path: Path) -> str:
    return render("gitlab", lint(LintRequest((str(path),), Config())), ReportOptions())


def test_report_has_the_published_types(tmp_path: Path) -> None:
    report = report_of(ROOT / "examples" / "broken")
    assert report.count('"check_name"') >= 7
    assert check(report, tmp_path) == ""


def test_another_shape_is_told(tmp_path: Path) -> None:
    report = report_of(ROOT / "examples" / "broken").replace('"type": "issue"', '"type": "fault"')
    assert "'\"fault\"' is not assignable" in check(report, tmp_path)
