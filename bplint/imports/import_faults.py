"""What is wrong with entries of `imports` and with the files that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.catalog.facts import Gate
    from bplint.document import Document
    from bplint.dsl.versions import Version
    from bplint.imports.graph import ImportedFile, ImportEntry
    from bplint.syntax.tree import Node


class ImportNotFound(Fault):
    """A local file that is not there, in none of the folders `looked_in`. `reason`: why not, else ''."""

    entry: ImportEntry
    reason: str
    looked_in: list[str]


class ImportOutsideTree(Fault):
    """A file outside of the folder `tree` that the blueprint belongs to."""

    entry: ImportEntry
    tree: str


class UnreadImport(Fault):
    """An import that cannot be answered here. `is_strict`: the user wants that to fail."""

    entry: ImportEntry
    reason: str
    is_strict: bool


class ImportsNotAList(Fault):
    """`imports` of another shape. `found`: which, in words."""

    found: str


class BadImportEntry(Fault):
    """An entry of another shape. `wrong`: `shape`, `count` (of keys), `name` or `properties`."""

    wrong: str
    count: int = 0


class DuplicateImport(Fault):
    """A text that the main file imports a second time."""

    text: str
    first: Node


class RepeatedImport(Fault):
    """A file that is imported a second time by one file."""

    text: str
    first: Node


class NestedImportNamespace(Fault):
    """A namespace with the delimiter in it."""

    namespace: str


class ImportPropertiesVersion(Fault):
    """Properties on an import of a blueprint of an older version."""

    version: Version


class BadImportProperty(Fault):
    """A property of an import whose `name` or `value` none can have; `wrong` says which of the two."""

    name: str | None
    wrong: str


class UnknownImportProperty(Fault):
    """A property that a plugin of the file does not declare. `known`: those that it does, sorted."""

    entry: ImportEntry
    plugin: str
    name: str
    known: list[str]


class ImportPropertyMismatch(Fault):
    """A property with a value of another type than the one `wanted`."""

    entry: ImportEntry
    plugin: str
    name: str
    wanted: str


class UnsettableImportProperty(Fault):
    """A property whose declared type, of which any YAML may be written, is none that an import can set."""

    plugin: str
    name: str
    wanted: Any


class BlueprintImportWithoutNamespace(Fault):
    """A blueprint of the manager imported under no namespace."""

    entry: ImportEntry


class SharedBlueprintNamespace(Fault):
    """A namespace that the blueprint `other` is imported under already."""

    namespace: str
    other: str


class NamespacedBasicTypes(Fault):
    """The built-in types under a namespace."""

    entry: ImportEntry


class NamespaceCycle(Fault):
    """A file that imports itself, as `ancestor`, under an ever longer namespace."""

    entry: ImportEntry
    ancestor: ImportedFile


class ImportLimit(Fault):
    """More imports than bplint follows. `what`: `files`, or `namespaces` inside each other."""

    what: str
    limit: int


class ImportVersionNewer(Fault):
    """An imported file of a newer version than the main file, which says its own at `declared`. `file`: where
    the imported one is the user's own."""

    main: Document
    declared: Node
    imported: str
    entry: ImportEntry
    file: ImportedFile | None = None


class ImportVersionUnsupported(Fault):
    """An imported file of a version that does not exist."""

    file: ImportedFile
    text: str | None


class ImportNeedsNewerVersion(Fault):
    """A file of the catalogue that uses what the version `main` does not have."""

    entry: ImportEntry
    gates: list[Gate]
    main: Version


class BasicTypesWithoutTypes(Fault):
    """A file that says it holds the built-in types, and has no node types."""

    file: ImportedFile


class ImportUnknownSection(Fault):
    """A file of the catalogue with sections that the language does not have."""

    entry: ImportEntry
    names: list[str]


class MovingImport(Fault):
    """An import that names a branch, answered with the newest release that is known."""

    entry: ImportEntry


class NewerReleaseNeedsVersion(Fault):
    """An import allows releases of a plugin, from `since` on, whose file needs a newer version of the
    language, None where none takes it, for `features`. `judge`: the release that answers the import."""

    plugin: str
    judge: str
    since: str
    needs: Version | None
    features: list[str]


class NewerReleaseRefuses(Fault):
    """An import allows releases of a plugin, from `since` on, with which the blueprint `is refused` or
    `fails`: by `number` more diagnostics than with `judge`, the first of which has this code and message."""

    plugin: str
    judge: str
    since: str
    code: str
    message: str
    verb: str
    number: int


class FetchedImportDiffers(Fault):
    """A file that was fetched for an import is not as it was fetched. `is_frozen`: that is to fail."""

    entry: ImportEntry
    reason: str
    is_frozen: bool


class BadPluginImport(Fault):
    """A `plugin:` import that no manager understands: `problem` in words, and how it is written right."""

    entry: ImportEntry
    problem: str
    right: str


class VersionNewerThanTarget(Fault):
    """The version of the language is newer than the newest that the line of managers `target` knows."""

    version: Version
    target: str
    newest: Version
