"""A plan as JSON: `schemas/plan.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bplint.plan.plan import Plan, Step, Task
    from bplint.plan.sweep import Sweep

_ALWAYS: Final = ("key", "kind", "number", "deps", "in", "wave", "outcome")  # of a task, also where empty
_MODIFICATION: Final = ("id", "nodes", "added", "added_related", "removed", "removed_related")


def render(plan: Plan, sweep: Sweep | None = None) -> str:
    """The plan as text: the same byte for byte from run to run. With a sweep it has the key `sweep`."""
    found = plan_data(plan)
    if sweep is not None:
        from bplint.plan.render.sweep_text import sweep_data

        found["sweep"] = sweep_data(sweep)
    return json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n"


def plan_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data, with the field names of the contract."""
    execution = plan.execution
    return {
        "contract_version": plan.contract_version,
        "blueprint": plan.blueprint,
        "execution": {
            **execution._asdict(),
            "parameters": [entry._asdict() for entry in execution.parameters],
            "error": None
            if execution.error is None
            else {
                **execution.error._asdict(),
                "traceback": [place._asdict() for place in execution.error.traceback],
            },
        },
        "instances": [
            {**one._asdict(), "relationships": [list(each) for each in one.relationships]}
            for one in plan.instances
        ],
        "steps": [_step(step) for step in plan.steps],
        "events": [_without_empty(event._asdict()) for event in plan.events],
        "notes": [
            {**note._asdict(), "place": note.place._asdict() if note.place else None} for note in plan.notes
        ],
        "counts": plan.counts._asdict(),
        "output": plan.output,
    }


def _step(step: Step) -> dict[str, Any]:
    if step.type in ("graph", "linear"):
        return {"type": step.type, "tasks": [task_data(task) for task in step.tasks]}
    found = {"type": step.type, **{name: getattr(step, name) for name in _MODIFICATION}}
    return found if step.type == "modification_start" else {"type": step.type, "id": step.id}


def task_data(task: Task) -> dict[str, Any]:
    """A task as plain data; fields that say nothing are left out."""
    row = task._asdict()
    row["in"] = row.pop("in_")
    row["made_at"] = task.made_at._asdict() if task.made_at else None
    kept = {name: row.pop(name) for name in _ALWAYS}
    if task.attempts == 1:
        del row["attempts"]
    if not task.added:
        del row["added"]
    return {**kept, **_without_empty(row)}


def _without_empty(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
