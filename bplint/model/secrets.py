"""Values that a name makes suspicious: secrets in clear text, versions that YAML reads as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.model.blueprint import Blueprint
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
_VERSION_NAME: Final = re.compile(r"(?:^|[_.-])version\Z", re.IGNORECASE)
_MAX_DEPTH: Final = 6


class Named(NamedTuple):
    """A value and its name; `value` its Python value."""

    name: str
    node: Node
    value: Any
    path: str
    is_default: bool


def find_secrets(blueprint: Blueprint) -> Iterator[Named]:
    """Values that are certainly secrets: private keys wherever they stand, and texts that look made up by a
    machine or by a person in a hurry, under the name of a secret."""
    for found in _named_values(blueprint):
        if isinstance(found.value, str) and (
            _PRIVATE_KEY.search(found.value[:4000])
            or (_SECRET_NAME.search(found.name) and _looks_secret(found.value))
        ):
            yield found


def find_doubtful_secrets(blueprint: Blueprint) -> Iterator[Named]:
    """Other texts under the name of a secret."""
    for found in _named_values(blueprint):
        if (
            isinstance(found.value, str)
            and found.value.strip()
            and _SECRET_NAME.search(found.name)
            and not _looks_secret(found.value)
            and not _is_stand_in(found.value)
        ):
            yield found


def find_number_versions(blueprint: Blueprint) -> Iterator[Named]:
    """Versions whose text is not what the number is written as: `1.10`, `2_0`, `012`."""
    for found in _named_values(blueprint):
        if isinstance(found.value, float) and _VERSION_NAME.search(found.name):
            text = found.node.text or ""
            if text.replace(".", "", 1).isdigit() and repr(found.value) != text:
                yield found


def _looks_secret(text: str) -> bool:
    """Letters and digits mixed, long enough, no blanks, and nothing that says it stands in for another."""
    if len(text) < _FEWEST_CHARACTERS or any(char.isspace() for char in text) or _is_stand_in(text):
        return False
    if "/" in text or text.startswith(("~", "http")):
        return False
    kinds = sum((any(map(str.isdigit, text)), any(map(str.islower, text)), any(map(str.isupper, text))))
    return kinds >= 2 and any(map(str.isdigit, text))


def _is_stand_in(text: str) -> bool:
    return _STAND_IN.search(text) is not None or _CONSTANT.match(text) is not None


def _named_values(blueprint: Blueprint) -> Iterator[Named]:
    """Literal values by name: defaults of inputs, properties and operation inputs of node templates,
    and what is nested in them."""
    for entry in blueprint.inputs.own():
        if entry.default is not None and entry.type != "secret_key":
            yield from _flat(entry.name, entry.default, entry.path, True, 0)
    for node_type in blueprint.node_types.own():
        for name, prop in node_type.own_properties.items():
            if prop.default is not None:
                yield from _flat(name, prop.default, prop.path, True, 0)
    for template in blueprint.node_templates.own():
        for name, (_, value) in template.properties.items():
            yield from _flat(name, value, template.path, False, 0)
        if template.interfaces_node is None:
            continue
        for operations in template.interfaces.values():
            for operation in operations.values():
                for name, (_, value) in operation.written_inputs.items():
                    yield from _flat(name, value, operation.path, False, 0)


def _flat(name: str, node: Node, path: str, is_default: bool, depth: int) -> Iterator[Named]:
    node = deref(node)
    if node.kind == SCALAR:
        yield Named(name, node, value_of(node), path, is_default)
    elif node.kind == MAPPING and depth < _MAX_DEPTH:
        for inner, (_, value) in as_dict(node).items():
            yield from _flat(inner, value, path, is_default, depth + 1)
