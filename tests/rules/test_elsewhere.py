"""What is suggested for a name that nothing defines: the right one, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml{}]\n"
AWS = ", 'plugin:cloudify-aws-plugin?version=3.2.4'"
NODE = "node_templates: {{a: {{type: {}}}}}\n"
RELATION = (
    "node_templates: {{a: {{type: cloudify.nodes.Root, relationships: [{{type: {}, target: b}}]}}, "
    "b: {{type: cloudify.nodes.Root}}}}\n"
)
FROM_AWS = "it is defined by cloudify-aws-plugin or cloudify-awssdk-plugin: import plugin:cloudify-aws-plugin"


@pytest.mark.parametrize(
    ("text", "imports", "expected"),
    [
        pytest.param(
            NODE.format("cloudify.nodes.Compte"), "", "did you mean 'cloudify.nodes.Compute'?", id="slip"
        ),
        pytest.param(NODE.format("cloudify.nodes.aws.ec2.Vpc"), "", FROM_AWS, id="of-a-plugin"),
        pytest.param(
            RELATION.format("cloudify.relationships.aws.elb.instance.connected_to"),
            "",
            FROM_AWS,
            id="relationship",
        ),
        pytest.param(
            NODE.format("tosca.nodes.Compute"), "", "did you mean 'cloudify.nodes.Compute'?", id="tosca"
        ),
        pytest.param(
            NODE.format("Compute"), "", "did you mean 'cloudify.nodes.Compute'?", id="without-prefix"
        ),
        pytest.param(
            RELATION.format("tosca.relationships.HostedOn"),
            "",
            "did you mean 'cloudify.relationships.contained_in'?",
            id="tosca-relationship",
        ),
        pytest.param(
            RELATION.format("contained_in"),
            "",
            "did you mean 'cloudify.relationships.contained_in'?",
            id="relationship-without-prefix",
        ),
        pytest.param(
            NODE.format("cloudify.aws.nodes.ElasticIP"),
            AWS,
            "did you mean 'cloudify.nodes.aws.ec2.ElasticIP'?",
            id="moved",
        ),
        pytest.param(NODE.format("cloudify.aws.nodes.Instance"), AWS, "", id="moved-to-several"),
        pytest.param(NODE.format("hacker.nodes.Compute"), "", "", id="of-somebody-else"),
        pytest.param(NODE.format("acme.nodes.Nothing"), "", "", id="like-nothing"),
    ],
)  # fmt: skip
def test_suggestion(text: str, imports: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "blueprint.yaml"
    path.write_text(HEAD.format(imports) + text, encoding="utf-8")
    found = lint(LintRequest((str(path),), Config(select=("BP250", "BP410"))))
    (message,) = [entry.message for entry in found.diagnostics]
    assert message.rpartition("; ")[2 if ";" in message else 0] == expected


def test_the_plugin_of_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "blueprint.yaml"
    operation = "{cloudify.interfaces.lifecycle: {create: aws.cloudify_aws.tasks.create}}"
    text = f"node_templates: {{a: {{type: cloudify.nodes.Root, interfaces: {operation}}}}}\n"
    path.write_text(HEAD.format("") + text, encoding="utf-8")
    found = lint(LintRequest((str(path),), Config(select=("BP400",))))
    (message,) = [entry.message for entry in found.diagnostics]
    assert message.endswith(": 'aws' is defined by cloudify-aws-plugin: import plugin:cloudify-aws-plugin")
