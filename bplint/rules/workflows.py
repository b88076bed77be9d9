"""Rules on workflows as the blueprint declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Effect
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.fault import Fault
    from bplint.rules.context import Context


@rule(
    "BP700",
    "empty-workflow-mapping",
    effect=Effect.REFUSED,
    references=(("RuntimeError", None),),
    source="elements/operation.py",
)
def empty_workflow_mapping(fault: Fault, ctx: Context) -> Iterator[Diagnostic]:
    """A workflow runs nothing.

    Why: an operation may be empty, a workflow may not; the manager refuses the blueprint.
    Bad:
        workflows:
          backup: ""
        #         ^^ BP700
    Good:
        plugins:
          acme: {executor: central_deployment_agent, install: false}
        workflows:
          backup: acme.workflows.backup
    """
    yield ctx.report(fault, f"{fault.details['subject']} must name what it runs")
