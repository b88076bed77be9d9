"""What the blueprints of a company have to have beside what the manager wants."""

from __future__ import annotations

from collections.abc import Iterator

from bplint.rules_api import (
    Applicability,
    Context,
    Diagnostic,
    Edit,
    Effect,
    Fix,
    Input,
    NodeTemplate,
    NodeType,
    Severity,
    Span,
    get,
    python_of,
    rule,
)


@rule("CORP001", "corp-password-input", on=Input, effect=Effect.ADVICE, severity=Severity.WARNING)
def password_input(entry: Input, ctx: Context) -> Iterator[Diagnostic]:
    """Input for a password has a default.

    Why: a default is in the blueprint, and the blueprint is in the repository.
    Bad:
        inputs:
          db_password: {type: string, default: secret}
        #                                      ^^^^^^ CORP001
    Good:
        inputs:
          db_password: {type: string}
    """
    if "password" in entry.name and entry.default is not None and python_of(entry.default) not in (None, ""):
        yield ctx.report(entry.default, f"input '{entry.name}' has a default; keep passwords in secrets")


@rule("CORP002", "corp-agentless-host", on=NodeTemplate, effect=Effect.ADVICE, fixable="unsafe")
def agentless_host(template: NodeTemplate, ctx: Context) -> Iterator[Diagnostic]:
    """Host does not say how its agent is installed.

    Why: our networks let nobody in by SSH, so the default fails after half an hour.
    Bad:
        node_templates:
          vm: {type: cloudify.nodes.Compute}
        # ^^ CORP002
    Good:
        node_templates:
          vm: {type: cloudify.nodes.Compute, properties: {agent_config: {install_method: none}}}
    """
    kind = template.type
    if not isinstance(kind, NodeType) or not kind.derives_from("cloudify.nodes.Compute"):
        return  # no host, or a type that could not be read: nothing is certain
    written = template.properties.get("agent_config")
    if written is None or get(written[1], "install_method") is None:
        message = f"host '{template.name}' has no 'install_method' in its 'agent_config'; write 'none'"
        yield ctx.report(template.key, message, fix=_fix(template))


def _fix(template: NodeTemplate) -> Fix | None:
    """Properties for a template that has none and is written in braces."""
    node = template.node
    if template.properties or node.style != "{":
        return None
    before_brace = Span(node.end - 1, node.end - 1)
    edit = Edit(template.path, before_brace, ", properties: {agent_config: {install_method: none}}")
    return Fix("install no agent", Applicability.UNSAFE, (edit,))
