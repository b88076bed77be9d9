"""What a scalar means: YAML 1.1, exactly as PyYAML's SafeLoader resolves and constructs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.lookup import UNKNOWN
from bplint.regex import lazy_pattern
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from bplint.syntax.tree import Node

TAG_PREFIX: Final = "tag:yaml.org,2002:"
STR: Final = "tag:yaml.org,2002:str"
NULL: Final = "tag:yaml.org,2002:null"
MERGE: Final = "tag:yaml.org,2002:merge"
VALUE: Final = "tag:yaml.org,2002:value"

# tags that PyYAML's SafeLoader and the loader built on it construct, by kind of node
TAGS_BY_KIND: Final = {
    SCALAR: frozenset(
        TAG_PREFIX + name for name in ("str", "null", "bool", "int", "float", "binary", "timestamp")
    ),
    MAPPING: frozenset((TAG_PREFIX + "map", TAG_PREFIX + "set", "!")),
    SEQUENCE: frozenset((TAG_PREFIX + "seq", TAG_PREFIX + "omap", TAG_PREFIX + "pairs", "!")),
}
KNOWN_TAGS: Final = frozenset.union(*TAGS_BY_KIND.values())

# plain words that are not strings, with their values
WORDS: Final[dict[str, Any]] = {
    **{word: True for text in ("yes", "true", "on") for word in (text, text.title(), text.upper())},
    **{word: False for text in ("no", "false", "off") for word in (text, text.title(), text.upper())},
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_NUMBER_STARTS: Final = frozenset("-+0123456789.")
_DECIMAL: Final = lazy_pattern(r"-?(?:0|[1-9][0-9]{0,17})\Z", re.ASCII)
# longer digit strings: Python 3.11 refuses to convert them, older ones need quadratic time for them
_MAX_DIGITS: Final = 4300


def value_of(node: Node) -> Any:
    """The Python value of a scalar, an alias followed.

    UNKNOWN where PyYAML itself fails to construct it, such as `2020-13-45` (the parser has a fault for it),
    and for a collection, whose value `mapping.python_of` builds.
    """
    if node.kind != SCALAR:
        return _value_of_other(node)
    value = node.value
    if value is not None:
        return value
    text = node.text
    if node.tag is None:
        if node.style != "":
            node.value = text
            return text
        if text in WORDS:
            value = WORDS[text]
            node.value = value
            return value
        assert text is not None
        if text[0] not in _NUMBER_STARTS and text not in ("<<", "="):
            node.value = text
            return text
        if _DECIMAL.match(text):
            node.value = value = int(text)
            return value
    try:
        value = construct(node)
    except CONSTRUCTION_ERRORS:
        value = UNKNOWN
    node.value = value
    return value


def is_string(node: Node) -> bool:
    """Whether the node, aliases followed, is a string."""
    return isinstance(text_of(node), str)


def text_of(node: Node) -> str | None:
    """The string that the node, aliases followed, resolves to; None where it is something else."""
    if node.kind == ALIAS and node.items:
        node = node.items[0]
    if node.kind != SCALAR:
        return None
    value = node.value
    if value is None:
        value = value_of(node)
    return value if isinstance(value, str) else None


def type_name_of(node: Node) -> str:
    """What the node is, in words for messages: 'a string', 'an integer', 'a list', …"""
    if node.kind == ALIAS and node.items:
        node = node.items[0]
    if node.kind == MAPPING:
        return "a mapping"
    if node.kind != SCALAR:
        return "a list"
    return _TYPE_NAMES.get(type(value_of(node)).__name__, "a value that cannot be read")


_TYPE_NAMES: Final = {
    "str": "a string",
    "int": "an integer",
    "float": "a float",
    "bool": "a boolean",
    "NoneType": "null",
    "date": "a date",
    "datetime": "a date",
    "bytes": "binary data",
}

# what SafeConstructor raises on scalars: `0x_`, `2020-13-45`, `!!bool maybe`, `!!int ""`, endless `1:1:1.0`
CONSTRUCTION_ERRORS: Final = (ValueError, KeyError, IndexError, AttributeError, OverflowError, TypeError)


class UnknownTagError(ValueError):
    """SafeLoader has no constructor for the tag."""


def resolve_tag(node: Node) -> str:
    """The full tag of a scalar, explicit or as PyYAML's resolver finds it."""
    if node.tag is not None and node.tag != "!":
        return node.tag
    if node.tag is None and node.style != "":
        return STR
    # the resolver's own tables, only where the fast path does not know
    from yaml.resolver import Resolver

    text = node.text or ""
    for tag, pattern in Resolver.yaml_implicit_resolvers.get(text[:1], ()):
        if pattern.match(text):
            return str(tag)
    return STR


def construct(node: Node) -> Any:
    """A scalar's value by PyYAML's own constructor; raises one of CONSTRUCTION_ERRORS or a YAMLError."""
    from yaml.constructor import ConstructorError, SafeConstructor
    from yaml.nodes import ScalarNode

    tag, text = resolve_tag(node), node.text or ""
    if tag == STR:
        return text
    if len(text) > _MAX_DIGITS and tag.endswith((":int", ":float")):
        raise ValueError("too many digits")
    constructor = SafeConstructor.yaml_constructors.get(tag)
    if constructor is None:
        raise UnknownTagError(tag)
    try:
        return constructor(SafeConstructor(), ScalarNode(tag, text))
    except ConstructorError as error:
        raise ValueError(error.problem) from error


def _value_of_other(node: Node) -> Any:
    if node.kind == ALIAS and node.items and node.items[0].kind == SCALAR:
        return value_of(node.items[0])
    return UNKNOWN
