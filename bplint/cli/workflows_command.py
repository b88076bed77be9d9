"""`bplint workflows`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bplint.cli.command import Command, option
from bplint.cli.completing import complete_workflows
from bplint.cli.output import is_colored, write_document, write_text
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
    from collections.abc import Callable, Iterator, Sequence

    from bplint.config import Config
    from bplint.pycode.describe_workflows import ParameterDescription, WorkflowDescription


@click.command("workflows", cls=Command)
@click.argument("blueprint", type=click.Path(exists=True, dir_okay=False))
@click.argument("name", required=False, shell_complete=complete_workflows)
@option("--format", "format_name", type=click.Choice(("text", "json")), default="text", show_default=True)
@import_options
@code_options
@config_options
@color_option
def command(
    blueprint: str,
    name: str | None,
    format_name: str,
    config_file: str | None,
    no_config: bool,
    color: str,
    **given: Any,
) -> int:
    """Show the workflows of a blueprint: parameters, mandatory ones first, and the function behind each."""
    config = read_config(start_folder([blueprint]), overrides_of(given), config_file, no_config, color).config
    found = _described(blueprint, config)
    if name is not None:
        names = [each.name for each in found]
        found = [each for each in found if each.name == name]
        if not found:
            raise click.UsageError(_unknown(name, names))
    if format_name == "json":
        import json

        data = [_data(each) for each in found]
        write_document(json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n")
    else:
        write_text("\n".join(_text(each, is_colored(color)) for each in found))
    return 0


def _unknown(name: str, names: Sequence[str]) -> str:
    from bplint.near import nearest

    best = nearest(name, names)
    hint = f"did you mean '{best}'?" if best else f"there are: {', '.join(names) or 'none'}"
    return f"no workflow '{name}'; {hint}"


def _described(path: str, config: Config) -> list[WorkflowDescription]:
    from bplint.app.describing import workflows_of

    found = workflows_of(path, config)
    if found is None:
        raise click.UsageError(f"cannot read '{path}'")
    return found


def _data(workflow: WorkflowDescription) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(workflow)


def _text(workflow: WorkflowDescription, color: bool) -> str:
    from bplint.terminal.colors import styler
    from bplint.terminal.terminal_text import visible

    style = styler(color)
    lines = [style(visible(workflow.name), bold=True) + _remarks(workflow)]
    if workflow.description:
        lines.append(f"  {visible(workflow.description.strip())}")
    lines.append(f"  {style('mapping', dim=True)}    {visible(workflow.mapping)}")
    where = workflow.target or workflow.reason or workflow.state
    lines.append(f"  {style('code', dim=True)}       {visible(where)}")
    if workflow.signature:
        lines.append(f"  {style('signature', dim=True)}  {visible(workflow.signature)}")
    for title, parameters in (("mandatory", workflow.mandatory), ("optional", workflow.optional)):
        lines += _parameters(title, parameters, style)
    return "\n".join(lines) + "\n"


def _remarks(workflow: WorkflowDescription) -> str:
    remarks = [f"from {workflow.declared_in}"]
    if not workflow.is_available:
        remarks.append("not available")
    if workflow.is_cascading:
        remarks.append("cascading")
    return f"  ({', '.join(remarks)})"


def _parameters(
    title: str, parameters: Sequence[ParameterDescription], style: Callable[..., str]
) -> Iterator[str]:
    import json

    from bplint.terminal.terminal_text import visible

    if not parameters:
        return
    yield f"  {style(title, dim=True)}"
    widest = max(len(each.name) for each in parameters)
    for each in parameters:
        parts = [each.type or "any type"]
        if each.has_default:
            parts.append("= " + json.dumps(each.default, ensure_ascii=False, default=str))
        if each.description:
            parts.append("  " + each.description.strip().splitlines()[0])
        yield visible(f"    {each.name:<{widest}}  {' '.join(parts)}".rstrip())
