"""`bplint plan --against`: the plans of two blueprints, or of a blueprint and a revision of it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from bplint.app import LintResult
    from bplint.app.planning import PlanOutcome
    from bplint.cli.revision import Revision
    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.plan.plan_options import PlanOptions

_OPTION: Final = "--against"


def plan_against(blueprint: str, other: str, options: PlanOptions, config: Config) -> PlanOutcome:
    """The plan of the blueprint that `other` names: a file, or a git revision of the same file. Inputs and
    parameters that it does not declare are left out."""
    from bplint.app.planning import plan

    options = options._replace(is_lenient=True)
    if os.path.isfile(other):
        return plan(other, options, config)
    import tempfile  # only for who compares with a revision

    from bplint.cli.revision import extract

    with tempfile.TemporaryDirectory(prefix="bplint-against-") as folder:
        revision = extract(_OPTION, other, blueprint, folder)
        path = revision.path_of(blueprint)
        if not os.path.isfile(path):
            raise click.UsageError(f"{_OPTION}: '{blueprint}' is not in {other}")
        return _relabelled(plan(path, options, _config_of(config, revision)), revision)


def _config_of(config: Config, revision: Revision) -> Config:
    """Folders of the repository are those of the revision."""

    def moved(paths: tuple[str, ...]) -> tuple[str, ...]:
        found = [(path, revision.path_of(path)) for path in paths]
        return tuple(there if os.path.exists(there) else path for path, there in found)

    return config._replace(
        plugin_path=moved(config.plugin_path), source_root=moved(config.source_root), baseline=None
    )


def _relabelled(outcome: PlanOutcome, revision: Revision) -> PlanOutcome:
    """Nobody is told of the scratch folder: its files are `REVISION:path`."""
    plan = outcome.plan
    if plan is not None:
        plan = replace(plan, blueprint=revision.shown(plan.blueprint))
    return outcome._replace(plan=plan, result=_relabelled_result(outcome.result, revision))


def _relabelled_result(result: LintResult, revision: Revision) -> LintResult:
    def moved(entry: Diagnostic) -> Diagnostic:
        related = tuple(one._replace(path=revision.shown(one.path)) for one in entry.related)
        message = entry.message.replace(os.path.join(revision.folder, ""), f"{revision.name}:")
        return entry._replace(path=revision.shown(entry.path), message=message, related=related)

    return result._replace(
        diagnostics=tuple(moved(entry) for entry in result.diagnostics),
        sources={revision.shown(path): source for path, source in result.sources.items()},
    )
