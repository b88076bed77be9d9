"""What a well-formed text can still get wrong: the faults of PyYAML's composer and constructor, and of
the reference parser's own loader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.diagnostic import Reference
from bplint.fault import Fault
from bplint.lookup import UNKNOWN
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.mapping import deref, is_merge_key, key_identity, python_of
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
    from bplint.source import LineIndex, Source
    from bplint.syntax.tree_builder import Tree

MAX_FAULTS: Final = 1000
_TAG: Final = lazy_pattern(r"!(?<![^\s,\[{:]!)[^\s,\[\]{}]*")
_MAX_PROPERTIES: Final = 1000  # how far in front of the content a tag is looked for
_COMPARED_NODES: Final = 1000  # larger values of a repeated key count as different


class Findings:
    """Faults and holes of one text. Of every kind no more than MAX_FAULTS are kept: nobody reads more,
    and a file of a million repeated keys should not take a gigabyte."""

    __slots__ = ("_counts", "faults", "holes", "length", "lines", "path")

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.length = len(source.text)
        self.lines = source.lines
        self._counts: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.holes: list[tuple[int, int]] = []

    def add(self, kind: str, span: Span, reference: Reference | None = None, **details: Any) -> None:
        count = self._counts.get(kind, 0)
        if count >= MAX_FAULTS:
            return
        self._counts[kind] = count + 1
        inside = Span(min(span.start, self.length), min(span.end, self.length))
        self.faults.append(Fault(kind, self.path, inside, reference, **details))

    def is_full(self, kind: str) -> bool:
        """Whether further faults of a kind are dropped."""
        return self._counts.get(kind, 0) >= MAX_FAULTS

    def add_hole(self, kind: str, node: Node, reference: Reference | None = None, **details: Any) -> None:
        """A fault at a node whose value nobody can know."""
        self.add(kind, node.span, reference, **details)
        self.holes.append((node.start, node.end))


def check_tree(tree: Tree, text: str, findings: Findings, is_latin: bool = False) -> None:
    """Everything that can be said of a tree without knowing the language. Of a file that is not UTF-8 it
    is already told that the manager cannot read it: what its characters are is then no news."""
    legal: set[int] = set()  # ids of keys with tags that only keys may have
    for node, _ in tree.unusual:
        _check_mapping(node, text, findings, legal)
    _check_anchors(tree, findings)
    for node in tree.tagged:
        if id(node) not in legal:
            _check_tag(node, text, findings)
    for node in tree.numbers:
        text_of_node = node.text
        if not text_of_node or (len(text_of_node) < 19 and text_of_node.isdecimal()):
            continue  # most of them; digits alone always make an integer or a string
        if node.value is None and not findings.is_full("invalid-scalar"):
            _check_number(node, findings)
    if not is_latin:
        _check_ascii(tree, text, findings)
    if tree.second is not None:
        findings.add("several-documents", Span(tree.second, tree.second + 3))


def _check_mapping(node: Node, text: str, findings: Findings, legal: set[int]) -> None:
    """Repeated keys, merge keys and keys that are no scalars."""
    first_pairs: dict[Any, tuple[Node, Node]] = {}
    for key, value in node.items or ():
        if (key.text == "=" or key.tag is not None) and key.kind == SCALAR and resolve_tag(key) == VALUE:
            key.value = key.text  # PyYAML takes it for a string where it is a key
            legal.add(id(key))
        if is_merge_key(key):
            key.value = UNKNOWN
            legal.add(id(key))
            _check_merge(value, findings)
            continue
        target = deref(key)
        if target.kind != SCALAR:
            kind = "list" if target.kind == SEQUENCE else "mapping"
            # `{{ name }}` is a mapping whose key is a mapping
            is_template = node.style == "{" and text.startswith("{{", node.start)
            place = node if is_template else key
            findings.add_hole("unhashable-key", place, shape=kind)
            continue
        identity = key_identity(key)
        first = first_pairs.setdefault(identity, (key, value))
        if first[0] is not key:
            _add_duplicate(first, (key, value), text, findings)


def _add_duplicate(
    first: tuple[Node, Node], second: tuple[Node, Node], text: str, findings: Findings
) -> None:
    is_full = findings.is_full("duplicate-key")  # large values are then not worth comparing
    kind = "repeated-key" if _is_same_value(first[1], second[1], text, is_full) else "duplicate-key"
    if findings.is_full(kind):
        return
    findings.add(
        kind,
        second[0].span,
        name=deref(second[0]).text,
        first=first[0].span,
        lines=_lines_of(second, text, findings.lines),
    )


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


def _check_merge(value: Node, findings: Findings) -> None:
    target = deref(value)
    if target.kind == MAPPING:
        return
    if target.kind == SCALAR:
        findings.add_hole("bad-merge", value)
        return
    for item in target.items or ():
        if deref(item).kind != MAPPING:
            findings.add_hole("bad-merge", item)


def _check_anchors(tree: Tree, findings: Findings) -> None:
    for first, second in tree.duplicates:
        findings.add("duplicate-anchor", second.span, name=second.anchor, first=first.span)
    for alias in tree.undefined:
        findings.add_hole("undefined-alias", alias, name=alias.anchor, anchors=sorted(tree.anchors))
    for alias in tree.recursive:
        findings.add_hole("recursive-alias", alias, name=alias.anchor)
    too_large = cut_expansion(tree)
    for alias in too_large:
        findings.holes.append((alias.start, alias.end))
    for alias in too_large[:1]:
        findings.add("alias-expansion", alias.span, name=alias.anchor, limit=MAX_EXPANDED)


def _check_tag(node: Node, text: str, findings: Findings) -> None:
    tag = node.tag or "!"
    if node.kind == SCALAR:
        if tag == "!":
            return
        if tag not in KNOWN_TAGS:  # `!!merge` and `!!value` among them: they are for keys
            _add_tag("unknown-tag", node, text, findings)
            node.value = UNKNOWN
        elif tag not in TAGS_BY_KIND[SCALAR]:
            _add_tag("misplaced-tag", node, text, findings)
            node.value = UNKNOWN
        else:
            _check_number(node, findings)
    elif tag not in TAGS_BY_KIND[node.kind]:
        _add_tag("misplaced-tag" if tag in KNOWN_TAGS else "unknown-tag", node, text, findings)
    elif tag.endswith((":omap", ":pairs")) and node.items:
        # lists of pairs that PyYAML makes and the reference parser cannot go through
        is_made = all(item.kind == MAPPING and len(item.items or ()) == 1 for item in map(deref, node.items))
        reference = Reference("AttributeError", None) if is_made else None
        _add_tag("misplaced-tag", node, text, findings, reference)


def _add_tag(
    kind: str, node: Node, text: str, findings: Findings, reference: Reference | None = None
) -> None:
    """A fault at the tag itself, which stands somewhere in front of the node's content."""
    if findings.is_full(kind):
        return
    first = max(node.start - _MAX_PROPERTIES, 0)
    span = node.span
    for found in _TAG.finditer(text[first : node.start]):
        span = Span(first + found.start(), first + found.end())
    findings.add(kind, span, reference, tag=node.tag)
    findings.holes.append((span.start, node.end))


def _check_number(node: Node, findings: Findings) -> None:
    if value_of(node) is not UNKNOWN:
        return
    tag = resolve_tag(node)
    try:
        construct(node)
    except UnknownTagError:
        findings.add_hole("reserved-word", node, text=node.text)
    except CONSTRUCTION_ERRORS as error:
        reference = Reference(type(error.__cause__ or error).__name__, None)
        findings.add_hole("invalid-scalar", node, reference, tag=tag[len(TAG_PREFIX) :], text=node.text)


def _check_ascii(tree: Tree, text: str, findings: Findings) -> None:
    """The reference parser's loader refuses every string that is not ASCII, also a key."""
    if tree.root is None:
        return
    nodes = tree.escaped if text.isascii() else [node for node in walk(tree.root) if node.text]
    for node in nodes:
        value = node.text or ""
        if value.isascii() or node.kind != SCALAR or (node.tag is not None and resolve_tag(node) != STR):
            continue
        if findings.is_full("non-ascii-string"):
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
        findings.add("non-ascii-string", span, character=character, whole=node.span)
