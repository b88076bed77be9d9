"""`bplint replay`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from bplint.cli.command import Command, option
from bplint.cli.output import write_document
from bplint.cli.plan_command import tell_plan, view_of
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
    from bplint.config import Config
    from bplint.plan.event_files import RealEvent
    from bplint.plan.plan_options import PlanOptions
    from bplint.plan.replay import Replay
    from bplint.plan.sweep import Outcome

FORMATS: Final = ("text", "json", "html")


@click.command("replay", cls=Command)
@click.argument("events", type=click.Path(exists=True, dir_okay=False))
@click.argument("blueprint", type=click.Path(exists=True, dir_okay=False))
@click.argument("workflow", default="install")
@option("--format", "format_name", type=click.Choice(FORMATS), default="text", show_default=True)
@option(
    "--execution", metavar="ID", help="The execution, where the file has several.  [default: the last one]"
)
@option("-i", "--input", "inputs", metavar="FILE|KEY=VALUE", multiple=True,
              help="Inputs of the deployment.")  # fmt: skip
@option("-p", "--parameter", "parameters", metavar="FILE|KEY=VALUE", multiple=True,
              help="Parameters of the execution.")  # fmt: skip
@option("--allow-custom-parameters", is_flag=True, help="Take parameters that are not declared.")
@option("--after", metavar="WORKFLOW", multiple=True, help="Run this workflow first.")
@option("--all", "is_all", is_flag=True, help="Cut nothing.")
@import_options
@code_options
@config_options
@color_option
def command(
    events: str,
    blueprint: str,
    format_name: str,
    execution: str | None,
    is_all: bool,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Lay the events of a real execution on its plan.

    EVENTS is what 'cfy events list' printed, with --json or without: what was done, what failed, what never
    ran or ran though not planned, how long it took, and what such a failure leaves.
    """
    names = ("plugin_path", "import_rules", "strict_imports", "frozen", "source_root", "python")
    overrides = overrides_of({name: given.pop(name) for name in names})
    config = read_config(start_folder([blueprint]), overrides, config_file, no_config, color).config
    from bplint.api import plan
    from bplint.plan.plan_options import PlanOptions

    found = _events(events, given["workflow"], execution)
    options = PlanOptions(**{name: value for name, value in given.items() if value is not None})
    outcome = plan(blueprint, options, config)
    tell_plan(outcome, color)
    if outcome.plan is None:
        return 2 if outcome.refusals else 1
    from bplint.plan.replay import lay_on_plan

    replay = lay_on_plan(outcome.plan, found)
    left = _left(replay, blueprint, options, config)
    write_document(_rendered(replay, left, format_name, color, is_all))
    return 0


def _events(path: str, workflow: str, execution: str | None) -> list[RealEvent]:
    from bplint.app.event_reading import EventFileError, of_one_execution, read_event_file

    try:
        found = of_one_execution(read_event_file(path), workflow, execution)
    except EventFileError as error:
        raise click.UsageError(f"{path}: {error}") from None
    if not found:
        raise click.UsageError(f"{path}: no event of execution '{execution}'")
    return found


def _left(replay: Replay, blueprint: str, options: PlanOptions, config: Config) -> Outcome | None:
    """What a sweep says of the first operation that failed."""
    failed = [one.task for one in replay.failed if one.task is not None]
    if not failed or replay.status == "terminated":
        return None
    from bplint.api import plan
    from bplint.plan.operation import key_of

    swept = plan(blueprint, options._replace(sweep=True), config).sweep
    key = key_of(failed[0])
    for scenario in swept.scenarios if swept is not None else ():
        if any(cause.kind == "failure" and cause.operation == key for cause in scenario.causes):
            return scenario.outcome
    return None


def _rendered(replay: Replay, left: Outcome | None, format_name: str, color: str, is_all: bool) -> str:
    if format_name == "html":
        from bplint.plan.render.html import render

        return render(replay.plan)
    from bplint.plan.render.replay_text import replay_data, replay_text

    if format_name == "json":
        return json.dumps(replay_data(replay, left), indent=1, ensure_ascii=False) + "\n"
    return replay_text(replay, left, view_of(color)._replace(is_all=is_all))
