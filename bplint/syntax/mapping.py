"""Mappings as PyYAML constructs them: aliases followed, merge keys flattened, the last duplicate wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.lookup import UNKNOWN
from bplint.syntax.scalars import MERGE, resolve_tag, value_of
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE, Node, PlainCollection, PlainNode

if TYPE_CHECKING:
    from bplint.span import Span

Pair = tuple[Node, Node]

MAX_DEPTH: Final = 500
MAX_NODES: Final = 1_000_000


def deref(node: Node) -> Node:
    """The node itself, or what it is an alias of."""
    if node.kind == ALIAS and node.items:
        target: Node = node.items[0]
        return target
    return node


def pairs(node: Node) -> list[Pair]:
    """The effective pairs of a mapping: a duplicate key has the last value and the place of its first key,
    merged pairs come first and are overridden by those written here. Empty for what is no mapping.

    The list is shared: do not change it.
    """
    node = deref(node)
    if node.kind != MAPPING:
        return []
    if node.value is None:
        node.value = _effective(_flattened(node, frozenset()))
    found: list[Pair] = node.value
    return found


def get_pair(node: Node, key: str) -> Pair | None:
    """Key node and value node of a string key, or None. The value may be an alias."""
    for pair in pairs(node):
        name = pair[0]
        if name.kind == ALIAS:
            name = deref(name)
        if name.text == key and isinstance(value_of(name), str):
            return pair
    return None


def get(node: Node, key: str) -> Node | None:
    """The value of a string key, aliases followed, or None."""
    pair = get_pair(node, key)
    return None if pair is None else deref(pair[1])


def as_dict(node: Node) -> dict[str, Pair]:
    """The effective pairs with string keys by their names; values with aliases not followed."""
    found: dict[str, Pair] = {}
    for pair in pairs(node):
        name = pair[0]
        if name.kind == ALIAS:
            name = deref(name)
        if name.kind == SCALAR:
            value = name.value
            if value is None:
                value = value_of(name)
            if isinstance(value, str):
                found[value] = pair
    return found


def odd_keys(node: Node) -> list[Node]:
    """The scalar keys of a mapping that are no strings, such as `5:` and `true:`."""
    return [key for key, _ in odd_pairs(node)]


def odd_pairs(node: Node) -> list[Pair]:
    """The pairs that `as_dict` leaves out: their keys, aliases followed, are scalars and no strings."""
    return [
        (name, value)
        for key, value in pairs(node)
        if (name := deref(key)).kind == SCALAR
        and (known := value_of(name)) is not UNKNOWN
        and not isinstance(known, str)
    ]


def is_merge_key(key: Node) -> bool:
    """Whether a key is `<<`."""
    if key.text != "<<" and key.tag != MERGE:
        return False
    return key.kind == SCALAR and resolve_tag(key) == MERGE


def _flattened(node: Node, open_nodes: frozenset[int]) -> list[Pair]:
    """Pairs with merge keys replaced by what they merge, which comes first (PyYAML's flatten_mapping).

    A mapping that merges itself contributes nothing further. Depth is bounded by the parser's limit.
    """
    merged: list[Pair] = []
    own: list[Pair] = []
    for pair in node.items or ():
        if is_merge_key(pair[0]):
            merged.extend(_merged(pair[1], open_nodes | {id(node)}))
        else:
            own.append(pair)
    return merged + own


def _merged(value: Node, open_nodes: frozenset[int]) -> list[Pair]:
    value = deref(value)
    if value.kind == MAPPING:
        return _merge_source(value, open_nodes)
    found: list[Pair] = []
    if value.kind == SEQUENCE:
        for item in reversed(value.items or ()):  # an earlier item wins over a later one
            found.extend(_merge_source(deref(item), open_nodes))
    return found


def _merge_source(node: Node, open_nodes: frozenset[int]) -> list[Pair]:
    if node.kind != MAPPING or id(node) in open_nodes or len(open_nodes) > MAX_DEPTH:
        return []
    if node.value is None:
        node.value = _effective(_flattened(node, open_nodes))
    found: list[Pair] = node.value
    return found


def _effective(written: list[Pair]) -> list[Pair]:
    found: dict[Any, Pair] = {}
    for pair in written:
        identity = key_identity(pair[0])
        first = found.get(identity)
        found[identity] = pair if first is None else (first[0], pair[1])
    return list(found.values())


def key_identity(key: Node) -> Any:
    """What makes two keys of a mapping the same: equal values in Python's sense; collections never are."""
    key = deref(key)
    if key.kind != SCALAR:
        return (id(key),)
    value = value_of(key)
    return key.text if value is UNKNOWN and key.text == "=" else value


def python_of(node: Node, max_nodes: int = MAX_NODES) -> Any:
    """Everything below a node as Python values. UNKNOWN where it is deeper or larger than the limits,
    or where a key is no scalar."""
    try:
        return _build(node, 0, [max_nodes])
    except _ValueTooLargeError:
        return UNKNOWN


class _ValueTooLargeError(Exception):
    pass


def _build(node: Node, depth: int, budget: list[int]) -> Any:
    node = deref(node)
    budget[0] -= 1
    if node.kind == SCALAR:
        return value_of(node)
    if depth >= MAX_DEPTH or budget[0] < 0:
        raise _ValueTooLargeError
    if node.kind == SEQUENCE:
        return [_build(item, depth + 1, budget) for item in node.items or ()]
    found: dict[Any, Any] = {}
    for key, value in pairs(node):
        name = deref(key)
        if name.kind != SCALAR:
            raise _ValueTooLargeError
        found[value_of(name)] = _build(value, depth + 1, budget)
    return found


def from_python(value: Any, span: Span) -> Node:
    """Nodes for a Python value (JSON types, dates and such), all of them lying on one span."""
    return _given_node(value, *span)


def _given_node(value: Any, start: int, end: int) -> Node:
    node: Node
    if isinstance(value, str):
        node = PlainNode()
        node.text = node.value = value
        node.style = '"'
    elif isinstance(value, dict):
        node = PlainCollection()
        node.kind = MAPPING
        node.style = ""
        node.items = [
            (_given_node(key, start, end), _given_node(item, start, end)) for key, item in value.items()
        ]
        node.value = node.items
    elif isinstance(value, (list, tuple)):
        node = PlainCollection()
        node.kind = SEQUENCE
        node.style = ""
        node.items = [_given_node(item, start, end) for item in value]
        node.value = None
    else:
        node = PlainNode()
        node.text = _plain_text(value)
        node.style = ""
        node.value = value
    node.start = start
    node.end = end
    return node


def _plain_text(value: Any) -> str:
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    return str(value)


def is_null(node: Node) -> bool:
    return node.kind == SCALAR and value_of(node) is None


def is_set(node: Node) -> bool:
    """Whether a node is a set (`!!set`): PyYAML makes no mapping of it."""
    return node.tag is not None and node.kind == MAPPING and node.tag.endswith(":set")


def is_mapping(node: Node) -> bool:
    """Whether PyYAML makes a mapping of a node."""
    return node.kind == MAPPING and not is_set(node)
