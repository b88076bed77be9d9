"""Which files a lint checks, and which main files a changed file matters to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.app.workspace import Workspace
from bplint.document import Kind
from bplint.files.discover import discover
from bplint.lint.mains import choose_mains
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.config import Config
    from bplint.document import Document
    from bplint.imports.graph import ImportGraph


class Reach(Record):
    """`mains` are the files to lint; `unreached` the changed files of the language, and the Python files,
    that no main file reaches. Changed files of anything else are in neither."""

    mains: list[str]
    unreached: list[str]


def reach_of(changed: Iterable[str], root: str, config: Config) -> Reach:
    """The main files below a folder, as a lint of the folder chooses them, that reach one of the changed
    files, themselves included."""
    wanted = {os.path.realpath(path): path.replace(os.sep, "/") for path in changed}
    workspace = Workspace(config)
    mains: list[str] = []
    reached: set[str] = set()
    has_code = any(path.endswith(".py") for path in wanted)
    for graph in _mains(root, workspace):
        hits = _files_of(graph, workspace, has_code=has_code) & wanted.keys()
        if hits:
            mains.append(graph.main.document.path)
            reached |= hits
    unreached = [
        wanted[real]
        for real in sorted(wanted.keys() - reached)
        if real.endswith(".py") or _kind_of(wanted[real], workspace) is not Kind.OTHER
    ]
    return Reach(sorted(set(mains)), unreached)


def main_files(root: str, config: Config) -> list[str]:
    """The main files that a lint of a folder chooses."""
    return [graph.main.document.path for graph in _mains(root, Workspace(config))]


def checked_files(paths: Iterable[str], config: Config) -> list[str]:
    """The files that a lint of these paths would check, in its order."""
    workspace = Workspace(config)
    found: list[str] = []
    for file in discover(paths, config).files:
        document = workspace.read(file.path)
        if file.is_explicit or (document is not None and document.kind is not Kind.OTHER):
            found.append(file.path)
    return found


def roles_of(paths: Iterable[str], config: Config) -> list[tuple[str, str]]:
    """Each file that a lint of these paths looks at, and what it is to it."""
    workspace = Workspace(config)
    documents, explicit = [], set()
    found: dict[str, str] = {}
    for file in discover(paths, config).files:
        document = workspace.read(file.path)
        if document is None:
            found[file.path] = "cannot be read"
        elif document.kind is Kind.OTHER and not file.is_explicit:
            found[file.path] = "another dialect" if document.is_foreign else "not of the language"
        else:
            documents.append(document)
            if file.is_explicit:
                explicit.add(id(document))
    graphs, parts = choose_mains(documents, explicit, workspace.graph)
    for graph in graphs:
        main = graph.main.document
        why = "named" if id(main) in explicit else "nothing imports it"
        found[main.path] = f"{main.kind.value}, checked for itself: {why}"
    for part in parts:
        importers = [graph.main.document.path for graph in graphs if _is_in(part, graph)]
        found[part.path] = (
            f"{part.kind.value}, checked as a part of {importers[0] if importers else 'another file'}"
        )
    return sorted(found.items())


def _is_in(document: Document, graph: ImportGraph) -> bool:
    return any(file.document is document for file in graph.files)


def _mains(root: str, workspace: Workspace) -> list[ImportGraph]:
    documents = []
    for found in discover([root], workspace.config).files:
        document = workspace.read(found.path)
        if document is not None and document.kind is not Kind.OTHER:
            documents.append(document)
    return choose_mains(documents, set(), workspace.graph)[0]


def _files_of(graph: ImportGraph, workspace: Workspace, *, has_code: bool) -> set[str]:
    """Real paths of the files that a main file is made of; its code only where that is asked."""
    paths = {file.document.path for file in graph.files if file.is_own}
    if has_code:
        # what code is reached is only known when the blueprint was inspected
        paths |= workspace.code_of(graph)
    return {os.path.realpath(path) for path in paths}


def _kind_of(path: str, workspace: Workspace) -> Kind:
    if not path.endswith((".yaml", ".yml")):
        return Kind.OTHER
    document = workspace.read(path)
    return Kind.OTHER if document is None else document.kind
