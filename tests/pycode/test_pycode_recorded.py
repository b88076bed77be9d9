"""Mappings onto functions of published plugins, whose code is recorded in the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config

OPENSTACK = "plugin:cloudify-openstack-plugin?version=2.14.20"
AWS = "plugin:cloudify-aws-plugin?version=3.2.4"


def run(folder: Path, imported: str, mapping: str, rest: str = "") -> list[tuple[str, str]]:
    path = folder / "blueprint.yaml"
    path.write_text(
        "tosca_definitions_version: cloudify_dsl_1_4\n"
        f"imports: [cloudify/types/types.yaml, '{imported}']\n"
        "node_types:\n  acme.Server:\n    derived_from: cloudify.nodes.Root\n    interfaces:\n"
        f"      cloudify.interfaces.lifecycle:\n        create: {mapping}\n{rest}"
        "node_templates: {server: {type: acme.Server}}\n",
        encoding="utf-8",
    )
    result = lint(LintRequest((str(path),), Config()))
    assert set(result.sources) == {str(path)}, "no text that nobody wrote is shown"
    return [(entry.code, entry.message) for entry in result.diagnostics if entry.code != "BP155"]


TARGETS = {
    "function": (AWS, "aws.cloudify_aws.ec2.resources.instances.create", []),
    "no such function": (
        AWS, "aws.cloudify_aws.ec2.resources.instances.creat",
        [("BP451", "module 'cloudify_aws.ec2.resources.instances' has no 'creat'; did you mean 'create'?")],
    ),
    "no such module": (
        AWS, "aws.cloudify_aws.ec2.resources.instancess.create",
        [("BP450", "no module 'cloudify_aws.ec2.resources.instancess' in package "
          "'cloudify_aws.ec2.resources'; did you mean 'instances'?")],
    ),
    "name that is imported": (OPENSTACK, "openstack.nova_plugin.server.ctx", []),
    "class": (AWS, "aws.cloudify_aws.ec2.resources.instances.EC2Instances", []),
    "package of a dependency": (AWS, "aws.somebody.elses.create", []),
    "package of other releases": (
        "plugin:cloudify-openstack-plugin?version=3.3.0", "openstack.nova_plugin.server.create",
        [("BP450", "no module 'nova_plugin'")],
    ),
    "decorated by the plugin": (
        # its decorator may change the arguments
        AWS, "{implementation: aws.cloudify_aws.ec2.resources.instances.create, inputs: {x: {default: 1}}}",
        [],
    ),
    "takes no ctx": (
        OPENSTACK, "openstack.openstack_plugin_common.floatingip.use_external_floatingip",
        [
            ("BP460", "'use_external_floatingip' takes neither ctx nor **kwargs; ctx is always passed"),
            *(("BP462", f"nothing gives '{name}', which 'use_external_floatingip' needs")
              for name in ("client", "ext_fip_ip_extractor", "ip_field_name")),
        ],
    ),
    "module that does not parse any more": (
        # nova_plugin/server.py of this release is Python 2: its own plugin.yaml maps to it
        "plugin:cloudify-openstack-plugin?version=2.0.1", "openstack.nova_plugin.server.create", [],
    ),
    "nor may others, then": (
        "plugin:cloudify-openstack-plugin?version=2.0.1", "openstack.nova_plugin.nothing.create", [],
    ),
    "release without recorded code": ("plugin:cloudify-ansible-plugin?version=3.2.8", "ansible.a.b.c", []),
}  # fmt: skip


@pytest.mark.parametrize(("imported", "mapping", "found"), TARGETS.values(), ids=TARGETS)
def test_targets(tmp_path: Path, imported: str, mapping: str, found: list[tuple[str, str]]) -> None:
    assert run(tmp_path, imported, mapping) == found


def test_function_of_an_older_release_that_the_import_allows(tmp_path: Path) -> None:
    found = run(tmp_path, "plugin:cloudify-openstack-plugin", "openstack.nova_plugin.server.create")
    assert [code for code, _ in found] == ["BP156"]
    assert "from 3.0.0 on the blueprint fails: no module 'nova_plugin'" in found[0][1]
