"""A plan in a few lines: what runs in which phase on which nodes, how much it is, and its longest chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.plan.measure import longest_chain
from bplint.plan.operation import short_operation
from bplint.plan.render.outline import name_of
from bplint.plan.render.same import node_of, range_name
from bplint.plan.render.step_lines import chain_text, plural
from bplint.plan.render.styled import Line, PlanView, write_lines
from bplint.plan.render.tree_text import head_lines, note_lines
from bplint.plan.waits import direct_waits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.plan import Plan, Step, Task

_WORDS: Final = {
    "failed": "failed",
    "ignored": "failed, ignored",
    "running": "would be running",
    "pending": "never run",
}


def render(plan: Plan, view: PlanView | None = None) -> str:
    """The summary as text, ending with a line break."""
    view = view or PlanView()
    return write_lines(_lines(plan, view), view)


def _lines(plan: Plan, view: PlanView) -> Iterator[Line]:
    yield from head_lines(plan, is_short=True, what="summary")
    nodes = {one.node for one in plan.instances}
    instances = f"{plural(len(plan.instances), 'node instance')} of {plural(len(nodes), 'node')}"
    counts = plan.counts
    waves = f" in {plural(counts.longest, 'wave')}" if counts.operations else ""
    operations = f"{plural(counts.operations, 'operation')}{waves}"
    yield Line(2, f"{instances}; {operations}, {plural(counts.tasks, 'task')}")
    for number, step in enumerate(plan.steps, 1):
        if step.type not in ("graph", "linear"):
            ids = ", ".join(range_name(list(found)) for found in (step.added, step.removed) if found)
            yield Line(0)
            yield Line(0, f"step {number}: {step.type.replace('_', ' ')} {ids}".rstrip(), "head")
        elif step.tasks:
            yield Line(0)
            yield from _phases(number, step)
            chain = longest_chain(step)
            if chain:
                yield Line(2, f"longest chain, {plural(len(chain), 'operation')}: ").add(
                    chain_text(chain, view), "name"
                )
    if view.schedule is not None:
        from bplint.plan.render.timeline import timeline_lines  # with --durations only

        yield from timeline_lines(view.schedule)
    outcomes = _outcomes(plan)
    if outcomes:
        yield Line(0)
        yield Line(0, outcomes, "bad")
    yield from note_lines(plan)


def _phases(number: int, step: Step) -> Iterator[Line]:
    """A line a node and phase: phases are those of nodes, one waiting for something of another."""
    operations = [task for task in step.tasks if task.kind == "operation"]
    if not operations:
        yield Line(0, f"step {number}: no operation, {plural(len(step.tasks), 'task')}", "head")
        return
    phases = _phase_of(step, operations)
    rows: dict[tuple[int, str], list[Task]] = {}
    for task in operations:
        rows.setdefault((phases[task.key], node_of(task.instance)), []).append(task)
    last = max(phase for phase, _ in rows)
    yield Line(0, f"step {number}: {plural(last + 1, 'phase')}", "head")
    width = max(len(_names(tasks)) for tasks in rows.values())
    before = -1
    for (phase, _), tasks in sorted(rows.items(), key=lambda row: row[0]):
        label = f"{phase + 1:>3}" if phase != before else "   "
        before = phase
        yield Line(2, f"{label}  {_names(tasks):<{min(width, 30)}}  {_operations(tasks)}")


def _names(tasks: list[Task]) -> str:
    instances = list(dict.fromkeys(task.instance or "" for task in tasks))
    times = f" \u00d7{len(instances)}" if len(instances) > 1 else ""
    return f"{node_of(instances[0]) if times else instances[0]}{times}"


def _operations(tasks: list[Task]) -> str:
    counts: dict[str, int] = {}
    instances = len({task.instance for task in tasks})
    for task in tasks:
        name = short_operation(task.operation or "")
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(
        name if count == instances else f"{name} \u00d7{count}" for name, count in counts.items()
    )


def _phase_of(step: Step, operations: list[Task]) -> dict[str, int]:
    """Key of each operation → its phase: one more than the last of what it waits for on other instances, and
    that of what it waits for on its own."""
    direct = direct_waits(step, {task.key: index for index, task in enumerate(operations)})
    by_key = {task.key: task for task in operations}
    phases: dict[str, int] = {}
    for key in direct:  # in an order in which each comes after what it waits for
        task = by_key[key]
        found = 0
        for one in direct[key]:
            other = operations[one]
            found = max(found, phases.get(other.key, 0) + (0 if other.instance == task.instance else 1))
        phases[key] = found
    for task in operations:
        phases.setdefault(task.key, 0)
    return phases


def _outcomes(plan: Plan) -> str:
    counts: dict[str, list[str]] = {}
    for task in plan.tasks:
        if task.kind == "operation" and task.outcome != "succeeded":
            counts.setdefault(task.outcome, []).append(name_of(task))
    return "; ".join(
        f"{_WORDS[outcome]}: {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
        for outcome, names in counts.items()
    )
