"""What the documents and the house promise."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from bplint.cli.group import main
from bplint.config.check_config import SHAPES
from bplint.config.keys import OPTIONS
from bplint.rules.registry import all_rules

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in (ROOT / "docs").glob("*.md")),
    *sorted(path for path in (ROOT / "docs" / "plan").glob("*.md")),
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_rules_that_exist(path: Path) -> None:
    codes = {rule.code for rule in all_rules()}
    named = set(re.findall(r"\bBP\d{3}\b", path.read_text(encoding="utf-8")))
    assert named - codes == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_option_is_documented() -> None:
    """The table in docs/configuration.md is made of the table of options."""
    rows = [f"| `{option.key}` | {SHAPES[option.shape]} | {option.summary} |" for option in OPTIONS]
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    table = text.split("<!-- options -->\n")[1].split("<!-- end of options -->")[0]
    assert table.splitlines()[2:] == rows


def test_action_and_hooks_are_read() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert not any("${{" in script for script in scripts)  # inputs must not become shell code
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["bplint", "bplint-fix"]


def test_version_is_one() -> None:
    from bplint import __version__

    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in text  # it is read from the package
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_plan_in_the_documentation_is_the_plan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "docs" / "plan" / "README.md").read_text(encoding="utf-8")
    _, _, example = text.partition("    $ bplint ")
    command, _, rest = example.partition("\n")
    shown = dedent(re.split(r"\n(?=\S)", rest)[0])
    monkeypatch.chdir(ROOT)
    assert main([*command.split(), "--no-config"]) == 0
    assert capsys.readouterr().out.strip() == shown.strip()
