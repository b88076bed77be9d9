"""Rules on text that is no YAML, in terms of what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related
from bplint.edit import Applicability, Edit, Fix
from bplint.rules.rule import rule
from bplint.span import Span
from bplint.syntax.syntax_faults import (
    BareQuestionMark,
    ConflictMarker,
    MissingComma,
    NestedColon,
    ReservedCharacter,
    StrayBracket,
    StrayText,
    SyntaxError,  # noqa: A004
    TabCharacter,
    TightComment,
    UnclosedBracket,
    UnclosedQuote,
    UnknownEscape,
    UnquotedBraces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

PARSER: Final = ("DSLParsingFormatException", -1)
SCANNER: Final = ("ScannerError", None)
_CLOSERS: Final = {"[": "]", "{": "}"}
_KINDS_OF_VALUES: Final = {"[": "list", "{": "mapping"}


def _insert_space(path: str, offset: int, title: str) -> Fix:
    return Fix(title, Applicability.SAFE, (Edit(path, Span(offset, offset), " "),))


@rule("BP010", on=SyntaxError, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def syntax_error(fault: SyntaxError, ctx: Context) -> Iterator[Diagnostic]:
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
    doing, problem = fault.doing, fault.problem
    yield ctx.report(fault, f"not YAML: {problem}" + (f" ({doing})" if doing else ""))


@rule("BP011", on=TabCharacter, effect=Effect.REFUSED, references=(SCANNER,), fixable="safe")
def tab_character(fault: TabCharacter, ctx: Context) -> Iterator[Diagnostic]:
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
    if fault.is_inside:
        title = "remove the tab" if fault.is_trailing else "replace the tab by a space"
        text = "" if fault.is_trailing else " "
        fix = Fix(title, Applicability.SAFE, (Edit(fault.path, fault.span, text),))
        yield ctx.report(fault, "a tab stands where YAML takes only spaces", fix=fix)
        return
    yield ctx.report(fault, "this line is indented by a tab; YAML takes only spaces")


@rule("BP012", on=UnclosedQuote, effect=Effect.REFUSED, references=(SCANNER,))
def unclosed_quote(fault: UnclosedQuote, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(fault, f"the quote {fault.quote} is opened here and never closed")


@rule("BP013", on=UnclosedBracket, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def unclosed_bracket(fault: UnclosedBracket, ctx: Context) -> Iterator[Diagnostic]:
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
    bracket = fault.bracket
    found, at = fault.found, fault.at
    related = [Related(f"'{found}' does not belong to it", fault.path, at)] if found and at else []
    closer = _CLOSERS.get(bracket, bracket)
    yield ctx.report(fault, f"'{bracket}' is opened here, and no '{closer}' closes it", related=related)


@rule("BP014", on=StrayBracket, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def stray_bracket(fault: StrayBracket, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(fault, f"'{fault.bracket}' closes nothing")


@rule("BP015", on=MissingComma, effect=Effect.REFUSED, references=(PARSER,))
def missing_comma(fault: MissingComma, ctx: Context) -> Iterator[Diagnostic]:
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
    bracket = fault.bracket
    closer = _CLOSERS.get(bracket, bracket)
    kind = _KINDS_OF_VALUES.get(bracket, "collection")
    message = f"',' or '{closer}' expected before '{fault.found}'"
    yield ctx.report(fault, message, help=f"entries of a {kind} in brackets are separated by commas")


@rule("BP016", on=ReservedCharacter, effect=Effect.REFUSED, references=(SCANNER,))
def reserved_character(fault: ReservedCharacter, ctx: Context) -> Iterator[Diagnostic]:
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
    character = fault.character
    yield ctx.report(
        fault, f"text without quotes cannot begin with '{character}'", help="put the text in quotes"
    )


@rule("BP017", on=UnquotedBraces, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def unquoted_braces(fault: UnquotedBraces, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(fault, "text with '{{' needs quotes", help=f"write '{fault.text}' in quotes")


@rule("BP018", on=NestedColon, effect=Effect.REFUSED, references=(SCANNER,))
def nested_colon(fault: NestedColon, ctx: Context) -> Iterator[Diagnostic]:
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
    key = fault.key
    yield ctx.report(
        fault,
        f"the value of '{key}' has a ': ' in it and no quotes around it",
        help="put the value in quotes",
    )


@rule("BP025", on=StrayText, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def stray_text(fault: StrayText, ctx: Context) -> Iterator[Diagnostic]:
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
    message = f"'{fault.text}' follows a value that has ended"
    yield ctx.report(fault, message, help="put the whole value in quotes")


@rule("BP026", on=UnknownEscape, effect=Effect.REFUSED, references=(SCANNER,))
def unknown_escape(fault: UnknownEscape, ctx: Context) -> Iterator[Diagnostic]:
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
    message = f"'{fault.text}' is no escape of YAML"
    yield ctx.report(fault, message, help="use single quotes, or double the backslash")


@rule("BP027", on=TightComment, effect=Effect.REFUSED, references=(SCANNER,), fixable="safe")
def tight_comment(fault: TightComment, ctx: Context) -> Iterator[Diagnostic]:
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
    fix = _insert_space(fault.path, fault.insert, "insert a space in front of the comment")
    yield ctx.report(fault, "a comment needs a space in front of its '#'", fix=fix)


@rule("BP028", on=BareQuestionMark, effect=Effect.REFUSED, references=(PARSER, SCANNER))
def bare_question_mark(fault: BareQuestionMark, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(
        fault, "text between brackets that has a '?' needs quotes", help="put the text in quotes"
    )


@rule("BP048", on=ConflictMarker, effect=Effect.REFUSED, references=(SCANNER,))
def conflict_marker(fault: ConflictMarker, ctx: Context) -> Iterator[Diagnostic]:
    """The file has the markers of a merge that was not finished.

    Why: between `<<<<<<<` and `>>>>>>>` stand two versions of the same lines, and nobody knows which one is
        meant.
    Bad:
        inputs:
        <<<<<<< HEAD
        #@ BP048 2:1-2:13
          port: {default: 80}
        =======
          port: {default: 8080}
        >>>>>>> other
    Good:
        inputs:
          port: {default: 8080}
    """
    yield ctx.report(
        fault, "a merge left this line: keep one of the versions between '<<<<<<<' and '>>>>>>>'"
    )
