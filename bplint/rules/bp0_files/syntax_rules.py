"""Rules on text that is no YAML, in terms of what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related
from bplint.edit import Applicability, Edit, Fix
from bplint.rules.rule import rule
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.context import Context

PARSER: Final = ("DSLParsingFormatException", -1)
SCANNER: Final = ("ScannerError", None)
_CLOSERS: Final = {"[": "]", "{": "}"}
_KINDS_OF_VALUES: Final = {"[": "list", "{": "mapping"}


def _where(fault: Fault) -> str:
    """The owner of a place in words, for messages: " in 'inputs'"."""
    owners = fault.details.get("owners") or ()
    return f" in '{owners[-1]}'" if owners else ""


def _insert(fault: Fault, title: str, text: str) -> Fix:
    offset = fault.details["insert"]
    return Fix(title, Applicability.SAFE, (Edit(fault.path, Span(offset, offset), text),))


@rule("BP010", "syntax-error", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def syntax_error(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Text is not YAML.

    Why: the manager cannot read the file. The block around the place is set aside and the rest is checked.
    Bad:
        inputs:
          port: &1port! {default: 80}
        #             ^ BP010
    Good:
        inputs:
          port: &port {default: 80}
    """
    doing, problem = fault.details["doing"], fault.details["problem"]
    yield ctx.report(fault, f"not YAML: {problem}" + (f" ({doing})" if doing else ""))


