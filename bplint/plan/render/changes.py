"""What a change of a blueprint does to an execution, as text, JSON and Mermaid."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.plan import InstanceRelationship

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.comparison import AddedOperation, OperationRun, PlanChange, PlanChanges
    from bplint.plan.plan import Plan

FORMATS: Final = ("tree", "json", "mermaid")
_MAX_VALUE: Final = 200
_MAX_NAMES: Final = 4


def render(changes: PlanChanges, new: Plan, format_name: str) -> str:
    """The changes in one of FORMATS, ending with a line break; `new` is the newer of the plans."""
    if format_name == "json":
        return json.dumps(changes_data(changes), indent=1, ensure_ascii=False, default=str) + "\n"
    if format_name == "mermaid":
        from bplint.plan.render.changes_mermaid import render_mermaid

        return render_mermaid(changes, new)
    return "\n".join(_lines(changes)) + "\n"


# -- text


def _lines(changes: PlanChanges) -> Iterator[str]:
    yield changes.headline
    yield from _block("execution", [f"~ {_change(one)}" for one in changes.execution])
    yield from _block("parameters", [f"{_sign(one)} {_change(one)}" for one in changes.parameters])
    yield from _block("node instances", list(_instances(changes)))
    yield from _block("operations", list(_operations(changes)))
    waits = [f"- {one.later} no longer waits for {one.earlier}" for one in changes.removed_waits]
    waits += [f"+ {one.later} waits for {one.earlier}" for one in changes.added_waits]
    yield from _block("waits", waits)


def _block(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _instances(changes: PlanChanges) -> Iterator[str]:
    yield from (f"- {name}" for name in changes.removed_instances)
    yield from (f"+ {name}" for name in changes.added_instances)
    for name, found in changes.changed_instances:
        yield from (f"~ {name}: {_change(one)}" for one in found)


def _operations(changes: PlanChanges) -> Iterator[str]:
    yield from (f"- {_added(one)}" for one in changes.removed_operations)
    yield from (f"+ {_added(one)}" for one in changes.added_operations)
    folded: dict[str, list[str]] = {}  # one change of many operations is told once
    for run, found in changes.changed_operations:
        for one in found:
            folded.setdefault(_change(one), []).append(str(run))
    for text, names in folded.items():
        shown = ", ".join(names[:_MAX_NAMES])
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        yield f"~ {shown}{more}: {text}"


def _added(one: AddedOperation) -> str:
    after = ", ".join(str(run) for run in one.after[:_MAX_NAMES])
    if len(one.after) > _MAX_NAMES:
        after += f" and {len(one.after) - _MAX_NAMES} more"
    return f"{one.operation}  {one.mapping}{f', after {after}' if after else ''}"


def _sign(change: PlanChange) -> str:
    return "~" if change.has_old and change.has_new else "+" if change.has_new else "-"


def _change(change: PlanChange) -> str:
    if not change.has_old:
        return f"{change.what} {_value(change.new)} is new"
    if not change.has_new:
        return f"{change.what} {_value(change.old)} is gone"
    return f"{change.what} {_value(change.old)} -> {_value(change.new)}"


def _value(value: Any) -> str:
    if isinstance(value, InstanceRelationship):
        return f"{value.type.rpartition('.')[2]} {value.target}"
    if isinstance(value, str) and value.isprintable() and " " not in value and value:
        return value
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 1]}…"


# -- JSON


def changes_data(changes: PlanChanges) -> dict[str, Any]:
    """The changes as plain data: `schemas/plan-changes.schema.json`."""
    return {
        "old": changes.old,
        "new": changes.new,
        "workflow": changes.workflow,
        "changes": changes.total,
        "execution": [_change_data(one) for one in changes.execution],
        "parameters": [_change_data(one) for one in changes.parameters],
        "instances": {
            "added": list(changes.added_instances),
            "removed": list(changes.removed_instances),
            "changed": [
                {"instance": name, "changes": [_change_data(one) for one in found]}
                for name, found in changes.changed_instances
            ],
        },
        "operations": {
            "added": [_added_data(one) for one in changes.added_operations],
            "removed": [_added_data(one) for one in changes.removed_operations],
            "changed": [
                {**_run_data(run), "changes": [_change_data(one) for one in found]}
                for run, found in changes.changed_operations
            ],
        },
        "waits": {
            "added": [{"later": str(one.later), "earlier": str(one.earlier)} for one in changes.added_waits],
            "removed": [
                {"later": str(one.later), "earlier": str(one.earlier)} for one in changes.removed_waits
            ],
        },
    }


def _change_data(change: PlanChange) -> dict[str, Any]:
    found: dict[str, Any] = {"what": change.what}
    if change.has_old:
        found["old"] = change.old
    if change.has_new:
        found["new"] = change.new
    return found


def _run_data(run: OperationRun) -> dict[str, Any]:
    facts = {key: value for key, value in run.key._asdict().items() if value is not None}
    return {"name": str(run), **facts, **({"number": run.number} if run.number > 1 else {})}


def _added_data(one: AddedOperation) -> dict[str, Any]:
    after = [str(run) for run in one.after]
    return {**_run_data(one.operation), "mapping": one.mapping, "after": after}
