"""Values that a name makes suspicious: secrets in clear text, versions that YAML reads as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bplint.dsl.functions import call_of
from bplint.regex import lazy_pattern
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node

_SECRET_NAME: Final = lazy_pattern(
    r"(?:^|[_.-])(?:password|passwd|passphrase|secret|token|private_key|secret_key|api_key|secret_access_key)\Z",
    re.IGNORECASE,
)
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
_VERSION_NAME: Final = lazy_pattern(r"(?:^|[_.-])version\Z", re.IGNORECASE)
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
    wanted = _Memory(_SECRET_NAME)
    for found in _named_values(blueprint, wanted, _SHORTEST_KEY):
        value = found.value
        if isinstance(value, str) and (
            _PRIVATE_KEY.search(value[:4000]) or (wanted(found.name) and _looks_secret(value))
        ):
            yield found


def find_doubtful_secrets(blueprint: Blueprint) -> Iterator[Named]:
    """Other texts under the name of a secret."""
    for found in _named_values(blueprint, _Memory(_SECRET_NAME)):
        value = found.value
        if not isinstance(value, str) or not value.strip():
            continue
        if not (_looks_secret(value) or _PRIVATE_KEY.search(value[:4000]) or _is_stand_in(value)):
            yield found


def find_number_versions(blueprint: Blueprint) -> Iterator[Named]:
    """Versions whose text is not what the number is written as: `1.10`."""
    for found in _named_values(blueprint, _Memory(_VERSION_NAME)):
        if isinstance(found.value, float):
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


def _named_values(
    blueprint: Blueprint, wanted: Callable[[str], bool], shortest: int = 1 << 30
) -> Iterator[Named]:
    """Literal values under a wanted name, or at least so long: defaults of inputs and properties, properties
    and operation inputs of node templates, and what is nested in them."""
    for holder in _holders(blueprint):
        for name, node, path in holder:
            if node.kind == SCALAR:
                if wanted(name) or len(node.text or "") >= shortest:
                    yield Named(name, node, value_of(node), path)
            else:
                yield from _flat(name, node, path, 0, wanted, shortest)


def _holders(blueprint: Blueprint) -> Iterator[Iterable[tuple[str, Node, str]]]:
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
                for operations in template.interfaces.values()
                for operation in operations.values()
                for name, pair in operation.written_inputs.items()
            ]


def _flat(
    name: str, node: Node, path: str, depth: int, wanted: Callable[[str], bool], shortest: int
) -> Iterator[Named]:
    node = deref(node)
    if node.kind == SCALAR:
        if wanted(name) or len(node.text or "") >= shortest:
            yield Named(name, node, value_of(node), path)
    elif node.kind == MAPPING and depth < _MAX_DEPTH and call_of(node) is None:
        for inner, (_, value) in as_dict(node).items():
            yield from _flat(inner, value, path, depth + 1, wanted, shortest)
