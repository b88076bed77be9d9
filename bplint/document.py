"""One file of the language: its text, its tree and what kind of file it is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from bplint.lookup import MISSING

if TYPE_CHECKING:
    from bplint.fault import Fault
    from bplint.lookup import Absent
    from bplint.source import Source
    from bplint.syntax.tree import Node


class Kind(str, Enum):
    """What a file is, judged by its content."""

    BLUEPRINT = "blueprint"  # a version, and node templates or what else only a blueprint has
    PLUGIN = "plugin"  # plugins, with types or workflows, no node templates
    TYPES = "types"  # types without plugins
    FRAGMENT = "fragment"  # sections of the language without a version: made to be imported
    OTHER = "other"  # not of the language


class Document:
    """A parsed file. `root` is None where nothing of the tree could be kept; `faults` are those of
    reading and parsing it. `holes` are the spans of the blocks set aside after syntax errors: what
    depends on them is UNKNOWN."""

    __slots__ = ("faults", "holes", "kind", "root", "sections", "source", "version", "version_node")

    def __init__(self, source: Source, root: Node | None, faults: list[Fault]) -> None:
        self.source = source
        self.root = root
        self.faults = faults
        self.holes: list[tuple[int, int]] = []
        self.kind = Kind.OTHER
        self.sections: dict[str, tuple[Node, Node]] = {}  # top-level name → key node, value node
        self.version: str | Absent = MISSING  # the text of tosca_definitions_version, legal or not
        self.version_node: Node | None = None

    @property
    def path(self) -> str:
        return self.source.path
