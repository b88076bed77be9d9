"""What is wrong with what several files put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.catalog.facts import Need
    from bplint.dsl.shape import Shape
    from bplint.dsl.versions import Version
    from bplint.imports.graph import ImportedFile, ImportEntry
    from bplint.imports.merge import Item
    from bplint.syntax.tree import Node


class _TwoItems(Fault):
    """Base of what is wrong with two definitions of a name: the `first` one and a later one."""

    first: Item
    item: Item


class ConflictingDefinition(_TwoItems):
    """A name that may not be defined twice."""

    section: str


class ConflictingWorkflow(_TwoItems):
    """Two workflows of which one is a short form, which cannot be merged."""


class LostDefinition(_TwoItems):
    """A later definition that has no effect."""

    section: str


class OverriddenByImport(_TwoItems):
    """A first definition, of the user's, that a later one replaces."""


class UnmergeableSection(Fault):
    """A section that only one file may have. `first`: the other file and its key there; `since`: the version
    that can merge it, if one can."""

    file: ImportedFile
    section: str
    first: tuple[ImportedFile, Node | None]
    since: Version | None


class EmptySection(Fault):
    """A section that is empty in this file and has content in another."""

    file: ImportedFile
    section: str


class ImportReadTwice(Fault):
    """A file that `entry` imports a second time, under another spelling of its path."""

    entry: ImportEntry
    first: ImportedFile


class ImportLacksDefinition(Fault):
    """A file of the catalogue that takes names for granted which no file defines."""

    entry: ImportEntry
    needs: list[Need]


class NamespacedSettings(Fault):
    """Deployment settings in a file that is imported under a namespace."""

    file: ImportedFile


class NonStringKey(Fault):
    """A name in an element of this shape that is no text; `value` is the name."""

    shape: Shape
    value: Node
