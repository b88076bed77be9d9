"""All that the model finds wrong in a blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.fault import Fault
    from bplint.model.blueprint import Blueprint


def find_faults(blueprint: Blueprint) -> list[Fault]:
    """Faults of types, values, operations, relationships, groups and workflows of the user's files."""
    return []
