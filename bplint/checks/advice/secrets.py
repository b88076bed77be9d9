"""Values that a name makes suspicious: secrets in clear text, versions that YAML reads as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.dsl.functions import call_of
from bplint.later import later
from bplint.model.interfaces import written_operations
from bplint.regex import lazy_pattern
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.advice import remark_faults as kinds
    from bplint.fault import Fault, Hears
    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.advice.remark_faults")

_SECRET_WORDS: Final = (
    "password", "passwd", "passphrase", "secret", "token", "private_key", "secret_key", "api_key",
    "secret_access_key",
)  # fmt: skip
_VERSION_WORDS: Final = ("version",)
_SEPARATORS: Final = frozenset("_.-")
_PRIVATE_KEY: Final = lazy_pattern(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
# a text that stands in for the real value, or tells where it comes from
_STAND_IN: Final = lazy_pattern(
    r"<|>|\{\{|\$\{|\$\(|%\(|\*\*|xxx|\.\.\.|changeme|change[_-]me|your[_ -]|replace|example|sample"
    r"|dummy|placeholder|todo|fixme|tbd|n/a|get_secret|secret:|vault:|env:",
    re.IGNORECASE,
)
_CONSTANT: Final = lazy_pattern(r"[A-Z]+(?:_[A-Z0-9]+)+\Z")  # the name of a variable
_FEWEST_CHARACTERS: Final = 6
_SHORTEST_KEY: Final = 60
_MAX_DEPTH: Final = 6


def find_secrets(blueprint: Blueprint, hears: Hears) -> Iterator[Fault]:
    """Values that are certainly secrets (private keys wherever they stand, and texts under the name of a
    secret that look made up for it), other texts under such names, and versions whose text is not what
    the number is written as: `1.10`."""
    names = _SecretNames(hears)
    for holder in _holders(blueprint):
        for name, node, path in holder:
            if node.kind == SCALAR:
                if names.meaning(name) or len(node.text or "") >= _SHORTEST_KEY:
                    yield from _judge(name, node, path, names)
            else:
                yield from _flat(name, node, path, 0, names)


class _SecretNames:
    """What names say of their values; each name is looked at once."""

    __slots__ = ("_known", "hears")

    def __init__(self, hears: Hears) -> None:
        self.hears = hears
        self._known: dict[str, str] = {}

    def meaning(self, name: str) -> str:
        """'secret', 'version', or nothing."""
        known = self._known.get(name)
        if known is None:
            is_version = _ends_with_word(name, _VERSION_WORDS)
            known = "secret" if _ends_with_word(name, _SECRET_WORDS) else "version" if is_version else ""
            self._known[name] = known
        return known


def _ends_with_word(name: str, words: tuple[str, ...]) -> bool:
    """Whether a name is one of the words or ends with one behind a separator."""
    lowered = name.lower()
    if not lowered.endswith(words):
        return False
    ends = [len(lowered) - len(word) for word in words if lowered.endswith(word)]
    return any(end == 0 or lowered[end - 1] in _SEPARATORS for end in ends)


def _judge(name: str, node: Node, path: str, names: _SecretNames) -> Iterator[Fault]:
    value = value_of(node)
    meaning = names.meaning(name)
    if isinstance(value, str):
        is_secret = meaning == "secret"
        if _PRIVATE_KEY.search(value[:4000]) or (is_secret and _looks_secret(value)):
            yield kinds.ClearTextSecret(path, node.span, name=name)
        elif is_secret and value.strip() and not _is_stand_in(value) and names.hears(kinds.DoubtfulSecret):
            yield kinds.DoubtfulSecret(path, node.span, name=name)
    elif isinstance(value, float) and meaning == "version":
        text = node.text or ""
        if text.replace(".", "", 1).isdigit() and repr(value) != text:
            yield kinds.VersionReadAsNumber(path, node.span, name=name, text=text, value=value)


def _looks_secret(text: str) -> bool:
    """Letters and digits mixed, long enough, no blanks, and nothing that says it stands in for another."""
    if len(text) < _FEWEST_CHARACTERS or any(char.isspace() for char in text) or _is_stand_in(text):
        return False
    if "/" in text or text.startswith(("~", "http")):
        return False
    return any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def _is_stand_in(text: str) -> bool:
    return _STAND_IN.search(text) is not None or _CONSTANT.match(text) is not None


def _holders(blueprint: Blueprint) -> Iterator[list[tuple[str, Node, str]]]:
    """Values by name: defaults of inputs and properties, properties and operation inputs of templates."""
    inputs = [entry for entry in blueprint.inputs.own() if entry.type != "secret_key"]
    yield [(entry.name, entry.default, entry.path) for entry in inputs if entry.default is not None]
    for node_type in blueprint.node_types.own():
        declared = node_type.own_properties.items()
        yield [(name, prop.default, prop.path) for name, prop in declared if prop.default is not None]
    for template in blueprint.node_templates.own():
        path = template.path
        yield [(name, pair[1], path) for name, pair in template.properties.items()]
        if template.interfaces_node is not None:
            yield [
                (name, pair[1], path)
                for operation in written_operations(template.interfaces, template.interfaces_node)
                for name, pair in operation.written_inputs.items()
            ]


def _flat(name: str, node: Node, path: str, depth: int, names: _SecretNames) -> Iterator[Fault]:
    """The same for what is nested in a value, in front of any function."""
    node = deref(node)
    if node.kind == SCALAR:
        if names.meaning(name) or len(node.text or "") >= _SHORTEST_KEY:
            yield from _judge(name, node, path, names)
    elif node.kind == MAPPING and depth < _MAX_DEPTH and call_of(node) is None:
        for inner, (_, value) in as_dict(node).items():
            yield from _flat(inner, value, path, depth + 1, names)
