"""What stands at a place of a file, for the shell: the queries of an editor on one file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.app import asking
from bplint.app.editor_project import Project
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.config.load import LoadedConfig
    from bplint.imports.graph import ImportedFile
    from bplint.language.describe import Explanation
    from bplint.model.blueprint import Blueprint
    from bplint.source import Source
    from bplint.span import Span


class Explained(Record):
    """What is said, of which place; `sources` are the texts that statements point into."""

    said: Explanation
    source: Source
    span: Span
    sources: dict[str, Source]


class _OneFile(Project):
    """A file by itself, with what it imports: nothing else of its folder is read."""

    def __init__(self, path: str, loaded: LoadedConfig) -> None:
        self._given = loaded
        super().__init__(os.path.dirname(path) or ".")

    def _load(self) -> LoadedConfig:
        return self._given

    def place(self, path: str) -> tuple[Blueprint, ImportedFile] | None:
        document = self.workspace.read(path)
        if document is None:
            return None
        graph = self.workspace.graph(document)
        return self.workspace.inspected(graph).blueprint, graph.main


def explain_at(
    path: str, line: int, column: int | None, loaded: LoadedConfig, inputs: Sequence[str]
) -> Explained | None:
    """What stands at a line and column of a file, 1-based; without a column, at the first word of the line
    of which there is something to say, values before keys of the language. None where there is none.
    Raises OSError where the file cannot be read."""
    project = _OneFile(path, loaded)
    document = project.workspace.read(path)
    if document is None:
        raise OSError(f"cannot read '{path}'")
    source = document.source
    if line > len(source.lines.starts):
        return None
    given = inputs or project.config.inputs
    if column is not None:
        found = asking.explain(project, path, source.lines.offset(line, column), given)
    else:
        found = _first_in(project, path, source, line, given)
    if found is None:
        return None
    said, span = found
    paths = dict.fromkeys(each.path for each in said.statements if each.path is not None)
    sources = {name: text for name in paths if (text := project.source(name)) is not None}
    return Explained(said, source, span, sources)


def _first_in(
    project: Project, path: str, source: Source, line: int, inputs: Sequence[str]
) -> tuple[Explanation, Span] | None:
    span = source.lines.line_span(line)
    second: tuple[Explanation, Span] | None = None
    offset = span.start
    while offset < span.end:
        found = asking.explain(project, path, offset, inputs)
        if found is None:
            offset += 1
            continue
        if not found[0].title.startswith("key "):
            return found
        second = second or found
        offset = max(found[1].end, offset) + 1
    return second
