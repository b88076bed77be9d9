"""Imports that cannot be read here, and the folder of files that are fetched for them."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING, Final

from bplint.app.linting import run
from bplint.app.results import LintRequest
from bplint.app.workspace import Workspace
from bplint.document import load_document
from bplint.fix.write import WriteError, replace_file
from bplint.imports.vendored import LOCK, Locked, LockError, find_vendored, lock_text, read_lock
from bplint.source import Source
from bplint.syntax.mapping import deref
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.config import Config
    from bplint.imports.graph import ImportGraph

_REMOTE: Final = ("http://", "https://")


class UnfitError(Exception):
    """What came is no file of the language; the text says why."""


def unread_urls(paths: Sequence[str], config: Config) -> list[str]:
    """The URLs that blueprints import and that nothing answers, in the order of their names."""
    found: list[ImportGraph] = []

    def collect(mains: Sequence[ImportGraph]) -> Sequence[ImportGraph]:
        found.extend(mains)
        return mains

    run(LintRequest(tuple(paths), config), Workspace(config), collect)
    entries = (entry for graph in found for entry in graph.unread)
    return sorted({entry.location for entry in entries if entry.location.startswith(_REMOTE)})


class VendorFolder:
    """A folder of fetched files with its lock file. Nothing of it is ever half written: a file takes its
    place when it is whole, and the lock file names it afterwards. Raises LockError."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.locked = read_lock(folder)

    def add(self, url: str, content: bytes, date: str) -> Locked:
        """Keep what was fetched. Raises UnfitError where it is no file of the language."""
        check_content(url, content)
        digest = hashlib.sha256(content).hexdigest()
        base = (
            re.sub(r"[^\w.\-]", "_", url.partition("?")[0].rpartition("/")[2])[-60:].lstrip(".") or "import"
        )
        stem, extension = os.path.splitext(base)
        extension = extension if extension in (".yaml", ".yml", ".json") else ".yaml"
        file = f"{stem}-{hashlib.sha256(url.encode()).hexdigest()[:12]}{extension}"
        locked = Locked(url, file, digest, date)
        before = self.locked.get(url)
        if before is not None and before.sha256 == digest and self._is_there(before):
            return before
        try:
            os.makedirs(self.folder, exist_ok=True)
        except OSError as error:
            raise WriteError(f"cannot write '{self.folder}': {error.strerror}") from error
        replace_file(os.path.join(self.folder, file), content)
        self.locked[url] = locked
        replace_file(os.path.join(self.folder, LOCK), lock_text(self.locked).encode())
        return locked

    def _is_there(self, locked: Locked) -> bool:
        found = find_vendored(locked.url, self.folder)
        return found is not None and not found.reason


def check_content(url: str, content: bytes) -> None:
    """Raise UnfitError where a content cannot be a file that a blueprint imports."""
    from bplint.dsl.language import blueprint  # the table: only where a file came

    source, faults = Source.from_bytes(url, content)
    document = load_document(source) if not faults else None
    root = deref(document.root) if document is not None and document.root is not None else None
    if document is None or root is None or (document.faults and root.kind == MAPPING):
        raise UnfitError("what came cannot be read as YAML")
    if root.kind != MAPPING or not document.sections.keys() & blueprint().keys.keys():
        raise UnfitError("what came is no file of the language")


__all__ = ["LockError", "UnfitError", "VendorFolder", "WriteError", "unread_urls"]
