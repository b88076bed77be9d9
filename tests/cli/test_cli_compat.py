"""`bplint compat`: which releases blueprints fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.app.compat import compatibility
from bplint.cli.group import main
from bplint.config import Config

HEAD = "tosca_definitions_version: cloudify_dsl_1_4\nimports:\n  - cloudify/types/types.yaml\n"


@pytest.fixture
def blueprints(tmp_path: Path) -> Path:
    """Two blueprints: one for the types of openstack 2, one for those of 3 that also imports aws."""
    (tmp_path / "old.yaml").write_text(
        f"{HEAD}  - plugin:cloudify-openstack-plugin?version=2.14.20\n"
        "node_templates: {net: {type: cloudify.openstack.nodes.Network}}\n"
    )
    (tmp_path / "new.yaml").write_text(
        f"{HEAD}  - plugin:cloudify-openstack-plugin\n  - plugin:cloudify-aws-plugin\n"
        "node_templates: {net: {type: cloudify.nodes.openstack.Network}}\n"
    )
    return tmp_path


def statuses(folder: Path, name: str, plugin: str) -> list[tuple[str, str]]:
    found = compatibility([str(folder / name)], Config())
    use = next(use for use in found.uses if use.plugin == plugin)
    return [(each.text, each.status) for each in use.ranges]


def test_ranges_whatever_the_import_allows(blueprints: Path) -> None:
    ranges = statuses(blueprints, "old.yaml", "cloudify-openstack-plugin")
    assert ranges[0] == ("3.0.0 to 3.3.9", "breaks")
    assert ranges[1][0].endswith(" to 2.14.26")
    assert ranges[1][1] == "fits"


def test_plugin_that_is_not_used_fits_as_long_as_its_file_is_taken(blueprints: Path) -> None:
    ranges = statuses(blueprints, "new.yaml", "cloudify-aws-plugin")
    assert {status for _, status in ranges} == {"fits"}


def test_agrees_with_validate(blueprints: Path) -> None:
    found = compatibility([str(blueprints)], Config())
    for use in found.uses:
        for each in use.ranges:
            for version in {each.versions[0], each.versions[-1]}:
                rules = ((use.location, f"plugin:{use.plugin}?version={version}"),)
                result = lint(LintRequest((use.path,), Config(import_rules=rules)))
                is_broken = result.files[0].verdict in ("refused", "fails")
                assert is_broken == (each.status == "breaks"), (use.path, use.plugin, version)


def test_json(blueprints: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    arguments = [
        "compat",
        str(blueprints),
        "--plugin",
        "cloudify-openstack-plugin=>=2.14,<3.1",
        "--format",
        "json",
    ]
    assert main([*arguments, "--no-config"]) == 0
    data = json.loads(capfdbinary.readouterr().out)
    old = next(each for each in data["plugins"] if each["path"].endswith("old.yaml"))
    assert len(data["plugins"]) == 2
    assert [(each["last"], each["status"], each["allowed"]) for each in old["ranges"]] == [
        ("3.0.0", "breaks", False),
        ("2.14.26", "fits", True),
    ]
    assert old["ranges"][0]["reason"]["code"] == "BP250"
    assert (old["ranges"][0]["reason"]["line"], old["ranges"][0]["reason"]["column"]) == (5, 30)


CODES = {
    "fits": ("cloudify-openstack-plugin>=2.14,<3", ["old.yaml"], 0),
    "breaks": ("cloudify-openstack-plugin>=3", ["old.yaml"], 1),
    "one of two breaks": ("cloudify-openstack-plugin>=3", ["old.yaml", "new.yaml"], 1),
    "any release": ("cloudify-aws-plugin", ["new.yaml"], 0),
    "not used": ("cloudify-gcp-plugin", ["new.yaml"], 0),
    "unknown plugin": ("cloudify-awss-plugin>=3", ["new.yaml"], 2),
    "unknown release": ("cloudify-aws-plugin>=99", ["new.yaml"], 2),
    "no constraint": ("cloudify-aws-plugin>>3", ["new.yaml"], 2),
}


@pytest.mark.parametrize(("requirement", "names", "code"), CODES.values(), ids=CODES)
def test_fail_unless(blueprints: Path, requirement: str, names: list[str], code: int) -> None:
    paths = [str(blueprints / name) for name in names]
    assert main(["compat", *paths, "--no-config", "--fail-unless", requirement]) == code


def test_errors_name_what_is_near_and_where(blueprints: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = str(blueprints / "new.yaml")
    main(["compat", path, "--no-config", "--plugin", "cloudify-awss-plugin"])
    assert "did you mean 'cloudify-aws-plugin'?" in capfd.readouterr().err
    main(["compat", path, "--no-config", "--plugin", "cloudify-aws-plugin=>=1,>>2"])
    assert "'>>2' is no constraint on a version" in capfd.readouterr().err
    main(["compat", path, "--no-config", "--plugin", "cloudify-aws-plugin=>=1,>>2"])
    assert "at character 25" in capfd.readouterr().err


def test_text(blueprints: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["compat", str(blueprints), "--no-config", "--plugin", "cloudify-openstack-plugin=>=2.14,<3.2"])
    out = capfd.readouterr().out
    assert "    2.14.0 to 2.14.26  fits\n" in out
    assert "  the newest release breaks 1 of them\n" in out
