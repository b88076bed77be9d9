"""Policies of a configuration, `bplint test`, and the example packages of rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bplint.cli.group import main

ROOT = Path(__file__).parents[2]
HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def _installed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example package of rules as if it were installed."""
    metadata = project / "site" / "company_bplint_rules-1.0.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: company-bplint-rules\nVersion: 1.0.0\n")
    (metadata / "entry_points.txt").write_text("[bplint.rules]\ncompany = company_rules\n")
    monkeypatch.syspath_prepend(str(metadata.parent))
    monkeypatch.syspath_prepend(str(ROOT / "examples" / "company-rules" / "src"))


def policy(text: str) -> None:
    """A configuration with one policy; what the test does not say is as in most policies."""
    lines = [line.strip() for line in text.strip().splitlines()]
    keys = {line.partition(" =")[0] for line in lines}
    usual = {"code": '"ACME001"', "on": '"node_template"', "message": "\"'{name}' has '{value}'\""}
    lines += [f"{key} = {value}" for key, value in usual.items() if key not in keys]
    Path("pyproject.toml").write_text(
        "[[tool.bplint.policies]]\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )


def told(capsys: pytest.CaptureFixture[str], text: str) -> list[str]:
    """Place and message of each diagnostic of the policy."""
    Path("a.yaml").write_text(HEAD + text, encoding="utf-8")
    main(["validate", "a.yaml", "--format", "concise", "--select", "ACME001", "--quiet"])
    lines = capsys.readouterr().out.splitlines()
    return [
        line.removeprefix("a.yaml:").removesuffix(" [ACME001 acme001]") for line in lines if "ACME" in line
    ]


VM = "node_templates:\n  vm: {type: acme.Server%s}\n"
TYPES = """node_types:
  acme.Server:
    derived_from: cloudify.nodes.Root
    properties:
      size: {default: big}
      zone: {required: false}
"""


@pytest.mark.parametrize(
    ("written", "blueprint", "expected"),
    [
        ('at = "properties.zone"\nrequired = true', TYPES + VM % "", ["10:3: warning: 'vm' has ''"]),
        ('at = "properties.zone"\nrequired = true', TYPES + VM % ", properties: {zone: a}", []),
        ('at = "properties.size"\nrequired = true', TYPES + VM % "", []),  # the type has a default
        ('at = "properties.zone"\nrequired = true', VM % "", []),  # nobody knows the type
        ('at = "properties.size"\none-of = ["small"]', TYPES + VM % "", ["10:3: warning: 'vm' has 'big'"]),
        (
            'at = "properties.size"\none-of = ["small"]',
            TYPES + VM % ", properties: {size: huge}",
            ["10:46: warning: 'vm' has 'huge'"],
        ),
        ('at = "properties.size"\none-of = [1]', TYPES + VM % ", properties: {size: true}",
         ["10:46: warning: 'vm' has 'true'"]),
        ('at = "properties.size"\none-of = ["small"]', TYPES + VM % ", properties: {size: {get_secret: s}}",
         []),
        ('at = "properties.size.*"\npattern = "^a"', TYPES + VM % ", properties: {size: [ab, cd]}",
         ["10:51: warning: 'vm' has 'cd'"]),
        ('at = "properties.size.*.id"\nrequired = true',
         TYPES + VM % ", properties: {size: [{id: 1}, {no: 1}]}",
         ["10:56: warning: 'vm' has ''"]),
        ('at = "properties.zone"\nforbidden = true', TYPES + VM % ", properties: {zone: a}",
         ["10:40: warning: 'vm' has 'a'"]),
        ('types = ["cloudify.nodes.Root"]\nnames = ["v*"]\nforbidden = true', TYPES + VM % "",
         ["10:3: warning: 'vm' has 'vm'"]),
        ('types = ["cloudify.nodes.Compute"]\nforbidden = true', TYPES + VM % "", []),
        ('names = ["db*"]\nforbidden = true', TYPES + VM % "", []),
        ('at = "properties.size"\nschema = {type = "array", items = {type = "integer"}}',
         TYPES + VM % ", properties: {size: [1, x]}", ["10:50: warning: 'vm' has 'x'"]),
        ('severity = "error"\non = "blueprint"\nat = "description"\nrequired = true', TYPES + VM % "",
         ["1:28: error: 'a.yaml' has ''"]),
        ('on = "blueprint"\nat = "description"\nrequired = true', "description: x\n" + TYPES + VM % "", []),
    ],
)  # fmt: skip
def test_conditions(
    project: Path, capsys: pytest.CaptureFixture[str], written: str, blueprint: str, expected: list[str]
) -> None:
    policy(written)
    assert told(capsys, blueprint) == expected


@pytest.mark.parametrize(
    ("written", "message", "place"),
    [
        ('required = true\nat = "a"\ncolor = "red"', "a policy has no key 'color'", "4:1"),
        ("forbiden = true", "a policy has no key 'forbiden'; did you mean 'forbidden'?", "2:1"),
        (
            'at = "a"',
            "the policy has no condition: one of required, forbidden, pattern, one-of, schema",
            "1:1",
        ),
        ("required = true", "the policy wants a place: 'at'", "1:1"),
        ('pattern = "["', "'pattern' is no regular expression: unterminated character set", "2:11"),
        ('code = "BP100"\nforbidden = true', "code 'BP100' wants capitals and digits", "2:8"),
        ('on = "node_templates"\nforbidden = true', "did you mean 'node_template'?", "2:6"),
        ('on = "input"\ntypes = ["a"]\nforbidden = true', "'types' goes with data_type", "3:1"),
        ('name = "unknown-node-type"\nforbidden = true', "is taken by BP250 'unknown-node-type'", "1:1"),
        ('at = "a"\nrequired = 1', "'required' wants true or false", "3:12"),
        ('at = "a"\nschema = {type = "thing"}', "'schema' is no JSON Schema: 'thing' is not valid", "3:10"),
    ],
)
def test_mistakes_in_a_policy(
    project: Path, capsys: pytest.CaptureFixture[str], written: str, message: str, place: str
) -> None:
    policy(written)
    assert main(["validate"]) == 2
    err = capsys.readouterr().err
    assert message in " ".join(err.split())
    assert f"pyproject.toml:{place}" in err


def test_two_policies_of_one_code(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = "{code: ACME001, on: input, message: m, forbidden: true}"
    Path(".bplint.yaml").write_text(f"policies: [{one}, {one}]\n", encoding="utf-8")
    assert main(["validate"]) == 2
    assert "two policies have the code 'ACME001'" in capsys.readouterr().err


def test_policies_of_the_example(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "examples" / "policies")
    assert main(["test"]) == 0
    assert capsys.readouterr().out.endswith("11 of 11 fixtures as expected\n")


@pytest.mark.usefixtures("_installed")
def test_rules_of_the_example_package(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "examples" / "company-rules")
    assert main(["test"]) == 0
    assert capsys.readouterr().out.endswith("5 of 5 fixtures as expected\n")


@pytest.mark.usefixtures("_installed")
def test_fix_of_the_example_package(project: Path) -> None:
    shutil.copy(ROOT / "examples/company-rules/bplint-tests/CORP002/bad.yaml", "a.yaml")
    Path(".bplint.yaml").write_text("rule-plugins: [company]\n", encoding="utf-8")
    main(["validate", "--fix", "--unsafe-fixes", "a.yaml"])
    assert "properties: {agent_config: {install_method: none}}}" in Path("a.yaml").read_text(encoding="utf-8")


def test_fixtures_that_do_not_hold(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy('pattern = "^[a-z]+$"')
    folder = project / "bplint-tests" / "ACME001"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text(HEAD + "node_templates:\n  good: {type: a}\n# ^^^^ ACME001\n")
    (folder / "bad_unmarked.yaml").write_text(HEAD + "node_templates:\n  BAD: {type: a}\n")
    (folder / "good.yaml").write_text(HEAD + "node_templates:\n  BAD: {type: a}\n")
    assert main(["test"]) == 1
    out = capsys.readouterr().out
    assert "4:3-4:7: expected, not found" in out
    assert out.count("4:3-4:6: found, not expected: 'BAD' has 'BAD'") == 2
    assert "a bad file marks what it expects" in out
    assert out.endswith("0 of 3 fixtures as expected\n")


@pytest.mark.parametrize(
    ("folder", "message"),
    [(None, "no folder 'bplint-tests'"), ("ACME009", "is for a rule that the configuration does not have")],
)
def test_nothing_to_test(
    project: Path, capsys: pytest.CaptureFixture[str], folder: str | None, message: str
) -> None:
    assert main(["test"]) == 2
    assert "the configuration has no 'policies'" in capsys.readouterr().err
    policy("forbidden = true")
    if folder:
        (project / "bplint-tests" / folder).mkdir(parents=True)
    assert main(["test"]) == 2
    assert message in capsys.readouterr().err
