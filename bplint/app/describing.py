"""The workflows of a blueprint: what `bplint workflows` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.app.workspace import Workspace
from bplint.pycode.describe_workflows import describe_workflows

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.model.blueprint import Blueprint
    from bplint.pycode.describe_workflows import WorkflowDescription


def blueprint_of(path: str, config: Config) -> Blueprint | None:
    """The blueprint of a file, or None where it cannot be read."""
    return Workspace(config).blueprint(path)


def workflows_of(path: str, config: Config) -> list[WorkflowDescription] | None:
    """The workflows of a blueprint in the order of their names, or None where the file cannot be read."""
    workspace = Workspace(config)
    blueprint = workspace.blueprint(path)
    return None if blueprint is None else describe_workflows(blueprint, config, workspace.code)
