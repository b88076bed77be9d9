"""`bplint validate`."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any, Final

import click

from bplint.app import ARCHIVE_EXTENSIONS
from bplint.cli.command import Command, option
from bplint.cli.output import write_file, write_text
from bplint.cli.reporting import exit_code, report
from bplint.cli.shared_options import (
    check_baseline,
    code_options,
    color_option,
    config_options,
    import_options,
    overrides_of,
    read_config,
    selection_options,
    start_folder,
)
from bplint.config import LEVELS, MANAGERS, PYTHONS
from bplint.report import FORMATS, TEXT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bplint.app import LintRequest, LintResult
    from bplint.app.linting import Track
    from bplint.cli.git import ChangedLines
    from bplint.config import Config

_MANY: Final = 20  # files that take long enough to show how far they are
_CONFIG_FIELDS: Final = (
    "select", "extend_select", "ignore", "plugin_path", "import_rules", "strict_imports", "frozen",
    "source_root", "python", "target", "target_python", "import_check", "deployment", "inputs", "baseline",
    "fail_on",
    "exclude",
)  # fmt: skip


def _outputs(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    found = []
    for value in values:
        name, separator, path = value.partition("=")
        if not separator or not path or name not in FORMATS:
            raise click.BadParameter(f"'{value}' is not FORMAT=FILE with a format of {', '.join(FORMATS)}")
        found.append((name, path))
    return tuple(found)


@click.command("validate", cls=Command)
@click.argument("paths", metavar="[PATH…|-]", nargs=-1)
@option("--format", "format_name", type=click.Choice(FORMATS), help="What to print.  [default: full]")
@option("--output", "outputs", metavar="FORMAT=FILE", multiple=True, callback=_outputs,
              help="Write a report to a file as well; may be given often.")  # fmt: skip
@selection_options
@option("--fail-on", type=click.Choice(LEVELS), help="Lowest severity that makes the exit code 1.")
@option("--min-severity", type=click.Choice(("error", "warning", "info")),
              help="Lowest severity that is reported.  [default: info]")  # fmt: skip
@option("--exclude", metavar="GLOB", multiple=True,
              help="Leave these files out of folders, as a line of a .gitignore file would.")  # fmt: skip
@import_options
@code_options
@option("--target", metavar="MANAGER", type=click.Choice(tuple(MANAGERS)),
              help="Line of managers that is to take the blueprints, such as 6.4.")  # fmt: skip
@option("--target-python", metavar="VERSION", type=click.Choice(PYTHONS),
              help="Version of Python that runs it.  [default: by the imported types]")  # fmt: skip
@option("--import-check", is_flag=True, default=None,
              help="Import the code in a child process as well.")  # fmt: skip
@option("--deployment", is_flag=True, default=None,
              help="Check what creating a deployment checks as well.")  # fmt: skip
@option("-i", "--input", "inputs", metavar="FILE|KEY=VALUE", multiple=True,
              help="Inputs of the deployment; implies --deployment.")  # fmt: skip
@config_options
@option("--baseline", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
              help="Leave out the diagnostics that are in this file.")  # fmt: skip
@option("--write-baseline", metavar="FILE", type=click.Path(dir_okay=False),
              help="Write all diagnostics to this file and accept them.")  # fmt: skip
@option(
    "--fix",
    "is_fix",
    is_flag=True,
    help="Apply the safe fixes; - writes the fixed text to the standard output.",
)
@option("--diff", "is_diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the fixes that want a look, too.")
@option("--show-fixes", "is_shown", is_flag=True, help="With --fix or --diff: list the fixes.")
@option("--diff-base", metavar="REV", help="Report only what lies on lines changed since this revision.")
@option("--plan", "plan_workflow", metavar="[WORKFLOW]", is_flag=False, flag_value="install",
              help="Build the plan of a workflow as well.")  # fmt: skip
@option("--changed", "is_changed", is_flag=True,
              help="The paths are changed files: check the blueprints that reach them.")  # fmt: skip
@option("--list-files", "is_list", is_flag=True, help="Print the files that would be checked.")
@option("--watch", "is_watching", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@option("--statistics", "is_counted", is_flag=True, help="Print counts by rule.")
@option("-v", "--verbose", "is_verbose", is_flag=True,
              help="Say on the standard error which files were looked at, and why.")  # fmt: skip
@option("-q", "--quiet", "is_quiet", is_flag=True, help="Print diagnostics only.")
@color_option
@option("--stdin-filename", metavar="NAME", default="<stdin>", help="The name of the standard input.")
def command(**given: Any) -> int:
    """Check blueprints, plugin.yaml files, types files and workflow code.

    PATH is a file, a folder, a glob, a blueprint archive, or - for the standard input; without one, the
    current folder. In folders, blueprints are found by their content.
    """
    return validate(**given)


def validate(
    *, paths: tuple[str, ...], config_file: str | None, no_config: bool, color: str, **given: Any
) -> int:
    """Run the command; gives the exit code."""
    _check_usage(paths, given)
    if given["is_diff"]:
        given["is_fix"] = False  # --fix --diff shows what --fix would do
    if given["is_watching"]:
        # watchfiles is an extra, and no lint that ends needs it
        from bplint.cli.watching import watch

        again = {"config_file": config_file, "no_config": no_config, "color": color}
        once: dict[str, Any] = {**given, **again, "is_watching": False}
        return watch(paths or (".",), lambda: validate(paths=paths, **once))
    config = _config(paths, config_file, no_config, color, given)
    if given["is_changed"]:
        paths = _reaching(paths, config, is_verbose=given["is_verbose"])
        if not paths:
            return 0
    if any(path.endswith(ARCHIVE_EXTENSIONS) for path in paths):
        # archives are unpacked for the time of the run
        from bplint.app.unpacking import Unpacked, UnpackError

        if given["is_fix"] or given["is_diff"] or given["write_baseline"]:
            raise click.UsageError("archives cannot be fixed and have no baseline: unpack them first")
        try:
            with Unpacked(paths) as unpacked:
                return _run(unpacked.paths, config, color, {**given, "unpacked": unpacked})
        except UnpackError as error:
            raise click.UsageError(str(error)) from error
    return _run(paths, config, color, given)


def _run(paths: tuple[str, ...], config: Config, color: str, given: dict[str, Any]) -> int:
    request = _request(paths, config, given)
    if given["is_list"]:
        return _list_files(request)
    if given["write_baseline"]:
        return _write_baseline(request, given)
    return _lint(request, color, given)


def _check_usage(paths: tuple[str, ...], given: dict[str, Any]) -> None:
    is_fixing = given["is_fix"] or given["is_diff"]
    if given["is_shown"] and not is_fixing:
        raise click.UsageError("--show-fixes goes with --fix or --diff")
    if given["is_watching"] and (is_fixing or given["write_baseline"] or given["is_list"] or "-" in paths):
        raise click.UsageError("--watch only checks, and only files")
    if is_fixing and "-" in paths and len(paths) > 1:
        raise click.UsageError("fix either the standard input or files")
    if given["is_changed"] and "-" in paths:
        raise click.UsageError("--changed wants files")
    if given["baseline"] and given["write_baseline"]:
        raise click.UsageError("--baseline and --write-baseline exclude each other")


def _config(
    paths: tuple[str, ...], config_file: str | None, no_config: bool, color: str, given: dict[str, Any]
) -> Config:
    overrides = overrides_of({name: given[name] for name in _CONFIG_FIELDS})
    if "inputs" in overrides:
        overrides["deployment"] = True
    if "fail_on" in overrides:
        overrides["fail_on"] = _severity(overrides["fail_on"])
    if given["write_baseline"]:
        overrides["baseline"] = None
    places = [given["stdin_filename"] if path == "-" else path for path in paths]
    config = read_config(start_folder(places), overrides, config_file, no_config, color).config
    if "exclude" in overrides:
        config = config._replace(exclude=tuple(_below(glob, config.root) for glob in config.exclude))
    return config


def _below(glob: str, root: str) -> str:
    """A glob of the command line, which means the current folder, as one of the configuration's folder."""
    here = os.path.relpath(".", root).replace(os.sep, "/")
    is_anchored = "/" in glob.rstrip("/") and not glob.startswith("**/")
    return f"/{here}/{glob.lstrip('/')}" if is_anchored and here != "." else glob


