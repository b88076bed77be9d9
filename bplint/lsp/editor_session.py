"""What the server knows of its editor: its folders, its buffers, and what was told to it."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from bplint.app.editor_project import Project
from bplint.lsp.outlet import Outlet
from bplint.lsp.positions import Positions
from bplint.lsp.told import to_diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.diagnostic import Diagnostic
    from bplint.lsp.server import Server
    from bplint.source import Source

LOG = logging.getLogger("bplint.lsp")
SETTLE_S = 0.3  # without an edit, until what takes longer is done
CONFIG_NAMES = (".bplint.yaml", ".bplint.yml", "pyproject.toml")


class EditorSession:
    """The projects of an editor, by folder; files outside of all folders are a project of their own
    folder each."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.projects: dict[str, Project] = {}
        self.outlet = Outlet()
        self.options: dict[str, object] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._versions: dict[str, int | None] = {}
        self._is_due = False
        self._is_ready = False
        self._settling: asyncio.TimerHandle | None = None

    # -- the editor

    @property
    def positions(self) -> Positions:
        return Positions(str(self.server.workspace.position_encoding))

    @property
    def pulls(self) -> bool:
        """Whether the editor asks for diagnostics by itself."""
        document = self.server.client_capabilities.text_document
        return bool(document and document.diagnostic) and not self.options.get("push")

    def start(self, folders: Iterable[str], options: dict[str, object]) -> None:
        """The folders of the editor, as paths, and its settings."""
        self.options = options
        for folder in folders:
            self.add_folder(folder)

    def add_folder(self, path: str) -> None:
        path = _tidy(path)
        self.projects[path] = Project(path, self._overrides())

    def remove_folder(self, path: str) -> None:
        self.projects.pop(_tidy(path), None)

    def set_options(self, options: dict[str, object]) -> None:
        """The editor's settings changed."""
        self.options = options
        for project in self.projects.values():
            project.reconfigure(self._overrides())

    def _overrides(self) -> dict[str, object]:
        """Settings of the editor that stand over the project's file."""
        names = {
            "pluginPath": "plugin_path",
            "sourceRoot": "source_root",
            "python": "python",
            "inputs": "inputs",
        }
        found: dict[str, object] = {}
        for name, field in names.items():
            value = self.options.get(name)
            if value:
                found[field] = tuple(value) if isinstance(value, list) else value
        return found

    # -- files

    def project_of(self, path: str) -> Project:
        """The project of a file: the innermost folder of the editor, else the file's own folder."""
        holding = [project for project in self.projects.values() if project.holds(path)]
        if holding:
            return max(holding, key=lambda project: len(project.root))
        return self._adopt(os.path.dirname(path))

    def opened(self, uri: str) -> tuple[str, Project, Source | None]:
        """The path of a file that the editor names, its project and its text; no text where it has none."""
        path = self.path_of(uri)
        project = self.project_of(path)
        return path, project, project.source(path)

    def _adopt(self, folder: str) -> Project:
        self.add_folder(folder)
        return self.projects[_tidy(folder)]

    def path_of(self, uri: str) -> str:
        path = to_fs_path(uri)
        return _tidy(path) if path else uri

    def uri_of(self, path: str) -> str:
        return from_fs_path(path) or path

    def locate(self, uri: str, position: types.Position) -> tuple[Project, str, int] | None:
        """The project, the path and the offset of a place; None where the file is not known."""
        path = self.path_of(uri)
        project = self.project_of(path)
        source = project.source(path)
        if source is None:
            return None
        return project, path, self.positions.offset(source, position)

    def open(self, uri: str, text: str, version: int | None) -> None:
        path = self.path_of(uri)
        self.project_of(path).set_text(path, text)
        self._versions[path] = version
        self.schedule()

    def close(self, uri: str) -> None:
        path = self.path_of(uri)
        self.project_of(path).close(path)
        self._versions.pop(path, None)
        self.schedule()

    def watch(self, changes: Iterable[types.FileEvent]) -> None:
        """Files changed on disk."""
        by_project: dict[Project, list[tuple[str, bool]]] = {}
        for change in changes:
            path = self.path_of(change.uri)
            project = self.project_of(path)
            is_new = change.type != types.FileChangeType.Changed
            by_project.setdefault(project, []).append((path, is_new))
        for project, files in by_project.items():
            if any(os.path.basename(path) in CONFIG_NAMES for path, _ in files):
                project.reconfigure()
            project.changed_on_disk([path for path, _ in files], any(is_new for _, is_new in files))
        self.schedule()

    # -- diagnostics

    def schedule(self) -> None:
        """Judge the projects once what the editor has sent by now is read; one run for many edits."""
        if self._is_due or not self._is_ready:
            return
        self._is_due = True
        asyncio.get_running_loop().call_soon(self._run)

    async def scan(self) -> None:
        """The first look at all folders, with the progress shown."""
        from bplint.lsp.progress import FirstScan  # once

        await FirstScan(self).run()
        self._is_ready = True
        self._run()

    def _run(self) -> None:
        self._is_due = False
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        self._publish_safely(is_hurried=True)
        if any(project.is_rough for project in self.projects.values()):
            self._settling = asyncio.get_running_loop().call_later(SETTLE_S, self._settle)

    def _settle(self) -> None:
        """Nobody types: what was left out in a hurry is done."""
        self._settling = None
        self._publish_safely(is_hurried=False)

    def _publish_safely(self, *, is_hurried: bool) -> None:
        try:
            self.publish(is_hurried=is_hurried)
        except Exception:  # one bad run must not end the session
            LOG.exception("the files could not be judged")

    def publish(self, *, is_hurried: bool = False) -> None:
        """Tell the editor what is found and was not told yet. What is told in a hurry and may change
        without another edit has no version."""
        found: dict[str, list[types.Diagnostic]] = {}
        for project in list(self.projects.values()):
            for path, entries in self.found_in(project, is_hurried=is_hurried).items():
                found.setdefault(path, []).extend(entries)
        changed = [
            path
            for path in found.keys() | self._published.keys()
            if found.get(path, []) != self._published.get(path, [])
        ]
        self._published = found
        if self.pulls:
            if changed and self._may_refresh():
                self.server.workspace_diagnostic_refresh(None)
            return
        rough = {path for path in self._versions if self.project_of(path).is_rough}
        # a buffer that was changed is answered even where nothing changed: the editor may wait for it
        for path in sorted({*changed, *self._versions}):
            entries = found.get(path, [])
            version = self._versions.get(path) if path not in rough else None
            params = types.PublishDiagnosticsParams(self.uri_of(path), entries, version)
            self.server.text_document_publish_diagnostics(params)

    def _may_refresh(self) -> bool:
        workspace = self.server.client_capabilities.workspace
        return bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)

    def found_in(self, project: Project, *, is_hurried: bool = False) -> dict[str, list[types.Diagnostic]]:
        """Diagnostics of a project by path."""
        found: dict[str, list[types.Diagnostic]] = {}
        result = project.lint(is_hurried=is_hurried)
        for entry in result.diagnostics:
            source = result.sources.get(entry.path)
            if source is not None:
                found.setdefault(entry.path, []).append(self.translate(entry, source, result.sources))
        for entry in project.loaded.diagnostics:
            source = project.loaded.source
            if source is not None:
                path = _tidy(os.path.abspath(entry.path))
                found.setdefault(path, []).append(self.translate(entry, source, {entry.path: source}))
        return found

    def translate(self, entry: Diagnostic, source: Source, sources: dict[str, Source]) -> types.Diagnostic:
        return to_diagnostic(entry, source, sources, self)


def _tidy(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")
