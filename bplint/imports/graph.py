"""The import graph: every file a blueprint is made of, in the order in which they are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.syntax.tree import Node


class ImportEntry:
    """One entry of an `imports` list.

    node        its place (the string, or the key of the mapping form)
    text        as written
    namespace   the full namespace of what it imports, parents joined (`a--b`), or None
    location    the part behind the namespace
    properties  node of the import properties, or None
    status      'read', 'seen' (already imported), 'unread' (cannot be answered here: UNKNOWN),
                'missing' (a local file that is not there), 'refused' (a fault says why)
    answered_by what it was answered with, for messages: 'cloudify-aws-plugin 3.2.4 of the catalogue'
    """

    __slots__ = ("answered_by", "importer", "location", "namespace", "node", "properties", "status", "text")

    def __init__(self, node: Node, text: str, importer: ImportedFile) -> None:
        self.node = node
        self.text = text
        self.importer = importer
        self.namespace: str | None = None
        self.location = text
        self.properties: Node | None = None
        self.status = "unread"
        self.answered_by = ""


class ImportedFile:
    """A document under one namespace. The main file has no `entry`.

    is_own            the user's file (not from the catalogue or an archive): rules run on it
    is_basic_types    the file counts as Cloudify's basic types: its names take no namespace
    """

    __slots__ = ("document", "entry", "is_basic_types", "is_own", "namespace")

    def __init__(self, document: Document, namespace: str | None, entry: ImportEntry | None) -> None:
        self.document = document
        self.namespace = namespace
        self.entry = entry
        self.is_own = True
        self.is_basic_types = False


class ImportGraph:
    """`files` in merge order (main first, then breadth first); `unread` what could not be answered."""

    __slots__ = ("entries", "faults", "files", "main")

    def __init__(self, main: ImportedFile) -> None:
        self.main = main
        self.files: list[ImportedFile] = [main]
        self.entries: list[ImportEntry] = []
        self.faults: list[Fault] = []

    @property
    def unread(self) -> list[ImportEntry]:
        return [entry for entry in self.entries if entry.status == "unread"]
