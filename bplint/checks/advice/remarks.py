"""What the manager takes and an author wants to know: what nothing uses, what has been replaced, what
stands in clear text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from bplint.document import Kind
from bplint.fault import hear_all
from bplint.later import later
from bplint.model.value_tests import is_function
from bplint.syntax.mapping import as_dict, get, get_pair, python_of
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.advice import remark_faults as kinds
    from bplint.fault import Fault, Hears
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate, Workflow
else:
    kinds = later("bplint.checks.advice.remark_faults")

# section → the fault of an item that nothing uses, and the word for it
_UNUSED: Final = (
    "data_types",
    "node_types",
    "relationships",
    "plugins",
    "groups",
    "policy_types",
    "policy_triggers",
)
# interfaces of the built-in types that were taken out; what replaced them
_REPLACED_INTERFACES: Final = {
    "cloudify.interfaces.worker_installer": "cloudify.interfaces.cloudify_agent",
    "cloudify.interfaces.plugin_installer": "cloudify.interfaces.cloudify_agent",
}

_TYPES: Final = {bool: "boolean", int: "integer", float: "float", str: "string", list: "list", dict: "dict"}
_MOST_NODES: Final = 1_000
_MANY: Final = 100


def check_remarks(blueprint: Blueprint, hears: Hears = hear_all) -> Iterator[Fault]:
    """Faults of the user's files that change nothing of what the manager does."""
    yield from _unused_items(blueprint)
    yield from _unused_inputs(blueprint)
    yield from _untyped_inputs(blueprint, hears)
    yield from _unused_anchors(blueprint)
    for workflow in blueprint.workflows.own():
        if workflow.availability_rules is not None:
            yield from _required_types(workflow, blueprint)
    renamed = _Renamed(blueprint)
    for template in blueprint.node_templates.own():
        if template.instances is not None and template.capabilities is None:
            yield from _instances(template, blueprint)
        if template.interfaces_node is not None:
            yield from _replaced_interfaces(template)
        newer = renamed.newer_name(template)
        if newer is not None and template.type_node is not None and hears(kinds.OlderTypeName):
            name, place = template.type_name or "", template.type_node.span
            yield kinds.OlderTypeName(template.path, place, name=name, newer=newer)
    # after the others: it needs the merged operations
    from bplint.checks.advice.secrets import find_secrets

    yield from find_secrets(blueprint, hears)


def _unused_items(blueprint: Blueprint) -> Iterator[Fault]:
    """Items of the main file that nothing names; nothing where the file is not a whole blueprint."""
    main = blueprint.graph.main
    if main.document.kind is not Kind.BLUEPRINT or main.document.holes:
        return
    # without node templates it is a file of types that calls itself a blueprint
    sections = _UNUSED if len(blueprint.node_templates) else ("groups",)
    own = {
        section: [entry for entry in getattr(blueprint, section).own() if entry.file is main]
        for section in sections
    }
    if not any(own.values()):
        return
    # only where there is something that may be unused
    from bplint.checks.advice.references import UsedNames

    usage = UsedNames(blueprint)
    for section, entries in own.items():
        used: set[str] = getattr(usage, section)
        for entry in entries:
            if entry.name not in used and not entry.name.startswith("cloudify."):
                kind, words = _unused_kinds()[section]
                yield kind(entry.path, entry.key.span, words=words, name=entry.name)


@cache
def _unused_kinds() -> dict[str, tuple[type[kinds.UnusedItem], str]]:
    """What is told of an item of a section that nothing names, and what such an item is called."""
    return {
        "data_types": (kinds.UnusedDataType, "data type"),
        "node_types": (kinds.UnusedNodeType, "node type"),
        "relationships": (kinds.UnusedRelationshipType, "relationship type"),
        "plugins": (kinds.UnusedPlugin, "plugin"),
        "groups": (kinds.UnusedGroup, "group"),
        "policy_types": (kinds.UnusedPolicyType, "policy type"),
        "policy_triggers": (kinds.UnusedPolicyType, "policy trigger"),
    }