@rule("BP011", "tab-character", effect=Effect.REFUSED, references=(SCANNER,), fixable="safe")
def tab_character(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A tab stands where YAML takes only spaces.

    Why: the manager's parser takes no tabs, neither as indentation nor around values; they are legal in
        comments, quotes and block scalars only. Other YAML parsers take some of them.
    Bad:
        inputs:
          port: {default:⇥80}
        #                ^ BP011
    Good:
        inputs:
          port: {default: 80}
    Fix: tabs behind the indentation become a space; how deep an indentation was meant only you can say.
    """
    fix = None
    if fault.details.get("is_inside"):
        title = "remove the tab" if fault.details["is_trailing"] else "replace the tab by a space"
        text = "" if fault.details["is_trailing"] else " "
        fix = Fix(title, Applicability.SAFE, (Edit(fault.path, fault.span, text),))
        yield ctx.report(fault, "tab where YAML takes only spaces", fix=fix)
        return
    yield ctx.report(fault, "tab used as indentation; YAML takes only spaces")


@rule("BP012", "unclosed-quote", effect=Effect.REFUSED, references=(SCANNER,))
def unclosed_quote(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A quote is opened and not closed.

    Why: everything to the end of the file would be part of the string.
    Bad:
        inputs:
          name:
            default: 'web
        #            ^^^^ BP012
    Good:
        inputs:
          name:
            default: 'web'
    """
    yield ctx.report(fault, f"quote {fault.details['quote']} is not closed")


@rule("BP013", "unclosed-bracket", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def unclosed_bracket(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A bracket is opened and not closed.

    Why: the lines below would be part of the list or mapping.
    Bad:
        inputs:
          ports:
            default: [80, 443
        #            ^ BP013
    Good:
        inputs:
          ports:
            default: [80, 443]
    """
    bracket = fault.details["bracket"]
    found, at = fault.details["found"], fault.details["at"]
    related = [Related(f"'{found}' does not belong to it", fault.path, at)] if found else []
    closer = _CLOSERS.get(bracket, bracket)
    yield ctx.report(fault, f"'{bracket}' is not closed by a '{closer}'", related=related)


@rule("BP014", "stray-bracket", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def stray_bracket(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A bracket or comma closes nothing.

    Why: a value cannot begin with it.
    Bad:
        inputs:
          ports:
            default: ]80]
        #            ^ BP014
    Good:
        inputs:
          ports:
            default: [80]
    """
    yield ctx.report(fault, f"'{fault.details['bracket']}' closes nothing")


@rule("BP015", "missing-comma", effect=Effect.REFUSED, references=(PARSER,))
def missing_comma(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Two entries in brackets have no comma between them.

    Why: entries of `[ ]` and `{ }` are separated by commas.
    Bad:
        inputs:
          ports:
            default: ['80' '443']
        #                  ^^^^^ BP015
    Good:
        inputs:
          ports:
            default: ['80', '443']
    """
    bracket = fault.details["bracket"]
    closer = _CLOSERS.get(bracket, bracket)
    kind = _KINDS_OF_VALUES.get(bracket, "collection")
    message = f"',' or '{closer}' expected before '{fault.details['found']}'"
    yield ctx.report(fault, message, help=f"entries of a {kind} in brackets are separated by commas")


@rule("BP016", "reserved-character", effect=Effect.REFUSED, references=(SCANNER,))
def reserved_character(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A value begins with a character that YAML reserves.

    Why: `%`, `@` and the backquote begin nothing in YAML; text that begins with them needs quotes.
    Bad:
        inputs:
          share:
            default: %50
        #            ^^^ BP016
    Good:
        inputs:
          share:
            default: '%50'
    """
    character = fault.details["character"]
    yield ctx.report(fault, f"text cannot begin with '{character}'", help="put the text in quotes")


@rule("BP017", "unquoted-braces", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def unquoted_braces(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A template's `{{ }}` stands without quotes.

    Why: braces begin a mapping in YAML; text that holds a template needs quotes.
    Bad:
        inputs:
          url:
            default: {{ host }}/index.html
        #            ^^^^^^^^^^^^^^^^^^^^^ BP017
    Good:
        inputs:
          url:
            default: '{{ host }}/index.html'
    """
    yield ctx.report(fault, "text with '{{' needs quotes", help=f"write '{fault.details['text']}' in quotes")


@rule("BP018", "nested-colon", effect=Effect.REFUSED, references=(SCANNER,))
def nested_colon(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A value without quotes has a colon and a space in it.

    Why: a colon followed by a space makes a key; text that holds it needs quotes.
    Bad:
        inputs:
          port:
            description: Port: where the server listens
        #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ BP018
    Good:
        inputs:
          port:
            description: 'Port: where the server listens'
    """
    key = fault.details["key"]
    yield ctx.report(fault, f"the value of '{key}' has a ': ' in it", help="put the value in quotes")


@rule("BP019", "deeper-than-value", effect=Effect.REFUSED, references=(SCANNER, PARSER))
def deeper_than_value(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    name, above = fault.details["name"], fault.details["above"]
    message = f"'{name}' is indented below '{above}', which has a value already"
    yield ctx.report(fault, message, help=f"indent it like '{above}'")


@rule("BP020", "missing-space", effect=Effect.REFUSED, references=(SCANNER,), fixable="safe")
def missing_space(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    fix = _insert(fault, "insert a space behind the colon", " ")
    yield ctx.report(fault, f"no space behind the colon of '{fault.details['key']}'", fix=fix)


@rule("BP021", "missing-colon", effect=Effect.REFUSED, references=(SCANNER, PARSER))
def missing_colon(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    name = fault.details["name"]
    shown = name if len(name) <= 40 else name[:37] + "..."
    yield ctx.report(fault, f"'{shown}'{_where(fault)} has no colon behind it")


@rule("BP022", "misplaced-list-item", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def misplaced_list_item(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(fault, f"list item at the depth of the keys{_where(fault)}", related=_sibling(fault))


@rule("BP023", "misplaced-key", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def misplaced_key(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    message = f"'{fault.details['name']}' at the depth of the list items{_where(fault)}"
    yield ctx.report(fault, message, related=_sibling(fault), help="begin it with '- ', or indent it more")


def _sibling(fault: Fault) -> list[Related]:
    sibling = fault.details.get("sibling")
    return [Related("the first entry at this depth", fault.path, sibling)] if sibling else []


@rule("BP024", "wrong-indentation", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def wrong_indentation(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
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
    name, columns, expected = fault.details["name"], fault.details["columns"], fault.details["expected"]
    if expected is None:
        yield ctx.report(fault, f"'{name}' is indented by {columns}, which fits no entry above")
        return
    message = f"'{name}' is indented by {columns} where the entries{_where(fault)} are by {expected}"
    yield ctx.report(fault, message, related=_sibling(fault))


@rule("BP025", "stray-text", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def stray_text(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Text follows a value that has ended already.

    Why: a value in quotes or brackets ends with them; what follows belongs to nothing.
    Bad:
        inputs:
          name:
            default: 'web' server
        #                  ^^^^^^ BP025
    Good:
        inputs:
          name:
            default: 'web server'
    """
    message = f"'{fault.details['text']}' follows a value that has ended"
    yield ctx.report(fault, message, help="put the whole value in quotes")


@rule("BP026", "unknown-escape", effect=Effect.REFUSED, references=(SCANNER,))
def unknown_escape(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Double quotes hold an escape that YAML does not know.

    Why: in double quotes a backslash begins an escape. Single quotes take it as it is.
    Bad:
        inputs:
          pattern:
            default: "\\d+"
        #             ^^ BP026
    Good:
        inputs:
          pattern:
            default: '\\d+'
    """
    message = f"'{fault.details['text']}' is no escape of YAML"
    yield ctx.report(fault, message, help="use single quotes, or double the backslash")


@rule("BP027", "tight-comment", effect=Effect.REFUSED, references=(SCANNER,), fixable="safe")
def tight_comment(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A comment touches the `|` or `>` in front of it.

    Why: the manager's parser wants a space there; other parsers do not.
    Bad:
        description: |#about
          A server.
        #@ BP027 1:15-1:16
    Good:
        description: | #about
          A server.
    """
    fix = _insert(fault, "insert a space in front of the comment", " ")
    yield ctx.report(fault, "no space in front of the comment", fix=fix)


@rule("BP028", "bare-question-mark", effect=Effect.REFUSED, references=(PARSER, SCANNER))
def bare_question_mark(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Text without quotes in brackets has a question mark in it.

    Why: the manager's parser takes a `?` between brackets for the beginning of a key, also in the middle of
        a URL; other parsers do not.
    Bad:
        inputs:
          pages:
            default: [http://example.org/?page=1]
        #                                ^ BP028
    Good:
        inputs:
          pages:
            default: ['http://example.org/?page=1']
    """
    yield ctx.report(fault, "'?' in text without quotes between brackets", help="put the text in quotes")
