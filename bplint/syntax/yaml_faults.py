"""What is wrong with a text that parses: limits, and what PyYAML's composer and constructor, or the reference
parser's own loader, do not take or take for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.span import Span
    from bplint.syntax.tree import Node


class TooManyNodes(Fault):
    """More keys and values than bplint reads."""

    limit: int


class NestingTooDeep(Fault):
    """More levels of collections than bplint reads."""

    limit: int


class AliasExpansion(Fault):
    """The alias that takes the file over the limit on nodes, aliases expanded."""

    name: str
    limit: int


class NonMappingRoot(Fault):
    """A file that holds a list or a scalar."""

    node: Node


class EmptyFile(Fault):
    """A file that holds nothing; with a reference where the loader gets a null of it."""


class SeveralDocuments(Fault):
    """The beginning of a second document."""


class UnknownTag(Fault):
    """A tag that PyYAML's safe constructor does not know."""

    tag: str


class MisplacedTag(Fault):
    """A tag in front of a node of another kind."""

    tag: str


class UndefinedAlias(Fault):
    """An alias without anchor above it. `anchors`: all of the file, sorted."""

    name: str
    anchors: list[str]


class DuplicateAnchor(Fault):
    """The second anchor of one name."""

    name: str
    first: Span


class RecursiveAlias(Fault):
    """An alias inside of what it names."""

    name: str


class NonAsciiString(Fault):
    """A string with a character that is not ASCII, the first of which is `character`."""

    character: str


class UnhashableKey(Fault):
    """A list or a mapping as a key. `shape`: which of the two."""

    shape: str


class BadMerge(Fault):
    """A merge key that merges something else than mappings."""


class InvalidScalar(Fault):
    """Text that looks like a date or a number and is none. `tag`: the short name of its tag."""

    text: str
    tag: str


class ReservedWord(Fault):
    """`=` or `<<` as a value."""

    text: str


class DuplicateKey(Fault):
    """A key that was there before, with another value."""

    name: str
    first: Span


class LostKey(Fault):
    """A key that was there before with no value, or with one that its anchor keeps."""

    name: str
    first: Span


class SeveralMergeKeys(Fault):
    """A merge key in a mapping that has one already."""

    first: Span


class RepeatedKey(Fault):
    """A key that was there before, with the same value. `lines`: offsets of lines that are all its own."""

    name: str
    first: Span
    lines: tuple[int, int] | None


class FlattenedMapping(Fault):
    """Keys of a schema where the names of parameters belong.

    owner      the section
    keys       the misplaced keys, sorted
    name       the name that stands empty above them, if one does, at `name_span`
    """

    owner: str
    keys: list[str]
    name: str | None
    name_span: Span | None


class LostParameterName(Fault):
    """Keys of a schema a second time, because the name between them is lost. `keys`: those, sorted."""

    name: str | None
    keys: list[str]
    first: Span


class CrowdedSyntax(Fault):
    """A key in braces with no space behind its colon. `insert`: the offset where the space belongs."""

    insert: int
