"""Blueprints of any size, the same for the same number."""

from __future__ import annotations

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


def plugin_package(mappings: int, modules: int) -> dict[str, str]:
    """A plugin folder: plugin.yaml with that many operation mappings over that many Python modules."""
    per_module = -(-mappings // modules)
    texts = {
        "benchplug/__init__.py": "",
        "setup.py": "from setuptools import setup\nsetup(name='benchplug', version='1.0', packages=['benchplug'])\n",
    }
    types = []
    for module in range(modules):
        functions = "".join(
            f"@operation\ndef op_{n}(ctx, size=None, **kwargs):\n    ctx.logger.info('op {n}')\n    return size\n\n\n"
            for n in range(per_module)
        )
        texts[f"benchplug/mod_{module}.py"] = "from cloudify.decorators import operation\n\n\n" + functions
        operations = "".join(
            f"        op_{n}:\n          implementation: benchplug.benchplug.mod_{module}.op_{n}\n"
            f"          inputs:\n            size: {{default: 1}}\n"
            for n in range(per_module)
        )
        types.append(
            f"  bench.nodes.T{module}:\n    derived_from: cloudify.nodes.Root\n    interfaces:\n      bench.ops:\n{operations}"
        )
    texts["plugin.yaml"] = (
        "tosca_definitions_version: cloudify_dsl_1_4\n"
        "plugins:\n  benchplug:\n    executor: central_deployment_agent\n"
        "    package_name: benchplug\n    package_version: '1.0'\n"
        "node_types:\n" + "".join(types)
    )
    return texts
