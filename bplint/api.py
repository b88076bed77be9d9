"""The public Python interface: load a configuration, lint, fix, plan, list workflows, render.

Nothing here raises for what is wrong with a blueprint: that is in the result. A configuration that cannot be
used raises ConfigError.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.app import LintResult
    from bplint.app.planning import PlanOutcome
    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.plan.plan import Plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.pycode.describe_workflows import WorkflowDescription


class ConfigError(ValueError):
    """A configuration file that cannot be used. `diagnostics` say why, `path` is the file."""

    def __init__(self, path: str, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(entry.message for entry in diagnostics))
        self.path = path
        self.diagnostics = diagnostics


class FixResult(Record):
    """What fixing comes to.

    before, after  the lint of the texts as they were, and as they are with the fixes
    texts          path → fixed text, of the files that change
    number         the number of fixes applied
    diff           the change as a unified diff
    """

    before: LintResult
    after: LintResult
    texts: dict[str, str]
    number: int
    diff: str


def load_config(
    start: str | os.PathLike[str] = ".", file: str | os.PathLike[str] | None = None, **options: object
) -> Config:
    """Load the configuration for the files of a folder, as the command line does.

    `start` is where the search begins, upward to the root of the repository; `file` names the configuration
    file instead. `options` replace what the file says: fields of `Config`, such as `ignore=("BP9",)`.
    Raises ConfigError.

    >>> import bplint
    >>> bplint.load_config("examples/policies").policies[0].code
    'ACME001'
    >>> bplint.load_config("examples/web", deployment=True).deployment
    True
    """
    from bplint.config.load import load_config as load

    name = None if file is None else os.fspath(file)
    loaded = load(os.fspath(start), options, file=name)
    if loaded.diagnostics:
        raise ConfigError(loaded.path or os.fspath(start), loaded.diagnostics)
    return loaded.config


def lint_paths(paths: Iterable[str | os.PathLike[str]], config: Config | None = None) -> LintResult:
    """Lint files, folders, globs and archives.

    `config` defaults to the one of the command line without a configuration file; `load_config` reads those.
    Bad files are diagnostics in the result: nothing is raised for them.

    >>> import bplint
    >>> result = bplint.lint_paths(["examples/broken/blueprint.yaml"])
    >>> result.files[0].verdict
    'refused'
    >>> first = next(entry for entry in result.diagnostics if entry.severity.value == 'error')
    >>> first.code, first.line, first.column
    ('BP300', 11, 14)
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


def workflows(path: str | os.PathLike[str], config: Config | None = None) -> list[WorkflowDescription]:
    """List the workflows of a blueprint: parameters, availability and the function behind each.

    Those of the blueprint and its plugins come first, the built-in ones after them. Raises OSError where the
    file cannot be read.

    >>> import bplint
    >>> [each.name for each in bplint.workflows("examples/web/blueprint.yaml")][:1]
    ['announce_all']
    """
    from bplint.app.describing import workflows_of
    from bplint.config import Config as Defaults

    found = workflows_of(os.fspath(path), config or Defaults())
    if found is None:
        raise OSError(f"cannot read '{os.fspath(path)}'")
    return found


def fix_paths(
    paths: Iterable[str | os.PathLike[str]],
    config: Config | None = None,
    *,
    is_unsafe: bool = False,
    is_written: bool = False,
) -> FixResult:
    """Fix what can be fixed in files, folders and globs.

    Only the safe fixes unless `is_unsafe`; the files stay as they are unless `is_written`. Raises OSError
    where they cannot be written: then none of them is.

    >>> import bplint
    >>> fixed = bplint.fix_paths(["examples/broken/blueprint.yaml"])
    >>> fixed.number > 0, sorted(fixed.texts)
    (True, ['examples/broken/blueprint.yaml'])
    """
    from bplint.app import LintRequest
    from bplint.app.fixing import Fixing, WriteError
    from bplint.config import Config as Defaults

    names = tuple(os.fspath(path) for path in paths)
    fixing = Fixing(LintRequest(names, config or Defaults()), is_unsafe=is_unsafe)
    if is_written:
        try:
            fixing.write()
        except WriteError as error:
            raise OSError(str(error)) from error
    texts = {path: text for path, (_, text) in fixing.texts.items()}
    return FixResult(fixing.before, fixing.after, texts, fixing.count, fixing.diff())


def render(
    made: LintResult | Plan, format_name: str = "", *, config: Config | None = None, width: int = 80
) -> str:
    """Render the result of a lint or a plan as the command line prints it, without colours.

    A result as full (the default), concise, json, sarif, junit, github or gitlab; a plan as tree (the
    default), events, json, mermaid, dot or html. Raises ValueError for another format.

    >>> import bplint
    >>> result = bplint.lint_paths(["examples/broken/blueprint.yaml"])
    >>> bplint.render(result, "concise").splitlines()[1][:50]
    'examples/broken/blueprint.yaml:11:14: error: the d'
    """
    from bplint.app import LintResult as Result
    from bplint.app.rule_book import known_rules
    from bplint.config import Config as Defaults

    if not isinstance(made, Result):
        from bplint.plan.render import FORMATS as PLAN_FORMATS
        from bplint.plan.render import render as render_plan

        return render_plan(made, _known(format_name or "tree", PLAN_FORMATS))
    from bplint.report import FORMATS, ReportOptions
    from bplint.report import render as render_result

    used = config or Defaults()
    rules = known_rules(used.rule_plugins, used.policies)
    options = ReportOptions(width=width, rules=rules, fail_on=used.fail_on)
    return render_result(_known(format_name or "full", FORMATS), made, options)


def _known(name: str, formats: tuple[str, ...]) -> str:
    if name not in formats:
        raise ValueError(f"no format '{name}': it is one of {', '.join(formats)}")
    return name
