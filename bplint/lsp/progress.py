"""The first scan of the folders, with its progress in the editor."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import TYPE_CHECKING

from lsprotocol import types

from bplint.app.editor_project import without_collector

if TYPE_CHECKING:
    from bplint.lsp.editor_session import EditorSession

LOG = logging.getLogger("bplint.lsp")


class FirstScan:
    """Reads every folder once. The editor is answered between folders."""

    def __init__(self, session: EditorSession) -> None:
        self.session = session
        self._token: str | None = None

    async def run(self) -> None:
        """Scan all folders."""
        await self._begin()
        projects = list(self.session.projects.values())
        for number, project in enumerate(projects):
            self._report(project.root, number, len(projects))
            await asyncio.sleep(0)  # lets what the editor asks meanwhile be answered
            try:
                project.lint()
            except Exception:  # one folder that cannot be judged must not keep the others from it
                LOG.exception("%s could not be judged", project.root)
        without_collector()
        self._end()

    async def _begin(self) -> None:
        window = self.session.server.client_capabilities.window
        if not (window and window.work_done_progress):
            return
        token = str(uuid.uuid4())
        progress = self.session.server.work_done_progress
        await progress.create_async(token)
        progress.begin(token, types.WorkDoneProgressBegin("bplint", message="reading the blueprints"))
        self._token = token

    def _report(self, root: str, number: int, count: int) -> None:
        if self._token is not None:
            report = types.WorkDoneProgressReport(message=root, percentage=100 * number // max(count, 1))
            self.session.server.work_done_progress.report(self._token, report)

    def _end(self) -> None:
        if self._token is not None:
            self.session.server.work_done_progress.end(self._token, types.WorkDoneProgressEnd())
