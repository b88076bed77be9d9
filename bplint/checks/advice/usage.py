"""What nothing uses: inputs, anchors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.document import Kind
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.document import Document
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import Input
    from bplint.syntax.tree import Node

_PLAIN_NAME: Final = lazy_pattern(r"[A-Za-z_][\w.-]*\Z")
_WORD: Final = lazy_pattern(r"[A-Za-z_][\w.-]*")
# `get_input` of something that is worked out: any input may be meant
_COMPUTED: Final = lazy_pattern(
    r"get_input[\"']?[ \t]{0,20}:[ \t]{0,80}(?:\[[ \t]{0,20}|-[ \t]{1,20})?"
    r"(?:\{|\n[ \t]{1,200}(?:-[ \t]{1,20})?(?:get_|concat|string_))"
)
_READ: Final = lazy_pattern(r"get_input[\"']?[ \t]{0,20}:[ \t]{0,80}\[?[ \t]{0,20}[\"']?([A-Za-z_][\w.-]*)")
_ANCHOR: Final = lazy_pattern(r"(?:^|[\s\[{,])&([^\s\[\]{},]+)", re.MULTILINE)


def unused_inputs(blueprint: Blueprint) -> Iterator[Input]:
    """Inputs whose names stand nowhere in the user's files but where they are declared.

    Nothing where it cannot be told: a file that is made to be imported, imports that are not here,
    functions that work the name of an input out.
    """
    graph = blueprint.graph
    if graph.main.document.kind is not Kind.BLUEPRINT or not blueprint.unread.is_nothing:
        return
    names: dict[str, Input] = {}
    for entry in blueprint.inputs.own():
        name = entry.key.text or ""
        if _PLAIN_NAME.match(name):
            names[name] = entry
    texts = {file.document.path: file.document.source.text for file in graph.files if file.is_own}
    for text in texts.values() if names else ():
        if _COMPUTED.search(text):
            return
        for name in _READ.findall(text):
            names.pop(name, None)
    if names:
        yield from _named_once(names, texts.values())


def _named_once(names: dict[str, Input], texts: Iterable[str]) -> Iterator[Input]:
    """Inputs whose name stands nowhere else, be it in a comment or in a script."""
    counts = dict.fromkeys(names, 0)
    for text in texts:
        for word in _WORD.findall(text):
            if word in counts:
                counts[word] += 1
    for name, entry in names.items():
        if counts[name] <= 1:
            yield entry


def unused_anchors(document: Document) -> Iterator[tuple[str, Span]]:
    """Anchors that no alias names, each with the span of `&name`."""
    text = document.source.text
    if document.root is None or document.holes or "&" not in text or not _ANCHOR.search(text):
        return
    anchored: dict[int, Node] = {}
    used: set[int] = set()
    seen: set[int] = set()
    stack = [document.root]
    while stack:
        node = stack.pop()
        if node.kind == ALIAS:
            used.update(id(item) for item in node.items or ())
            continue
        if node.anchor is not None:
            anchored[id(node)] = node
        if node.kind == SCALAR or id(node) in seen:
            continue
        seen.add(id(node))
        if node.kind == MAPPING:
            for pair in node.items or ():
                stack.extend(pair)
        elif node.kind == SEQUENCE:
            stack.extend(node.items or ())
    for identity, node in anchored.items():
        if identity not in used:
            span = _place_of_anchor(node, text)
            if span is not None:
                yield node.anchor or "", span


def _place_of_anchor(node: Node, text: str) -> Span | None:

    start = text.rfind(f"&{node.anchor}", 0, node.start)
    if start < 0:
        return None
    return Span(start, start + len(node.anchor or "") + 1)
