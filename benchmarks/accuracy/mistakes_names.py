"""Names that lead nowhere: misspelt where they are used, or where they are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from benchmarks.accuracy.mistake import Mistake, key_misspelt, one_of, respelt, value_misspelt
from benchmarks.accuracy.words import misspelt
from benchmarks.accuracy.yaml_places import ANY, Change, Entry, Node, Path, Text

if TYPE_CHECKING:
    from random import Random

TYPE_SECTIONS: Final = ("node_types", "relationships", "data_types")
READERS: Final = ("get_property", "get_attribute", "get_attributes_list", "get_attributes_dict")
WORDS: Final = ("SELF", "SOURCE", "TARGET")
MAPPINGS: Final[tuple[Path, ...]] = tuple(
    (section, ANY, *below, ANY, ANY, *end)
    for section, below in (
        ("node_templates", ("interfaces",)),
        ("node_types", ("interfaces",)),
        ("relationships", ("source_interfaces",)),
        ("relationships", ("target_interfaces",)),
        ("node_templates", ("relationships", "[]", "source_interfaces")),
        ("node_templates", ("relationships", "[]", "target_interfaces")),
    )
    for end in ((), ("implementation",))
)


def node_type(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("node_templates", ANY, "type")), text, random)


def parent_type(text: Text, random: Random) -> Change | None:
    found = text.at(*((section, ANY, "derived_from") for section in TYPE_SECTIONS))
    return value_misspelt(found, text, random)


def relationship_type(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("node_templates", ANY, "relationships", "[]", "type")), text, random)


def relationship_target(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("node_templates", ANY, "relationships", "[]", "target")), text, random)


def data_type(text: Text, random: Random) -> Change | None:
    found = text.at(
        *((section, ANY, "properties", ANY, "type") for section in TYPE_SECTIONS),
        ("inputs", ANY, "type"),
        ("workflows", ANY, "parameters", ANY, "type"),
        *((*pattern[:5], "inputs", ANY, "type") for pattern in MAPPINGS if pattern[0] == "node_types"),
    )
    return value_misspelt(found, text, random)


def plugin_of_mapping(text: Text, random: Random) -> Change | None:
    plugins = {str(entry.path[1]) for entry in text.at(("plugins", ANY))}
    found = [each for each in text.at(*MAPPINGS) if each.text.partition(".")[0] in plugins]
    entry = one_of(found, random)
    if entry is None:
        return None
    old = entry.text.partition(".")[0]
    new = misspelt(old, random)
    return Change((respelt(text, entry.value, old, new),)) if new not in plugins else None


def property_of_template(text: Text, random: Random) -> Change | None:
    return key_misspelt(text.at(("node_templates", ANY, "properties", ANY)), text, random, lost=False)


def operation_of_template(text: Text, random: Random) -> Change | None:
    found = [*text.at(("node_templates", ANY, "interfaces", ANY)), *text.at(*MAPPINGS[:1])]
    return key_misspelt(found, text, random, lost=False)


def input_of_operation(text: Text, random: Random) -> Change | None:
    found = text.at(("node_templates", ANY, "interfaces", ANY, ANY, "inputs", ANY))
    return key_misspelt(found, text, random, lost=False)


def _calls(text: Text, *names: str) -> list[Entry]:
    return [each for each in text.entries if each.path[-1] in names and each.siblings == 1]


def input_of_function(text: Text, random: Random) -> Change | None:
    return value_misspelt([each for each in _calls(text, "get_input") if each.is_scalar], text, random)


def _argument(text: Text, random: Random, index: int) -> Change | None:
    """One scalar argument of a function that reads a node."""
    nodes = [
        call.value.value[index]
        for call in _calls(text, *READERS)
        if isinstance(call.value, yaml.SequenceNode) and len(call.value.value) > index
    ]
    nodes = [node for node in nodes if isinstance(node, yaml.ScalarNode) and not str(node.value).isdigit()]
    if not nodes:
        return None
    node = random.choice(nodes)
    new = misspelt(node.value, random)
    return Change((respelt(text, node, node.value, new),)) if new else None


def node_of_function(text: Text, random: Random) -> Change | None:
    return _argument(text, random, 0)


def path_of_function(text: Text, random: Random) -> Change | None:
    return _argument(text, random, 1)


def function(text: Text, random: Random) -> Change | None:
    found = _calls(text, *READERS, "get_input", "concat", "get_secret", "get_capability")
    return key_misspelt(found, text, random, lost=False)


def section(text: Text, random: Random) -> Change | None:
    found = text.at((ANY,))
    entry = one_of([each for each in found if each.path[0] != "tosca_definitions_version"], random)
    if entry is None or entry.key is None:
        return None
    below = () if entry.is_scalar else tuple(str(key.value) for key, _ in _pairs(entry.value))
    name = entry.path[0]
    return Change((respelt(text, entry.key, name, misspelt(name, random)),), below)


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def key_of_element(text: Text, random: Random) -> Change | None:
    """`implementaton`, `relationship`, `propertes`."""
    found = text.at(
        ("node_templates", ANY, ANY),
        ("node_types", ANY, ANY),
        ("relationships", ANY, ANY),
        ("inputs", ANY, ANY),
        ("outputs", ANY, ANY),
        ("capabilities", ANY, ANY),
        ("plugins", ANY, ANY),
        ("groups", ANY, ANY),
        ("policies", ANY, ANY),
        ("workflows", ANY, ANY),
        ("node_types", ANY, "properties", ANY, ANY),
        ("data_types", ANY, "properties", ANY, ANY),
        ("node_templates", ANY, "relationships", "[]", ANY),
        *((*pattern[:-1], ANY) for pattern in MAPPINGS if pattern[-1] == "implementation"),
    )
    return key_misspelt(found, text, random, lost=False)


def declared_input(text: Text, random: Random) -> Change | None:
    return key_misspelt(text.at(("inputs", ANY)), text, random, lost=True)


def declared_template(text: Text, random: Random) -> Change | None:
    return key_misspelt(text.at(("node_templates", ANY)), text, random, lost=True)


def declared_type(text: Text, random: Random) -> Change | None:
    found = text.at(*((each, ANY) for each in TYPE_SECTIONS))
    return key_misspelt(found, text, random, lost=True)


def declared_plugin(text: Text, random: Random) -> Change | None:
    entry = one_of(text.at(("plugins", ANY)), random)
    if entry is None or entry.key is None:
        return None
    old = entry.path[-1]
    return Change((respelt(text, entry.key, old, misspelt(old, random)),), (old,))


def declared_property(text: Text, random: Random) -> Change | None:
    found = text.at(*((each, ANY, "properties", ANY) for each in TYPE_SECTIONS))
    return key_misspelt(found, text, random, lost=True)


def group_member(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("groups", ANY, "members", "[]")), text, random)


def policy_target(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("policies", ANY, "targets", "[]")), text, random)


def policy_type(text: Text, random: Random) -> Change | None:
    found = text.at(("policies", ANY, "type"), ("groups", ANY, "policies", ANY, "type"))
    return value_misspelt(found, text, random)


def imported_file(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("imports", "[]")), text, random)


def script_path(text: Text, random: Random) -> Change | None:
    found = [each for each in text.at(*MAPPINGS) if each.text.endswith((".sh", ".py"))]
    entry = one_of(found, random)
    if entry is None:
        return None
    head, dot, tail = entry.text.rpartition(".")
    return Change((respelt(text, entry.value, entry.text, misspelt(head, random) + dot + tail),))


def version(text: Text, random: Random) -> Change | None:
    return value_misspelt(text.at(("tosca_definitions_version",)), text, random)


def workflow_plugin(text: Text, random: Random) -> Change | None:
    found = [each for each in text.at(("workflows", ANY), ("workflows", ANY, "mapping")) if "." in each.text]
    entry = one_of(found, random)
    if entry is None:
        return None
    old = entry.text.partition(".")[0]
    return Change((respelt(text, entry.value, old, misspelt(old, random)),))


NAMES = (
    Mistake("misspelt-node-type", "the type of a node template", node_type),
    Mistake("misspelt-parent-type", "`derived_from`", parent_type),
    Mistake("misspelt-relationship-type", "the type of a relationship", relationship_type),
    Mistake("misspelt-target", "the target of a relationship", relationship_target),
    Mistake("misspelt-data-type", "the type of a property, an input, a parameter", data_type),
    Mistake("misspelt-plugin-in-mapping", "the plugin of an operation", plugin_of_mapping),
    Mistake("misspelt-plugin-of-workflow", "the plugin of a workflow", workflow_plugin),
    Mistake("misspelt-property", "a property of a node template", property_of_template),
    Mistake("misspelt-operation", "an interface or operation of a node template", operation_of_template),
    Mistake("misspelt-operation-input", "an input of an operation", input_of_operation),
    Mistake("misspelt-input", "the input of `get_input`", input_of_function),
    Mistake("misspelt-node-in-function", "the node of `get_property`, `get_attribute`", node_of_function),
    Mistake("misspelt-path-in-function", "what `get_property`, `get_attribute` read", path_of_function),
    Mistake("misspelt-function", "an intrinsic function", function),
    Mistake("misspelt-section", "a section of the file", section),
    Mistake("misspelt-key", "a key of the language", key_of_element),
    Mistake("renamed-input", "an input is renamed and its readers are not", declared_input),
    Mistake("renamed-template", "a node template is renamed and what names it is not", declared_template),
    Mistake("renamed-type", "a type is renamed and what derives from it or uses it is not", declared_type),
    Mistake("renamed-plugin", "a plugin is renamed and the mappings are not", declared_plugin),
    Mistake("renamed-property", "a declared property is renamed and its users are not", declared_property),
    Mistake("misspelt-group-member", "a member of a group", group_member),
    Mistake("misspelt-policy-target", "the target of a policy", policy_target),
    Mistake("misspelt-policy-type", "the type of a policy", policy_type),
    Mistake("misspelt-import", "the file of an import", imported_file),
    Mistake("misspelt-script", "the script of an operation", script_path),
    Mistake("misspelt-version", "`tosca_definitions_version`", version),
)
