"""The public Python interface: `bplint.lint_paths`, `bplint.lint_text`, `bplint.plan`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.app import LintResult
    from bplint.config import Config
    from bplint.plan.plan import Plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.sweep import Sweep


def lint_paths(paths: Iterable[str | os.PathLike[str]], config: Config | None = None) -> LintResult:
    """Lint files, folders, globs and archives.

    `config` defaults to the one of the command line without a configuration file; `bplint.config.load`
    reads those. Bad files are diagnostics in the result: nothing is raised for them.

    >>> import bplint
    >>> result = bplint.lint_paths(["examples/broken/blueprint.yaml"])
    >>> result.files[0].verdict
    'refused'
    """
    from bplint.app import LintRequest, lint
    from bplint.config import Config as Defaults

    names = tuple(os.fspath(path) for path in paths)
    return lint(LintRequest(names, config or Defaults()))


def lint_text(text: str | bytes, path: str = "<text>", config: Config | None = None) -> LintResult:
    """Lint a text as if it lay at `path`, from whose folder its imports are read.

    >>> import bplint
    >>> result = bplint.lint_text("tosca_definitions_version: cloudify_dsl_1_9\\n")
    >>> [entry.effect.value for entry in result.diagnostics]
    ['refused']
    """
    from bplint.app import LintRequest, lint
    from bplint.config import Config as Defaults

    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return lint(LintRequest((), config or Defaults(), (path, data)))


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


def plan(
    path: str | os.PathLike[str], options: PlanOptions | None = None, config: Config | None = None
) -> PlanOutcome:
    """Plan one execution of a workflow (`install` unless the options say otherwise) of a blueprint.

    The workflow function runs against a stub context in a child process; nothing else is executed.

    >>> import bplint
    >>> bplint.plan("examples/broken/blueprint.yaml").plan is None
    True
    """
    from bplint.config import Config as Defaults
    from bplint.diagnostic import Effect
    from bplint.plan.plan_options import PlanOptions as DefaultOptions

    config = config or Defaults()
    result = lint_paths([path], config)
    if any(entry.effect is Effect.REFUSED for entry in result.diagnostics):
        return PlanOutcome(None, result)
    return plan_linted(os.fspath(path), result, options or DefaultOptions(), config)


def plan_linted(path: str, result: LintResult, options: PlanOptions, config: Config) -> PlanOutcome:
    """Plan one execution of a workflow of a blueprint that `result` has judged and that is not refused."""
    from bplint.app import add_faults
    from bplint.imports.graph import build_graph
    from bplint.imports.resolve import Resolver
    from bplint.lint.inspect import inspect
    from bplint.plan.make_plan import plan as build

    resolver = Resolver(config)
    document = resolver.read(path)
    if document is None:
        return PlanOutcome(None, result)
    blueprint = inspect(build_graph(document, resolver), config, None).blueprint
    built = build(blueprint, options, config)
    result = add_faults(result, built.faults, blueprint, built.sources, config)
    return PlanOutcome(built.plan, result, built.refusals, built.sweep)
