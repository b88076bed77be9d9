"""What a shell completes from a blueprint: workflows, their parameters, operations of nodes.

A shell that waits gets what can be known at once; where the blueprint is not named yet, or cannot be read,
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click

    from bplint.pycode.describe_workflows import WorkflowDescription


def complete_workflows(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names of the blueprint's workflows: its own first."""
    return [each.name for each in _workflows(ctx) if each.name.startswith(incomplete)]


def complete_parameters(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """`NAME=` of each parameter of the workflow that is planned."""
    wanted = _argument(ctx, "workflow", 1) or "install"
    names = [one.name for each in _workflows(ctx) if each.name == wanted for one in each.parameters]
    return [f"{name}=" for name in names if f"{name}=".startswith(incomplete)]


def complete_inputs(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """`NAME=` of each input of the blueprint."""
    blueprint = _blueprint(ctx)
    names = list(blueprint.inputs.names()) if blueprint is not None else []
    return [f"{name}=" for name in names if f"{name}=".startswith(incomplete)]


def complete_nodes(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names of the blueprint's node templates."""
    blueprint = _blueprint(ctx)
    names = list(blueprint.node_templates.names()) if blueprint is not None else []
    return [name for name in names if name.startswith(incomplete)]


def complete_tasks(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """`OPERATION@NODE` of each operation that does something; those of the lifecycle by their short names."""
    blueprint = _blueprint(ctx)
    found: list[str] = []
    for template in blueprint.node_templates.own() if blueprint is not None else ():
        for interface, operations in template.interfaces.items():
            prefix = "" if interface == "cloudify.interfaces.lifecycle" else f"{interface}."
            found += [
                f"{prefix}{name}@{template.name}"
                for name, operation in operations.items()
                if operation.implementation
            ]
    return [name for name in dict.fromkeys(found) if name.startswith(incomplete)]


def _path(ctx: click.Context) -> str | None:
    return _argument(ctx, "blueprint", 0)


def _argument(ctx: click.Context, name: str, position: int) -> str | None:
    """An argument of the line. Behind an option that still lacks its value click has only read the words."""
    value = next(iter(ctx.args[position : position + 1]), ctx.params.get(name))
    return value if isinstance(value, str) else None


def _blueprint(ctx: click.Context) -> Any:
    path = _path(ctx)
    if path is None:
        return None
    from bplint.app.describing import blueprint_of
    from bplint.cli.shared_options import start_folder
    from bplint.config.load import load_config

    return blueprint_of(path, load_config(start_folder([path]), {}).config)


def _workflows(ctx: click.Context) -> list[WorkflowDescription]:
    path = _path(ctx)
    if path is None:
        return []
    from bplint.app.describing import workflows_of
    from bplint.cli.shared_options import start_folder
    from bplint.config.load import load_config

    return workflows_of(path, load_config(start_folder([path]), {}).config) or []
