"""A change or two of a correct blueprint, chosen by a seed: on the nodes of its files, or on their texts.

A change may be a fault or harmless; what it is, the reference parser says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from tools.oracle.mutate_files import arranged, given
from tools.oracle.mutate_trees import Place, compose, copied, parsed, places, text_of
from tools.oracle.mutate_words import (
    ADDITIONS,
    CHARACTERS,
    FUNCTION_NAMES,
    KEYS,
    NAMESPACES,
    VALUES,
    VERSIONS,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tools.oracle.mutate_trees import Files


def mutant(files: Files, random: Random) -> tuple[str, Files]:
    """What was done, and the files after it. The seed decides both."""
    names, files = arranged(files, random)
    for _ in range(2 if random.random() < 0.2 else 1):
        paths = [path for path in files if path.endswith(".yaml")]
        path = random.choices(paths, [len(files[path]) + 1 for path in paths])[0]
        change = _change_text if random.random() < 0.1 else _change_tree
        name, text = change(files[path], random)
        names += f"{name} in {path}, "
        files = {**files, path: text}
    return names.removesuffix(", "), given(files, random)


# -- trees


def _change_tree(text: str, random: Random) -> tuple[str, str]:
    root = compose(text)
    found = list(places(root)) if root is not None else []
    if root is None or not found:
        return _change_text(text, random)
    for _ in range(20):
        change = random.choice(CHANGES)
        place = random.choice(found)
        if change(place, found, random):
            return change.__name__.strip("_"), text_of(root)
    return "nothing", text


def _drop(place: Place, found: list[Place], random: Random) -> bool:
    del place.parent.value[place.index]
    return True


def _rename(place: Place, found: list[Place], random: Random) -> bool:
    """Another key: misspelt, of the language, of a sibling, or no string."""
    if not place.is_pair or not isinstance(place.key, yaml.ScalarNode):
        return False
    text = place.key.value
    siblings = [key.value for key, _ in place.parent.value if isinstance(key, yaml.ScalarNode)]
    names = [other.key.value for other in found if other.is_pair and isinstance(other.key, yaml.ScalarNode)]
    texts = (text[:-1], text + "x", text.upper(), random.choice(siblings), random.choice(names))
    plain = random.choice([*texts, random.choice(KEYS), "5", "true", "null", "''", "1.5", "cloudify." + text])
    try:
        place.key = parsed(plain)
    except (yaml.YAMLError, AssertionError):
        place.key = yaml.ScalarNode("tag:yaml.org,2002:str", plain)
    return True


def _retype(place: Place, found: list[Place], random: Random) -> bool:
    place.value = parsed(random.choice(VALUES))
    return True


def _null(place: Place, found: list[Place], random: Random) -> bool:
    place.value = parsed("null")
    return True


def _wrap(place: Place, found: list[Place], random: Random) -> bool:
    value = place.value
    if random.random() < 0.5:
        place.value = yaml.SequenceNode("tag:yaml.org,2002:seq", [value], flow_style=True)
    else:
        key = parsed(random.choice([*KEYS, *FUNCTION_NAMES]))
        place.value = yaml.MappingNode("tag:yaml.org,2002:map", [(key, value)], flow_style=True)
    return True


def _unwrap(place: Place, found: list[Place], random: Random) -> bool:
    inner = place.value
    if isinstance(inner, yaml.ScalarNode) or not inner.value:
        return False
    item = random.choice(inner.value)
    place.value = random.choice(item) if isinstance(item, tuple) else item
    return True


def _duplicate(place: Place, found: list[Place], random: Random) -> bool:
    item = place.parent.value[place.index]
    if isinstance(item, tuple):
        key = copied(item[0])
        if isinstance(key, yaml.ScalarNode) and random.random() < 0.8:
            key.value += "2"
        item = (key, item[1] if random.random() < 0.1 else copied(item[1]))
    else:
        item = copied(item)
    place.parent.value.insert(random.choice((place.index, len(place.parent.value))), item)
    return True


def _move(place: Place, found: list[Place], random: Random) -> bool:
    """Into another mapping or sequence of the file."""
    other = random.choice(found).parent
    if other is place.parent or _holds(place.value, other):
        return False
    if isinstance(other, yaml.MappingNode):
        if not place.is_pair:
            return False
        item = place.parent.value.pop(place.index)
    else:
        item = place.value
        del place.parent.value[place.index]
    other.value.insert(random.randint(0, len(other.value)), item)
    return True


def _renest(place: Place, found: list[Place], random: Random) -> bool:
    """One level down, into a sibling."""
    others = [Place(place.root, place.parent, index) for index in range(len(place.parent.value))]
    others = [o for o in others if o.index != place.index and isinstance(o.value, yaml.MappingNode)]
    if not others or not place.is_pair:
        return False
    other = random.choice(others).value
    if _holds(place.value, other):
        return False
    other.value.append(place.parent.value.pop(place.index))
    return True


def _hoist(place: Place, found: list[Place], random: Random) -> bool:
    """One level up: what is in the value comes beside it."""
    inner = place.value
    if not place.is_pair or not isinstance(inner, yaml.MappingNode) or not inner.value:
        return False
    place.parent.value.append(inner.value.pop(random.randrange(len(inner.value))))
    return True


def _swap(place: Place, found: list[Place], random: Random) -> bool:
    """Values of two places, of the same key if there are some."""
    others = [o for o in found if o.is_pair and place.is_pair and _same(o.key, place.key)]
    other = random.choice(others if len(others) > 1 and random.random() < 0.7 else found)
    if _holds(place.value, other.parent) or _holds(other.value, place.parent):
        return False
    place.value, other.value = other.value, place.value
    return True


def _copy(place: Place, found: list[Place], random: Random) -> bool:
    """The value of another place, of the same key if there are some."""
    others = [o for o in found if o.is_pair and place.is_pair and _same(o.key, place.key)]
    place.value = copied(random.choice(others if len(others) > 1 and random.random() < 0.7 else found).value)
    return True


def _alias(place: Place, found: list[Place], random: Random) -> bool:
    """The very value of another place, by an anchor and an alias."""
    others = [o for o in found if o.is_pair and place.is_pair and _same(o.key, place.key)]
    other = random.choice(others if len(others) > 1 and random.random() < 0.7 else found)
    if other.value is place.value or _holds(other.value, place.parent):
        return False
    place.value = other.value
    return True


def _alter_scalar(place: Place, found: list[Place], random: Random) -> bool:
    """Misspell, prefix, quote or negate a scalar, or take a name of the file instead."""
    node = place.value
    if not isinstance(node, yaml.ScalarNode):
        return False
    text = node.value
    names = [o.key.value for o in found if o.is_pair and isinstance(o.key, yaml.ScalarNode)]
    others = [o.value.value for o in found if isinstance(o.value, yaml.ScalarNode)]
    choices = (
        text[:-1],
        text + "x",
        "-" + text,
        "ns--" + text,
        text.partition("--")[2],
        text.rpartition(".")[2],
    )
    text = random.choice([*choices, random.choice(names), random.choice(others), random.choice(VERSIONS), ""])
    is_plain = random.random() < 0.6
    tag = yaml.SafeLoader("").resolve(  # type: ignore[no-untyped-call]
        yaml.ScalarNode, text, (is_plain, not is_plain)
    )
    if tag in ("tag:yaml.org,2002:value", "tag:yaml.org,2002:merge"):
        return False
    place.value = yaml.ScalarNode(tag, text)
    return True


def _change_function(place: Place, found: list[Place], random: Random) -> bool:
    """Another function, another argument, or one that is not there."""
    calls = [o for o in found if o.is_pair and _scalar(o.key) in FUNCTION_NAMES]
    if not calls:
        return False
    call = random.choice(calls)
    way = random.random()
    if way < 0.3:
        call.key = parsed(random.choice(FUNCTION_NAMES))
    elif way < 0.7 and isinstance(call.value, yaml.SequenceNode) and call.value.value:
        items = call.value.value
        index = random.randrange(len(items))
        if random.random() < 0.4:
            del items[index]
        else:
            items.insert(index, parsed(random.choice([*VALUES, "SELF", "SOURCE", "TARGET"])))
    else:
        call.value = copied(random.choice(calls).value)
    return True


def _add(place: Place, found: list[Place], random: Random) -> bool:
    """A key that is right in some places."""
    if not place.is_pair:
        return False
    key, values = random.choice(ADDITIONS)
    pair = (parsed(key), parsed(random.choice(values)))
    place.parent.value.insert(random.randint(0, len(place.parent.value)), pair)
    return True


def _add_to_known(place: Place, found: list[Place], random: Random) -> bool:
    """A key of the language with a value of every kind, where a key like it stands elsewhere."""
    key, values = random.choice(ADDITIONS)
    alike = [o for o in found if o.is_pair and _scalar(o.key) == key]
    if not alike:
        return False
    alike[random.randrange(len(alike))].value = parsed(random.choice(values))
    return True


def _empty(place: Place, found: list[Place], random: Random) -> bool:
    if isinstance(place.value, yaml.ScalarNode) or not place.value.value:
        return False
    place.value = parsed("{}" if isinstance(place.value, yaml.MappingNode) else "[]")
    return True


def _change_version(place: Place, found: list[Place], random: Random) -> bool:
    for other in found:
        if other.is_pair and _scalar(other.key) == "tosca_definitions_version":
            other.value = parsed(random.choice(VERSIONS))
            return True
    return False


def _change_import(place: Place, found: list[Place], random: Random) -> bool:
    """A namespace more, less or another, for the entries and for what names them."""
    imports = next((o.value for o in found if o.is_pair and _scalar(o.key) == "imports"), None)
    if not isinstance(imports, yaml.SequenceNode) or not imports.value:
        return False
    index = random.randrange(len(imports.value))
    entry = imports.value[index]
    text = _scalar(entry)
    if text is None:
        entry = entry.value[0][0] if isinstance(entry, yaml.MappingNode) and entry.value else entry
        if not isinstance(entry, yaml.ScalarNode):
            return False
        entry.value = random.choice(NAMESPACES) + entry.value.rpartition("--")[2]
        return True
    location = random.choice((text, text.rpartition("--")[2]))
    made = random.choice(NAMESPACES) + random.choice((location, location, _dotted(location), "absent.yaml"))
    if random.random() < 0.3:
        made = f"{{'{made}': {{a: 1}}}}" if random.random() < 0.5 else f"{{'{made}': }}"
        imports.value[index] = parsed(made)
    else:
        imports.value[index] = yaml.ScalarNode("tag:yaml.org,2002:str", made)
    return True


def _dotted(location: str) -> str:
    """Another spelling of a file; where the built-in types lie is the machine's affair."""
    return location if location.startswith("cloudify/") else "./" + location


