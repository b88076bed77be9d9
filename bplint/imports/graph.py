"""The import graph: every file a blueprint is made of, in the order in which they are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.document import FactsDocument, Kind
from bplint.syntax.mapping import as_dict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bplint.catalog.releases import ReleaseChoice
    from bplint.diagnostic import Related
    from bplint.document import Document
    from bplint.dsl.versions import Version
    from bplint.fault import Fault
    from bplint.imports.resolve import Resolver
    from bplint.imports.surroundings import Surroundings
    from bplint.syntax.tree import Node

MAX_FILES: Final = 2_000
MAX_NAMESPACES: Final = 50


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
    file        the imported file it leads to, where it was read or seen
    choice      where it was answered with a release of a published plugin: which ones it allows
    is_assumed  what it names changes in time (a branch), and was answered with the newest that is known
    """

    __slots__ = (
        "answered_by",
        "choice",
        "file",
        "importer",
        "is_assumed",
        "location",
        "namespace",
        "node",
        "properties",
        "status",
        "text",
    )

    def __init__(self, node: Node, text: str, importer: ImportedFile) -> None:
        self.node = node
        self.text = text
        self.importer = importer
        self.namespace: str | None = None
        self.location = text
        self.properties: Node | None = None
        self.status = "unread"
        self.answered_by = ""
        self.file: ImportedFile | None = None
        self.choice: ReleaseChoice | None = None
        self.is_assumed = False

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.importer.document.path


class ImportedFile:
    """A document under one namespace. The main file has no `entry`.

    is_own            the user's file (not from the catalogue or an archive): rules run on it
    is_basic_types    the file counts as Cloudify's basic types: its names take no namespace
    is_implicit       nobody imports it: the built-in types that a plugin.yaml is checked against
    place             its name as the reference parser would tell files apart: two spellings are two files
    """

    __slots__ = ("document", "entry", "is_basic_types", "is_implicit", "is_own", "namespace", "place")

    def __init__(self, document: Document, namespace: str | None, entry: ImportEntry | None) -> None:
        self.document = document
        self.namespace = namespace
        self.entry = entry
        self.is_own = not isinstance(document, FactsDocument)
        self.is_basic_types = False
        self.is_implicit = False
        self.place = document.path

    def chain(self) -> Iterator[ImportEntry]:
        """The entries that lead here: the one that imports this file first, the main file's last."""
        entry = self.entry
        while entry is not None:
            yield entry
            entry = entry.importer.entry

    def importers(self) -> Iterator[ImportedFile]:
        """The file itself, what imports it, and so on up to the main file."""
        yield self
        for entry in self.chain():
            yield entry.importer


class ImportGraph:
    """`files` in merge order (main first, then breadth first); `unread` what could not be answered.
    `version` is the main file's, None where it says none that is supported; that of a plugin file such as
    `plugin_1_4.yaml` is what its name says, as a manager chooses it for blueprints of that version. `pinned`
    are the releases that were asked for: location → version, or None for an import that was left unread."""

    __slots__ = (
        "_surroundings",
        "entries",
        "faults",
        "files",
        "main",
        "make_graph",
        "pinned",
        "resolver",
        "version",
    )

    resolver: Resolver  # what the imports were answered by
    make_graph: Callable[[Document, Resolver], ImportGraph]  # what made this one

    def __init__(self, main: ImportedFile) -> None:
        self._surroundings: Surroundings | None = None
        self.main = main
        self.files: list[ImportedFile] = [main]
        self.entries: list[ImportEntry] = []
        self.faults: list[Fault] = []
        self.version: Version | None = None
        self.pinned: Mapping[str, str | None] = {}

    @property
    def unread(self) -> list[ImportEntry]:
        return [entry for entry in self.entries if entry.status == "unread"]

    @property
    def choices(self) -> list[ImportEntry]:
        """What was answered with a release of a published plugin."""
        return [entry for entry in self.entries if entry.choice is not None]

    @property
    def surroundings(self) -> Surroundings:
        """What the project and the catalogue know beyond the imports."""
        if self._surroundings is None:
            from bplint.imports.surroundings import Surroundings  # only where a name was found nowhere

            self._surroundings = Surroundings(self.main.document, self.resolver, self.make_graph)
        return self._surroundings

    def defines(self, section: str, name: str) -> bool:
        """Whether one of the files defines a name, seen without merging them and without their namespaces."""
        for file in self.files:
            document = file.document
            if isinstance(document, FactsDocument):
                if name in document.facts.sections.get(section, ()):
                    return True
            elif section in document.sections and name in as_dict(document.sections[section][1]):
                return True
        return False

    @property
    def assumed(self) -> list[ImportEntry]:
        """What was answered with the newest that is known of something that changes in time."""
        return [entry for entry in self.entries if entry.is_assumed]


def is_complete(graph: ImportGraph) -> bool:
    """Whether every import was read, so that a name that is nowhere is certainly missing."""
    if graph.main.document.kind is not Kind.BLUEPRINT:
        return False
    if any(file.document.holes for file in graph.files):
        return False
    return all(entry.status in ("read", "seen") for entry in graph.entries)


def related_chain(file: ImportedFile) -> list[Related]:
    """What imports a file, as related places: the nearest first, the main file's entry last."""
    from bplint.diagnostic import Related  # dataclasses: only where something is wrong

    return [Related("imported here", entry.path, entry.node.span) for entry in file.chain()]
