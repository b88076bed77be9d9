"""Why a text does not parse, in terms of what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.span import Span


class _WithinKeys(Fault):
    """Base of what is told with the keys around it. `owners`: those keys, outermost first."""

    owners: tuple[str, ...]


class _BesideSibling(_WithinKeys):
    """Base of an entry that does not fit those around it. `sibling`: the first entry at its depth."""

    sibling: Span | None = None


class SyntaxError(Fault):  # noqa: A001
    """Text that is not YAML for no reason that bplint knows. `problem`, `doing`: in the scanner's words."""

    problem: str
    doing: str


class TabCharacter(Fault):
    """Tabs where YAML takes only spaces.

    is_inside    they stand behind other text of their line
    is_trailing  and nothing stands behind them
    """

    is_inside: bool
    is_trailing: bool


class UnclosedQuote(Fault):
    """A quote that nothing closes."""

    quote: str


class UnclosedBracket(Fault):
    """An opening bracket that nothing closes. `found`: the word at `at` that cannot stand in it, or ''."""

    bracket: str
    found: str
    at: Span | None


class StrayBracket(Fault):
    """A closing bracket or comma where a value begins."""

    bracket: str


class MissingComma(Fault):
    """An entry in brackets that no comma parts from the one before. `found`: its first word."""

    bracket: str
    found: str


class ReservedCharacter(Fault):
    """Text that begins with a character that begins nothing in YAML."""

    character: str


class UnquotedBraces(Fault):
    """Text with a template in double braces and no quotes around it."""

    text: str


class NestedColon(Fault):
    """A colon and a space in the unquoted value of `key`."""

    key: str


class DeeperThanValue(Fault):
    """A key indented below the key `above`, which has a value."""

    name: str
    above: str


class MissingSpace(Fault):
    """A key with no space behind its colon. `insert`: the offset where the space belongs."""

    key: str
    insert: int


class MissingColon(_WithinKeys):
    """A line among keys that has no colon."""

    name: str


class MisplacedListItem(_BesideSibling):
    """A list item among keys."""


class MisplacedKey(_BesideSibling):
    """A key among list items."""

    name: str


class WrongIndentation(_BesideSibling):
    """An entry whose depth is that of none above. `columns`, `expected`: its indentation and that of its
    siblings, where it is known which they are."""

    name: str
    columns: int
    expected: int | None = None


class StrayText(Fault):
    """Text behind a value that has ended."""

    text: str


class UnknownEscape(Fault):
    """A backslash in double quotes, and what no escape begins with."""

    text: str


class TightComment(Fault):
    """A comment that touches the header of a block scalar. `insert`: the offset where a space belongs."""

    insert: int


class BareQuestionMark(Fault):
    """A question mark in unquoted text between brackets, where PyYAML takes it for the beginning of a key."""


class ConflictMarker(Fault):
    """A line that a merge of two versions of the file left."""
