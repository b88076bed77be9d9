"""Renderers of plans: each module has `render(plan) -> str`; html reads its assets, else there is no input
or output."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bplint.plan.plan import Plan
    from bplint.plan.render.styled import PlanView
    from bplint.plan.sweep import Sweep

FORMATS: Final = ("tree", "events", "json", "mermaid", "dot", "html")
_MODULES: Final = {
    "tree": "tree_text",
    "summary": "summary_text",
    "events": "event_list",
    "json": "plan_json",
}  # the others as they are
WITH_SWEEP: Final = ("tree", "json", "html")


def render(plan: Plan, format_name: str, sweep: Sweep | None = None, view: PlanView | None = None) -> str:
    """The plan in one of FORMATS, a sweep of it in one of WITH_SWEEP; each renderer is imported when it is
    asked for. `view` is how the formats for people show it: `tree`, and `summary`, which is a part of it."""
    module = import_module(f"bplint.plan.render.{_MODULES.get(format_name, format_name)}")
    if format_name == "tree":
        text: str = module.render(plan, sweep, view)
    elif format_name == "html":
        text = module.render(plan, sweep, view.schedule if view is not None else None)
    elif format_name == "summary":
        text = module.render(plan, view)
    else:
        text = module.render(plan) if sweep is None else module.render(plan, sweep)
    return text
