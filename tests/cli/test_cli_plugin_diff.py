"""`bplint plugin-diff` and `bplint catalog`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bplint.cli.group import main

OLD = """plugins:
  acme: {executor: central_deployment_agent, package_name: acme-plugin, package_version: '1.0'}
node_types:
  acme.Server:
    derived_from: cloudify.nodes.Root
    properties:
      size: {type: string, default: small}
      colour: {default: blue}
"""
NEW = OLD.replace("      colour: {default: blue}\n", "").replace("default: small", "default: large")
Capture = pytest.CaptureFixture[bytes]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    return tmp_path


def run(capfdbinary: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_places_in_the_new_file(folder: Path, capfdbinary: Capture) -> None:
    assert run(capfdbinary, "plugin-diff", "old.yaml", "new.yaml")[:2] == (
        0,
        "new.yaml:6:5: breaking: node type 'acme.Server': property 'colour' went away\n"
        "new.yaml:7:28: risky: node type 'acme.Server': property 'size' has the default 'large', "
        "not 'small'\n"
        "from old.yaml to new.yaml: 1 breaking, 1 risky, 0 harmless\n",
    )


LEVELS = {"never": 0, "breaking": 1, "risky": 1, "harmless": 1}


@pytest.mark.parametrize(("level", "code"), LEVELS.items(), ids=LEVELS)
def test_fail_on(folder: Path, level: str, code: int, capfdbinary: Capture) -> None:
    assert run(capfdbinary, "plugin-diff", "old.yaml", "new.yaml", "--fail-on", level)[0] == code
    assert run(capfdbinary, "plugin-diff", "old.yaml", "old.yaml", "--fail-on", level)[0] == 0


def test_blueprints_that_are_hit(folder: Path, capfdbinary: Capture) -> None:
    head = (
        "tosca_definitions_version: cloudify_dsl_1_4\n"
        "imports: [cloudify/types/types.yaml, plugin:acme-plugin]\n"
    )
    hit = "node_templates: {a: {type: acme.Server, properties: {colour: red}}}\n"
    (folder / "hit.yaml").write_text(head + hit)
    (folder / "spared.yaml").write_text(head + "node_templates: {a: {type: acme.Server}}\n")
    sides = ("plugin-diff", "old.yaml", "new.yaml", "hit.yaml", "spared.yaml")
    hits = json.loads(run(capfdbinary, *sides, "--format", "json")[1])["hits"]
    assert [(hit["path"], hit["code"], hit["line"]) for hit in hits] == [("hit.yaml", "BP301", 3)]


def test_revision_of_a_file(folder: Path, capfdbinary: Capture) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    (folder / "plugin.yaml").write_text(OLD)
    for command in (["init", "-q"], ["add", "plugin.yaml"], ["commit", "-qm", "old"]):
        subprocess.run([*git, *command], check=True, cwd=folder)
    (folder / "plugin.yaml").write_text(NEW)
    code, out, _ = run(capfdbinary, "plugin-diff", "HEAD:plugin.yaml", "plugin.yaml")
    assert code == 0
    assert out.endswith("from HEAD:plugin.yaml to plugin.yaml: 1 breaking, 1 risky, 0 harmless\n")


def test_releases_and_markdown(folder: Path, capfdbinary: Capture) -> None:
    sides = ("cloudify-aws-plugin==3.0.0", "cloudify-aws-plugin==3.2.4")
    code, out, _ = run(capfdbinary, "plugin-diff", *sides, "--format", "markdown")
    assert code == 0
    assert out.startswith("### cloudify-aws-plugin==3.0.0 → cloudify-aws-plugin==3.2.4\n")
    assert "\n**Breaking**\n\n- data type 'cloudify.datatypes.aws.iam.RolePolicy.config': property" in out


def test_function_that_went_away(folder: Path, capfdbinary: Capture) -> None:
    sides = ("cloudify-openstack-plugin==2.14.20", "cloudify-openstack-plugin==3.3.0")
    out = run(capfdbinary, "plugin-diff", *sides)[1]
    assert "breaking: function 'openstack.nova_plugin.server.create' went away\n" in out


REFUSED = {
    "unknown plugin": (("cloudify-awss-plugin==1", "new.yaml"), "did you mean 'cloudify-aws-plugin'?"),
    "unknown release": (("cloudify-aws-plugin==99", "new.yaml"), "there are versions 3.2.2, 3.2.3 and 3.2.4"),
    "no file": (("nothing.yaml", "new.yaml"), "'nothing.yaml' is no file, no NAME==VERSION and no REV:path"),
    "broken file": (("broken.yaml", "new.yaml"), "'broken.yaml' cannot be read as a plugin file"),
}


@pytest.mark.parametrize(("sides", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(folder: Path, sides: tuple[str, str], reason: str, capfdbinary: Capture) -> None:
    (folder / "broken.yaml").write_text("plugins: {")
    code, out, err = run(capfdbinary, "plugin-diff", *sides)
    assert (code, out) == (2, "")
    assert reason in err


def test_catalog_lists_plugins(capfdbinary: Capture) -> None:
    code, out, _ = run(capfdbinary, "catalog", "--format", "json")
    found = {each["name"]: each for each in json.loads(out)["found"]}
    assert (code, len(found)) == (0, 54)
    k8s = found["k8s"]
    assert (k8s["oldest"], k8s["newest"], k8s["packages"]) == ("3.0.0", "3.9.0", ["k8splugin"])


def test_catalog_lists_releases(capfdbinary: Capture) -> None:
    out = run(capfdbinary, "catalog", "k8splugin")[1]
    assert out.splitlines()[-1] == "3.0.0  2020-06-09  k8s/k8splugin_types.yaml (cloudify_dsl_1_3)"


def test_catalog_tells_a_type(capfdbinary: Capture) -> None:
    out = run(capfdbinary, "catalog", "cloudify.nodes.aws.ec2.ElasticIP")[1].splitlines()
    assert out[:3] == [
        "cloudify.nodes.aws.ec2.ElasticIP  node type of cloudify-aws-plugin",
        "  in 2.0.0 to the newest release",
        "  derived from cloudify.nodes.Root",
    ]
    assert "  2.5.8" in out


def test_catalog_names_what_is_near(capfdbinary: Capture) -> None:
    code, _, err = run(capfdbinary, "catalog", "cloudify.nodes.aws.ec2.Elasticip")
    assert code == 2
    assert "did you mean 'cloudify.nodes.aws.ec2.ElasticIP'?" in err
