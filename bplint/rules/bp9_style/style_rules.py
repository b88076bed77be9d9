"""Secrets in clear text, inputs and anchors that nothing names, versions that YAML reads as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.advice.remark_faults import (
    ClearTextSecret,
    DoubtfulSecret,
    UntypedInput,
    UnusedAnchor,
    UnusedInput,
    VersionReadAsNumber,
)
from bplint.diagnostic import Confidence, Effect, Severity
from bplint.edit import Applicability, Fix
from bplint.rules.rule import rule
from bplint.syntax.mapping import get_pair
from bplint.syntax.rewrite import drop_anchor, prepend_pair, quote, remove_pair, unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP930", on=ClearTextSecret, effect=Effect.ADVICE, severity=Severity.WARNING)
def clear_text_secret(fault: ClearTextSecret, ctx: Context) -> Iterator[Diagnostic]:
    """Password, token or private key stands in the blueprint.

    Why: everybody who can read the blueprint can read it, and so can everybody who can list the inputs of
    its deployments. The manager keeps secrets; get_secret reads them.
    Bad:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {admin_password: {}}
        node_templates:
          web:
            type: app
            properties:
              admin_password: b7Kq-92xT
        #                     ^^^^^^^^^ BP930
    Good:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {admin_password: {}}
        node_templates:
          web:
            type: app
            properties:
              admin_password: {get_secret: web_admin_password}
    """
    yield ctx.report(
        fault,
        f"'{fault.name}' stands in the blueprint in clear text",
        help="keep it in the manager's secrets and read it with get_secret",
    )


@rule(
    "BP931",
    on=DoubtfulSecret,
    effect=Effect.ADVICE,
    confidence=Confidence.LOW,
)
def doubtful_secret(fault: DoubtfulSecret, ctx: Context) -> Iterator[Diagnostic]:
    """Default of an input or a property has the name of a secret and looks harmless.

    Why: a default such as 'admin' for a password is often left as it is. Off by default: many of these are
    examples, or names of secrets.
    Bad:
        inputs:
          db_password: {type: string, default: admin}
        #                                      ^^^^^ BP931
        outputs:
          used: {value: {get_input: db_password}}
    Good:
        inputs:
          db_password: {type: string}
        outputs:
          used: {value: {get_input: db_password}}
    """
    yield ctx.report(fault, f"'{fault.name}' has a default that anybody can guess")


@rule("BP932", on=UnusedAnchor, effect=Effect.ADVICE, fixable="unsafe")
def unused_anchor(fault: UnusedAnchor, ctx: Context) -> Iterator[Diagnostic]:
    """Anchor that no alias names.

    Why: an anchor is only there to be named in the same file; often the last alias was deleted, or the
    alias is misspelt in a comment. Anchors do not reach into imported files.
    Bad:
        dsl_definitions:
          agent: &agent {user: centos}
        #        ^^^^^^ BP932
    Good:
        dsl_definitions:
          agent: &agent {user: centos}
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties:
              agent: {default: *agent}
    Fix: the anchor is removed.
    """
    source = ctx.source(fault.path)
    fix = unsafe("remove the anchor", drop_anchor(source, fault.span)) if source is not None else None
    yield ctx.report(fault, f"no alias names anchor '&{fault.name}'", fix=fix)


@rule("BP933", on=VersionReadAsNumber, effect=Effect.ADVICE, severity=Severity.WARNING, fixable="safe")
def version_read_as_number(fault: VersionReadAsNumber, ctx: Context) -> Iterator[Diagnostic]:
    """Version without quotes loses a digit, because YAML reads it as a number.

    Why: `1.10` is the number 1.1 for YAML, and that is what a plugin is given.
    Bad:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {version: {}}
        node_templates:
          web:
            type: app
            properties:
              version: 1.10
        #              ^^^^ BP933
    Good:
        node_types:
          app:
            derived_from: cloudify.nodes.Root
            properties: {version: {}}
        node_templates:
          web:
            type: app
            properties:
              version: "1.10"
    Fix: put it into quotes.
    """
    text, value = fault.text, fault.value
    message = f"'{fault.name}' is the number {value}, not '{text}'"
    source = ctx.source(fault.path)
    is_plain = source is not None and source.text[fault.span.start : fault.span.end] == text
    edits = quote(source, fault.span) if source is not None and is_plain else ()
    fix = Fix("put it into quotes", Applicability.SAFE, edits) if edits else None
    yield ctx.report(fault, message, help=f'write "{text}"', fix=fix)


@rule("BP627", on=UnusedInput, effect=Effect.ADVICE, fixable="unsafe")
def unused_input(fault: UnusedInput, ctx: Context) -> Iterator[Diagnostic]:
    """Input that nothing reads.

    Why: whoever makes a deployment is asked for a value that changes nothing; often a renamed or misspelt
    input.
    Bad:
        inputs:
          image: {default: ubuntu}
        # ^^^^^ BP627
        node_templates:
          host: {type: cloudify.nodes.Compute}
    Good:
        inputs:
          image: {default: ubuntu}
        node_templates:
          host: {type: cloudify.nodes.Compute}
        outputs:
          used:
            value: {get_input: image}
    Fix: the input is removed. Who gives it a value when making a deployment must stop doing so.
    """
    name = fault.name
    yield ctx.report(fault, f"nothing reads input '{name}'", fix=_removal(fault, ctx))


@rule("BP629", on=UntypedInput, effect=Effect.ADVICE, is_default=False, fixable="safe")
def untyped_input(fault: UntypedInput, ctx: Context) -> Iterator[Diagnostic]:
    """Input has no type, and its default tells which it could have.

    Why: with a type the manager refuses values that do not fit when a deployment is made, and shows a field
        that fits. Off by default: an input without a type takes anything, and sometimes that is meant.
    Bad:
        inputs:
          port: {default: 80}
        # ^^^^ BP629
        outputs:
          used: {value: {get_input: port}}
    Good:
        inputs:
          port: {type: integer, default: 80}
        outputs:
          used: {value: {get_input: port}}
    Fix: the type of the default is written.
    """
    entry, kind = fault.entry, fault.type_name
    edit = prepend_pair(entry.file.document.source, entry.node, "type", kind)
    fix = Fix(f"write 'type: {kind}'", Applicability.SAFE, (edit,)) if edit is not None else None
    yield ctx.report(fault, f"input '{entry.name}' has no type; its default is of type '{kind}'", fix=fix)


def _removal(fault: UnusedInput, ctx: Context) -> Fix | None:
    """Take an input out of its section, with its lines; the section where all of it is unused."""
    entry = ctx.blueprint.inputs.lookup(fault.name)
    root = entry.file.document.root if entry else None
    pair = get_pair(root, "inputs") if root is not None else None
    if not entry or root is None or pair is None:
        return None
    source, (key, section) = entry.file.document.source, pair
    if len(section.items or ()) == fault.number:
        return unsafe("remove the inputs", remove_pair(source, root, key))
    return unsafe(f"remove input '{entry.name}'", remove_pair(source, section, entry.key))
