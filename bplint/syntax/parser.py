"""Text to tree: libyaml's events, and PyYAML's own parser where it has the last word."""

from __future__ import annotations

import gc
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.error import MarkedYAMLError, YAMLError

from bplint.fault import Fault
from bplint.source import without_illegal
from bplint.span import Span
from bplint.syntax.tree import ALIAS, MAPPING, SCALAR, SEQUENCE, Node

if TYPE_CHECKING:
    from bplint.source import Source


class Parsed:
    """What parsing a source gives. `holes` are spans of what could not be kept."""

    __slots__ = ("faults", "holes", "root", "source")

    def __init__(self, source: Source, root: Node | None, faults: list[Fault]) -> None:
        self.source = source
        self.root = root
        self.faults = faults
        self.holes: list[tuple[int, int]] = []


def parse(source: Source) -> Parsed:
    """The tree of a source, with all faults of its syntax. Never raises on what a text can hold."""
    from yaml._yaml import CParser

    text = without_illegal(source.text)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        root = _build(CParser(text).get_event, text)
        return Parsed(source, root, [])
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        start = min(mark.index, len(text)) if mark else 0
        fault = Fault("syntax-error", source.path, Span(start, start + 1), problem=str(error.problem))
        return Parsed(source, None, [fault])
    except YAMLError as error:
        return Parsed(source, None, [Fault("syntax-error", source.path, Span(0, 0), problem=str(error))])
    finally:
        if was_enabled:
            gc.enable()


def _build(get_event: Any, text: str) -> Node | None:
    top: list[Any] = []
    stack: list[Any] = []
    flat = top
    anchors: dict[str, Node] = {}
    for event in iter(get_event, None):
        cls = event.__class__
        if cls is ScalarEvent:
            end = event.end_mark.index
            style = event.style or ""
            start = event.start_mark.index
            if style == "|" or style == ">":
                end = start + len(text[start:end].rstrip(" \t\r\n"))
            node = Node(SCALAR, start, end, event.value, style)
            if event.anchor is not None or event.tag is not None:
                node.anchor, node.tag = event.anchor, event.tag
                if node.anchor:
                    anchors[node.anchor] = node
            flat.append(node)
        elif cls is MappingStartEvent or cls is SequenceStartEvent:
            kind = MAPPING if cls is MappingStartEvent else SEQUENCE
            node = Node(kind, event.start_mark.index, event.end_mark.index, None, "{" if event.flow_style else "")
            if event.anchor is not None or event.tag is not None:
                node.anchor, node.tag = event.anchor, event.tag
                if node.anchor:
                    anchors[node.anchor] = node
            flat.append(node)
            stack.append((node, flat))
            flat = []
        elif cls is MappingEndEvent:
            node, parent = stack.pop()
            node.end = event.end_mark.index if node.style else flat[-1].end
            node.items = list(zip(flat[::2], flat[1::2]))
            flat = parent
        elif cls is SequenceEndEvent:
            node, parent = stack.pop()
            node.end = event.end_mark.index if node.style else flat[-1].end
            node.items = flat
            flat = parent
        elif cls is AliasEvent:
            node = Node(ALIAS, event.start_mark.index, event.end_mark.index)
            node.anchor = event.anchor
            target = anchors.get(event.anchor)
            node.items = [target if target is not None else Node(SCALAR, node.start, node.end, "")]
            flat.append(node)
    return top[0] if top else None
