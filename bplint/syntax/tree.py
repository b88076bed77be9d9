"""The YAML tree: every key and value with its exact place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SCALAR: Final = 0
MAPPING: Final = 1
SEQUENCE: Final = 2
ALIAS: Final = 3


class Node:
    """One YAML node. Offsets are code points of `Source.text`, end exclusive; an anchor or a tag in
    front of the content is not part of it.

    text    the scalar's text as YAML reads it (folded, unescaped); None for collections
    style   '' plain or block collection, "'" '"' '|' '>' for scalars, '{' for flow collections
    tag     the explicit tag as a full URI ('!' for the one without a name), or None
    anchor  the anchor's name; for an ALIAS the name it refers to
    items   MAPPING: list of (key, value) pairs, duplicates and merge keys kept as written;
            SEQUENCE: list of nodes; ALIAS: list of one, the target (never itself an ALIAS); SCALAR: None
    value   a cache. SCALAR: the Python value as PyYAML's YAML 1.1 resolves it (see `scalars.value_of`);
            MAPPING: the effective pairs (see `mapping.pairs`)
    """

    __slots__ = ("anchor", "end", "items", "kind", "start", "style", "tag", "text", "value")

    def __init__(
        self,
        kind: int,
        start: int,
        end: int,
        text: str | None = None,
        style: str = "",
        items: list[Any] | None = None,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text = text
        self.style = style
        self.items = items
        self.tag: str | None = None
        self.anchor: str | None = None
        self.value: Any = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        name = ("scalar", "mapping", "sequence", "alias")[self.kind]
        return f"<{name} {self.start}-{self.end} {self.text if self.text is not None else ''}>"


class PlainNode(Node):
    """A scalar or alias-free leaf as the parser makes it: no anchor, no tag.

    Class attributes stand for what never varies and there is no constructor to call, because making
    nodes is a third of the time of parsing. The parser sets start, end, text, style and value.
    """

    __slots__ = ()
    __init__ = object.__init__
    kind = SCALAR
    items = None
    anchor = None
    tag = None


class PlainCollection(Node):
    """A collection without anchor and tag; the parser sets kind, start, end, style, items and value."""

    __slots__ = ()
    __init__ = object.__init__
    text = None
    anchor = None
    tag = None


def walk(node: Node) -> Iterator[Node]:
    """The node and everything written below it, in the order of the text; aliases are not followed."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        if current.kind == MAPPING and current.items:
            for key, value in reversed(current.items):
                stack.append(value)
                stack.append(key)
        elif current.kind == SEQUENCE and current.items:
            stack.extend(reversed(current.items))
