"""Parser events to nodes, in one pass over the text."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bplint.later import later
from bplint.regex import lazy_pattern
from bplint.syntax.scalars import WORDS
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE, Node, PlainCollection, PlainNode

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.syntax import yaml_faults as kinds
else:
    kinds = later("bplint.syntax.yaml_faults")

MAX_NODES: Final = 2_000_000
MAX_DEPTH: Final = 500
MAX_EXPANDED: Final = 1_000_000

# events between two looks at the number of nodes
_CHUNK: Final = 200_000
# keys that make a mapping worth a closer look: no strings, merge keys, collections and aliases (no text)
_UNUSUAL_KEYS: Final = frozenset([*WORDS, "<<", "=", None])


# where an anchor or a tag can begin
_ANCHOR_START: Final = lazy_pattern(r"&(?<![^\s,\[{:]&)[-\w]")
_TAG_START: Final = lazy_pattern(r"!(?<![^\s,\[{:]!)")
_PROPERTY: Final = lazy_pattern(
    r"(?:![^\s]*|&[^\s,\[\]{}]+)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n\x85\u2028\u2029]))*[ \t]*"
)


class LimitError(Exception):
    """The text goes over a limit; `kind` is that of the fault."""

    def __init__(self, kind: type[kinds.NestingTooDeep | kinds.TooManyNodes], offset: int) -> None:
        super().__init__(kind.__name__)
        self.kind = kind
        self.offset = offset


class Tree:
    """What one text gave: the root and the nodes that deserve a closer look.

    unusual     mappings with repeated texts, merge keys, aliases or collections as keys: (node, its key)
    escaped     double-quoted scalars with non-ASCII characters
    numbers     plain scalars that may be numbers or dates
    tagged      nodes with an explicit tag
    duplicates  (first, second) nodes of one anchor
    undefined   aliases that lead nowhere
    recursive   aliases inside of what they name
    second      offset of a second document, or None
    """

    __slots__ = (
        "anchors",
        "duplicates",
        "escaped",
        "has_aliases",
        "numbers",
        "recursive",
        "root",
        "second",
        "tagged",
        "undefined",
        "unusual",
    )

    def __init__(self) -> None:
        self.root: Node | None = None
        self.unusual: list[tuple[Node, Node | None]] = []
        self.escaped: list[Node] = []
        self.numbers: list[Node] = []
        self.tagged: list[Node] = []
        self.duplicates: list[tuple[Node, Node]] = []
        self.undefined: list[Node] = []
        self.recursive: list[Node] = []
        self.anchors: dict[str, Node] = {}
        self.has_aliases = False
        self.second: int | None = None


def build(get_event: Callable[[], Any], text: str, tree: Tree) -> None:
    """Fill `tree` from the events of one text. Raises LimitError, and whatever `get_event` raises.

    One long function because it is most of the time of a lint: what is common makes no calls.
    """
    unusual, unusual_keys = tree.unusual, _UNUSUAL_KEYS
    has_anchors = "&" in text and _ANCHOR_START.search(text) is not None
    has_tags = "!" in text and _TAG_START.search(text) is not None
    scalar_event, mapping_start, mapping_end = ScalarEvent, MappingStartEvent, MappingEndEvent
    sequence_start, sequence_end = SequenceStartEvent, SequenceEndEvent
    new_scalar, new_collection = PlainNode, PlainCollection
    count = documents = 0
    top: list[Any] = []
    flat = top
    stack: list[tuple[Any, list[Any]]] = []
    node: Any
    event: Any = None
    while True:
        for _ in repeat(None, _CHUNK):
            event = get_event()
            cls = event.__class__
            if cls is scalar_event:
                node = new_scalar()
                node.start = event.start_mark.index
                node.end = event.end_mark.index
                node.text = value = event.value
                node.style = style = event.style or ""
                node.value = None
                if style:
                    if style == "|" or style == ">":
                        start = node.start
                        node.end = start + len(text[start : node.end].rstrip(" \r\n"))
                    elif style == '"' and not value.isascii():
                        tree.escaped.append(node)
                elif value < ">":  # digits, signs, '=', '<' and what else no word begins with
                    tree.numbers.append(node)
                if (has_anchors and event.anchor is not None) or (
                    has_tags and (event.tag is not None or text.startswith("!", node.start))
                ):
                    node = _with_properties(node, event, text, tree)
                flat.append(node)
            elif cls is mapping_end:
                node, parent = stack.pop()
                size = len(flat)
                count += size
                if size == 2:
                    node.items = [(flat[0], flat[1])]
                    is_usual = flat[0].text not in unusual_keys
                else:
                    ends = iter(flat)
                    node.items = items = list(zip(ends, ends, strict=False))
                    texts = {pair[0].text for pair in items}
                    is_usual = len(texts) * 2 == size and texts.isdisjoint(unusual_keys)
                if is_usual:
                    node.value = node.items
                else:
                    unusual.append((node, parent[-2] if len(parent) > 1 else None))
                node.end = event.end_mark.index if node.style or not flat else flat[-1].end
                flat = parent
            elif cls is mapping_start or cls is sequence_start:
                node = new_collection()
                node.kind = MAPPING if cls is mapping_start else SEQUENCE
                node.start = event.start_mark.index
                node.style = "{" if event.flow_style else ""
                node.value = None
                if (has_anchors or has_tags) and (event.anchor is not None or event.tag is not None):
                    node.end = event.end_mark.index
                    node = _with_properties(node, event, text, tree)
                flat.append(node)
                stack.append((node, flat))
                if len(stack) > MAX_DEPTH:
                    raise LimitError(kinds.NestingTooDeep, node.start)
                flat = []
            elif cls is sequence_end:
                node, parent = stack.pop()
                count += len(flat)
                node.items = flat
                node.end = event.end_mark.index if node.style else flat[-1].end
                flat = parent
            elif cls is AliasEvent:
                flat.append(_alias(event, tree, stack[-1][0] if stack else None, flat))
            elif cls is DocumentStartEvent:
                documents += 1
                if documents == 2:
                    tree.second = event.start_mark.index
                    break
            elif cls is StreamEndEvent:
                break
        else:
            if count + len(flat) + sum(len(entry[1]) for entry in stack) > MAX_NODES:
                raise LimitError(kinds.TooManyNodes, event.start_mark.index)
            continue
        break
    if count > MAX_NODES:  # the last chunk took it over
        raise LimitError(kinds.TooManyNodes, event.start_mark.index)
    tree.root = top[0] if top else None


def _nothing(node: Node) -> Node:
    return Node(SCALAR, node.start, node.end, "")


def _with_properties(node: Node, event: Any, text: str, tree: Tree) -> Node:
    """The same node with its anchor and tag, beginning behind them."""
    changed = Node(node.kind, _behind_properties(text, node, event), node.end, node.text, node.style)
    changed.anchor, changed.tag = event.anchor, event.tag
    if event.tag is not None or text.startswith("!", node.start):
        changed.tag = changed.tag or "!"
        tree.tagged.append(changed)
    if tree.numbers and tree.numbers[-1] is node:
        tree.numbers[-1] = changed
    if tree.escaped and tree.escaped[-1] is node:
        tree.escaped[-1] = changed
    if event.anchor is not None:
        first = tree.anchors.setdefault(event.anchor, changed)
        if first is not changed:
            tree.duplicates.append((first, changed))
            tree.anchors[event.anchor] = changed
    return changed


def _behind_properties(text: str, node: Node, event: Any) -> int:
    end = event.end_mark.index if node.text is not None else len(text)
    position = node.start
    for _ in range(2):  # at most one anchor and one tag, in any order
        found = _PROPERTY.match(text, position, end)
        if found is None:
            break
        position = found.end()
    return position


def _alias(event: Any, tree: Tree, parent: Node | None, flat: list[Any]) -> Node:
    node = Node(ALIAS, event.start_mark.index, event.end_mark.index)
    node.anchor = event.anchor
    target = tree.anchors.get(event.anchor)
    tree.has_aliases = True
    if target is None:
        tree.undefined.append(node)
        target = _nothing(node)
    elif target.kind != SCALAR and target.items is None:
        if target is parent and flat and flat[-1].text == "<<" and len(flat) % 2:
            # a mapping that merges itself is legal and merges nothing
            target = Node(MAPPING, node.start, node.end, items=[])
        else:
            tree.recursive.append(node)
            target = _nothing(node)
    node.items = [target]
    return node


def cut_expansion(tree: Tree) -> list[Node]:
    """The aliases that would take the document over MAX_EXPANDED nodes; they lead nowhere afterwards."""
    if tree.root is None or not tree.has_aliases:
        return []
    found: list[Node] = []
    sizes: dict[int, int] = {}  # id of an anchored node: its nodes, aliases expanded
    count = expanded = 0
    stack: list[tuple[Node, int]] = [(tree.root, -1)]
    while stack:
        node, before = stack.pop()
        if before >= 0:
            sizes[id(node)] = count - before
            continue
        count += 1
        if node.kind == ALIAS:
            assert node.items is not None
            size = sizes.get(id(node.items[0]), 1)
            if expanded + size > MAX_EXPANDED:
                found.append(node)
                node.items = [_nothing(node)]
                continue
            expanded += size
            count += size
            continue
        if node.anchor is not None:
            stack.append((node, count - 1))
        if node.kind == MAPPING:
            for key, value in reversed(node.items or ()):
                stack.append((value, -1))
                stack.append((key, -1))
        elif node.kind == SEQUENCE:
            stack.extend((item, -1) for item in reversed(node.items or ()))
    return found
