"""`bplint plan`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from bplint.cli.command import Command, option
from bplint.cli.completing import (
    complete_inputs,
    complete_nodes,
    complete_parameters,
    complete_tasks,
    complete_workflows,
)
from bplint.cli.output import is_colored, output_width, write_document
from bplint.cli.reporting import exit_code
from bplint.cli.shared_options import (
    code_options,
    color_option,
    config_options,
    import_options,
    overrides_of,
    read_config,
    start_folder,
)

if TYPE_CHECKING:
    from bplint.app.planning import PlanOutcome
    from bplint.plan.durations import PlanSchedule
    from bplint.plan.plan import Plan
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.render.styled import PlanView

FORMATS: Final = ("tree", "summary", "events", "json", "mermaid", "dot", "html")
WITH_SWEEP: Final = ("tree", "json", "html")
WITH_AGAINST: Final = ("tree", "json", "mermaid")


@click.command("plan", cls=Command)
@click.argument("blueprint", type=click.Path(exists=True, dir_okay=False))
@click.argument("workflow", default="install", shell_complete=complete_workflows)
@option("--format", "format_name", type=click.Choice(FORMATS), default="tree", show_default=True)
@option("-i", "--input", "inputs", metavar="FILE|KEY=VALUE", multiple=True,
              shell_complete=complete_inputs, help="Inputs of the deployment.")  # fmt: skip
@option("-p", "--parameter", "parameters", metavar="FILE|KEY=VALUE", multiple=True,
              shell_complete=complete_parameters, help="Parameters of the execution.")  # fmt: skip
@option("--allow-custom-parameters", is_flag=True, help="Take parameters that are not declared.")
@option("--given", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
              help="Runtime properties, secrets, capabilities, answers of the manager.")  # fmt: skip
@option("--after", metavar="WORKFLOW", multiple=True, shell_complete=complete_workflows,
              help="Run this workflow first.")  # fmt: skip
@option("--fail-task", "fail_tasks", metavar="SPEC", multiple=True, shell_complete=complete_tasks,
              help="Let an operation fail: OPERATION@NODE[#i][=recoverable|nonrecoverable][*N].")  # fmt: skip
@option("--resume-after", metavar="N", type=click.IntRange(min=0),
              help="Resume the execution, interrupted when so many operations had ended.")  # fmt: skip
@option("--cancel-after", metavar="N", type=click.IntRange(min=0),
              help="Cancel when so many operations have ended.")  # fmt: skip
@option(
    "--summary", is_flag=True, help="Show only what runs in which phase, how much, and the longest chain."
)
@option("--only", metavar="NODE[#i]", multiple=True, shell_complete=complete_nodes,
              help="Show only these nodes or node instances.")  # fmt: skip
@option("--depth", metavar="N", type=click.IntRange(min=1, max=4),
              help="1: subgraphs, 2: operations, 3: states, 4: inputs.  [default: what fits]")  # fmt: skip
@option("--all", "is_all", is_flag=True, help="Fold nothing and cut nothing.")
@option("--sweep", is_flag=True,
              help="Also simulate each operation failing, and cancellations before each.")  # fmt: skip
@option("--durations", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
              help="Events of earlier executions: how long this one would take.")  # fmt: skip
@option("--verbose", is_flag=True, help="With --sweep: each outcome in detail.")
@option("--against", metavar="FILE|REV",
              help="Show what differs from the plan of this blueprint, or of this git revision.")  # fmt: skip
@option("--fail-on-change", is_flag=True, help="With --against: exit code 1 if something differs.")
@option("--timeout", "timeout_s", metavar="S", type=click.FloatRange(min=0, min_open=True),
              help="End the child process after so many seconds.")  # fmt: skip
@import_options
@code_options
@config_options
@color_option
def command(
    blueprint: str,
    format_name: str,
    against: str | None,
    fail_on_change: bool,
    summary: bool,
    only: tuple[str, ...],
    depth: int | None,
    is_all: bool,
    verbose: bool,
    durations: str | None,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Show what an execution would do, task by task.

    The workflow's function runs against a stub in a child process; no operation is performed.
    """
    format_name = _summary_format(format_name) if summary else format_name
    _check_sweep(given, format_name)
    _check_against(against, fail_on_change, format_name, given["sweep"])
    names = ("plugin_path", "import_rules", "strict_imports", "frozen", "source_root", "python")
    overrides = overrides_of({name: given.pop(name) for name in names})
    config = read_config(start_folder([blueprint]), overrides, config_file, no_config, color).config
    from bplint.app.planning import plan

    options = _options(given)
    if options.sweep and sys.stderr.isatty():
        options = options._replace(progress=_show_progress)
    outcome = plan(blueprint, options, config)
    tell_plan(outcome, color)
    if outcome.plan is None:
        return 2 if outcome.refusals else 1
    if against is not None:
        from bplint.cli.against import plan_against

        other = plan_against(blueprint, against, options, config)
        if other.plan is None:
            tell_plan(other, color)
            return 2 if other.refusals else 1
        is_other = _show_changes(other.plan, outcome.plan, format_name)
        return 1 if is_other and fail_on_change else exit_code(outcome.result, config)
    from bplint.plan.render import render

    _check_only(outcome.plan, only)
    view = view_of(color)._replace(only=only, depth=depth, is_all=is_all, is_verbose=verbose)
    if durations is not None:
        view = view._replace(schedule=_schedule(outcome.plan, durations))
    write_document(render(outcome.plan, format_name, outcome.sweep, view))
    return exit_code(outcome.result, config)


