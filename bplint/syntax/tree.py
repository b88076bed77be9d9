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
    """One YAML node. Offsets are code points of `Source.text`, end exclusive.

    text    the scalar's text as YAML reads it (folded, unescaped); None for collections
    style   '' plain or block collection, "'" '"' '|' '>' for scalars, '{' for flow collections
    tag     the explicit tag as a full URI, or None
    anchor  the anchor's name; for an ALIAS the name it refers to
    items   MAPPING: list of (key, value) pairs, duplicates and merge keys kept as written;
            SEQUENCE: list of nodes; ALIAS: list of one, the target (never itself an ALIAS); SCALAR: None
    value   SCALAR: the Python value as PyYAML's YAML 1.1 resolves it (see `scalars.value_of`); a cache
    """

    __slots__ = ("anchor", "end", "items", "kind", "start", "style", "tag", "text", "value")

    def __init__(self, kind: int, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.text: str | None = None
        self.style = ""
        self.tag: str | None = None
        self.anchor: str | None = None
        self.items: list[Any] | None = None
        self.value: Any = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)
