"""The server: its session, and what it answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from bplint import __version__
from bplint.lsp import actions, changing, navigating, typing_features
from bplint.lsp import answers as reading
from bplint.lsp.editor_session import EditorSession

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger("bplint.lsp")

SYNC = types.TextDocumentSyncKind.Incremental


class Server(LanguageServer):
    """A language server for Cloudify's files. One editor, one session."""

    def __init__(self) -> None:
        super().__init__("bplint", __version__, text_document_sync_kind=SYNC)
        self.session = EditorSession(self)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """A request that failed is answered with an error; the log says where."""
        LOG.error("a request failed", exc_info=error)
        self.window_log_message(
            types.LogMessageParams(types.MessageType.Error, f"{type(error).__name__}: {error}")
        )


def make_server() -> Server:
    """A server with everything that it offers."""
    server = Server()
    for module in (changing, reading, navigating, typing_features, actions):
        register: Callable[[Server], None] = module.register
        register(server)
    return server
