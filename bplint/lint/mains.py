"""Which files of a run stand for themselves, and which are checked through those that import them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.files.discover import is_root

if TYPE_CHECKING:
    from collections.abc import Callable

    from bplint.document import Document
    from bplint.imports.graph import ImportGraph


def choose_mains(
    documents: list[Document], explicit: set[int], graph_of: Callable[[Document], ImportGraph]
) -> tuple[list[ImportGraph], list[Document]]:
    """Import graphs of the main files, and the documents that are only part of one.

    explicit  ids of the documents that the user named: each is a main file
    graph_of  a main file with all that it imports
    A blueprint or plugin.yaml that another one of the run imports is checked as its part: alone it may
    lack what the importer brings. So are types files and fragments; one that nothing imports is a main.
    """
    graphs = {id(each): graph_of(each) for each in documents if is_root(each) or id(each) in explicit}
    imported = {id(file.document) for graph in graphs.values() for file in graph.files[1:]}
    chosen: list[Document] = []
    reached: set[int] = set()
    for document in documents:
        if id(document) in graphs and (id(document) in explicit or id(document) not in imported):
            _take(document, graphs[id(document)], chosen, reached)
    # what is left is imported in a circle, or made to be imported and not imported by anything
    for document in sorted(documents, key=lambda each: not is_root(each)):
        if id(document) not in reached:
            graph = graphs.setdefault(id(document), graph_of(document))
            _take(document, graph, chosen, reached)
    mains = {id(each) for each in chosen}
    return [graphs[id(each)] for each in chosen], [each for each in documents if id(each) not in mains]


def _take(document: Document, graph: ImportGraph, chosen: list[Document], reached: set[int]) -> None:
    chosen.append(document)
    reached.update(id(file.document) for file in graph.files)
