"""Rules of a company: what its blueprints have to have beside what the manager wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect, Severity
from bplint.model.elements import NodeTemplate
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context


@rule("ACME001", "acme-node-name", on=NodeTemplate, effect=Effect.ADVICE, severity=Severity.WARNING)
def node_name(template: NodeTemplate, ctx: Context) -> Iterator[Diagnostic]:
    """Node template's name has capitals.

    Why: names go into host names, and those have none.
    Bad:
        node_templates:
          WebHost: {type: cloudify.nodes.Compute}
        # ^^^^^^^ ACME001
    Good:
        node_templates:
          web_host: {type: cloudify.nodes.Compute}
    """
    if template.name != template.name.lower():
        yield ctx.report(template.key, f"node template '{template.name}' has capitals in its name")
