"""From blueprints to plans: the second straight line, behind the first on one workspace."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.app.linting import run
from bplint.app.results import LintRequest
from bplint.app.workspace import Workspace
from bplint.plan.make_plan import make_plan
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.app.linting import LintRun, Track
    from bplint.app.results import LintResult
    from bplint.config import Config
    from bplint.plan.make_plan import PlanAttempt
    from bplint.plan.plan import Plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.sweep import Sweep


class PlanOutcome(Record):
    """A plan, and what was said on the way.

    plan      None where the blueprint is refused or no execution would be started
    result    the lint of the blueprint, with what only planning finds
    refusals  why no execution would be started: what is wrong with the workflow or its parameters
    sweep     what could go wrong with the execution, where the options ask for it
    """

    plan: Plan | None
    result: LintResult
    refusals: tuple[str, ...] = ()
    sweep: Sweep | None = None


class PlannedFile(Record):
    """The attempt to plan one of the main files of a lint."""

    path: str
    attempt: PlanAttempt


def plan(
    path: str, options: PlanOptions, config: Config, texts: Mapping[str, str] | None = None
) -> PlanOutcome:
    """Lint a blueprint and plan one execution of a workflow of it. `texts` stands in for files on disk."""
    name = path.replace(os.sep, "/")
    linted = run(LintRequest((path,), config), Workspace(config, texts))
    result = linted.result()
    planned = _plan(linted, options, [name]) if not _is_refused(result) else []
    if not planned:
        return PlanOutcome(None, result)
    made = planned[0].attempt
    return PlanOutcome(made.plan, linted.result(), made.refusals, made.sweep)


def lint_and_plan(
    request: LintRequest, options: PlanOptions, track: Track | None = None
) -> tuple[LintResult, list[PlannedFile]]:
    """Lint what is asked for, and plan a workflow of every blueprint in it that is not refused. The result
    has what only planning finds."""
    linted = run(request, Workspace(request.config), track)
    files = linted.result().files
    paths = [file.path for file in files if file.kind == "blueprint" and file.verdict != "refused"]
    planned = _plan(linted, options, paths)
    return linted.result(), planned


def _plan(linted: LintRun, options: PlanOptions, paths: list[str]) -> list[PlannedFile]:
    workspace = linted.workspace
    found = []
    for path in paths:
        document = workspace.read(path)
        if document is None:
            continue
        graph = workspace.graph(document)
        attempt = make_plan(workspace.inspected(graph).blueprint, options, workspace.config)
        linted.add_planned(graph, attempt.faults, attempt.sources)
        found.append(PlannedFile(path, attempt))
    return found


def _is_refused(result: LintResult) -> bool:
    from bplint.diagnostic import Effect  # in the function for the type checker's sake only

    return any(entry.effect is Effect.REFUSED for entry in result.diagnostics)
