"""YAML trees that mutants are made of: read, written, walked through and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

Files = dict[str, str]  # path: text; the first is the blueprint


class Place:
    """A pair of a mapping or an item of a sequence, in a tree that may be changed."""

    def __init__(self, root: yaml.Node, parent: yaml.Node, index: int) -> None:
        self.root = root
        self.parent = parent
        self.index = index

    @property
    def is_pair(self) -> bool:
        return isinstance(self.parent, yaml.MappingNode)

    @property
    def value(self) -> yaml.Node:
        item = self.parent.value[self.index]
        node: yaml.Node = item[1] if self.is_pair else item
        return node

    @value.setter
    def value(self, node: yaml.Node) -> None:
        self.parent.value[self.index] = (self.key, node) if self.is_pair else node

    @property
    def key(self) -> yaml.Node:
        node: yaml.Node = self.parent.value[self.index][0]
        return node

    @key.setter
    def key(self, node: yaml.Node) -> None:
        self.parent.value[self.index] = (node, self.value)


def compose(text: str) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    return node


def text_of(root: yaml.Node) -> str:
    text: str = yaml.serialize(root, Dumper=yaml.SafeDumper, width=110, allow_unicode=True)
    return text


def parsed(text: str) -> yaml.Node:
    node = compose(text)
    assert node is not None, text
    return node


def copied(node: yaml.Node, known: dict[int, yaml.Node] | None = None) -> yaml.Node:
    """A node with all below it; `copy.deepcopy` does not get as deep as fixtures are."""
    known = {} if known is None else known
    found = known.get(id(node))
    if found is not None:
        return found
    made = known[id(node)] = type(node)(node.tag, node.value, None, None)
    for name in ("style", "flow_style", "anchor"):
        if hasattr(node, name):
            setattr(made, name, getattr(node, name))
    if isinstance(node, yaml.MappingNode):
        made.value = [(copied(key, known), copied(value, known)) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        made.value = [copied(item, known) for item in node.value]
    return made


def places(root: yaml.Node) -> Iterator[Place]:
    """Every place below a root, each node's own once."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        if isinstance(parent, yaml.ScalarNode) or id(parent) in seen:
            continue
        seen.add(id(parent))
        for index, item in enumerate(parent.value):
            yield Place(root, parent, index)
            waiting.append(item[1] if isinstance(item, tuple) else item)
