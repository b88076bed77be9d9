"""Rules on files as such: what cannot be read, is no text, is too large, or holds something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import LOGIC, Effect
from bplint.rules.rule import rule
from bplint.source_faults import BadEncoding, FileTooLarge, IllegalCharacter, UnreadableFile
from bplint.syntax.scalars import type_name_of
from bplint.syntax.yaml_faults import AliasExpansion, EmptyFile, NestingTooDeep, NonMappingRoot, TooManyNodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

_CONTROL_NAMES: Final = {"\0": "a NUL", "\x1b": "an escape character", "\x7f": "a delete character"}


@rule("BP001", on=UnreadableFile, effect=Effect.REFUSED, references=(("OSError", None),))
def unreadable_file(fault: UnreadableFile, ctx: Context) -> Iterator[Diagnostic]:
    """A file cannot be read.

    Why: nothing can be said about a file that is not there, may not be opened, or is no regular file:
        folders, pipes and devices are not opened at all.
    """
    yield ctx.report(fault, f"cannot read '{fault.path}': {_lower_first(fault.reason)}")


@rule("BP002", on=FileTooLarge, effect=Effect.REFUSED)
def file_too_large(fault: FileTooLarge, ctx: Context) -> Iterator[Diagnostic]:
    """A file is larger than 32 MiB.

    Why: no blueprint is; the limit keeps a mistaken file name from filling the memory.
    """
    limit = fault.limit_bytes // (1024 * 1024)
    size = fault.size_bytes / (1024 * 1024)
    yield ctx.report(fault, f"file of {size:.0f} MiB is over the limit of {limit} MiB")


@rule("BP003", on=BadEncoding, effect=Effect.REFUSED, references=(("UnicodeDecodeError", None),))
def bad_encoding(fault: BadEncoding, ctx: Context) -> Iterator[Diagnostic]:
    """A file is not UTF-8.

    Why: the manager reads every file as UTF-8 and gives up at the first byte that does not fit. The rest
        of the file is checked all the same.
    Note: the place is that of the first wrong byte.
    """
    if fault.encoding is not None:
        message = f"file is {fault.encoding}, and the manager reads UTF-8 only"
        yield ctx.report(fault, message, help="save it as UTF-8")
        return
    message = f"byte 0x{fault.byte:02x} is not UTF-8"
    yield ctx.report(fault, message, help="save the file as UTF-8; it looks like Latin-1 or Windows-1252")


@rule("BP004", on=IllegalCharacter, effect=Effect.REFUSED, references=(("ReaderError", None),))
def illegal_character(fault: IllegalCharacter, ctx: Context) -> Iterator[Diagnostic]:
    """A file has a character that YAML does not allow, such as a NUL.

    Why: YAML allows no control characters, not even in comments and quotes; the manager refuses the
        whole file. In double quotes they can be written as escapes: `"\\x07"`.
    """
    character = fault.character
    name = _CONTROL_NAMES.get(character, f"the character U+{ord(character):04X}")
    more = fault.more
    message = f"YAML does not allow {name}" + (f"; there are {more} more such characters" if more else "")
    yield ctx.report(fault, message, help="remove it, or write it as an escape in double quotes")


@rule("BP005", on=TooManyNodes, effect=Effect.REFUSED)
def too_many_nodes(fault: TooManyNodes, ctx: Context) -> Iterator[Diagnostic]:
    """A file has more than 2,000,000 keys and values.

    Why: the limit keeps a generated or hostile file from filling the memory.
    """
    yield ctx.report(fault, f"file is over the limit of {fault.limit:,} keys and values")


@rule("BP006", on=NestingTooDeep, effect=Effect.REFUSED, references=(("RecursionError", None),))
def nesting_too_deep(fault: NestingTooDeep, ctx: Context) -> Iterator[Diagnostic]:
    """Lists and mappings are nested deeper than 500 levels.

    Why: the manager's parser works recursively and dies of much less.
    """
    yield ctx.report(fault, f"nesting is deeper than the limit of {fault.limit} levels")


@rule("BP007", on=AliasExpansion, effect=Effect.REFUSED)
def alias_expansion(fault: AliasExpansion, ctx: Context) -> Iterator[Diagnostic]:
    """Aliases of aliases make more than 1,000,000 keys and values.

    Why: the manager copies what an alias names wherever it stands; a few lines of aliases of aliases keep
        it busy until it is killed.
    """
    name, limit = fault.name, fault.limit
    yield ctx.report(fault, f"alias '*{name}' takes the file over the limit of {limit:,} expanded nodes")


@rule(
    "BP008",
    on=NonMappingRoot,
    effect=Effect.REFUSED,
    references=(("DSLParsingFormatException", 1), ("ValueError", None)),
)
def non_mapping_root(fault: NonMappingRoot, ctx: Context) -> Iterator[Diagnostic]:
    """A file does not hold a mapping.

    Why: a blueprint is a mapping of sections. A list is often an inventory or a playbook, a lone string a
        file of another kind.
    Bad:
        #! as is
        - tosca_definitions_version: cloudify_dsl_1_5
        - node_templates: {}
        #@ BP008 2:1-3:21
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
        node_templates: {}
    """
    found = type_name_of(fault.node)
    yield ctx.report(fault, f"file holds {found} where a mapping of sections belongs")


@rule("BP009", on=EmptyFile, effect=Effect.REFUSED, references=((LOGIC, 27),))
def empty_file(fault: EmptyFile, ctx: Context) -> Iterator[Diagnostic]:
    """A blueprint holds nothing, or nothing but comments.

    Why: the least that a blueprint has is its version. An empty file may be imported; that adds nothing.
    Bad:
        #! as is
        # to be written
        #@ BP009 1:1-1:1
    Good:
        tosca_definitions_version: cloudify_dsl_1_5
    """
    blueprint = ctx.blueprint
    if blueprint is None or blueprint.graph.main.document.path == fault.path:
        yield ctx.report(fault, "file holds nothing")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
