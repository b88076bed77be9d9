"""Rules on text that is YAML and means something else, or that the manager's loader does not take."""

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

COMPOSER: Final = ("ComposerError", None)
CONSTRUCTOR: Final = ("ConstructorError", None)
FORMAT: Final = ("DSLParsingFormatException", 1)
_PREFIX: Final = "tag:yaml.org,2002:"


def _short_tag(tag: str) -> str:
    return "!!" + tag[len(_PREFIX) :] if tag.startswith(_PREFIX) else tag


@rule("BP030", "several-documents", effect=Effect.REFUSED, references=(COMPOSER,))
def several_documents(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A file holds more than one YAML document.

    Why: the manager takes one document a file.
    Bad:
        tosca_definitions_version: cloudify_dsl_1_5
        ---
        #@ BP030 2:1-2:4
        inputs: {}
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        inputs: {}
    """
    yield ctx.report(fault, "a second document begins here", help="one file holds one document")


@rule("BP031", "unknown-tag", effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def unknown_tag(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A YAML tag is not known.

    Why: the manager knows YAML's own tags for scalars, lists and mappings. Tags of other tools, such as
        `!Ref` and `!vault`, and those that make Python objects are refused. Text that begins with `!`
        needs quotes.
    Bad:
        inputs:
          name: {default: !Ref vm}
        #                 ^^^^ BP031
    Good:
        inputs:
          name: {default: '!Ref vm'}
    """
    tag = _short_tag(fault.details["tag"])
    yield ctx.report(fault, f"unknown tag '{tag}'", help="put text that begins with '!' in quotes")


@rule("BP032", "misplaced-tag", effect=Effect.REFUSED, references=(CONSTRUCTOR, ("AttributeError", None)))
def misplaced_tag(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A YAML tag does not fit what it stands in front of.

    Why: `!!map` wants a mapping, `!!seq` a list, `!!str` and the like a scalar. `!!omap` and `!!pairs` want
        lists of mappings with one key, but the manager takes only empty ones.
    Bad:
        inputs:
          name: {default: !!map web}
        #                 ^^^^^ BP032
    Good:
        inputs:
          name: {default: !!str web}
    """
    tag = _short_tag(fault.details["tag"])
    if fault.reference is not None:
        yield ctx.report(fault, f"the manager cannot read what tag '{tag}' makes; write a list or a mapping")
    else:
        yield ctx.report(fault, f"tag '{tag}' does not fit its value")


@rule("BP033", "undefined-alias", effect=Effect.REFUSED, references=(COMPOSER,))
def undefined_alias(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An alias names no anchor.

    Why: `*name` stands for what `&name` marks further up in the same file. Text that begins with `*` needs
        quotes.
    Bad:
        inputs:
          name: {default: *web}
        #                 ^^^^ BP033
    Good:
        dsl_definitions:
          - &web web
        inputs:
          name: {default: *web}
    """
    name = fault.details["name"]
    message = f"alias '*{name}' names no anchor above it"
    help_ = f"'&{name}' must stand above its aliases" if name in fault.details["anchors"] else None
    yield ctx.report(fault, message, near=(name, fault.details["anchors"]), help=help_)


@rule("BP034", "duplicate-anchor", effect=Effect.REFUSED, references=(COMPOSER,))
def duplicate_anchor(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An anchor is defined twice.

    Why: YAML allows it, the manager's parser does not.
    Bad:
        inputs:
          name: {default: &web web}
          port: {default: &web 80}
        #                      ^^ BP034
    Good:
        inputs:
          name: {default: &web web}
          port: {default: &port 80}
    """
    name = fault.details["name"]
    related = [Related(f"first '&{name}'", fault.path, fault.details["first"])]
    yield ctx.report(fault, f"anchor '&{name}' is defined twice", related=related)


@rule("BP035", "recursive-alias", effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def recursive_alias(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """An alias stands inside of what it names.

    Why: the value would contain itself without end.
    Bad:
        dsl_definitions:
          server: &server
            next: *server
        #         ^^^^^^^ BP035
    Good:
        dsl_definitions:
          server: &server {}
          next: *server
    """
    yield ctx.report(fault, f"alias '*{fault.details['name']}' stands inside of what it names")


@rule("BP036", "non-ascii-string", effect=Effect.REFUSED, references=(("DSLParsingInputTypeException", 108),))
def non_ascii_string(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A key or a text has a character that is not ASCII.

    Why: the manager refuses every string with other characters, however they are written; comments may
        have them. Dashes, quotes and spaces that an editor or a web page has put in are the usual ones.
    Bad:
        description: 20 € a day
        #               ^ BP036
    Good:
        # 20 € a day
        description: 20 euro a day
    """
    character = fault.details["character"]
    name = _name_of(character)
    yield ctx.report(fault, f"'{character}' ({name}) is not ASCII", help=_plain_help(character))


def _name_of(character: str) -> str:
    # a megabyte of names: only where one is needed
    from unicodedata import name

    return f"U+{ord(character):04X} {name(character, '').lower()}".strip()


def _plain_help(character: str) -> str | None:
    plain = _PLAIN.get(character)
    return None if plain is None else f"write {plain}"


_PLAIN: Final = {
    "\u2013": "a '-'",
    "\u2014": "a '-'",
    "\u2011": "a '-'",
    "\u2018": "a single quote",
    "\u2019": "a single quote",
    "\u201c": "a double quote",
    "\u201d": "a double quote",
    "\u2026": "'...'",
    "\u00a0": "a space",
    "\u202f": "a space",
    "\u200b": "nothing: it is invisible",
    "\ufeff": "nothing: it is invisible",
}


@rule("BP037", "unhashable-key", effect=Effect.REFUSED, references=(("TypeError", None),))
def unhashable_key(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A list or a mapping is used as a key.

    Why: keys are scalars. Mostly it is a template in double braces that lost its quotes.
    Bad:
        inputs:
          url: {default: {{ host }}}
        #                ^^^^^^^^^^ BP037
    Good:
        inputs:
          url: {default: '{{ host }}'}
    """
    shape = fault.details["shape"]
    help_ = "put text with '{{' in quotes" if shape == "mapping" else None
    yield ctx.report(fault, f"a {shape} cannot be a key", help=help_)


@rule("BP038", "bad-merge", effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def bad_merge(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A merge key merges something that is no mapping.

    Why: `<<` takes a mapping, or a list of mappings.
    Bad:
        inputs:
          port:
            <<: 80
        #       ^^ BP038
    Good:
        inputs:
          port:
            <<: {default: 80}
    """
    yield ctx.report(fault, "'<<' takes a mapping or a list of mappings")


@rule("BP039", "invalid-scalar", effect=Effect.REFUSED, references=(("ValueError", None),))
def invalid_scalar(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Text looks like a date or a number and is none.

    Why: text without quotes that looks like a date is read as one, and the manager fails where there is no
        such day.
    Bad:
        inputs:
          release: {default: 2024-02-30}
        #                    ^^^^^^^^^^ BP039
    Good:
        inputs:
          release: {default: '2024-02-30'}
    """
    text, tag = fault.details["text"], fault.details["tag"]
    shown = text if len(text) <= 40 else text[:37] + "..."
    what = {"timestamp": "date", "int": "integer", "float": "float", "bool": "boolean"}.get(tag, tag)
    yield ctx.report(fault, f"'{shown}' is no valid {what}", help="put text in quotes")


@rule("BP040", "reserved-word", effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def reserved_word(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A lone `=` or `<<` is used as a value.

    Why: both have a meaning of their own in YAML 1.1, and the manager cannot make values of them.
    Bad:
        inputs:
          operator: {default: =}
        #                     ^ BP040
    Good:
        inputs:
          operator: {default: '='}
    """
    yield ctx.report(fault, f"'{fault.details['text']}' without quotes is no value", help="put it in quotes")


@rule("BP041", "duplicate-key", effect=Effect.FAILS)
def duplicate_key(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A key stands twice in one mapping, with different values.

    Why: the manager takes the last one without a word; what the first one says is lost.
    Bad:
        inputs:
          port:
            default: 80
            default: 443
        #   ^^^^^^^ BP041
    Good:
        inputs:
          port:
            default: 443
    """
    name = fault.details["name"]
    related = [Related(f"this '{name}' is lost", fault.path, fault.details["first"])]
    yield ctx.report(fault, f"key '{name}' is there twice; the last one wins", related=related)


@rule("BP042", "repeated-key", effect=Effect.ADVICE, fixable="safe")
def repeated_key(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A key stands twice in one mapping, with the same value.

    Why: it does no harm until one of the two is changed.
    Bad:
        inputs:
          port:
            default: 80
            default: 80
        #   ^^^^^^^ BP042
    Good:
        inputs:
          port:
            default: 80
    Fix: the second one is removed.
    """
    name = fault.details["name"]
    related = [Related("first here", fault.path, fault.details["first"])]
    lines = fault.details["lines"]
    fix = None
    if lines is not None:
        edit = Edit(fault.path, Span(*lines), "")
        fix = Fix(f"remove the second '{name}'", Applicability.SAFE, (edit,))
    yield ctx.report(fault, f"key '{name}' is there twice with one value", related=related, fix=fix)


@rule("BP043", "flattened-mapping", effect=Effect.REFUSED, references=(FORMAT,))
def flattened_mapping(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """Parameters have lost their names or their indentation.

    Why: `description`, `default` and the like belong below the name of an input, a parameter or a property.
        In text pasted from a web page the names, or the spaces in front of the lines, get lost.
    Bad:
        inputs:
          description: Port of the server
        # ^^^^^^^^^^^ BP043
          default: 80
          description: Name of the server
          default: web
    Good:
        inputs:
          port:
            description: Port of the server
            default: 80
          name:
            description: Name of the server
            default: web
    """
    owner, name = fault.details["owner"], fault.details["name"]
    keys = " and ".join(f"'{key}'" for key in fault.details["keys"][:2])
    if name is None:
        message = f"{keys} stand directly in '{owner}': the name they belong to is missing"
        yield ctx.report(fault, message, help="write 'name:' above them, and indent them below it")
        return
    message = f"{keys} stand beside '{name}' in '{owner}' instead of below it"
    related = [Related("they belong below this name", fault.path, fault.details["name_span"])]
    yield ctx.report(fault, message, related=related, help=f"indent them below '{name}:'")


@rule("BP044", "lost-parameter-name", effect=Effect.FAILS)
def lost_parameter_name(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """The description and default of one parameter are followed by those of another.

    Why: the line with the second name is missing. The manager takes the last of the values for the first
        name, and the second parameter does not exist.
    Bad:
        inputs:
          port:
            description: Port of the server
            default: 80
            description: Name of the server
        #   ^^^^^^^^^^^ BP044
            default: web
    Good:
        inputs:
          port:
            description: Port of the server
            default: 80
          name:
            description: Name of the server
            default: web
    """
    name = fault.details["name"]
    keys = " and ".join(f"'{key}'" for key in fault.details["keys"][:2])
    message = f"{keys} are there twice in '{name}': the name of another parameter is missing above this line"
    related = [Related("first here", fault.path, fault.details["first"])]
    yield ctx.report(fault, message, related=related)


@rule("BP045", "crowded-syntax", effect=Effect.ADVICE, fixable="safe")
def crowded_syntax(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """There is no space behind the colon of a key in braces.

    Why: the manager's parser takes `{concat:[a]}`; most others, and the tools built on them, do not.
    Bad:
        outputs:
          name: {value: {concat:[a, b]}}
        #                ^^^^^^^^ BP045
    Good:
        outputs:
          name: {value: {concat: [a, b]}}
    """
    offset = fault.details["insert"]
    edit = Edit(fault.path, Span(offset, offset), " ")
    fix = Fix("insert a space behind the colon", Applicability.SAFE, (edit,))
    yield ctx.report(fault, "no space behind the colon; only the manager's own parser takes this", fix=fix)
