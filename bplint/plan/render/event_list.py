"""A plan as the log that a person knows from an execution, marked as a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.plan.plan import Event, Plan


def render(plan: Plan) -> str:
    """One line an event: number, deployment or node instance, message."""
    lines = [f"preview of '{plan.execution.workflow}': nothing of this has happened"]
    width = max((len(event.instance or "") for event in plan.events), default=0)
    lines += [_line(event, width) for event in plan.events]
    return "\n".join(lines) + "\n"


def _line(event: Event, width: int) -> str:
    source = "CFY" if event.level is None else "LOG"
    level = f"{event.level.upper()}: " if event.level is not None else ""
    return f"{source}  {event.instance or '':<{width}}  {level}{event.message}".rstrip()
