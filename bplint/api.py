"""The public Python interface: `bplint.lint_paths`, `bplint.lint_text`, `bplint.plan`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.app import LintResult
    from bplint.app.planning import PlanOutcome
    from bplint.config import Config
    from bplint.plan.plan_options import PlanOptions


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


def plan(
    path: str | os.PathLike[str], options: PlanOptions | None = None, config: Config | None = None
) -> PlanOutcome:
    """Plan one execution of a workflow (`install` unless the options say otherwise) of a blueprint.

    The workflow function runs against a stub context in a child process; nothing else is executed.

    >>> import bplint
    >>> bplint.plan("examples/broken/blueprint.yaml").plan is None
    True
    """
    from bplint.app.planning import plan as plan_file
    from bplint.config import Config as Defaults
    from bplint.plan.plan_options import PlanOptions as DefaultOptions

    return plan_file(os.fspath(path), options or DefaultOptions(), config or Defaults())
