"""Rules of other packages, and the commands that show rules, configuration and schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.cli.group import COMMANDS, main
from bplint.cli.schema_command import NAMES
from bplint.report import FORMATS

HERE = Path(__file__).parents[1]
BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
node_templates:
  Host: {type: cloudify.nodes.Compute}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.yaml").write_text(BLUEPRINT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def package(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example package as if it were installed: its code and its metadata are on the path."""
    metadata = project / "site" / "acme_bplint_rules-1.0.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-bplint-rules\nVersion: 1.0.0\n")
    names = ("acme_rules", "acme_clashing", "acme_broken", "acme_raising", "acme_unheard")
    lines = [f"{name.removesuffix('_rules').replace('_', '-')} = {name}" for name in names]
    (metadata / "entry_points.txt").write_text("[bplint.rules]\n" + "\n".join(lines) + "\n")
    monkeypatch.syspath_prepend(str(metadata.parent))
    monkeypatch.syspath_prepend(str(HERE / "example_rules" / "src"))
    return project


def configure(text: str) -> None:
    Path(".bplint.yaml").write_text(text, encoding="utf-8")


def test_rules_of_a_package_run_where_they_are_named(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--select", "ACME001"]) == 2
    configure("rule-plugins: [acme]\nfail-on: warning\n")
    capsys.readouterr()
    assert main(["validate", "--format", "concise"]) == 1
    out = capsys.readouterr().out
    assert (
        "a.yaml:4:3: warning: node template 'Host' has capitals in its name [ACME001 acme-node-name]" in out
    )
    assert main(["validate", "--ignore", "acme-node-name"]) == 0
    assert main(["rule", "ACME001"]) == 0
    assert "Node template's name has capitals." in capsys.readouterr().out
    assert main(["validate", "--format", "sarif", "--select", "ACME"]) == 1
    rules = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["ACME001"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("acme-clashing", "code 'BP250' wants capitals and digits and another prefix than BP"),
        ("acme-broken", "rule package 'acme-broken' cannot be loaded: out of order"),
        ("acme-unheard", "ACME900 is on 'Invented', which no walk meets"),
        ("acme-nowhere", "no installed package has an entry point 'acme-nowhere'"),
    ],
)
def test_package_that_cannot_be_used(
    package: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    configure(f"rule-plugins: [{name}]\n")
    assert main(["validate"]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert ".bplint.yaml:1:16" in err


@pytest.mark.parametrize("format_name", FORMATS)
def test_rule_with_a_bug_is_an_internal_error(
    package: Path, capsys: pytest.CaptureFixture[str], format_name: str
) -> None:
    configure("rule-plugins: [acme-raising]\nfail-on: never\n")
    assert main(["validate", "--format", format_name]) == 3
    assert "acme-raising" in capsys.readouterr().out


def test_rules_are_listed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure("ignore: [BP980]\n")
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("  BP980  unused-suppression") for line in lines)
    assert any(line.startswith("* BP250  unknown-node-type") for line in lines)
    assert main(["rules", "--format", "json"]) == 0
    rules = {rule["code"]: rule for rule in json.loads(capsys.readouterr().out)}
    assert rules["BP250"]["active"]
    assert not rules["BP980"]["active"]


@pytest.mark.parametrize("name", ["BP980", "bp980", "unused-suppression"])
def test_rule_is_explained(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["rule", name]) == 0
    text = capsys.readouterr().out
    assert text.startswith("BP980 unused-suppression\n")
    for title in ("Why it matters", "What the manager does", "Wrong", "Right", "How to suppress"):
        assert f"\n{title}\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_rule_as_markdown_and_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "BP980", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# BP980 unused-suppression\n")
    assert main(["rule", "BP980", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "unused-suppression"


def test_unknown_rule(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "unused-supression"]) == 2
    assert "did you mean 'unused-suppression'?" in capsys.readouterr().err


def test_config_says_where_values_come_from(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure("fail-on: never\nper-file-ignores: {'a/**': [BP9]}\n")
    assert main(["config"]) == 0
    text = capsys.readouterr().out
    assert "# configuration file: .bplint.yaml\n" in text
    assert 'fail-on = "never"  # .bplint.yaml\n' in text
    assert 'per-file-ignores = {"a/**": ["BP9"]}  # .bplint.yaml\n' in text
    assert "strict-imports = false  # default\n" in text
    assert main(["config", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["options"]["fail-on"]["origin"] == ".bplint.yaml"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: bplint {name}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["valdate"], "no such command 'valdate'; did you mean 'validate'?"),
        (["a.yaml"], "no such command 'a.yaml'; did you mean 'bplint validate a.yaml'?"),
        (["xyz"], "no such command 'xyz'"),
    ],
)
def test_unknown_command(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("http")


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["BP98"], ["BP980", "BP981", "BP982", "BP983", "BP984"]),
        (["BP98", "--fixable"], ["BP980", "BP981", "BP983"]),
        (["bp982", "bad-encoding"], ["BP003", "BP982"]),
        (["BP00", "--effect", "advice"], ["BP000"]),
        (["BP922", "--active"], []),
    ],
)
def test_rules_are_chosen(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], codes: list[str]
) -> None:
    assert main(["rules", *arguments, "--format", "json"]) == 0
    assert [rule["code"] for rule in json.loads(capsys.readouterr().out)] == codes


def test_family_is_listed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "bp98"]) == 0
    listed = capsys.readouterr().out
    assert listed.splitlines()[-1].startswith("5 of 5 rules run (*)")
    assert main(["rules", "BP98"]) == 0
    assert capsys.readouterr().out == listed


@pytest.mark.parametrize("arguments", [["rules"], ["rules", "BP2"], ["rule", "BP7"]])
def test_lists_fit_a_terminal(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_unknown_selector(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "unused-inptu"]) == 2
    assert "did you mean 'unused-input'?" in capsys.readouterr().err