def _severity(level: str) -> Any:
    from bplint.diagnostic import Severity

    return None if level == "never" else Severity(level)


def _reaching(paths: tuple[str, ...], config: Config, *, is_verbose: bool) -> tuple[str, ...]:
    """The main files that the changed files matter to."""
    from bplint.app.reaching import reach_of
    from bplint.cli.git import repository_root

    root = repository_root(".")
    reach = reach_of(paths, os.path.relpath(root) if root else ".", config)
    for path in reach.unreached if is_verbose else ():
        click.echo(f"bplint: no blueprint reaches '{path}'", err=True)
    return tuple(reach.mains)


def _request(paths: tuple[str, ...], config: Config, given: dict[str, Any]) -> LintRequest:
    from bplint.app import LintRequest

    stdin = None
    if "-" in paths:
        stdin = (given["stdin_filename"], sys.stdin.buffer.read())
        paths = tuple(path for path in paths if path != "-")
    elif not paths:
        paths = (".",)
    return LintRequest(paths, config, stdin)


def _list_files(request: LintRequest) -> int:
    from bplint.app.reaching import checked_files

    write_text("".join(f"{path}\n" for path in checked_files(request.paths, request.config)))
    return 0


def _list_roles(request: LintRequest) -> None:
    """What each file of the request is to the run, one a line."""
    from bplint.app.reaching import roles_of

    for path, role in roles_of(request.paths, request.config):
        click.echo(f"bplint: {path}: {role}", err=True)


