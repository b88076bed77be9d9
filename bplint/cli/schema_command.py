"""`bplint schema`."""

from __future__ import annotations

import os
from typing import Any, Final

import click

from bplint.cli.command import Command, option
from bplint.cli.output import write_text
from bplint.cli.shared_options import (
    color_option,
    config_options,
    import_options,
    overrides_of,
    read_config,
    start_folder,
)

VERSIONS: Final = tuple(f"blueprint-1_{minor}" for minor in range(6))
NAMES: Final = ("blueprint", *VERSIONS, "plugin", "config", "report", "workflows", "plan", "plan-changes")


@click.command("schema", cls=Command)
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@option(
    "--for",
    "blueprint",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="With the types, inputs and templates of this blueprint and its imports.",
)
@import_options
@config_options
@color_option
def command(
    name: str, blueprint: str | None, config_file: str | None, no_config: bool, color: str, **given: Any
) -> int:
    """Print a JSON Schema: of blueprints (of all versions of the language or of one), of plugin.yaml files,
    of bplint's configuration, or of what is printed as JSON."""
    text = schema_text(name)
    if blueprint is not None:
        if not name.startswith("blueprint"):
            raise click.UsageError(f"--for goes with the schema of blueprints, not with '{name}'")
        text = _schema_for(blueprint, text, overrides_of(given), config_file, no_config, color)
    write_text(text)
    return 0


def _schema_for(
    path: str, text: str, overrides: dict[str, Any], config_file: str | None, no_config: bool, color: str
) -> str:
    import json

    config = read_config(start_folder([path]), overrides, config_file, no_config, color).config
    from bplint.app.schemas import schema_for  # the model

    schema = schema_for(path, json.loads(text), config)
    if schema is None:
        raise click.UsageError(f"cannot read '{path}'")
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_text(name: str) -> str:
    """A schema that ships with bplint. Beside the package in a wheel, beside its folder in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "schemas"), os.path.join(os.path.dirname(package), "schemas")):
        path = os.path.join(folder, f"{name}.schema.json")
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as stream:
                return stream.read()
    raise FileNotFoundError(f"schema '{name}' is not installed")
