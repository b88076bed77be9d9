"""What is left out, and values that do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from benchmarks.accuracy.mistake import Mistake, lines_cut, one_of, rewritten
from benchmarks.accuracy.mistakes_names import TYPE_SECTIONS
from benchmarks.accuracy.yaml_places import ANY, Change, Entry, Node, Text

if TYPE_CHECKING:
    from random import Random

_WORDS: Final = ("'5'", "five", "[5]", "{value: 5}")
_TEXTS: Final = ("[text]", "{value: text}", "5", "true")


def _cut(found: list[Entry], text: Text, random: Random, *, is_declared: bool = False) -> Change | None:
    found = [each for each in found if text.is_whole_lines(each) and each.siblings > 1]
    entry = one_of(found, random)
    if entry is None:
        return None
    return lines_cut(text, entry, *(entry.path[-1:] if is_declared else ()))


def property_lost(text: Text, random: Random) -> Change | None:
    return _cut(text.at(("node_templates", ANY, "properties", ANY)), text, random)


def type_lost(text: Text, random: Random) -> Change | None:
    found = text.at(
        ("node_templates", ANY, "type"),
        ("node_templates", ANY, "relationships", "[]", "target"),
        ("policies", ANY, "type"),
    )
    return _cut(found, text, random)


def import_lost(text: Text, random: Random) -> Change | None:
    """One import is gone, or all with their section; whatever needs it is a right place."""
    entry = one_of(text.at(("imports",), ("imports", "[]")), random)
    if entry is None:
        return None
    start, end = text.line_span(entry)
    if entry.is_flow or "\n" not in text.text[start:end]:
        return None
    names = [
        each.text for each in text.entries if each.path[-1] in ("type", "derived_from") and "." in each.text
    ]
    mapped = [each.text for each in text.entries if "." in each.text and each.path[-1] != "[]"]
    return Change(((start, end, ""),), ("imports", *names, *mapped))


def version_lost(text: Text, random: Random) -> Change | None:
    return _cut(text.at(("tosca_definitions_version",)), text, random)


def declaration_lost(text: Text, random: Random) -> Change | None:
    """An input, a node template, a type, a plugin is cut away and still used."""
    found = text.at(
        ("inputs", ANY), ("node_templates", ANY), ("plugins", ANY), *((each, ANY) for each in TYPE_SECTIONS)
    )
    entry = one_of([each for each in found if text.is_whole_lines(each) and each.siblings > 1], random)
    if entry is None:
        return None
    name = entry.path[-1]
    uses = {each.text for each in text.entries if each.text == name or each.text.startswith(name + ".")}
    return lines_cut(text, entry, name, *sorted(uses))


def default_lost(text: Text, random: Random) -> Change | None:
    found = text.at(
        ("inputs", ANY, "default"), *((each, ANY, "properties", ANY, "default") for each in TYPE_SECTIONS)
    )
    entry = one_of([each for each in found if text.is_whole_lines(each) and each.siblings > 1], random)
    if entry is None:
        return None
    templates = [each.path[1] for each in text.at(("node_templates", ANY))]
    return lines_cut(text, entry, *templates)


def plugin_key_lost(text: Text, random: Random) -> Change | None:
    return _cut(text.at(("plugins", ANY, ANY)), text, random)


def value_lost(text: Text, random: Random) -> Change | None:
    """`type:` with nothing behind it."""
    found = [
        each
        for each in text.entries
        if each.key is not None and each.is_scalar and each.text and not each.is_flow and len(each.path) > 1
    ]
    entry = one_of(found, random)
    if entry is None or entry.key is None:
        return None
    colon = text.text.index(":", entry.key.end_mark.index)
    return Change(((colon + 1, entry.end, ""),), entry.path[-2:-1])


def block_lost(text: Text, random: Random) -> Change | None:
    """A key is left with nothing below it."""
    found = [
        each for each in text.entries if each.key is not None and not each.is_scalar and not each.is_flow
    ]
    entry = one_of([each for each in found if not each.value.flow_style and len(each.path) > 1], random)
    if entry is None or entry.key is None:
        return None
    start = text.text.index("\n", entry.key.end_mark.index) + 1
    return Change(((start, text.line_span(entry)[1], ""),), entry.path[-2:])


def wrong_number(text: Text, random: Random) -> Change | None:
    """A word, a text in quotes, a list where a number stands."""
    found = [each for each in text.entries if isinstance(each.value, yaml.ScalarNode) and each.text.isdigit()]
    entry = one_of([each for each in found if not each.value.style and each.key is not None], random)
    return rewritten(entry, random.choice(_WORDS)) if entry is not None else None


def wrong_text(text: Text, random: Random) -> Change | None:
    """A list, a mapping, a number where a text stands."""
    found = [each for each in text.entries if each.text and each.key is not None and not each.text.isdigit()]
    entry = one_of([each for each in found if len(each.path) > 1], random)
    return rewritten(entry, random.choice(_TEXTS)) if entry is not None else None


def wrong_boolean(text: Text, random: Random) -> Change | None:
    found = [each for each in text.entries if each.text in ("true", "false") and each.key is not None]
    entry = one_of(found, random)
    return rewritten(entry, random.choice(("'true'", "'false'", "1", "maybe"))) if entry is not None else None


def list_for_mapping(text: Text, random: Random) -> Change | None:
    """`relationships` written as a mapping, `members` as one name."""
    found = text.at(
        ("node_templates", ANY, "relationships"),
        ("groups", ANY, "members"),
        ("policies", ANY, "targets"),
        ("imports",),
    )
    found = [each for each in found if isinstance(each.value, yaml.SequenceNode) and each.value.value]
    entry = one_of(found, random)
    if entry is None:
        return None
    first = entry.value.value[0]
    if not entry.value.flow_style and not isinstance(first, yaml.ScalarNode):
        dash = text.text.rindex("-", 0, first.start_mark.index)
        return Change(((dash, dash + 1, " "),), entry.path[-1:])
    return rewritten(
        entry, str(getattr(first, "value", "web")) if isinstance(first, yaml.ScalarNode) else "web"
    )


def argument_lost(text: Text, random: Random) -> Change | None:
    """A function has an argument too few."""
    found = [
        each
        for each in text.entries
        if each.path[-1] in ("get_property", "get_attribute", "get_capability", "concat", "string_replace")
        and isinstance(each.value, yaml.SequenceNode)
        and each.value.flow_style
        and len(each.value.value) == 2
    ]
    entry = one_of(found, random)
    if entry is None:
        return None
    first, last = entry.value.value
    return Change(((first.end_mark.index, end_of_node(last), ""),))


def end_of_node(node: Node) -> int:
    return int(node.end_mark.index)


def older_version(text: Text, random: Random) -> Change | None:
    """The file says a version of the language that does not have what it uses."""
    entry = one_of(text.at(("tosca_definitions_version",)), random)
    if entry is None or not entry.text.startswith("cloudify_dsl_1_"):
        return None
    minor = int(entry.text.rpartition("_")[2])
    if not minor:
        return None
    # any line may be what is too new
    names = tuple({each.path[-1] for each in text.entries if each.key is not None})
    return Change(rewritten(entry, f"cloudify_dsl_1_{random.randrange(minor)}").edits, names)


def constraint_broken(text: Text, random: Random) -> Change | None:
    """A default outside of its constraints, an operator that does not exist, or one argument for two."""
    found = text.at(
        ("inputs", ANY, "constraints", "[]", ANY),
        ("data_types", ANY, "properties", ANY, "constraints", "[]", ANY),
    )
    entry = one_of(found, random)
    if entry is None or entry.key is None:
        return None
    holder = entry.path[1:4:2] if entry.path[0] == "data_types" else entry.path[1:2]
    if random.random() < 0.5:
        name = entry.path[-1]
        new = random.choice((name.replace("_", "-"), name + "s", name.replace("_", "")))
        return Change(((entry.key.start_mark.index, entry.key.end_mark.index, new),), holder)
    return Change(
        rewritten(entry, random.choice(("one", "[9, 1]", "'('", "-1", "[]"))).edits, (*holder, "default")
    )


def instances_out_of_order(text: Text, random: Random) -> Change | None:
    found = [
        each
        for each in text.entries
        if each.path[-1] in ("default_instances", "min_instances", "max_instances") and each.text.isdigit()
    ]
    entry = one_of(found, random)
    if entry is None:
        return None
    new = {"default_instances": "99", "min_instances": "99", "max_instances": "0"}[entry.path[-1]]
    others = ("default_instances", "min_instances", "max_instances")
    return Change(rewritten(entry, new).edits, (*others, *entry.path[1:2]))


def two_containers(text: Text, random: Random) -> Change | None:
    """A node template is contained in two others, or in itself."""
    found = [
        each
        for each in text.at(("node_templates", ANY, "relationships", "[]", "type"))
        if each.text == "cloudify.relationships.contained_in" and text.is_whole_lines(each) is False
    ]
    entry = one_of(found, random)
    if entry is None or entry.is_flow:
        return None
    own = entry.path[1]
    start, _ = text.line_span(entry)
    others = [each.path[1] for each in text.at(("node_templates", ANY)) if each.path[1] != own]
    target = random.choice([*others, own])
    dash = text.text[start : entry.start]
    blank = " " * len(dash)
    return Change(
        ((start, start, f"{dash}type: {entry.text}\n{blank}target: {target}\n"),), (own, entry.text)
    )


def target_itself(text: Text, random: Random) -> Change | None:
    entry = one_of(text.at(("node_templates", ANY, "relationships", "[]", "target")), random)
    return rewritten(entry, entry.path[1]) if entry is not None else None


def own_parent(text: Text, random: Random) -> Change | None:
    """A type derives from itself, or from one that derives from it."""
    found = text.at(*((section, ANY, "derived_from") for section in TYPE_SECTIONS))
    entry = one_of(found, random)
    if entry is None:
        return None
    below = [each.path[1] for each in found if each.text == entry.path[1] and each.path[0] == entry.path[0]]
    name = random.choice([*below, entry.path[1]])
    return Change(rewritten(entry, name).edits, (entry.path[1], name))


def retyped_template(text: Text, random: Random) -> Change | None:
    """A node template gets the type of another and keeps its properties."""
    found = text.at(("node_templates", ANY, "type"))
    entry = one_of(found, random)
    if entry is None:
        return None
    others = sorted({each.text for each in found} - {entry.text, ""})
    if not others:
        return None
    names = [each.path[-1] for each in text.at(("node_templates", entry.path[1], ANY, ANY)) if each.key]
    return Change(rewritten(entry, random.choice(others)).edits, (entry.path[1], "properties", *names))


def string_for_schema(text: Text, random: Random) -> Change | None:
    """`port: 80` where a property, an input or a parameter is declared."""
    found = text.at(
        ("inputs", ANY),
        ("node_types", ANY, "properties", ANY),
        ("workflows", ANY, "parameters", ANY),
        ("data_types", ANY, "properties", ANY),
        ("outputs", ANY),
    )
    found = [each for each in found if not each.is_scalar and not each.is_flow]
    entry = one_of(found, random)
    return (
        Change(rewritten(entry, random.choice(("80", "string", "[]"))).edits) if entry is not None else None
    )


VALUES = (
    Mistake("property-lost", "a property of a node template is left out", property_lost),
    Mistake("type-lost", "a key that has to be there is left out", type_lost),
    Mistake("import-lost", "an import is left out", import_lost),
    Mistake("version-lost", "`tosca_definitions_version` is left out", version_lost),
    Mistake("declaration-lost", "what is used is declared no longer", declaration_lost),
    Mistake("default-lost", "a default is left out", default_lost),
    Mistake("plugin-key-lost", "a key of a plugin is left out", plugin_key_lost),
    Mistake("value-lost", "a key without its value", value_lost),
    Mistake("block-lost", "a key without what belongs below it", block_lost),
    Mistake("wrong-number", "something else where a number stands", wrong_number),
    Mistake("wrong-text", "something else where a text stands", wrong_text),
    Mistake("wrong-boolean", "something else where true or false stands", wrong_boolean),
    Mistake("list-for-mapping", "a mapping or a word where a list belongs", list_for_mapping),
    Mistake("argument-lost", "a function has an argument too few", argument_lost),
    Mistake("older-version", "a version of the language that lacks what is used", older_version),
    Mistake("constraint-broken", "a constraint that is none, or that the default breaks", constraint_broken),
    Mistake("instances-out-of-order", "minimum, default and maximum in no order", instances_out_of_order),
    Mistake("two-containers", "a node template is contained twice", two_containers),
    Mistake("target-itself", "a relationship to itself", target_itself),
    Mistake("own-parent", "a type that derives from itself", own_parent),
    Mistake("retyped-template", "another type, and the properties stay", retyped_template),
    Mistake("value-for-schema", "a value where a declaration belongs", string_for_schema),
)
