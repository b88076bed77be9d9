"""An editor's project: the files of a folder with what is in the editor's buffers, judged again after each
change. What does not change is kept."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from bplint.app.linting import run
from bplint.app.results import LintRequest
from bplint.app.workspace import Workspace
from bplint.config.load import load_config
from bplint.document import may_be_of_the_language
from bplint.files.discover import Discovery, FoundFile, candidates, is_candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bplint.app.linting import Track
    from bplint.app.results import LintResult
    from bplint.config import Config
    from bplint.config.load import LoadedConfig
    from bplint.document import Document
    from bplint.imports.graph import ImportedFile, ImportGraph
    from bplint.model.blueprint import Blueprint
    from bplint.source import Source

_EXTENSIONS = (".yaml", ".yml")


class Project:
    """A folder in an editor.

    root    its absolute path; all paths in results are absolute
    loaded  its configuration; where that has faults the defaults are used, and the faults are told
    """

    def __init__(self, root: str, overrides: Mapping[str, object] | None = None) -> None:
        self.root = root.replace(os.sep, "/").rstrip("/") or "/"
        self._overrides = dict(overrides or {})
        self.buffers: dict[str, str] = {}
        self._may_be: dict[str, bool] = {}  # of files on disk, by path
        self._files: Discovery | None = None
        self.loaded: LoadedConfig = self._load()
        self.workspace = Workspace(self.config)
        self._result: LintResult | None = None

    @property
    def config(self) -> Config:
        return self.loaded.config

    def _load(self) -> LoadedConfig:
        return load_config(self.root, self._overrides)

    # -- what changes

    def set_text(self, path: str, text: str) -> None:
        """A buffer's text: from now on it stands in for the file."""
        path = self._known(path)
        if self.buffers.get(path) == text:
            return
        is_new = path not in self.buffers and not os.path.isfile(path)
        self.buffers[path] = text
        self.workspace.change(self.buffers)
        if is_new:
            self.workspace.regraph()
        self._result = None

    def close(self, path: str) -> None:
        """A buffer is closed: what is on disk counts again."""
        path = self._known(path)
        if self.buffers.pop(path, None) is not None:
            self._may_be.pop(path, None)
            self.workspace.change(self.buffers)
            self._result = None

    def changed_on_disk(self, changed: Iterable[str], came_or_went: bool) -> None:
        """Files have another content; `came_or_went` where some were made or deleted, too."""
        paths = [path for path in map(self._known, changed) if path not in self.buffers]
        for path in paths:
            self._may_be.pop(path, None)
        self.workspace.reread(paths)
        if came_or_went:
            self._files = None
            self.workspace.regraph()
        self._result = None

    def reconfigure(self, overrides: Mapping[str, object] | None = None) -> None:
        """Read the configuration again, and judge everything by it."""
        if overrides is not None:
            self._overrides = dict(overrides)
        self.loaded = self._load()
        self.workspace = Workspace(self.config, self.buffers)
        self._files = None
        self._result = None

    def _known(self, path: str) -> str:
        """The name under which a file is known, whatever links lead to it."""
        document = self.workspace.resolver.known(path)
        return document.path if document is not None else path.replace(os.sep, "/")

    # -- what is found

    def lint(self, track: Track | None = None, *, is_hurried: bool = False) -> LintResult:
        """What a lint of the folder finds, with the buffers in place of their files. In a hurry, older
        releases of plugins are not asked about what the newest refuses: `is_rough` then."""
        if self._result is None or (self.is_rough and not is_hurried):
            workspace = self.workspace
            workspace.is_hurried, workspace.is_rough = is_hurried, False
            try:
                request = LintRequest((self.root,), self.config)
                self._result = run(request, workspace, track, self.discovery()).result()
            finally:
                workspace.is_hurried = False
        return self._result

    @property
    def is_rough(self) -> bool:
        """Whether the last lint was in a hurry and left something out."""
        return self._result is not None and self.workspace.is_rough

    def discovery(self) -> Discovery:
        """The files that a lint of the folder looks at now."""
        if self._files is None:
            self._files = candidates([self.root], self.config)
        found = Discovery()
        found.faults = self._files.faults
        found.files = [file for file in self._files if self._is_looked_at(file.path)]
        known = {file.path for file in self._files}
        for path, text in self.buffers.items():
            # never saved, or from elsewhere: the editor shows it, so it is looked at
            is_shown = path not in known and path.endswith(_EXTENSIONS) and not self._is_left_out(path)
            if is_shown and may_be_of_the_language(text):
                found.files.append(FoundFile(path, False))
        return found

    def _is_left_out(self, path: str) -> bool:
        """A file of the folder that the project's files leave out."""
        return path.startswith(f"{self.root}/") and os.path.isfile(path)

    def _is_looked_at(self, path: str) -> bool:
        text = self.buffers.get(path)
        if text is not None:
            return may_be_of_the_language(text)
        known = self._may_be.get(path)
        if known is None:
            known = self._may_be[path] = is_candidate(path)
        return known

    # -- what is asked about

    def holds(self, path: str) -> bool:
        """Whether a file lies in the folder."""
        return path.replace(os.sep, "/").startswith(f"{self.root}/")

    def document(self, path: str) -> Document | None:
        return self.workspace.read(self._known(path))

    def source(self, path: str) -> Source | None:
        """The text of a file that results point into."""
        if self._result is not None and path in self._result.sources:
            return self._result.sources[path]
        document = self.document(path) if path.endswith(_EXTENSIONS) else None
        if document is not None:
            return document.source
        from bplint.source import read_source  # in the function for the type checker's sake only

        return read_source(path)[0]

    def place(self, path: str) -> tuple[Blueprint, ImportedFile] | None:
        """The blueprint that a file is judged in, and the file in it: its own where it stands for itself,
        else the first that imports it."""
        document = self.document(path)
        if document is None:
            return None
        self.lint(is_hurried=True)
        own = self.workspace.known_graph(document)
        graphs = [own] if own is not None else [*self.graphs_with(document)]
        for graph in graphs or [self.workspace.graph(document)]:
            for file in graph.files:
                if file.document is document:
                    return self.workspace.inspected(graph).blueprint, file
        return None

    def graphs_with(self, document: Document) -> Iterator[ImportGraph]:
        """The main files of the project with a document among their files."""
        for graph in self.workspace.graphs():
            if any(file.document is document for file in graph.files):
                yield graph

    def blueprints_with(self, document: Document) -> list[Blueprint]:
        """As `graphs_with`, inspected."""
        self.lint(is_hurried=True)
        return [self.workspace.inspected(graph).blueprint for graph in self.graphs_with(document)]

    def blueprints(self) -> list[Blueprint]:
        """All main files of the project."""
        self.lint(is_hurried=True)
        return [self.workspace.inspected(graph).blueprint for graph in self.workspace.graphs()]


def without_collector() -> None:
    """What a first scan has made stays: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
