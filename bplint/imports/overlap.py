"""Workflows and node templates that two files define together.

Facts from dsl_parser (elements/imports.py, `_merge_workflows`, `_merge_node_templates_relationships`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.later import later
from bplint.syntax.mapping import as_dict, deref, pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE, Node

if TYPE_CHECKING:
    from bplint.imports import merge_faults as kinds
    from bplint.imports.merge import Item
else:
    kinds = later("bplint.imports.merge_faults")

_RELATIONSHIPS: Final = "relationships"


def join_workflows(first: Item, later: Item) -> type[kinds.ConflictingWorkflow | kinds.LostDefinition] | None:
    """Fill the first workflow with the keys it lacks. The kind of the fault where that cannot be done."""
    if later.value.kind == MAPPING and first.value.kind == MAPPING:
        present = as_dict(first.value)
        added = [pair for name, pair in as_dict(later.value).items() if name not in present]
        if added:
            _set_pairs(first, [*pairs(first.value), *added], later, added)
        return None
    source, target = _plain(later.value), _plain(first.value)
    if isinstance(source, str) and isinstance(target, str):
        # the parser looks up the characters of one text in the other, and crashes where one is not there
        if not set(source) <= set(target):
            return kinds.ConflictingWorkflow
        return None if source == target else kinds.LostDefinition
    if later.value.kind != SCALAR and not later.value.items:
        return None
    if later.value.kind == SEQUENCE and first.value.kind == MAPPING:
        names = [_plain(deref(item)) for item in later.value.items or ()]
        return None if names and set(names) <= set(as_dict(first.value)) else kinds.ConflictingWorkflow
    return None if source == "" else kinds.ConflictingWorkflow


def can_join(first: Item, later: Item) -> bool:
    """Whether one of two templates holds nothing but relationships."""
    present, added = as_dict(first.value), as_dict(later.value)
    if _RELATIONSHIPS not in present:
        return False
    return set(added) == {_RELATIONSHIPS} or (set(present) == {_RELATIONSHIPS} and "type" in added)


def join_node_templates(first: Item, later: Item) -> str | None:
    """Join two templates that can be joined; the reference parser's exception where that fails."""
    error = _join_error(first, later)
    if error is None:
        _extend(first, later)
    return error


def _join_error(first: Item, later: Item) -> str | None:
    present, added = as_dict(first.value), as_dict(later.value)
    if _RELATIONSHIPS not in added:
        return None
    own, other = deref(present[_RELATIONSHIPS][1]), deref(added[_RELATIONSHIPS][1])
    if own.kind == SEQUENCE and other.kind == SEQUENCE:
        return None
    if set(present) == {_RELATIONSHIPS}:
        # a text or a mapping takes the place of the list, and what is neither is passed over
        return "AttributeError" if other.kind == SEQUENCE else None
    if own.kind != SEQUENCE:
        return "AttributeError"
    if other.kind == SCALAR:
        return "AttributeError" if isinstance(value_of(other), str) else "TypeError"
    return None


def stumbles_over(first: Item, later: Item) -> bool:
    """Whether joining two templates looks for keys in what is no mapping."""
    return first.value.kind != MAPPING or (
        _RELATIONSHIPS in as_dict(first.value) and later.value.kind != MAPPING
    )


def _extend(first: Item, later: Item) -> None:
    present, added = as_dict(first.value), as_dict(later.value)
    result = dict(present)
    new = []
    for name, pair in added.items():
        value = deref(pair[1])
        if name == _RELATIONSHIPS:
            key, own = present[name]
            result[name] = (key, _joined_list(first, later, deref(own), value))
        elif value.kind == MAPPING or isinstance(_plain(value), str):
            result[name] = pair
            new.append(pair)
    _set_pairs(first, list(result.values()), later, new)


def _joined_list(first: Item, later: Item, own: Node, other: Node) -> Node:
    if other.kind != SEQUENCE or own.kind != SEQUENCE:
        return own
    added = list(other.items or ())
    joined = Node(SEQUENCE, own.start, own.end, items=[*(own.items or ()), *added])
    _note(first, later, added)
    return joined


def _set_pairs(
    first: Item, together: list[tuple[Node, Node]], later: Item, added: list[tuple[Node, Node]]
) -> None:
    node = first.value
    joined = Node(MAPPING, node.start, node.end, items=together)
    joined.value = together
    first.replace_value(joined)
    _note(first, later, [key for key, _ in added])


def _note(first: Item, later: Item, nodes: list[Node]) -> None:
    if first.foreign is None:
        first.foreign = {}
    for node in nodes:
        first.foreign[id(node)] = later.file


def _plain(node: Node) -> object:
    return value_of(node) if node.kind == SCALAR else None
