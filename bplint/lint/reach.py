"""Which files a lint checks, and which main files a changed file matters to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.document import Kind
from bplint.files.discover import discover, is_root
from bplint.imports.resolve import Resolver
from bplint.record import Record

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
    resolver = Resolver(config)
    mains: list[str] = []
    reached: set[str] = set()
    has_code = any(path.endswith(".py") for path in wanted)
    for document in _documents(root, config, resolver):
        if not is_root(document):
            continue
        files = _files_of(document, resolver, config, has_code=has_code)
        hits = files & wanted.keys()
        if hits:
            mains.append(document.path)
            reached |= hits
    unreached: list[str] = []
    for real in sorted(wanted.keys() - reached):
        kind = _kind_of(wanted[real], resolver)
        if kind in (Kind.BLUEPRINT, Kind.PLUGIN, Kind.TYPES):
            mains.append(wanted[real])
        elif kind is Kind.FRAGMENT or real.endswith(".py"):
            unreached.append(wanted[real])
    return Reach(sorted(set(mains)), unreached)


def checked_files(paths: Iterable[str], config: Config) -> list[str]:
    """The files that a lint of these paths would check, in its order."""
    resolver = Resolver(config)
    found: list[str] = []
    for file in discover(paths, config).files:
        document = resolver.read(file.path)
        if file.is_explicit or (document is not None and document.kind is not Kind.OTHER):
            found.append(file.path)
    return found


def _documents(root: str, config: Config, resolver: Resolver) -> Iterator[Document]:
    for found in discover([root], config).files:
        document = resolver.read(found.path)
        if document is not None:
            yield document


def _files_of(document: Document, resolver: Resolver, config: Config, *, has_code: bool) -> set[str]:
    """Real paths of the files that a main file is made of; its code only where that is asked."""
    from bplint.imports.graph import build_graph

    if has_code:
        # what code is reached is only known when the model is built
        from bplint.lint.inspect import inspect
        from bplint.pycode.files.codebase import CodeBase

        code = CodeBase()
        graph = inspect(build_graph(document, resolver), config, code).blueprint.graph
        paths = set(code.sources())
    else:
        graph = build_graph(document, resolver)
        paths = set()
    paths.update(file.document.path for file in graph.files if file.is_own)
    return {os.path.realpath(path) for path in paths}


def _kind_of(path: str, resolver: Resolver) -> Kind:
    if not path.endswith((".yaml", ".yml")):
        return Kind.OTHER
    document = resolver.read(path)
    return Kind.OTHER if document is None else document.kind
