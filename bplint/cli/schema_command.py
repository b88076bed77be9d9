"""`bplint schema`."""

from __future__ import annotations

import os
from typing import Final

import click

from bplint.cli.command import Command
from bplint.cli.output import write_text

NAMES: Final = ("blueprint", "plugin", "report", "plan", "plan-changes")


@click.command("schema", cls=Command)
@click.argument("name", type=click.Choice(NAMES))
def command(name: str) -> int:
    """Print a JSON Schema: of blueprints, of plugin.yaml files, or of what is printed as JSON."""
    write_text(schema_text(name))
    return 0


def schema_text(name: str) -> str:
    """A schema that ships with bplint. Beside the package in a wheel, beside its folder in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "schemas"), os.path.join(os.path.dirname(package), "schemas")):
        path = os.path.join(folder, f"{name}.schema.json")
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as stream:
                return stream.read()
    raise FileNotFoundError(f"schema '{name}' is not installed")
