"""`bplint validate --plan`: the plan of every blueprint that can be uploaded, behind the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.config import Config


def with_plans(result: LintResult, workflow: str, config: Config) -> tuple[LintResult, str]:
    """The result with what only planning finds, and the plans as trees, one after the other.

    Blueprints that are refused have none; why no execution would be started goes to the standard error.
    """
    # the child process and all that prepares it: only where a plan is asked for
    from bplint.api import plan_linted
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.render.tree_text import render

    options = PlanOptions(workflow=workflow, inputs=config.inputs)
    trees: list[str] = []
    for file in result.files:
        if file.kind != "blueprint" or file.verdict == "refused":
            continue
        outcome = plan_linted(file.path, result, options, config)
        result = outcome.result
        for refusal in outcome.refusals:
            click.echo(f"{file.path}: {refusal}", err=True)
        if outcome.plan is not None:
            trees.append(render(outcome.plan))
    return result, "\n".join(trees)
