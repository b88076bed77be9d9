"""Rules on what nothing uses and on what has been replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.advice.remark_faults import (
    DeprecatedInstances,
    OlderTypeName,
    ReplacedInterface,
    UnusedDataType,
    UnusedGroup,
    UnusedNodeType,
    UnusedPlugin,
    UnusedPolicyType,
    UnusedRelationshipType,
)
from bplint.diagnostic import Confidence, Effect, Severity
from bplint.rules.rule import rule
from bplint.syntax.mapping import as_dict, python_of
from bplint.syntax.rewrite import replace_pair, respell, unsafe
from bplint.syntax.scalars import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.advice.remark_faults import UnusedItem
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.lookup import Absent
    from bplint.model.elements import NodeTemplate, NodeType
    from bplint.rules.context import Context
    from bplint.syntax.tree import Node


@rule("BP900", on=UnusedDataType, effect=Effect.ADVICE, source="not checked by the parser")
def unused_data_type(fault: UnusedDataType, ctx: Context) -> Iterator[Diagnostic]:
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
    yield _unused(fault, ctx)


@rule("BP901", on=UnusedNodeType, effect=Effect.ADVICE, source="not checked by the parser")
def unused_node_type(fault: UnusedNodeType, ctx: Context) -> Iterator[Diagnostic]:
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
    yield _unused(fault, ctx)


@rule(
    "BP902",
    on=UnusedRelationshipType,
    effect=Effect.ADVICE,
    source="not checked by the parser",
)
def unused_relationship_type(fault: UnusedRelationshipType, ctx: Context) -> Iterator[Diagnostic]:
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
    yield _unused(fault, ctx)


@rule("BP903", on=UnusedPlugin, effect=Effect.ADVICE, source="not checked by the parser")
def unused_plugin(fault: UnusedPlugin, ctx: Context) -> Iterator[Diagnostic]:
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
    yield _unused(fault, ctx)


@rule("BP904", on=UnusedGroup, effect=Effect.ADVICE, source="not checked by the parser")
def unused_group(fault: UnusedGroup, ctx: Context) -> Iterator[Diagnostic]:
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
    yield _unused(fault, ctx)


@rule("BP905", on=UnusedPolicyType, effect=Effect.ADVICE, source="not checked by the parser")
def unused_policy_type(fault: UnusedPolicyType, ctx: Context) -> Iterator[Diagnostic]:
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
    yield _unused(fault, ctx)


def _unused(fault: UnusedItem, ctx: Context) -> Diagnostic:
    return ctx.report(fault, f"nothing uses {fault.words} '{fault.name}'")


@rule(
    "BP920",
    on=DeprecatedInstances,
    effect=Effect.ADVICE,
    source="elements/node_templates.py",
    fixable="unsafe",
)
def deprecated_instances(fault: DeprecatedInstances, ctx: Context) -> Iterator[Diagnostic]:
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
    message = "'instances' is deprecated; use 'capabilities.scalable.properties'"
    yield ctx.report(fault, message, fix=_as_capability(fault.template, fault.key, fault.value))


def _as_capability(template: NodeTemplate, key: Node, value: Node) -> Fix | None:
    """Say the number of instances in the new form; None where it is no plain number."""
    written = as_dict(value)
    number = value_of(written["deploy"][1]) if list(written) == ["deploy"] else None
    if type(number) is not int:
        return None
    new = {"capabilities": {"scalable": {"properties": {"default_instances": number}}}}
    edit = replace_pair(template.file.document.source, template.node, key, new)
    return unsafe("write the capability", edit)


@rule(
    "BP921",
    on=ReplacedInterface,
    effect=Effect.ADVICE,
    severity=Severity.WARNING,
    source="built-in types 3.2.1 and 3.3",
    fixable="unsafe",
)
def replaced_interface(fault: ReplacedInterface, ctx: Context) -> Iterator[Diagnostic]:
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
    name, instead = fault.name, fault.instead
    message = f"'{name}' is not called any more; use '{instead}'"
    yield ctx.report(fault, message, fix=_as_agent_interface(fault))


def _as_agent_interface(fault: ReplacedInterface) -> Fix | None:
    """Write the new interface's name, where it has all operations that are written."""
    name, instead, template = fault.name, fault.instead, fault.template
    written = as_dict(template.interfaces_node) if template.interfaces_node is not None else {}
    known = template.type.interfaces.get(instead, {}) if template.type else {}
    if instead in written or not all(operation in known for operation in as_dict(written[name][1])):
        return None
    edit = respell(template.file.document.source, fault.span, name, instead)
    return unsafe(f"write '{instead}'", edit)


@rule(
    "BP922",
    on=OlderTypeName,
    effect=Effect.ADVICE,
    confidence=Confidence.LOW,
    source="published plugins",
    fixable="safe",
)
def older_type_name(fault: OlderTypeName, ctx: Context) -> Iterator[Diagnostic]:
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
    name, newer = fault.name, fault.newer
    types = ctx.blueprint.node_types
    is_drop_in = _is_drop_in(types.lookup(name), types.lookup(newer))
    fix = ctx.replacing(fault.path, fault.span, name, newer) if is_drop_in else None
    yield ctx.report(fault, f"'{name}' is the older name of '{newer}'", fix=fix)


def _is_drop_in(old: NodeType | Absent, new: NodeType | Absent) -> bool:
    """Whether two types have the same properties and operations, and one is the other's parent or they have
    the same one."""
    if not old or not new or not old.is_complete or not new.is_complete:
        return False
    is_kin = old.derived_from in (new.derived_from, new.name) or new.derived_from == old.name
    return is_kin and _surface_of(old) == _surface_of(new)


def _surface_of(kind: NodeType) -> object:
    properties = {name: (entry.type, entry.default is None) for name, entry in kind.properties.items()}
    interfaces = {
        interface: {name: python_of(operation.node) for name, operation in operations.items()}
        for interface, operations in kind.interfaces.items()
    }
    return properties, interfaces
