"""Rules on text that is YAML and means something else, or that the manager's loader does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Effect, Related, Severity
from bplint.edit import Applicability, Edit, Fix
from bplint.rules.rule import rule
from bplint.span import Span
from bplint.syntax.yaml_faults import (
    BadMerge,
    CrowdedSyntax,
    DuplicateAnchor,
    DuplicateKey,
    InvalidScalar,
    LostKey,
    MisplacedTag,
    NonAsciiString,
    RecursiveAlias,
    RepeatedKey,
    ReservedWord,
    SeveralDocuments,
    SeveralMergeKeys,
    UndefinedAlias,
    UnhashableKey,
    UnknownTag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

COMPOSER: Final = ("ComposerError", None)
CONSTRUCTOR: Final = ("ConstructorError", None)
_PREFIX: Final = "tag:yaml.org,2002:"


def _short_tag(tag: str) -> str:
    return "!!" + tag[len(_PREFIX) :] if tag.startswith(_PREFIX) else tag


@rule("BP030", on=SeveralDocuments, effect=Effect.REFUSED, references=(COMPOSER,))
def several_documents(fault: SeveralDocuments, ctx: Context) -> Iterator[Diagnostic]:
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


@rule("BP031", on=UnknownTag, effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def unknown_tag(fault: UnknownTag, ctx: Context) -> Iterator[Diagnostic]:
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
    tag = _short_tag(fault.tag)
    yield ctx.report(fault, f"unknown tag '{tag}'", help="put text that begins with '!' in quotes")


@rule("BP032", on=MisplacedTag, effect=Effect.REFUSED, references=(CONSTRUCTOR, ("AttributeError", None)))
def misplaced_tag(fault: MisplacedTag, ctx: Context) -> Iterator[Diagnostic]:
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
    tag = _short_tag(fault.tag)
    if fault.reference is not None:
        yield ctx.report(fault, f"the manager cannot read what tag '{tag}' makes; write a list or a mapping")
    else:
        yield ctx.report(fault, f"tag '{tag}' does not fit its value")


@rule("BP033", on=UndefinedAlias, effect=Effect.REFUSED, references=(COMPOSER,))
def undefined_alias(fault: UndefinedAlias, ctx: Context) -> Iterator[Diagnostic]:
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
    name = fault.name
    message = f"alias '*{name}' names no anchor above it"
    help_ = f"'&{name}' must stand above its aliases" if name in fault.anchors else None
    yield ctx.report(fault, message, near=(name, fault.anchors), help=help_)


@rule("BP034", on=DuplicateAnchor, effect=Effect.REFUSED, references=(COMPOSER,))
def duplicate_anchor(fault: DuplicateAnchor, ctx: Context) -> Iterator[Diagnostic]:
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
    name = fault.name
    related = [Related(f"first '&{name}'", fault.path, fault.first)]
    yield ctx.report(
        fault, f"anchor '&{name}' is defined twice; give the second another name", related=related
    )


@rule("BP035", on=RecursiveAlias, effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def recursive_alias(fault: RecursiveAlias, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(fault, f"alias '*{fault.name}' stands inside what it names, which has no end")


@rule("BP036", on=NonAsciiString, effect=Effect.REFUSED, references=(("DSLParsingInputTypeException", 108),))
def non_ascii_string(fault: NonAsciiString, ctx: Context) -> Iterator[Diagnostic]:
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
    character = fault.character
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


@rule("BP037", on=UnhashableKey, effect=Effect.REFUSED, references=(("TypeError", None),))
def unhashable_key(fault: UnhashableKey, ctx: Context) -> Iterator[Diagnostic]:
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
    shape = fault.shape
    help_ = "put text with '{{' in quotes" if shape == "mapping" else None
    yield ctx.report(fault, f"a {shape} cannot be a key; a key is a text or a number", help=help_)


@rule("BP038", on=BadMerge, effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def bad_merge(fault: BadMerge, ctx: Context) -> Iterator[Diagnostic]:
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


@rule("BP039", on=InvalidScalar, effect=Effect.REFUSED, references=(("ValueError", None),))
def invalid_scalar(fault: InvalidScalar, ctx: Context) -> Iterator[Diagnostic]:
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
    text, tag = fault.text, fault.tag
    shown = text if len(text) <= 40 else text[:37] + "..."
    what = {"timestamp": "date", "int": "integer", "float": "float", "bool": "boolean"}.get(tag, tag)
    yield ctx.report(fault, f"'{shown}' is no valid {what}", help="put text in quotes")


@rule("BP040", on=ReservedWord, effect=Effect.REFUSED, references=(CONSTRUCTOR,))
def reserved_word(fault: ReservedWord, ctx: Context) -> Iterator[Diagnostic]:
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
    yield ctx.report(fault, f"'{fault.text}' without quotes is no value", help="put it in quotes")


@rule("BP041", on=DuplicateKey, effect=Effect.FAILS)
def duplicate_key(fault: DuplicateKey, ctx: Context) -> Iterator[Diagnostic]:
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
    name = fault.name
    related = [Related(f"this '{name}' is lost", fault.path, fault.first)]
    yield ctx.report(fault, f"key '{name}' is there twice; the last one wins", related=related)


@rule("BP042", on=RepeatedKey, effect=Effect.ADVICE, fixable="safe")
def repeated_key(fault: RepeatedKey, ctx: Context) -> Iterator[Diagnostic]:
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
    name = fault.name
    related = [Related("first here", fault.path, fault.first)]
    lines = fault.lines
    fix = None
    if lines is not None:
        edit = Edit(fault.path, Span(*lines), "")
        fix = Fix(f"remove the second '{name}'", Applicability.SAFE, (edit,))
    yield ctx.report(fault, f"key '{name}' is there twice, with the same value", related=related, fix=fix)


@rule("BP046", on=LostKey, effect=Effect.ADVICE, severity=Severity.WARNING)
def lost_key(fault: LostKey, ctx: Context) -> Iterator[Diagnostic]:
    """A key stands twice in one mapping, and nothing but the first one's place is lost.

    Why: the manager takes the last one without a word. Here the first one has no value, or it lies in
        `dsl_definitions` and is used by its anchor, so the blueprint is what it looks like.
    Bad:
        inputs:
          port:
          port: {default: 443}
        # ^^^^ BP046
    Good:
        inputs:
          port: {default: 443}
    """
    name = fault.name
    related = [Related(f"this '{name}' is lost", fault.path, fault.first)]
    yield ctx.report(fault, f"key '{name}' is there twice; the last one wins", related=related)


@rule("BP047", on=SeveralMergeKeys, effect=Effect.ADVICE, severity=Severity.INFO)
def several_merge_keys(fault: SeveralMergeKeys, ctx: Context) -> Iterator[Diagnostic]:
    """A mapping has more than one merge key.

    Why: PyYAML, and so the manager, merges them all. Other parsers refuse the file, since a key may stand
        in a mapping only once. One `<<` with a list is read by every parser.
    Bad:
        dsl_definitions:
          small: &small {ip: 10.0.0.1}
          local: &local {os_family: linux}
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            properties:
              <<: *small
              <<: *local
        #     ^^ BP047
    Good:
        dsl_definitions:
          small: &small {ip: 10.0.0.1}
          local: &local {os_family: linux}
        node_templates:
          vm:
            type: cloudify.nodes.Compute
            properties:
              <<: [*small, *local]
    """
    related = [Related("first here", fault.path, fault.first)]
    message = "this mapping merges twice; a list of what it merges is read by every parser: '<<: [*a, *b]'"
    yield ctx.report(fault, message, related=related)


@rule("BP045", on=CrowdedSyntax, effect=Effect.ADVICE, fixable="safe")
def crowded_syntax(fault: CrowdedSyntax, ctx: Context) -> Iterator[Diagnostic]:
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
    offset = fault.insert
    edit = Edit(fault.path, Span(offset, offset), " ")
    fix = Fix("insert a space behind the colon", Applicability.SAFE, (edit,))
    yield ctx.report(fault, "no space behind the colon; only the manager's own parser takes this", fix=fix)
