"""Blueprints of any size, the same for the same number."""

from __future__ import annotations

import json

HEAD = """\
tosca_definitions_version: cloudify_dsl_1_4
imports:
  - cloudify/types/types.yaml
inputs:
  region:
    type: string
    default: north
  size:
    type: integer
    default: 3
node_types:
  bench.nodes.Server:
    derived_from: cloudify.nodes.Root
    properties:
      region: {type: string}
      size: {type: integer, default: 1}
      tags:
        default: {}
    interfaces:
      cloudify.interfaces.lifecycle:
        create:
          implementation: bench.tasks.create
          inputs:
            wait: {type: boolean, default: true}
plugins:
  bench:
    executor: central_deployment_agent
    package_name: bench
node_templates:
"""

TEMPLATE = """\
  server_{n}:
    type: bench.nodes.Server
    properties:
      region: {{ get_input: region }}
      size: {size}
      tags:
        owner: team-{n}  # who pays
        purpose: "number {n}"
        ports: [80, 443]
    interfaces:
      cloudify.interfaces.lifecycle:
        create:
          implementation: bench.tasks.create
          inputs:
            wait: false
"""

RELATIONSHIP = """\
    relationships:
      - type: cloudify.relationships.depends_on
        target: server_{target}
"""


def blueprint(templates: int) -> str:
    """A correct blueprint with that many node templates; each but the first depends on an earlier one."""
    parts = [HEAD]
    for n in range(templates):
        parts.append(TEMPLATE.format(n=n, size=n % 7))
        if n:
            parts.append(RELATIONSHIP.format(target=n // 2))
    return "".join(parts)


def blueprint_of_bytes(size_bytes: int) -> str:
    """A blueprint of about that many bytes."""
    probe = 200
    per_template = (len(blueprint(probe)) - len(HEAD)) / probe
    return blueprint(max(1, int((size_bytes - len(HEAD)) / per_template)))


def split_blueprint(templates: int, files: int) -> dict[str, str]:
    """The same over imports: name → text; the main file is `blueprint.yaml`."""
    share = templates // files
    imports = "".join(f"  - part_{number}.yaml\n" for number in range(files))
    head = HEAD.replace("  - cloudify/types/types.yaml\n", "  - cloudify/types/types.yaml\n" + imports)
    texts = {"blueprint.yaml": head.removesuffix("node_templates:\n")}
    for number in range(files):
        body = "".join(TEMPLATE.format(n=f"{number}_{n}", size=n % 7) for n in range(share))
        texts[f"part_{number}.yaml"] = "tosca_definitions_version: cloudify_dsl_1_4\nnode_templates:\n" + body
    return texts


PLUGIN_HEAD = """\
tosca_definitions_version: cloudify_dsl_1_4
plugins:
  benchplug:
    executor: central_deployment_agent
    package_name: benchplug
    package_version: '1.0'
node_types:
"""

PLUGIN_TYPE = """\
  bench.nodes.T{module}:
    derived_from: cloudify.nodes.Root
    interfaces:
      bench.ops:
"""

OPERATION = """\
        op_{n}:
          implementation: benchplug.benchplug.mod_{module}.op_{n}
          inputs:
            size: {{default: 1}}
"""

SETUP = """\
from setuptools import setup
setup(name='benchplug', version='1.0', packages=['benchplug'])
"""

MODULE_HEAD = "from cloudify.decorators import operation\n\n\n"

FUNCTION = """\
@operation
def op_{n}(ctx, size=None, **kwargs):
    ctx.logger.info('op {n}')
    return size


"""

PLAN_HEAD = """\
tosca_definitions_version: cloudify_dsl_1_4
imports:
  - cloudify/types/types.yaml
node_templates:
"""

TIER = """\
  tier_{n}:
    type: cloudify.nodes.Root
    capabilities:
      scalable:
        properties:
          default_instances: {instances}
"""

TIER_RELATIONSHIP = """\
    relationships:
      - type: cloudify.relationships.depends_on
        target: tier_{target}
"""


def cfn_template(resources: int) -> str:
    """A correct CloudFormation template with that many resources, each but the first depending on another."""
    found = {
        f"Queue{n}": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "DelaySeconds": n % 7,
                "KmsMasterKeyId": {"Ref": "Key"},
                "Tags": [{"Key": "owner", "Value": f"team-{n}"}, {"Key": "purpose", "Value": f"number {n}"}],
            },
            **({"DependsOn": f"Queue{n // 2}"} if n else {}),
        }
        for n in range(resources)
    }
    parameters = {"Key": {"Type": "String", "Default": "alias/aws/sqs"}}
    head = {"AWSTemplateFormatVersion": "2010-09-09", "Parameters": parameters}
    return json.dumps({**head, "Resources": found}, indent=2)


def plan_blueprint(instances: int) -> str:
    """A blueprint with that many node instances, ten of each node; each node but the first depends on one."""
    parts = [PLAN_HEAD]
    for n in range(max(1, instances // 10)):
        parts.append(TIER.format(n=n, instances=min(10, instances)))
        if n:
            parts.append(TIER_RELATIONSHIP.format(target=n // 2))
    return "".join(parts)


def plugin_package(mappings: int, modules: int) -> dict[str, str]:
    """A plugin folder: plugin.yaml with that many operation mappings over that many Python modules."""
    per_module = -(-mappings // modules)
    texts = {"plugin.yaml": "", "benchplug/__init__.py": "", "setup.py": SETUP}
    types = []
    for module in range(modules):
        texts[f"benchplug/mod_{module}.py"] = MODULE_HEAD + "".join(
            FUNCTION.format(n=n) for n in range(per_module)
        )
        operations = "".join(OPERATION.format(n=n, module=module) for n in range(per_module))
        types.append(PLUGIN_TYPE.format(module=module) + operations)
    texts["plugin.yaml"] = PLUGIN_HEAD + "".join(types)
    return texts
