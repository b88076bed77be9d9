"""A language client for tests: it starts a server, keeps what it publishes, and waits on notifications."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient


class EditorClient(LanguageClient):
    """`published` has the last diagnostics of each file, by its URI."""

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.settings: dict[str, object] = {}
        self._arrived = asyncio.Condition()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        async def published(params: types.PublishDiagnosticsParams) -> None:
            async with self._arrived:
                self.published[params.uri] = params
                self._arrived.notify_all()

        @self.feature(types.WINDOW_LOG_MESSAGE)
        def logged(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)

        @self.feature(types.WORKSPACE_CONFIGURATION)
        def configured(params: types.ConfigurationParams) -> list[object]:
            return [self.settings.get(item.section or "") for item in params.items]

    async def wait_for(
        self, uri: str, version: int | None, timeout_s: float = 60
    ) -> types.PublishDiagnosticsParams:
        """The diagnostics of a file's version, as soon as they are published."""

        def is_there() -> bool:
            found = self.published.get(uri)
            return found is not None and (version is None or found.version == version)

        async with self._arrived:
            await asyncio.wait_for(self._arrived.wait_for(is_there), timeout_s)
        return self.published[uri]

    async def start_in(
        self,
        command: Sequence[str],
        folder: Path,
        capabilities: types.ClientCapabilities | None = None,
        options: object = None,
    ) -> types.InitializeResult:
        """Start a server for a folder and shake hands."""
        await self.start_io(*command)
        root = folder.resolve().as_uri()
        result = await self.initialize_async(
            types.InitializeParams(
                capabilities or types.ClientCapabilities(),
                root_uri=root,
                workspace_folders=[types.WorkspaceFolder(root, folder.name)],
                initialization_options=options,
            )
        )
        self.initialized(types.InitializedParams())
        return result

    def open(self, uri: str, text: str, version: int = 1, language: str = "yaml") -> None:
        """Open a text."""
        document = types.TextDocumentItem(uri, language, version, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def change(self, uri: str, text: str, version: int) -> None:
        """Replace a text."""
        self.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=uri),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def close(self, uri: str) -> None:
        """Close a text."""
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def end(self) -> None:
        """Shut the server down and wait for its end."""
        await self.shutdown_async(None)
        self.exit(None)
        await self.stop()