def _holds(node: yaml.Node, other: yaml.Node) -> bool:
    return node is other or any(place.value is other for place in places(node))


def _same(one: yaml.Node, other: yaml.Node) -> bool:
    return isinstance(one, yaml.ScalarNode) and _scalar(one) == _scalar(other)


def _scalar(node: yaml.Node) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) else None


CHANGES: list[Callable[[Place, list[Place], Random], bool]] = [
    *(_drop, _rename, _rename, _retype, _retype, _null, _wrap, _unwrap, _duplicate, _move, _renest, _hoist),
    *(_swap, _copy, _copy, _alter_scalar, _alter_scalar, _alter_scalar, _change_function, _change_function),
    *(_add, _add_to_known, _add_to_known, _empty, _change_version, _change_import, _alias),
]


# -- texts


def _change_text(text: str, random: Random) -> tuple[str, str]:
    lines = text.split("\n")
    index = random.randrange(len(lines))
    position = random.randrange(len(text) + 1)
    way = random.randrange(7)
    if way == 0:
        del lines[index]
    elif way == 1:
        lines.insert(index, lines[index])
    elif way == 2:
        lines[index] = random.choice(("  ", " ", "\t")) + lines[index]
    elif way == 3:
        lines[index] = lines[index][random.randint(1, 2) :]
    elif way == 4 and index + 1 < len(lines):
        lines[index : index + 2] = lines[index + 1], lines[index]
    elif way == 5:
        return "character less", text[:position] + text[position + 1 :]
    else:
        return "character more", text[:position] + random.choice(CHARACTERS) + text[position:]
    names = ("line less", "line twice", "line indented", "line outdented", "lines swapped")
    return names[way], "\n".join(lines)
