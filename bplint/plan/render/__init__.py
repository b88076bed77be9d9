"""Renderers of plans: each module has `render(plan) -> str` and does no input or output."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bplint.plan.plan import Plan

FORMATS: Final = ("tree", "events", "json")


def render(plan: Plan, format_name: str) -> str:
    """The plan in one of FORMATS; each renderer is imported when it is asked for."""
    text: str = import_module(f"bplint.plan.render.{format_name}").render(plan)
    return text
