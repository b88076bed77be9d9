"""Secrets in clear text, inputs and anchors that nothing names, versions that YAML reads as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Confidence, Effect, Severity
from bplint.document import Document
from bplint.model.blueprint import Blueprint
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("BP930", "clear-text-secret", on=Blueprint, effect=Effect.ADVICE, severity=Severity.WARNING)
def clear_text_secret(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
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
    # only this rule looks for secrets
    from bplint.model.secrets import find_secrets

    for found in find_secrets(blueprint):
        yield ctx.report(
            found.node,
            f"'{found.name}' is in clear text",
            path=found.path,
            help="keep it in the manager's secrets and read it with get_secret",
        )


@rule(
    "BP931",
    "doubtful-secret",
    on=Blueprint,
    effect=Effect.ADVICE,
    confidence=Confidence.LOW,
)
def doubtful_secret(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
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
    # only this rule looks for secrets
    from bplint.model.secrets import find_doubtful_secrets

    for found in find_doubtful_secrets(blueprint):
        yield ctx.report(found.node, f"'{found.name}' has a default that anybody can guess", path=found.path)


@rule("BP932", "unused-anchor", on=Document, effect=Effect.ADVICE)
def unused_anchor(document: Document, ctx: Context) -> Iterator[Diagnostic]:
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
    """
    # only this rule looks at anchors
    from bplint.model.usage import unused_anchors

    for name, span in unused_anchors(document):
        yield ctx.report(span, f"nothing names anchor '{name}'")


@rule("BP933", "version-read-as-number", on=Blueprint, effect=Effect.ADVICE, severity=Severity.WARNING)
def version_read_as_number(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
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
    """
    # only this rule looks for versions
    from bplint.model.secrets import find_number_versions

    for found in find_number_versions(blueprint):
        text, value = found.node.text, found.value
        yield ctx.report(
            found.node,
            f"'{found.name}' is the number {value}, not '{text}'",
            path=found.path,
            help=f'write "{text}"',
        )


@rule("BP627", "unused-input", on=Blueprint, effect=Effect.ADVICE)
def unused_input(blueprint: Blueprint, ctx: Context) -> Iterator[Diagnostic]:
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
    """
    # only this rule looks at texts
    from bplint.model.usage import unused_inputs

    for entry in unused_inputs(blueprint):
        yield ctx.report(entry, f"nothing reads input '{entry.name}'", path=entry.path)