def _summary_format(format_name: str) -> str:
    if format_name not in ("tree", "summary"):
        raise click.UsageError(f"--summary is a text of its own: it excludes --format {format_name}")
    return "summary"


def _show_progress(done: int, of: int) -> None:
    end = "\r" if done < of else "\r\x1b[K"
    click.echo(f"sweep: {done} of {of} simulated{end}", nl=False, err=True)


def view_of(color: str) -> PlanView:
    """How the terminal shows a plan: wrapped to its width, with links where there are colours."""
    from bplint.plan.render.styled import PlanView

    width, is_terminal = output_width()
    return PlanView(
        color=is_colored(color), width=width if is_terminal else 0, is_linked=is_terminal, folder=os.getcwd()
    )


def _schedule(plan: Plan, path: str) -> PlanSchedule:
    from bplint.app.event_reading import EventFileError, read_event_file
    from bplint.plan.durations import measured, schedule

    try:
        return schedule(plan, measured(read_event_file(path)))
    except EventFileError as error:
        raise click.UsageError(f"--durations {path}: {error}") from None


def _check_only(plan: Plan, only: tuple[str, ...]) -> None:
    from bplint.near import nearest

    known = {one.id for one in plan.instances} | {one.node for one in plan.instances}
    for name in only:
        if name not in known:
            near = nearest(name, known)
            hint = f"; did you mean '{near}'?" if near else ""
            raise click.UsageError(f"--only {name}: there is no such node or node instance{hint}")


def _show_changes(old: Plan, new: Plan, format_name: str) -> bool:
    """Whether there are any."""
    from bplint.plan.comparison import compare
    from bplint.plan.render.changes import render

    changes = compare(old, new)
    write_document(render(changes, new, format_name))
    return bool(changes.total)


def _check_sweep(given: dict[str, Any], format_name: str) -> None:
    if not given["sweep"]:
        return
    if format_name not in WITH_SWEEP:
        raise click.UsageError(f"--sweep is shown as {', '.join(WITH_SWEEP)}, not as {format_name}")
    if given["resume_after"] is not None:
        raise click.UsageError("--sweep excludes --resume-after")
    if given["fail_tasks"] or given["cancel_after"] is not None:
        raise click.UsageError("--sweep excludes --fail-task and --cancel-after: it tries them all")


def _check_against(against: str | None, fail_on_change: bool, format_name: str, is_sweep: bool) -> None:
    if against is None:
        if fail_on_change:
            raise click.UsageError("--fail-on-change compares: it needs --against")
        return
    if is_sweep:
        raise click.UsageError("--against and --sweep exclude each other")
    if format_name not in WITH_AGAINST:
        raise click.UsageError(f"--against is shown as {', '.join(WITH_AGAINST)}, not as {format_name}")


def _options(given: dict[str, Any]) -> PlanOptions:
    from bplint.plan.plan_options import PlanOptions

    return PlanOptions(**{name: value for name, value in given.items() if value is not None})


def tell_plan(outcome: PlanOutcome, color: str) -> None:
    """What is wrong goes to the standard error: the plan has the standard output."""
    from bplint.report import ReportOptions
    from bplint.report.full import diagnostic_text

    options = ReportOptions(color=is_colored(color), width=output_width()[0])
    for entry in outcome.result.diagnostics:
        if entry.severity.value != "info":
            text = diagnostic_text(entry, outcome.result.sources, options)
            click.echo(text, err=True, color=options.color)
    for refusal in outcome.refusals:
        click.echo(f"Error: {refusal}", err=True)
