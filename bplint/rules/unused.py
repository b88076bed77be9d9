"""Rules on what nothing uses and on what has been replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Confidence, Effect, Severity
from bplint.document import Kind
from bplint.model.blueprint import Blueprint
from bplint.model.elements import NodeTemplate
from bplint.rules.rule import rule
from bplint.syntax.mapping import as_dict, get_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP900", "unused-data-type", on=Blueprint, effect=Effect.ADVICE, source="not checked by the parser")
def unused_data_type(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
    """A data type of the main blueprint that nothing uses.

    Why: it is left over, or a property that should have it has none. Only a blueprint that nobody else
        imports can tell, so files made to be imported are left alone.
    Bad:
        data_types:
          acme.Disk: {properties: {size: {type: integer}}}
        # ^^^^^^^^^ BP900
        node_templates:
          web: {type: cloudify.nodes.Root}
    Good:
        data_types:
          acme.Disk: {properties: {size: {type: integer}}}
        inputs:
          disk: {type: acme.Disk, default: {size: 1}}
        node_templates:
          web: {type: cloudify.nodes.Root}
    """
    yield from _unused(blueprint, ctx, "data_types", "data type")


@rule("BP901", "unused-node-type", on=Blueprint, effect=Effect.ADVICE, source="not checked by the parser")
def unused_node_type(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
    """A node type of the main blueprint that no node template and no other type uses.

    Why: it is left over, or a node template has the wrong type.
    Bad:
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Root}
        # ^^^^^^^^^^^ BP901
        node_templates:
          web: {type: cloudify.nodes.Root}
    Good:
        node_types:
          acme.Server: {derived_from: cloudify.nodes.Root}
        node_templates:
          web: {type: acme.Server}
    """
    yield from _unused(blueprint, ctx, "node_types", "node type")


@rule(
    "BP902",
    "unused-relationship-type",
    on=Blueprint,
    effect=Effect.ADVICE,
    source="not checked by the parser",
)
def unused_relationship_type(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
    """A relationship type of the main blueprint that no relationship and no other type uses.

    Why: it is left over, or a relationship has the wrong type.
    Bad:
        relationships:
          acme.uses: {derived_from: cloudify.relationships.connected_to}
        # ^^^^^^^^^ BP902
        node_templates:
          web: {type: cloudify.nodes.Root}
    Good:
        relationships:
          acme.uses: {derived_from: cloudify.relationships.connected_to}
        node_templates:
          db: {type: cloudify.nodes.Root}
          web:
            type: cloudify.nodes.Root
            relationships:
              - {type: acme.uses, target: db}
    """
    yield from _unused(blueprint, ctx, "relationships", "relationship type")


@rule("BP903", "unused-plugin", on=Blueprint, effect=Effect.ADVICE, source="not checked by the parser")
def unused_plugin(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
    """A plugin of the main blueprint that no operation and no workflow runs.

    Why: the manager installs it for nothing; or operations name it by its package instead of its key.
    Bad:
        plugins:
          acme: {executor: central_deployment_agent, package_name: acme-plugin}
        # ^^^^ BP903
        node_templates:
          web: {type: cloudify.nodes.Root}
    Good:
        plugins:
          acme: {executor: central_deployment_agent, package_name: acme-plugin}
        node_templates:
          web:
            type: cloudify.nodes.Root
            interfaces:
              cloudify.interfaces.lifecycle:
                create: acme.tasks.create
    """
    yield from _unused(blueprint, ctx, "plugins", "plugin")


@rule("BP904", "unused-group", on=Blueprint, effect=Effect.ADVICE, source="not checked by the parser")
def unused_group(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
    """A group that has no policies, that no policy targets and that no group holds.

    Why: it changes nothing, but `scale` and `execute_operation` do not take groups without a scaling
        policy.
    Bad:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        # ^^^^^^^ BP904
    Good:
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers: {members: [web]}
        policies:
          grow: {type: cloudify.policies.scaling, targets: [servers]}
    """
    yield from _unused(blueprint, ctx, "groups", "group")


@rule("BP905", "unused-policy-type", on=Blueprint, effect=Effect.ADVICE, source="not checked by the parser")
def unused_policy_type(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
    """A policy type or policy trigger of the main blueprint that no group uses.

    Why: it is left over.
    Bad:
        policy_types:
          acme.alive: {source: alive.clj}
        # ^^^^^^^^^^ BP905
        node_templates:
          web: {type: cloudify.nodes.Root}
    Good:
        policy_types:
          acme.alive: {source: alive.clj}
        node_templates:
          web: {type: cloudify.nodes.Root}
        groups:
          servers:
            members: [web]
            policies: {watch: {type: acme.alive}}
    """
    yield from _unused(blueprint, ctx, "policy_types", "policy type")
    yield from _unused(blueprint, ctx, "policy_triggers", "policy trigger")


def _unused(blueprint: Blueprint, ctx: Context, section: str, words: str) -> Iterator[Diagnostic]:
    """Items of the main file that nothing names; nothing where the file is not a whole blueprint."""
    main = blueprint.graph.main
    if main.document.kind is not Kind.BLUEPRINT or main.document.holes:
        return
    if section != "groups" and not len(blueprint.node_templates):
        return  # a file of types that calls itself a blueprint
    own = [entry for entry in getattr(blueprint, section).own() if entry.file is main]
    if not own:
        return
    # only where there is something that may be unused
    from bplint.model.references import Usage

    used: set[str] = getattr(Usage(blueprint), section)
    for entry in own:
        if entry.name not in used and not entry.name.startswith("cloudify."):
            yield ctx.report(entry, f"nothing uses {words} '{entry.name}'")


@rule(
    "BP920",
    "deprecated-instances",
    on=NodeTemplate,
    effect=Effect.ADVICE,
    source="elements/node_templates.py",
)
def deprecated_instances(template: NodeTemplate, ctx: Context) -> Iterator[Diagnostic]:
    """A node template says its number of instances in the old form.

    Why: the parser calls `instances.deploy` deprecated. Since version 1.3 of the language the scalable
        capability says the same and more.
    Bad:
        node_templates:
          web:
            type: cloudify.nodes.Root
            instances: {deploy: 2}
        #   ^^^^^^^^^ BP920
    Good:
        node_templates:
          web:
            type: cloudify.nodes.Root
            capabilities:
              scalable:
                properties: {default_instances: 2}
    """
    if template.instances is None or template.capabilities is not None:
        return
    version = ctx.blueprint.version
    if not isinstance(version, tuple) or version < (1, 3):
        return
    pair = get_pair(template.node, "instances")
    if pair is not None:
        yield ctx.report(pair[0], "'instances' is deprecated; use 'capabilities.scalable.properties'")


# operations of the built-in types that were taken out; what replaced them
_REPLACED_INTERFACES: Final = {
    "cloudify.interfaces.worker_installer": "cloudify.interfaces.cloudify_agent",
    "cloudify.interfaces.plugin_installer": "cloudify.interfaces.cloudify_agent",
}


@rule(
    "BP921",
    "replaced-interface",
    on=NodeTemplate,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="built-in types 3.2.1 and 3.3",
)
def replaced_interface(template: NodeTemplate, ctx: Context) -> Iterator[Diagnostic]:
    """A node template writes operations of an interface that newer managers do not call.

    Why: `cloudify.interfaces.worker_installer` and `plugin_installer` left the built-in types with
        version 3.3; `cloudify.interfaces.cloudify_agent` took their place.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.worker_installer:
        #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP921
                install: {}
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            interfaces:
              cloudify.interfaces.cloudify_agent:
                create: {}
    """
    if template.interfaces_node is None or not template.type:
        return
    for name, (key, _) in as_dict(template.interfaces_node).items():
        instead = _REPLACED_INTERFACES.get(name)
        if instead is not None and template.type.is_complete and name not in template.type.interfaces:
            yield ctx.report(key, f"'{name}' is not called any more; use '{instead}'")


@rule(
    "BP922",
    "older-type-name",
    on=NodeTemplate,
    effect=Effect.ADVICE,
    confidence=Confidence.LOW,
    source="published plugins",
)
def older_type_name(template: NodeTemplate, ctx: Context) -> Iterator[Diagnostic]:
    """A node template uses the older of two names that a plugin has for one type.

    Why: published plugins renamed `cloudify.PLUGIN.nodes.X` to `cloudify.nodes.PLUGIN.X` and keep the
        older names so that older blueprints go on working. Both work.
    Bad:
        imports: [cloudify/types/types.yaml, plugin:cloudify-vsphere-plugin]
        node_templates:
          net:
            type: cloudify.vsphere.nodes.Datacenter
        #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP922
            properties: {use_external_resource: true}
    Good:
        imports: [cloudify/types/types.yaml, plugin:cloudify-vsphere-plugin]
        node_templates:
          net:
            type: cloudify.nodes.vsphere.Datacenter
            properties: {use_external_resource: true}
    """
    name = template.type_name
    if name is None or template.type_node is None or not template.type or template.type.file.is_own:
        return
    parts = name.split(".")
    if len(parts) < 4 or parts[0] != "cloudify" or parts[2] != "nodes":
        return
    newer = ".".join(("cloudify", "nodes", parts[1], *parts[3:]))
    if newer in ctx.blueprint.node_types:
        yield ctx.report(template.type_node, f"'{name}' is the older name of '{newer}'")
