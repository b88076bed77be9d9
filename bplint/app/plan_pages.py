"""Plans for an editor, of what is in its buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.app.planning import plan
from bplint.plan.plan_options import PlanOptions
from bplint.plan.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.app.editor_project import Project


def plan_text(
    project: Project, path: str, workflow: str, format_name: str, inputs: Sequence[str] = ()
) -> tuple[str | None, list[str]]:
    """The plan of a workflow in one of the formats of `bplint plan`, or None; and why there is none."""
    options = PlanOptions(workflow=workflow, inputs=tuple(inputs) or project.config.inputs)
    outcome = plan(path, options, project.config, project.buffers)
    if outcome.plan is None:
        errors = [entry.message for entry in outcome.result.diagnostics if entry.severity.value == "error"]
        return None, [*outcome.refusals, *errors]
    return render(outcome.plan, format_name, outcome.sweep), []
