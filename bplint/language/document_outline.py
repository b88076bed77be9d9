"""The outline of a file: symbols, folds, growing selections, links, hints and the words to colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.language import roles
from bplint.language.landing import landings_of
from bplint.language.mention import text_span
from bplint.language.spot import key_text, spot_at
from bplint.language.walk_mentions import mentions_of
from bplint.language.written import excerpt
from bplint.model.elements import NodeTemplate, Target, Type
from bplint.record import Record
from bplint.span import Span
from bplint.syntax.mapping import deref, get
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.document import Document
    from bplint.imports.graph import ImportedFile
    from bplint.language.code_reader import CodeReader
    from bplint.language.landing import Landing
    from bplint.language.mention import Mention
    from bplint.model.blueprint import Blueprint
    from bplint.syntax.tree import Node

_PARTS: Final = frozenset(
    ("properties", "interfaces", "source_interfaces", "target_interfaces", "parameters", "runtime_properties")
)
MAX_HINT: Final = 80


class Symbol(Record):
    """A symbol: `role` as in `roles` ('section' for a section), its whole block, and its name's place."""

    name: str
    role: str
    detail: str
    whole: Span
    name_span: Span
    children: tuple[Symbol, ...] = ()


def symbols_of(document: Document) -> list[Symbol]:
    """Sections with their elements, and what these declare."""
    found = []
    for name, (key, value) in document.sections.items():
        children = tuple(_elements(name, deref(value))) if name in roles.ELEMENTS else ()
        found.append(Symbol(name, "section", "", _whole(key, value), text_span(key), children))
    return found


def _whole(key: Node, value: Node) -> Span:
    return Span(key.start, max(key.end, value.end))


def _elements(section: str, node: Node) -> Iterator[Symbol]:
    for key, value in (node.items or ()) if node.kind == MAPPING else ():
        if key.kind != SCALAR:
            continue
        inner = deref(value)
        detail = ""
        for name in ("type", "derived_from", "mapping"):
            written = get(inner, name) if inner.kind == MAPPING else None
            if written is not None:
                detail = text_of(written) or ""
                break
        children = tuple(_parts(inner))
        yield Symbol(key_text(key) or "?", section, detail, _whole(key, value), text_span(key), children)


def _parts(node: Node) -> Iterator[Symbol]:
    for key, value in (node.items or ()) if node.kind == MAPPING else ():
        inner = deref(value)
        if key.text not in _PARTS or inner.kind != MAPPING:
            continue
        for name, item in inner.items or ():
            if name.kind == SCALAR:
                is_operation = key.text.endswith("interfaces")
                role = roles.INTERFACE if is_operation else roles.PROPERTY
                yield Symbol(key_text(name) or "?", role, "", _whole(name, item), text_span(name))


def folds_of(document: Document) -> list[Span]:
    """Blocks that can be folded: from a key or a dash to the end of what is below."""
    if document.root is None:
        return []
    text = document.source.text
    found = []
    for node in walk(document.root):
        if node.kind == MAPPING:
            found += [Span(key.start, _end(text, value)) for key, value in node.items or ()]
        elif node.kind == SEQUENCE:
            found += [Span(item.start, _end(text, item)) for item in node.items or ()]
    return [span for span in found if "\n" in text[span.start : span.end]]


def _end(text: str, node: Node) -> int:
    return len(text[: node.end].rstrip())


def selections_at(document: Document, offset: int) -> list[Span]:
    """Ever larger blocks around an offset: the word, the value, the pair, what it lies in, the file."""
    if document.root is None:
        return [Span(0, len(document.source.text))]
    spot = spot_at(document.root, offset)
    found = []
    if spot.node.kind == SCALAR:
        found.append(text_span(spot.node))
    for step in reversed(spot.steps):
        found.append(step.node.span)
        if step.key_node is not None:
            found.append(_whole(step.key_node, step.node))
    found += [document.root.span, Span(0, len(document.source.text))]
    grown: list[Span] = []
    for span in found:
        if not grown or (span != grown[-1] and span.start <= grown[-1].start and span.end >= grown[-1].end):
            grown.append(span)
    return grown


def links_of(blueprint: Blueprint, file: ImportedFile, code: CodeReader) -> Iterator[tuple[Span, Landing]]:
    """Imports and scripts, with the files that they lead to."""
    for mention in mentions_of(blueprint, file):
        target = mention.target
        is_script = isinstance(target, Target) and target.kind == "script"
        if mention.role == roles.IMPORT or is_script:
            for landing in landings_of(mention, code):
                yield mention.span, landing


def hints_of(blueprint: Blueprint, file: ImportedFile) -> Iterator[tuple[int, str]]:
    """Defaults that a node template inherits and does not write, at the end of its type."""
    for template in blueprint.node_templates.own():
        if template.file.document is not file.document or template.type_node is None:
            continue
        text = ", ".join(_defaults(template))
        if text:
            yield template.type_node.end, text if len(text) <= MAX_HINT else f"{text[:MAX_HINT]}…"


def _defaults(template: NodeTemplate) -> Iterator[str]:
    kind = template.type
    for name, entry in kind.properties.items() if isinstance(kind, Type) else ():
        if name not in template.properties and entry.default is not None:
            yield f"{name}: {excerpt(entry.default)}"


class Word(Record):
    """A word to colour: `role` as in `roles`."""

    span: Span
    role: str
    is_definition: bool
    is_of_catalog: bool


_COLOURED: Final = frozenset(
    (*roles.ELEMENTS, roles.PROPERTY, roles.ATTRIBUTE, roles.FUNCTION, roles.RUN_TIME_NODE, roles.OPERATION,
     roles.INTERFACE, roles.IMPLEMENTATION)
)  # fmt: skip


def words_of(blueprint: Blueprint, file: ImportedFile) -> Iterator[Word]:
    """The words that name something, in the order of the text."""
    for mention in mentions_of(blueprint, file):
        if mention.role in _COLOURED and "\n" not in mention.text and mention.text:
            yield Word(mention.span, mention.role, mention.is_definition, _is_foreign(mention))


def _is_foreign(mention: Mention) -> bool:
    file = getattr(mention.target, "file", None)
    return file is not None and not file.is_own
