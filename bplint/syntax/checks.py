"""What a well-formed text can still get wrong: the faults of PyYAML's composer and constructor, and of
the reference parser's own loader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Reference
from bplint.later import later
from bplint.lookup import UNKNOWN
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.mapping import deref, is_merge_key, is_null, key_identity, python_of
from bplint.syntax.scalars import (
    CONSTRUCTION_ERRORS,
    KNOWN_TAGS,
    STR,
    TAG_PREFIX,
    TAGS_BY_KIND,
    VALUE,
    UnknownTagError,
    construct,
    resolve_tag,
    value_of,
)
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE, Node, walk
from bplint.syntax.tree_builder import MAX_EXPANDED, cut_expansion

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Concatenate, ParamSpec

    from bplint.fault import Fault
    from bplint.source import LineIndex, Source
    from bplint.syntax import yaml_faults as kinds
    from bplint.syntax.tree_builder import Tree

    Fields = ParamSpec("Fields")
else:
    kinds = later("bplint.syntax.yaml_faults")

MAX_FAULTS: Final = 1000
_TAG: Final = lazy_pattern(r"!(?<![^\s,\[{:]!)[^\s,\[\]{}]*")
_DEFINITIONS: Final = "dsl_definitions"
_MAX_PROPERTIES: Final = 1000  # how far in front of the content a tag is looked for
_COMPARED_NODES: Final = 1000  # larger values of a repeated key count as different


class SyntaxFindings:
    """Faults and holes of one text. Of every kind no more than MAX_FAULTS are kept: nobody reads more,
    and a file of a million repeated keys should not take a gigabyte."""

    __slots__ = ("_counts", "faults", "holes", "length", "lines", "path")

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.length = len(source.text)
        self.lines = source.lines
        self._counts: dict[object, int] = {}
        self.faults: list[Fault] = []
        self.holes: list[tuple[int, int]] = []

    def add(
        self,
        kind: Callable[Concatenate[str, Span, Fields], Fault],
        span: Span,
        *given: Fields.args,
        **fields: Fields.kwargs,
    ) -> None:
        """A fault of a kind with its fields."""
        if not self.is_full(kind):
            inside = Span(min(span.start, self.length), min(span.end, self.length))
            self.keep(kind(self.path, inside, *given, **fields))

    def keep(self, fault: Fault) -> None:
        """A fault that is made already; its span lies in the text."""
        kind = type(fault)
        if not self.is_full(kind):
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self.faults.append(fault)

    def is_full(self, kind: Callable[..., Fault]) -> bool:
        """Whether further faults of a kind are dropped."""
        return self._counts.get(kind, 0) >= MAX_FAULTS

    def add_hole(
        self,
        kind: Callable[Concatenate[str, Span, Fields], Fault],
        node: Node,
        *given: Fields.args,
        **fields: Fields.kwargs,
    ) -> None:
        """A fault at a node whose value nobody can know."""
        self.add(kind, node.span, *given, **fields)
        self.holes.append((node.start, node.end))


def check_tree(tree: Tree, text: str, findings: SyntaxFindings, is_latin: bool = False) -> None:
    """Everything that can be said of a tree without knowing the language. Of a file that is not UTF-8 it
    is already told that the manager cannot read it: what its characters are is then no news."""
    legal: set[int] = set()  # ids of keys with tags that only keys may have
    for node, owner in tree.unusual:
        _check_mapping(node, owner.text if owner is not None else None, text, findings, legal)
    _check_anchors(tree, findings)
    for node in tree.tagged:
        if id(node) not in legal:
            _check_tag(node, text, findings)
    for node in tree.numbers:
        text_of_node = node.text
        if not text_of_node or (len(text_of_node) < 19 and text_of_node.isdecimal()):
            continue  # most of them; digits alone always make an integer or a string
        if node.value is None and not findings.is_full(kinds.InvalidScalar):
            _check_number(node, findings)
    if not is_latin:
        _check_ascii(tree, text, findings)
    if tree.second is not None:
        findings.add(kinds.SeveralDocuments, Span(tree.second, tree.second + 3))


def _check_mapping(
    node: Node, owner: str | None, text: str, findings: SyntaxFindings, legal: set[int]
) -> None:
    """Repeated keys, merge keys and keys that are no scalars. `owner` is the key of the mapping."""
    first_pairs: dict[Any, tuple[Node, Node]] = {}
    merge: Node | None = None
    for key, value in node.items or ():
        if (key.text == "=" or key.tag is not None) and key.kind == SCALAR and resolve_tag(key) == VALUE:
            key.value = key.text  # PyYAML takes it for a string where it is a key
            legal.add(id(key))
        if is_merge_key(key):
            key.value = UNKNOWN
            legal.add(id(key))
            _check_merge(value, findings)
            if merge is not None:
                findings.add(kinds.SeveralMergeKeys, key.span, first=merge.span)
            merge = merge or key
            continue
        target = deref(key)
        if target.kind != SCALAR:
            shape = "list" if target.kind == SEQUENCE else "mapping"
            # `{{ name }}` is a mapping whose key is a mapping
            is_template = node.style == "{" and text.startswith("{{", node.start)
            place = node if is_template else key
            findings.add_hole(kinds.UnhashableKey, place, shape=shape)
            continue
        identity = key_identity(key)
        first = first_pairs.setdefault(identity, (key, value))
        if first[0] is not key:
            _add_duplicate(first, (key, value), owner, text, findings)


def _add_duplicate(
    first: tuple[Node, Node],
    second: tuple[Node, Node],
    owner: str | None,
    text: str,
    findings: SyntaxFindings,
) -> None:
    is_full = findings.is_full(kinds.DuplicateKey)  # large values are then not worth comparing
    place, name = second[0].span, deref(second[0]).text or ""
    if not _is_same_value(first[1], second[1], text, is_full):
        is_lost = is_null(first[1]) or (owner == _DEFINITIONS and _is_aliased(first[1], text))
        kind = kinds.LostKey if is_lost else kinds.DuplicateKey
        findings.add(kind, place, name=name, first=first[0].span)
    elif not findings.is_full(kinds.RepeatedKey):
        lines = _lines_of(second, text, findings.lines)
        findings.add(kinds.RepeatedKey, place, name=name, first=first[0].span, lines=lines)


def _is_aliased(value: Node, text: str) -> bool:
    """Whether a value is used by its anchor, so that it does not matter that its key is lost."""
    return value.anchor is not None and re.search(rf"\*{re.escape(value.anchor)}(?![\w-])", text) is not None


def _lines_of(pair: tuple[Node, Node], text: str, lines: LineIndex) -> tuple[int, int] | None:
    """The lines that hold nothing but one entry; None where there is something else on them."""
    key, value = pair
    start = lines.line_span(lines.position(key.start)[0]).start
    last = lines.position(max(key.end, value.end))[0]
    end = lines.starts[last] if last < len(lines.starts) else len(text)
    behind = text[max(key.end, value.end) : end].strip()
    if text[start : key.start].strip(" ") or (behind and not behind.startswith(("#", ":"))):
        return None
    return start, end


def _is_same_value(one: Node, other: Node, text: str, is_brief: bool) -> bool:
    if text[one.start : one.end] == text[other.start : other.end] and one.style == other.style:
        return True
    if is_brief:
        return False
    value, last = python_of(one, _COMPARED_NODES), python_of(other, _COMPARED_NODES)
    return value is not UNKNOWN and type(value) is type(last) and bool(value == last)


def _check_merge(value: Node, findings: SyntaxFindings) -> None:
    target = deref(value)
    if target.kind == MAPPING:
        return
    if target.kind == SCALAR:
        findings.add_hole(kinds.BadMerge, value)
        return
    for item in target.items or ():
        if deref(item).kind != MAPPING:
            findings.add_hole(kinds.BadMerge, item)


def _check_anchors(tree: Tree, findings: SyntaxFindings) -> None:
    for first, second in tree.duplicates:
        findings.add(kinds.DuplicateAnchor, second.span, name=second.anchor or "", first=first.span)
    for alias in tree.undefined:
        name = alias.anchor or ""
        findings.add_hole(kinds.UndefinedAlias, alias, name=name, anchors=sorted(tree.anchors))
    for alias in tree.recursive:
        findings.add_hole(kinds.RecursiveAlias, alias, name=alias.anchor or "")
    too_large = cut_expansion(tree)
    for alias in too_large:
        findings.holes.append((alias.start, alias.end))
    for alias in too_large[:1]:
        findings.add(kinds.AliasExpansion, alias.span, name=alias.anchor or "", limit=MAX_EXPANDED)


def _check_tag(node: Node, text: str, findings: SyntaxFindings) -> None:
    tag = node.tag or "!"
    if node.kind == SCALAR:
        if tag == "!":
            return
        if tag not in KNOWN_TAGS:  # `!!merge` and `!!value` among them: they are for keys
            _add_tag(kinds.UnknownTag, node, text, findings)
            node.value = UNKNOWN
        elif tag not in TAGS_BY_KIND[SCALAR]:
            _add_tag(kinds.MisplacedTag, node, text, findings)
            node.value = UNKNOWN
        else:
            _check_number(node, findings)
    elif tag not in TAGS_BY_KIND[node.kind]:
        _add_tag(kinds.MisplacedTag if tag in KNOWN_TAGS else kinds.UnknownTag, node, text, findings)
    elif tag.endswith((":omap", ":pairs")) and node.items:
        # lists of pairs that PyYAML makes and the reference parser cannot go through
        is_made = all(item.kind == MAPPING and len(item.items or ()) == 1 for item in map(deref, node.items))
        reference = Reference("AttributeError", None) if is_made else None
        _add_tag(kinds.MisplacedTag, node, text, findings, reference)


def _add_tag(
    kind: type[kinds.MisplacedTag | kinds.UnknownTag],
    node: Node,
    text: str,
    findings: SyntaxFindings,
    reference: Reference | None = None,
) -> None:
    """A fault at the tag itself, which stands somewhere in front of the node's content."""
    if findings.is_full(kind):
        return
    first = max(node.start - _MAX_PROPERTIES, 0)
    span = node.span
    for found in _TAG.finditer(text[first : node.start]):
        span = Span(first + found.start(), first + found.end())
    findings.add(kind, span, reference=reference, tag=node.tag or "!")
    findings.holes.append((span.start, node.end))