def _write_baseline(request: LintRequest, given: dict[str, Any]) -> int:
    from bplint.app.accepting import baseline_of  # json: only with a baseline

    path = given["write_baseline"]
    result, _ = _linted(request, given)
    text, number = baseline_of(path, result)
    write_file(path, text)
    noun = "diagnostic" if number == 1 else "diagnostics"
    click.echo(f"{number} {noun} accepted in {path}", err=True)
    return 0


def _lint(request: LintRequest, color: str, given: dict[str, Any]) -> int:
    if request.config.baseline is not None:
        check_baseline(request.config.baseline, color)
    lines = _changed_lines(given["diff_base"])
    if given["is_verbose"]:
        _list_roles(request)
    if given["is_fix"] or given["is_diff"]:
        # edits and everything that checks them
        from bplint.cli.fix_report import fixed

        result, plans = fixed(request, given), ""
    else:
        result, plans = _linted(request, given)
    if not result.files and not result.diagnostics:
        names = ", ".join(request.paths)
        raise click.UsageError(f"no blueprint, plugin.yaml or types file in {names}")
    if "unpacked" in given:
        result, plans = given["unpacked"].renamed(result), given["unpacked"].name(plans)
    if lines is not None:
        result = _on_changed_lines(result, lines)
    code = exit_code(result, request.config)
    if given["min_severity"] is not None:
        result = _from_severity(result, given["min_severity"])
    if given["is_fix"] and request.stdin is not None:
        with redirect_stdout(sys.stderr):  # the standard output has the fixed text
            report(result, request.config, color, given)
    elif not given["is_diff"]:
        report(result, request.config, color, given)
        if plans and (given["format_name"] or "full") in TEXT_FORMATS:
            write_text("\n" + plans)
    return code


def _linted(request: LintRequest, given: dict[str, Any]) -> tuple[LintResult, str]:
    """The result, and the plans as trees where they are asked for. Why no execution would be started goes to
    the standard error."""
    if not given["plan_workflow"]:
        from bplint.app import lint

        return lint(request, track=_track(given)), ""
    # the child process and all that prepares it: only where a plan is asked for
    from bplint.app.planning import lint_and_plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.render import render

    options = PlanOptions(workflow=given["plan_workflow"], inputs=request.config.inputs)
    result, planned = lint_and_plan(request, options, _track(given))
    for file in planned:
        for refusal in file.attempt.refusals:
            click.echo(f"{file.path}: {refusal}", err=True)
    plans = [file.attempt.plan for file in planned if file.attempt.plan is not None]
    return result, "\n".join(render(plan, "tree") for plan in plans)


def _track(given: dict[str, Any]) -> Track | None:
    """A progress bar on the standard error for long runs of a person at a terminal."""
    if given["is_quiet"] or not sys.stderr.isatty():
        return None

    def track(mains: Sequence[Any]) -> Iterable[Any]:
        if len(mains) < _MANY:
            yield from mains
            return
        with click.progressbar(mains, label="Checking", file=sys.stderr) as bar:
            yield from bar

    return track


def _from_severity(result: LintResult, least: str) -> LintResult:
    """The result with what is at least as severe; the exit code still counts as --fail-on says."""
    levels = ("error", "warning", "info")
    shown = levels[: levels.index(least) + 1]
    kept = tuple(entry for entry in result.diagnostics if entry.severity.value in shown)
    return result._replace(diagnostics=kept)


def _changed_lines(revision: str | None) -> ChangedLines | None:
    if revision is None:
        return None
    from bplint.cli.git import changed_lines

    return changed_lines(revision)


def _on_changed_lines(result: LintResult, lines: ChangedLines) -> LintResult:
    """The result with only those diagnostics whose place is on a changed line; bugs of rules stay."""
    kept = []
    for entry in result.diagnostics:
        source = result.sources.get(entry.path)
        if source is None or entry.code == "BP000":
            kept.append(entry)
            continue
        first, _ = source.lines.position(entry.span.start)
        last, _ = source.lines.position(max(entry.span.end - 1, entry.span.start))
        if lines.touches(entry.path, first, last):
            kept.append(entry)
    return result._replace(diagnostics=tuple(kept))
