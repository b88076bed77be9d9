"""A plan as an indented list: steps, what runs in them, what waits for what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.natural_order import natural
from bplint.plan.render.same import node_of, range_name
from bplint.plan.render.step_lines import PreparedStep, step_lines
from bplint.plan.render.styled import Line, PlanView, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.plan import NodeInstance, Plan
    from bplint.plan.sweep import Sweep

_MAX_VALUE: Final = 100
_MAX_LINES: Final = 60  # of a plan of more node instances than
_FEW_INSTANCES: Final = 20
_DEEPEST: Final = 4


def render(plan: Plan, sweep: Sweep | None = None, view: PlanView | None = None) -> str:
    """The plan as text, ending with a line break; what could go wrong stands at its end."""
    view = view or PlanView()
    text = write_lines(_fitting(plan, view), view)
    if sweep is None:
        return text
    from bplint.plan.render.sweep_text import sweep_text

    return f"{text}\n{sweep_text(sweep, view)}"


def _fitting(plan: Plan, view: PlanView) -> list[Line]:
    """The lines, as deep as asked for, or as few as a reader can take in."""
    steps = [PreparedStep(step, view) for step in plan.steps]
    if view.is_all or view.depth is not None:
        return list(_lines(plan, steps, view, _DEEPEST if view.depth is None else view.depth))
    depth = _DEEPEST
    lines = list(_lines(plan, steps, view, depth))
    if len(plan.instances) <= _FEW_INSTANCES:
        return lines
    while len(lines) > _MAX_LINES and depth > 1:
        depth -= 1
        lines = list(_lines(plan, steps, view, depth))
    if len(lines) > _MAX_LINES:
        hidden = len(lines) - (_MAX_LINES - 2)
        lines[_MAX_LINES - 2 :] = [
            Line(0),
            Line(0, f"... and {hidden} more lines: --all shows everything, --only NODE a part", "quiet"),
        ]
    elif depth < _DEEPEST:
        lines += [Line(0), Line(0, f"shown is what fits: --depth {depth + 1} shows more, --all all", "quiet")]
        lines = lines if len(lines) <= _MAX_LINES else lines[:-2]
    return lines


def _lines(plan: Plan, steps: list[PreparedStep], view: PlanView, depth: int) -> Iterator[Line]:
    yield from head_lines(plan, is_short=depth < _DEEPEST)
    for number, step in enumerate(steps, 1):
        yield Line(0)
        yield from step_lines(number, step, view, depth)
    if view.schedule is not None:
        from bplint.plan.render.timeline import timeline_lines  # with --durations only

        yield from timeline_lines(view.schedule)
    yield from _states(plan, view)
    yield from note_lines(plan)
    if plan.output:
        yield Line(0)
        yield Line(0, "printed by the workflow", "head")
        yield from (Line(2, line) for line in plan.output.splitlines())


# -- the execution


def head_lines(plan: Plan, *, is_short: bool, what: str = "plan") -> Iterator[Line]:
    """What is executed, with what, and how it ends."""
    execution = plan.execution
    line = Line(0, f"{what} of '{execution.workflow}' on {plan.blueprint}: ", "head")
    yield line.add(_status(plan), "good" if execution.status == "terminated" else "bad")
    if execution.after:
        yield Line(2, f"after {', '.join(execution.after)}")
    yield Line(2, execution.command, "quiet")
    given = [one for one in execution.parameters if one.origin != "default" or not is_short]
    for parameter in given:
        yield Line(2, f"{parameter.name} = {_value(parameter.value)} ({parameter.origin})")
    rest = len(execution.parameters) - len(given)
    if rest:
        yield Line(2, f"{rest} {'other ' if given else ''}parameters as declared", "quiet")
    if execution.error is not None:
        yield Line(2, f"{execution.error.type}: {execution.error.message}", "bad")


def _status(plan: Plan) -> str:
    execution = plan.execution
    if execution.error is not None and execution.error.type in ("EndlessWait", "SleepsForEver"):
        return "it hangs and would never end"
    words = execution.status
    if execution.status == "terminated" and execution.was_cancelled:
        words += ", although it was cancelled"
    if not execution.is_complete:
        words += "; the plan ends before the execution would"
    return words


def _value(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 3]}..."


# -- the rest


def _states(plan: Plan, view: PlanView) -> Iterator[Line]:
    changed = [one for one in plan.instances if one.state != one.final_state and is_wanted(one.id, view.only)]
    if not changed:
        return
    yield Line(0)
    yield Line(0, "node instances", "head")
    rows = [
        (range_name([one.id for one in found]), found[0]) for found in _alike(changed, is_all=view.is_all)
    ]
    width = min(max(len(name) for name, _ in rows), 40)
    for name, one in rows:
        yield Line(2, f"{name:<{width}}  ").add(
            f"{one.state or 'new'} -> {one.final_state or 'removed'}", "state"
        )


def _alike(instances: list[NodeInstance], *, is_all: bool) -> list[list[NodeInstance]]:
    found: dict[Any, list[NodeInstance]] = {}
    for one in sorted(instances, key=lambda one: natural(one.id)):
        key = one.id if is_all else (node_of(one.id), one.state, one.final_state)
        found.setdefault(key, []).append(one)
    return list(found.values())


def is_wanted(instance: str | None, only: tuple[str, ...]) -> bool:
    """Whether a node instance is one of those that are looked at, or of a node that is."""
    return not only or instance in only or node_of(instance) in only


def note_lines(plan: Plan) -> Iterator[Line]:
    """What a reader should know."""
    if plan.notes:
        yield Line(0)
        yield Line(0, "notes", "head")
    for note in plan.notes:
        line = Line(2, note.message)
        yield line.add(f" ({note.place.path}:{note.place.line})", "quiet", note.place) if note.place else line
