"""Files in a folder, and the graph and the merged blueprint that come of them."""

from __future__ import annotations

import os
from pathlib import Path

from bplint.config import Config
from bplint.imports.graph import ImportGraph
from bplint.imports.load_graph import build_graph
from bplint.imports.merge import Merged, merge
from bplint.imports.resolve import Resolver

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\n"


def write_files(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def graph_of(folder: Path, files: dict[str, str], config: Config | None = None) -> ImportGraph:
    """The graph of `blueprint.yaml` among the files."""
    write_files(folder, files)
    resolver = Resolver(config or Config())
    path = os.fspath(folder / "blueprint.yaml")
    document = resolver.read(path, path)
    assert document is not None
    return build_graph(document, resolver)


def merged_of(folder: Path, files: dict[str, str]) -> Merged:
    return merge(graph_of(folder, files))


def names(graph: ImportGraph, folder: Path) -> list[tuple[str, str | None]]:
    """The user's files in merge order: path below the folder, namespace."""
    return [
        (os.path.relpath(file.document.path, folder).replace(os.sep, "/"), file.namespace)
        for file in graph.files
        if file.is_own
    ]