def _unused_inputs(blueprint: Blueprint) -> Iterator[Fault]:
    if not any(True for _ in blueprint.inputs.own()):
        return
    # only where there are inputs
    from bplint.checks.advice.usage import unused_inputs

    unused = list(unused_inputs(blueprint))
    for entry in unused:
        number = sum(other.file is entry.file for other in unused) if len(unused) < _MANY else 0
        yield kinds.UnusedInput(entry.path, entry.key.span, name=entry.name, number=number)


def _untyped_inputs(blueprint: Blueprint, hears: Hears) -> Iterator[Fault]:
    """Inputs without a type whose default has one that cannot be meant otherwise."""
    for entry in blueprint.inputs.own():
        if entry.type_node is not None or entry.default is None or entry.node.kind != MAPPING:
            continue
        if not hears(kinds.UntypedInput):
            return
        if get_pair(entry.node, "type") is None and not is_function(entry.default):
            kind = _TYPES.get(type(python_of(entry.default, _MOST_NODES)))
            if kind is not None:
                yield kinds.UntypedInput(entry.path, entry.key.span, entry=entry, type_name=kind)


def _unused_anchors(blueprint: Blueprint) -> Iterator[Fault]:
    for file in blueprint.graph.files:
        if not file.is_own or "&" not in file.document.source.text:
            continue
        # only where there may be anchors
        from bplint.checks.advice.usage import unused_anchors

        for name, span in unused_anchors(file.document):
            yield kinds.UnusedAnchor(file.document.path, span, name=name)


def _required_types(workflow: Workflow, blueprint: Blueprint) -> Iterator[Fault]:
    assert workflow.availability_rules is not None
    required = get(workflow.availability_rules, "node_types_required")
    if required is None or required.kind != SEQUENCE:
        return
    for item in required.items or ():
        name = text_of(item)
        if name is None or name in blueprint.node_types or blueprint.unread.may_hold("node_types", name):
            continue
        yield kinds.UnknownRequiredNodeType(workflow.path, item.span, name=name)


def _instances(template: NodeTemplate, blueprint: Blueprint) -> Iterator[Fault]:
    """The old form of what the scalable capability says since version 1.3 of the language."""
    if not isinstance(blueprint.version, tuple) or blueprint.version < (1, 3):
        return
    pair = get_pair(template.node, "instances")
    if pair is not None:
        key, value = pair
        yield kinds.DeprecatedInstances(template.path, key.span, template=template, key=key, value=value)


def _replaced_interfaces(template: NodeTemplate) -> Iterator[Fault]:
    assert template.interfaces_node is not None
    kind = template.type
    for name, (key, _) in as_dict(template.interfaces_node).items():
        instead = _REPLACED_INTERFACES.get(name)
        if instead is not None and kind and kind.is_complete and name not in kind.interfaces:
            path, span = template.path, key.span
            yield kinds.ReplacedInterface(path, span, name=name, instead=instead, template=template)


class _Renamed:
    """Types that a published plugin has under two names, each looked up once."""

    __slots__ = ("_blueprint", "_known")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._known: dict[str | None, str | None] = {None: None}

    def newer_name(self, template: NodeTemplate) -> str | None:
        """The newer name of the template's type, or None."""
        name = template.type_name
        if name not in self._known:
            self._known[name] = self._find(template)
        return self._known[name]

    def _find(self, template: NodeTemplate) -> str | None:
        if not template.type or template.type.file.is_own:
            return None
        parts = template.type.name.split(".")
        if len(parts) < 4 or parts[0] != "cloudify" or parts[2] != "nodes":
            return None
        newer = ".".join(("cloudify", "nodes", parts[1], *parts[3:]))
        return newer if newer in self._blueprint.node_types else None
