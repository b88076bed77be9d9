"""Where what a text names is declared: in a file, in the catalogue, or in Python."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.document import FactsDocument
from bplint.imports.graph import ImportEntry
from bplint.language.catalog_text import catalog_path, is_of_catalog
from bplint.model.elements import (
    Element,
    NodeTemplate,
    Operation,
    Relationship,
    SchemaProperty,
    Target,
    Type,
)
from bplint.record import Record
from bplint.span import Span

if TYPE_CHECKING:
    from bplint.catalog.facts import Facts
    from bplint.language.code_reader import CodeReader
    from bplint.language.mention import Mention
    from bplint.model.blueprint import Blueprint


class Landing(Record):
    """A place to go to. With `facts` it lies in the text of that file of the catalogue, at the item with
    this path in it (see `catalog_text`); else it is the span of the file `path`, without a text of its own
    where `is_file`: its beginning is meant."""

    path: str
    span: Span
    facts: Facts | None = None
    item: tuple[str, ...] = ()
    is_file: bool = False


def landings_of(mention: Mention, code: CodeReader | None) -> list[Landing]:
    """Where the thing that is named is declared; of a name that declares, where what it overrides is, if it
    overrides anything. Empty where that is not known. `code` None: read no Python."""
    target = mention.target
    if isinstance(target, ImportEntry):
        return _of_entry(target)
    if isinstance(target, Target):
        return _of_target(target, code)
    if not isinstance(target, Element):
        return []
    if mention.is_definition or (isinstance(target, Operation) and target.key is mention.node):
        return _of_declaration(target)
    return _of_element(target)


def type_landings_of(mention: Mention, blueprint: Blueprint) -> list[Landing]:
    """Where the type of the thing that is named is declared."""
    target = mention.target
    if isinstance(target, (NodeTemplate, Relationship)):
        return _of_element(target.type) if isinstance(target.type, Type) else []
    if isinstance(target, SchemaProperty):
        data_type = blueprint.data_types.lookup(target.type) if target.type is not None else None
        return _of_element(data_type) if data_type else []
    if isinstance(target, Type):
        return _of_element(target.parent) if isinstance(target.parent, Type) else []
    return []


def _of_element(element: Element) -> list[Landing]:
    if is_of_catalog(element):
        document = element.file.document
        assert isinstance(document, FactsDocument)
        path = catalog_path(element)
        return [Landing(document.path, document.span, document.facts, path or ())]
    return [Landing(element.path, element.key.span)]


def _of_declaration(element: Element) -> list[Landing]:
    """What a declaration stands over: the type's operation, the parent's property; else the place itself."""
    if isinstance(element, Operation) and element.overridden is not None:
        return _of_element(element.overridden)
    if isinstance(element, SchemaProperty) and isinstance(element.owner, Type):
        parent = element.owner.parent
        base = parent.properties.get(element.name) if isinstance(parent, Type) else None
        if base is not None:
            return _of_element(base)
    return _of_element(element)


def _of_entry(entry: ImportEntry) -> list[Landing]:
    file = entry.file
    if file is None:
        return []
    document = file.document
    if isinstance(document, FactsDocument):
        return [Landing(document.path, document.span, document.facts)]
    return [Landing(document.path, Span(0, 0), is_file=True)]


def _of_target(target: Target, code: CodeReader | None) -> list[Landing]:
    if code is None:
        return []
    if target.kind == "script":
        folder = os.path.dirname(code.blueprint.graph.main.document.path)
        path = os.path.normpath(os.path.join(folder, target.function)).replace(os.sep, "/")
        return [Landing(path, Span(0, 0), is_file=True)]
    return [
        Landing(definition.module.path, span)
        for definition, span in code.definitions(target)
        if not definition.module.is_recorded  # what the catalogue knows of code is no text
    ]
