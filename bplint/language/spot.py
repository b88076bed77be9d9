"""From an offset to what stands there: the steps from the root of a tree down to a key or a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.syntax.mapping import deref
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.language.roles import Key


class SpotStep:
    """One step: into a key of a mapping or an item of a list (`key_node` None there). `node` is the value,
    aliases followed."""

    __slots__ = ("key", "key_node", "node")

    def __init__(self, key: Key, key_node: Node | None, node: Node) -> None:
        self.key = key
        self.key_node = key_node
        self.node = node


class Spot:
    """A place in a tree: the root's own node and the steps from there. `is_key` where the key of the last
    step is meant and not its value."""

    __slots__ = ("is_key", "root", "steps")

    def __init__(self, root: Node, steps: list[SpotStep], is_key: bool) -> None:
        self.root = root
        self.steps = steps
        self.is_key = is_key

    @property
    def path(self) -> tuple[Key, ...]:
        return tuple(step.key for step in self.steps)

    @property
    def node(self) -> Node:
        """The key or the value that is meant."""
        if not self.steps:
            return self.root
        last = self.steps[-1]
        return last.key_node if self.is_key and last.key_node is not None else last.node

    def node_at(self, length: int) -> Node:
        """The value that the first steps lead to."""
        return self.root if length == 0 else self.steps[length - 1].node


def spot_at(root: Node, offset: int) -> Spot:
    """What stands at an offset: the innermost key or value that holds it or ends there."""
    steps: list[SpotStep] = []
    node = root
    while True:
        step, is_key = _step_at(node, offset)
        if step is None:
            return Spot(root, steps, False)
        steps.append(step)
        if is_key or step.node.kind == SCALAR or not (step.node.start <= offset <= step.node.end):
            return Spot(root, steps, is_key)
        node = step.node


def _step_at(node: Node, offset: int) -> tuple[SpotStep | None, bool]:
    if node.kind == MAPPING:
        for key, value in node.items or ():
            if key.start <= offset <= key.end and key.kind == SCALAR:
                return SpotStep(key_text(key), key, deref(value)), True
            if key.end < offset <= value.end and value.end > key.end:
                return SpotStep(key_text(key), key, deref(value)), False
    elif node.kind == SEQUENCE:
        for index, item in enumerate(node.items or ()):
            if item.start <= offset <= item.end:
                return SpotStep(index, None, deref(item)), False
    return None, False


def key_text(key: Node) -> str:
    """The name of a key as text."""
    key = deref(key)
    return key.text if key.text is not None else ""


def spots_of(root: Node) -> Iterator[Spot]:
    """Every key and every scalar of a tree, in the order of the text; aliases are not followed."""
    yield from _spots(root, root, [])


def _spots(root: Node, node: Node, steps: list[SpotStep]) -> Iterator[Spot]:
    if node.kind == MAPPING:
        for key, value in node.items or ():
            below = [*steps, SpotStep(key_text(key), key, deref(value))]
            if key.kind == SCALAR:
                yield Spot(root, below, True)
            if value.kind == SCALAR:
                yield Spot(root, below, False)
            else:
                yield from _spots(root, value, below)
    elif node.kind == SEQUENCE:
        for index, item in enumerate(node.items or ()):
            below = [*steps, SpotStep(index, None, deref(item))]
            if item.kind == SCALAR:
                yield Spot(root, below, False)
            else:
                yield from _spots(root, item, below)
