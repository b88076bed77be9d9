"""A plan as an indented list: steps, what runs in them, what waits for what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.measure import count, longest_chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.plan import Plan, Step, Task
    from bplint.plan.sweep import Sweep

_INTERFACES: Final = "cloudify.interfaces."
_MAX_VALUE: Final = 100
_OUTCOMES: Final = {
    "failed": "fails",
    "ignored": "fails, ignored",
    "running": "would be running",
    "pending": "never runs",
}


def render(plan: Plan, sweep: Sweep | None = None) -> str:
    """The plan as text, ending with a line break; what could go wrong stands at its end."""
    text = "\n".join(_lines(plan)) + "\n"
    if sweep is None:
        return text
    from bplint.plan.render.sweep_text import sweep_text

    return f"{text}\n{sweep_text(sweep)}"


def _lines(plan: Plan) -> Iterator[str]:
    execution = plan.execution
    yield f"plan of '{execution.workflow}' on {plan.blueprint}: {_status(plan)}"
    if execution.after:
        yield f"  after {', '.join(execution.after)}"
    yield f"  {execution.command}"
    for parameter in execution.parameters:
        yield f"  {parameter.name} = {_value(parameter.value)} ({parameter.origin})"
    if execution.error is not None:
        yield f"  {execution.error.type}: {execution.error.message}"
    for number, step in enumerate(plan.steps, 1):
        yield ""
        yield from _step(number, step)
    yield from _states(plan)
    yield from _notes(plan)
    if plan.output:
        yield ""
        yield "printed by the workflow"
        yield from (f"  {line}" for line in plan.output.splitlines())


def _status(plan: Plan) -> str:
    execution = plan.execution
    words = execution.status
    if execution.status == "terminated" and execution.was_cancelled:
        words += ", although it was cancelled"
    if not execution.is_complete:
        words += "; the plan ends before the execution would"
    return words


# -- steps


def _step(number: int, step: Step) -> Iterator[str]:
    if step.type not in ("graph", "linear"):
        yield f"step {number}: {step.type.replace('_', ' ')} {step.id}"
        for name in ("added", "removed"):
            ids = getattr(step, name)
            if ids:
                yield f"  {name}: {', '.join(ids)}"
        return
    counts = count((step,))
    what = "graph" if step.type == "graph" else "one task after the other"
    if not counts.tasks:
        yield f"step {number}: {what}, nothing to do"
        return
    yield (
        f"step {number}: {what}, {_number(counts.tasks, 'task')} in {_number(counts.waves, 'wave')}, "
        f"{_number(counts.operations, 'operation')}"
    )
    yield from _Tree(step).lines()
    chain = longest_chain(step)
    if len(chain) > 1:
        names = " -> ".join(f"{_short(task.operation)}@{task.instance}" for task in chain)
        yield f"  longest chain, {len(chain)} operations: {names}"


class _Tree:
    """The tasks of a step below their subgraphs, in the order of their waves."""

    def __init__(self, step: Step) -> None:
        self.by_key = {task.key: task for task in step.tasks}
        self.below: dict[str | None, list[Task]] = {}
        for task in step.tasks:
            self.below.setdefault(task.parent, []).append(task)
        for tasks in self.below.values():
            tasks.sort(key=lambda task: (task.wave is None, task.wave or 0, task.number))
        self.top_waves: dict[int | None, int] = {}
        for task in self.below.get(None, ()):
            if task.kind != "subgraph":
                self.top_waves[task.wave] = self.top_waves.get(task.wave, 0) + 1

    def lines(self) -> Iterator[str]:
        for task in self.below.get(None, ()):
            if task.kind == "subgraph" and not self.below.get(task.key):
                continue  # only stands for an instance that others wait for
            yield from self._task(task, "  ", is_parallel=self._has_company(task))

    def _has_company(self, task: Task) -> bool:
        """Whether another task of its kind runs beside it on the top level."""
        beside = self.top_waves.get(task.wave, 0)
        return task.kind != "subgraph" and task.wave is not None and beside > 1

    def _task(self, task: Task, indent: str, *, is_parallel: bool) -> Iterator[str]:
        mark = "|| " if is_parallel else ""
        is_first = task.added and not (task.parent in self.by_key and self.by_key[task.parent].added)
        yield f"{indent}{mark}{_headline(task)}{_trouble(task, is_first)}"
        if task.kind == "subgraph":
            yield from self._subgraph(task, indent + "  ")
            return
        if task.parent is None:
            yield from self._waits(task, indent + "  ")
        for name, value in (task.inputs or {}).items():
            yield f"{indent}    {name}: {_value(value)}"

    def _subgraph(self, task: Task, indent: str) -> Iterator[str]:
        yield from self._waits(task, indent)
        members = [one for one in self.below.get(task.key, ()) if one.kind not in ("node_event", "nop")]
        if not any(one.kind != "set_state" for one in members):
            yield f"{indent}{', '.join(f'-> {one.state}' for one in members) or 'events only'}"
            return
        waves: dict[int | None, int] = {}
        for one in members:
            waves[one.wave] = waves.get(one.wave, 0) + 1
        for one in members:
            yield from self._task(one, indent, is_parallel=one.wave is not None and waves[one.wave] > 1)

    def _waits(self, task: Task, indent: str) -> Iterator[str]:
        awaited = [self.by_key[key] for key in task.deps if key != task.parent and key in self.by_key]
        names = sorted(
            {self._name(one) for one in awaited if one.kind not in ("node_event", "set_state", "nop")}
        )
        if names and (task.parent is None or task.kind != "subgraph"):
            shown = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
            yield f"{indent}after {shown}"

    @staticmethod
    def _name(task: Task) -> str:
        return _short(task.name or task.key if task.kind == "subgraph" else task.key)


def _headline(task: Task) -> str:
    if task.kind == "operation":
        relation = f" ({task.side} of {task.source} -> {task.target})" if task.side else ""
        instance = "" if task.parent and not task.side else f"@{task.instance}"
        return f"{_short(task.operation)}{instance}{relation}  {task.mapping} on {task.executor}"
    if task.kind == "set_state":
        return f"-> {task.state}" if task.parent else f"{task.instance} -> {task.state}"
    if task.kind in ("node_event", "workflow_event"):
        return (
            f"event@{task.instance}: {task.event}"
            if task.instance and not task.parent
            else f"event: {task.event}"
        )
    if task.kind == "subgraph":
        return _short(task.name or task.key)
    if task.kind == "nop":
        return f"{task.operation or 'nothing'}{f'@{task.instance}' if task.instance else ''}  not mapped"
    return f"{task.kind.replace('_', ' ')} {task.name or task.instance or ''}".rstrip()


def _trouble(task: Task, is_added: bool) -> str:
    words = [_OUTCOMES[task.outcome]] if task.outcome in _OUTCOMES and task.kind != "subgraph" else []
    if task.attempts > 1:
        words.append(f"tried {task.attempts} times")
    if is_added:
        words.append("added while running")
    return f"  [{', '.join(words)}]" if words else ""


# -- the rest


def _states(plan: Plan) -> Iterator[str]:
    changed = [one for one in plan.instances if one.state != one.final_state]
    if not changed:
        return
    yield ""
    yield "node instances"
    width = max(len(one.id) for one in changed)
    for one in changed:
        yield f"  {one.id:<{width}}  {one.state or 'new'} -> {one.final_state or 'removed'}"


def _notes(plan: Plan) -> Iterator[str]:
    if plan.notes:
        yield ""
        yield "notes"
    for note in plan.notes:
        place = f" ({note.place.path}:{note.place.line})" if note.place else ""
        yield f"  {note.message}{place}"


def _short(operation: str | None) -> str:
    return (operation or "").removeprefix(_INTERFACES)


def _value(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 3]}..."


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
