"""Finding the function calls of a value, at a cost that values without calls do not feel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.dsl.functions import FUNCTIONS, call_of
from bplint.syntax.mapping import deref, pairs
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from bplint.dsl.functions import Call
    from bplint.syntax.tree import Node

# every name of a function begins with one of these; so do most ways to misspell one
_STARTS: Final = frozenset(("ge", "st", "co", "me", "Ge", "St", "Co", "Me", "GE", "gt", "eg", "sr"))


class FoundCalls:
    """What a value holds: its calls, and mappings that look like calls and are none.

    likeness  (key node, mapping node) of mappings with a key that may be meant as a function
    """

    __slots__ = ("calls", "likeness")

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.likeness: list[tuple[Node, Node]] = []

    def __bool__(self) -> bool:
        return bool(self.calls or self.likeness)


NOTHING: Final = FoundCalls()


class Scanner:
    """Scans values; what has an anchor is scanned once and remembered."""

    __slots__ = ("_shared",)

    def __init__(self) -> None:
        self._shared: dict[int, FoundCalls] = {}

    def scan(self, node: Node) -> FoundCalls:
        """Everything in a value and below it, arguments of calls included; every node once."""
        if node.kind == SCALAR:
            return NOTHING
        if node.kind == ALIAS or node.anchor is not None:
            return self._scan_shared(deref(node))
        return _scan(node)

    def _scan_shared(self, node: Node) -> FoundCalls:
        if node.kind == SCALAR:
            return NOTHING
        found = self._shared.get(id(node))
        if found is None:
            found = self._shared[id(node)] = _scan(node)
        return found


def _scan(root: Node) -> FoundCalls:
    found: FoundCalls | None = None
    stack = [root]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if node.kind == ALIAS or node.anchor is not None:
            node = deref(node)
            if id(node) in seen:
                continue
            seen.add(id(node))
        if node.kind == SEQUENCE:
            stack.extend([item for item in node.items or () if item.kind != SCALAR])
        elif node.kind == MAPPING:
            looks_like_call = False
            items = node.items or ()
            if len(items) > 1 or (items and items[0][0].text == "<<"):
                items = pairs(node)
            for key, value in items:
                text = key.text
                if text in FUNCTIONS or (text is not None and text[:2] in _STARTS):
                    looks_like_call = True
                if value.kind != SCALAR:
                    stack.append(value)
            if looks_like_call:
                found = found or FoundCalls()
                _note(node, found)
    return found or NOTHING


def _note(node: Node, found: FoundCalls) -> None:
    call = call_of(node)
    if call is not None:
        found.calls.append(call)
        return
    for key, _ in pairs(node):
        text = key.text
        if text is not None and (text in FUNCTIONS or text[:2] in _STARTS):
            found.likeness.append((key, node))