def _check_number(node: Node, findings: SyntaxFindings) -> None:
    if value_of(node) is not UNKNOWN:
        return
    tag = resolve_tag(node)
    try:
        construct(node)
    except UnknownTagError:
        findings.add_hole(kinds.ReservedWord, node, text=node.text or "")
    except CONSTRUCTION_ERRORS as error:
        reference = Reference(type(error.__cause__ or error).__name__, None)
        short = tag[len(TAG_PREFIX) :]
        findings.add_hole(kinds.InvalidScalar, node, reference=reference, tag=short, text=node.text or "")


def _check_ascii(tree: Tree, text: str, findings: SyntaxFindings) -> None:
    """The reference parser's loader refuses every string that is not ASCII, also a key."""
    if tree.root is None:
        return
    nodes = tree.escaped if text.isascii() else [node for node in walk(tree.root) if node.text]
    for node in nodes:
        value = node.text or ""
        if value.isascii() or node.kind != SCALAR or (node.tag is not None and resolve_tag(node) != STR):
            continue
        if findings.is_full(kinds.NonAsciiString):
            return
        start = node.start
        while start < node.end and text[start].isascii():
            start += 1
        if start == node.end:
            span = node.span  # written as an escape
        else:
            end = start
            while end < node.end and not text[end].isascii():
                end += 1
            span = Span(start, end)
        character = next(char for char in value if not char.isascii())
        findings.add(kinds.NonAsciiString, span, character=character)
