"""A session with the server, over its standard input and output."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_lsp
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import register_lsp_features

from tests.support.language_case import SHOP

SERVER = [sys.executable, "-m", "bplint", "lsp"]


class ShopClient(LanguageClient):
    """A client with a copy of the project of its own."""

    folder: Path
    uri: str
    text: str

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.told: dict[str, int | None] = {}
        self.arrived = asyncio.Event()

    async def told_of(self, uri: str, version: int) -> None:
        """Wait for the diagnostics of a version of a buffer."""
        while self.told.get(uri) != version:
            self.arrived.clear()
            await asyncio.wait_for(self.arrived.wait(), 60)

    def at(self, place: str) -> types.Position:
        """The position of the `|` in a part of the blueprint that is there once."""
        plain = place.replace("|", "", 1)
        assert self.text.count(plain) == 1
        before = self.text[: self.text.index(plain) + place.index("|")]
        return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)

    @property
    def document(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    def changed(self, old: str, new: str, version: int) -> None:
        """Replace a part of the blueprint in the editor's buffer."""
        assert self.text.count(old) == 1
        self.text = self.text.replace(old, new)
        self.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=self.uri),
                [types.TextDocumentContentChangeWholeDocument(self.text)],
            )
        )


def shop_client() -> ShopClient:
    """A client that keeps what the server sends."""
    client = ShopClient(converter_factory=default_converter)
    register_lsp_features(client)
    features = client.protocol.fm.features
    keep = features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

    def published(params: types.PublishDiagnosticsParams) -> None:
        keep(params)
        client.told[params.uri] = params.version
        client.arrived.set()

    features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = published
    return client


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER, client_factory=shop_client))
async def client(lsp_client: ShopClient, tmp_path: Path) -> AsyncIterator[None]:
    lsp_client.folder = tmp_path / "shop"
    shutil.copytree(SHOP, lsp_client.folder)
    lsp_client.uri = (lsp_client.folder / "blueprint.yaml").as_uri()
    lsp_client.text = (lsp_client.folder / "blueprint.yaml").read_text(encoding="utf-8")
    root = lsp_client.folder.as_uri()
    completion = types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(snippet_support=True)
    )
    await lsp_client.initialize_session(
        types.InitializeParams(
            types.ClientCapabilities(
                text_document=types.TextDocumentClientCapabilities(completion=completion)
            ),
            root_uri=root,
            workspace_folders=[types.WorkspaceFolder(root, "shop")],
        )
    )
    lsp_client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(lsp_client.uri, "yaml", 1, lsp_client.text))
    )
    await lsp_client.told_of(lsp_client.uri, 1)
    yield
    await lsp_client.shutdown_session()
