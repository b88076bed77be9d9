"""What the editor tells: its folders, its settings, its buffers, files on disk; and what it asks of
diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.uris import to_fs_path

if TYPE_CHECKING:
    from bplint.lsp.server import Server

_WATCHED = ("**/*.{yaml,yml}", "**/*.py", "**/*.{sh,ps1,bat,cmd,rb,pl}", "**/pyproject.toml")


def register(server: Server) -> None:
    """Make the server listen."""
    _register_life(server)
    _register_documents(server)
    _register_diagnostics(server)


def _register_life(server: Server) -> None:
    session = server.session

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options: dict[str, Any] = dict(params.initialization_options or {})
        folders = [to_fs_path(folder.uri) for folder in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [to_fs_path(params.root_uri)]
        session.outlet.is_virtual = bool(options.get("virtualDocuments"))
        session.start([folder for folder in folders if folder], options)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        _watch_files(server)
        await session.scan()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        given = params.settings if isinstance(params.settings, dict) else {}
        own = given.get("bplint")
        session.set_options({**session.options, **(own if isinstance(own, dict) else {})})
        session.schedule()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.removed:
            session.remove_folder(session.path_of(folder.uri))
        for folder in params.event.added:
            session.add_folder(session.path_of(folder.uri))
        for uri, document in server.workspace.text_documents.items():
            session.open(uri, document.source, document.version)
        session.schedule()


def _watch_files(server: Server) -> None:
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if not (watched and watched.dynamic_registration):
        return
    watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration("bplint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def _register_documents(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        session.open(document.uri, document.text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        document = server.workspace.get_text_document(uri)
        session.open(uri, document.source, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        # what stands in the buffer is known; scripts and configuration may hang on the file
        session.watch([types.FileEvent(params.text_document.uri, types.FileChangeType.Changed)])

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        session.watch(params.changes)


def _register_diagnostics(server: Server) -> None:
    session = server.session
    options = types.DiagnosticOptions(True, True, "bplint")

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    def pull(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        path = session.path_of(params.text_document.uri)
        found = session.found_in(session.project_of(path))
        return types.RelatedFullDocumentDiagnosticReport(found.get(path, []))

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    def pull_all(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        reports: list[Any] = []
        for project in list(session.projects.values()):
            for path, entries in session.found_in(project).items():
                reports.append(types.WorkspaceFullDocumentDiagnosticReport(session.uri_of(path), entries))
        return types.WorkspaceDiagnosticReport(reports)
