"""Which files a lint checks, and which main files a changed file matters to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.app.workspace import Workspace
from bplint.document import Kind, load_document
from bplint.files.discover import discover, is_root
from bplint.record import Record
from bplint.source import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.config import Config
    from bplint.document import Document


class Reach(Record):
    """`mains` are the files to lint; `unreached` the changed files of the language, and the Python files,
    that no main file reaches. Changed files of anything else are in neither."""

    mains: list[str]
    unreached: list[str]


def reach_of(changed: Iterable[str], root: str, config: Config) -> Reach:
    """Main files below a folder that reach one of the changed files, themselves included."""
    wanted = {os.path.realpath(path): path.replace(os.sep, "/") for path in changed}
    workspace = Workspace(config)
    mains: list[str] = []
    reached: set[str] = set()
    has_code = any(path.endswith(".py") for path in wanted)
    for document in _documents(root, workspace):
        if not is_root(document):
            continue
        files = _files_of(document, workspace, has_code=has_code)
        hits = files & wanted.keys()
        if hits:
            mains.append(document.path)
            reached |= hits
    unreached: list[str] = []
    for real in sorted(wanted.keys() - reached):
        kind = _kind_of(wanted[real], workspace)
        if kind in (Kind.BLUEPRINT, Kind.PLUGIN, Kind.TYPES):
            mains.append(wanted[real])
        elif kind is Kind.FRAGMENT or real.endswith(".py"):
            unreached.append(wanted[real])
    return Reach(sorted(set(mains)), unreached)


def is_main(path: str) -> bool:
    """Whether a file stands for itself: what is only made to be imported is checked where it is."""
    source, _ = read_source(path)
    return source is not None and is_root(load_document(source))


def checked_files(paths: Iterable[str], config: Config) -> list[str]:
    """The files that a lint of these paths would check, in its order."""
    workspace = Workspace(config)
    found: list[str] = []
    for file in discover(paths, config).files:
        document = workspace.read(file.path)
        if file.is_explicit or (document is not None and document.kind is not Kind.OTHER):
            found.append(file.path)
    return found


def _documents(root: str, workspace: Workspace) -> Iterator[Document]:
    for found in discover([root], workspace.config).files:
        document = workspace.read(found.path)
        if document is not None:
            yield document


def _files_of(document: Document, workspace: Workspace, *, has_code: bool) -> set[str]:
    """Real paths of the files that a main file is made of; its code only where that is asked."""
    graph = workspace.graph(document)
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
