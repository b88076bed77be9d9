"""Values that a name makes suspicious: secrets in clear text, versions that YAML reads as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bplint.dsl.functions import call_of
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate
    from bplint.syntax.tree import Node

_SECRET_NAME: Final = re.compile(
    r"(?:^|[_.-])(?:password|passwd|passphrase|secret|token|private_key|secret_key|api_key|secret_access_key)\Z",
    re.IGNORECASE,
)
_PRIVATE_KEY: Final = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
# a text that stands in for the real value, or tells where it comes from
_STAND_IN: Final = re.compile(
    r"<|>|\{\{|\$\{|\$\(|%\(|\*\*|xxx|\.\.\.|changeme|change[_-]me|your[_ -]|replace|example|sample"
    r"|dummy|placeholder|todo|fixme|tbd|n/a|get_secret|secret:|vault:|env:",
    re.IGNORECASE,
)
_CONSTANT: Final = re.compile(r"[A-Z]+(?:_[A-Z0-9]+)+\Z")  # the name of a variable
_FEWEST_CHARACTERS: Final = 6
_SHORTEST_KEY: Final = 60
_VERSION_NAME: Final = re.compile(r"(?:^|[_.-])version\Z", re.IGNORECASE)
_MAX_DEPTH: Final = 6


class Named(NamedTuple):
    """A value and its name; `value` its Python value."""

    name: str
    node: Node
    value: Any
    path: str


def find_secrets(blueprint: Blueprint) -> Iterator[Named]:
    """Values that are certainly secrets: private keys wherever they stand, and texts under the name of a
    secret that look made up for it."""
    is_secret_name = _Memory(_SECRET_NAME)
    for found in _named_values(blueprint):
        value = found.value
        if not isinstance(value, str):
            continue
        if is_secret_name(found.name):
            if _looks_secret(value) or _PRIVATE_KEY.search(value[:4000]):
                yield found
        elif len(value) > _SHORTEST_KEY and _PRIVATE_KEY.search(value[:4000]):
            yield found


def find_doubtful_secrets(blueprint: Blueprint) -> Iterator[Named]:
    """Other texts under the name of a secret."""
    is_secret_name = _Memory(_SECRET_NAME)
    for found in _named_values(blueprint):
        value = found.value
        if not isinstance(value, str) or not is_secret_name(found.name) or not value.strip():
            continue
        if not (_looks_secret(value) or _PRIVATE_KEY.search(value[:4000]) or _is_stand_in(value)):
            yield found


def find_number_versions(blueprint: Blueprint) -> Iterator[Named]:
    """Versions whose text is not what the number is written as: `1.10`."""
    is_version_name = _Memory(_VERSION_NAME)
    for found in _named_values(blueprint):
        if isinstance(found.value, float) and is_version_name(found.name):
            text = found.node.text or ""
            if text.replace(".", "", 1).isdigit() and repr(found.value) != text:
                yield found


class _Memory:
    """Whether a pattern fits a name; each name is looked at once."""

    __slots__ = ("_known", "_pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern
        self._known: dict[str, bool] = {}

    def __call__(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._pattern.search(name) is not None
        return known


def _looks_secret(text: str) -> bool:
    """Letters and digits mixed, long enough, no blanks, and nothing that says it stands in for another."""
    if len(text) < _FEWEST_CHARACTERS or any(char.isspace() for char in text) or _is_stand_in(text):
        return False
    if "/" in text or text.startswith(("~", "http")):
        return False
    return any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def _is_stand_in(text: str) -> bool:
    return _STAND_IN.search(text) is not None or _CONSTANT.match(text) is not None


def _named_values(blueprint: Blueprint) -> Iterator[Named]:
    """Literal values by name: defaults of inputs and properties, properties and operation inputs of node
    templates, and what is nested in them."""
    for entry in blueprint.inputs.own():
        if entry.default is not None and entry.type != "secret_key":
            yield from _flat(entry.name, entry.default, entry.path, 0)
    for node_type in blueprint.node_types.own():
        for name, prop in node_type.own_properties.items():
            if prop.default is not None:
                yield from _flat(name, prop.default, prop.path, 0)
    for template in blueprint.node_templates.own():
        path = template.path
        for name, (_, value) in template.properties.items():
            if value.kind == SCALAR:
                yield Named(name, value, value_of(value), path)
            else:
                yield from _flat(name, value, path, 0)
        if template.interfaces_node is not None:
            yield from _of_operations(template)


def _of_operations(template: NodeTemplate) -> Iterator[Named]:
    for operations in template.interfaces.values():
        for operation in operations.values():
            for name, (_, value) in operation.written_inputs.items():
                yield from _flat(name, value, template.path, 0)


def _flat(name: str, node: Node, path: str, depth: int) -> Iterator[Named]:
    node = deref(node)
    if node.kind == SCALAR:
        yield Named(name, node, value_of(node), path)
    elif node.kind == MAPPING and depth < _MAX_DEPTH and call_of(node) is None:
        for inner, (_, value) in as_dict(node).items():
            yield from _flat(inner, value, path, depth + 1)
