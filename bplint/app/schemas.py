"""A JSON Schema that knows what a blueprint imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bplint.app.workspace import Workspace
from bplint.language.schema_names import with_names

if TYPE_CHECKING:
    from bplint.config import Config


def schema_for(path: str, schema: dict[str, Any], config: Config) -> dict[str, Any] | None:
    """The schema of blueprints with the names of a blueprint and of its imports, or None where the file
    cannot be read."""
    blueprint = Workspace(config).blueprint(path)
    return None if blueprint is None else with_names(schema, blueprint)
