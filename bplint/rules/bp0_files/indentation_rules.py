"""Rules on entries that are no entries of what is around them: their depth, their colon, their dash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related
from bplint.edit import Applicability, Edit, Fix
from bplint.rules.rule import rule
from bplint.span import Span
from bplint.syntax.syntax_faults import (
    DeeperThanValue,
    MisplacedKey,
    MisplacedListItem,
    MissingColon,
    MissingSpace,
    WrongIndentation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

PARSER: Final = ("DSLParsingFormatException", -1)
SCANNER: Final = ("ScannerError", None)
_CLOSERS: Final = {"[": "]", "{": "}"}
_KINDS_OF_VALUES: Final = {"[": "list", "{": "mapping"}


def _where(owners: tuple[str, ...]) -> str:
    """The owner of a place in words, for messages: " in 'inputs'"."""
    return f" in '{owners[-1]}'" if owners else ""


def _beside(path: str, sibling: Span | None) -> list[Related]:
    return [Related("the first entry at this depth", path, sibling)] if sibling else []


def _insert_space(path: str, offset: int, title: str) -> Fix:
    return Fix(title, Applicability.SAFE, (Edit(path, Span(offset, offset), " "),))


@rule("BP019", on=DeeperThanValue, effect=Effect.REFUSED, references=(SCANNER, PARSER))
def deeper_than_value(fault: DeeperThanValue, ctx: Context) -> Iterator[Diagnostic]:
    """A key stands deeper than the key above it, which has a value already.

    Why: a key has either a value in its line or keys below it.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
              properties: {}
        #     ^^^^^^^^^^ BP019
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            properties: {}
    """
    name, above = fault.name, fault.above
    message = f"'{name}' is indented below '{above}', which has a value already"
    yield ctx.report(fault, message, help=f"indent it like '{above}'")


@rule("BP020", on=MissingSpace, effect=Effect.REFUSED, references=(SCANNER,), fixable="safe")
def missing_space(fault: MissingSpace, ctx: Context) -> Iterator[Diagnostic]:
    """There is no space behind the colon of a key.

    Why: without it the line is one word and no key.
    Bad:
        inputs:
          port:
            type:integer
        #   ^^^^^ BP020
            default: 80
    Good:
        inputs:
          port:
            type: integer
            default: 80
    """
    fix = _insert_space(fault.path, fault.insert, "insert a space behind the colon")
    yield ctx.report(fault, f"no space behind the colon of '{fault.key}'", fix=fix)


@rule("BP021", on=MissingColon, effect=Effect.REFUSED, references=(SCANNER, PARSER))
def missing_colon(fault: MissingColon, ctx: Context) -> Iterator[Diagnostic]:
    """A line among keys has no colon.

    Why: every entry of a mapping is a key, a colon and a value.
    Bad:
        inputs:
          port
        # ^^^^ BP021
            default: 80
    Good:
        inputs:
          port:
            default: 80
    """
    name = fault.name
    shown = name if len(name) <= 40 else name[:37] + "..."
    yield ctx.report(fault, f"'{shown}'{_where(fault.owners)} has no colon behind it")


@rule("BP022", on=MisplacedListItem, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def misplaced_list_item(fault: MisplacedListItem, ctx: Context) -> Iterator[Diagnostic]:
    """A list item stands among the keys of a mapping.

    Why: a collection is either a list or a mapping. The item's depth is that of keys: it is indented too
        little or too much, or its line should be a key.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            - relationships: []
        #   ^ BP022
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            relationships: []
    """
    yield ctx.report(
        fault,
        f"a list item stands at the depth of the keys{_where(fault.owners)}; indent it more",
        related=_beside(fault.path, fault.sibling),
    )


@rule("BP023", on=MisplacedKey, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def misplaced_key(fault: MisplacedKey, ctx: Context) -> Iterator[Diagnostic]:
    """A key stands among the items of a list.

    Why: a collection is either a list or a mapping. The key is indented too little or too much for the item
        that it belongs to, or its dash is missing.
    Bad:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            relationships:
              - type: cloudify.relationships.contained_in
              target: host
        #     ^^^^^^ BP023
          host: {type: cloudify.nodes.Compute}
    Good:
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            relationships:
              - type: cloudify.relationships.contained_in
                target: host
          host: {type: cloudify.nodes.Compute}
    """
    message = f"'{fault.name}' stands at the depth of the list items{_where(fault.owners)}"
    yield ctx.report(
        fault,
        message,
        related=_beside(fault.path, fault.sibling),
        help="begin it with '- ', or indent it more",
    )


@rule("BP024", on=WrongIndentation, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def wrong_indentation(fault: WrongIndentation, ctx: Context) -> Iterator[Diagnostic]:
    """A line stands at a depth that no line above it has.

    Why: entries of one mapping or list begin in one column.
    Bad:
        inputs:
          port:
            type: integer
           default: 80
        #  ^^^^^^^ BP024
    Good:
        inputs:
          port:
            type: integer
            default: 80
    """
    name, columns, expected = fault.name, fault.columns, fault.expected
    if expected is None:
        yield ctx.report(fault, f"'{name}' is indented by {columns}, which fits no entry above")
        return
    message = f"'{name}' is indented by {columns} where the entries{_where(fault.owners)} are by {expected}"
    yield ctx.report(fault, message, related=_beside(fault.path, fault.sibling))
