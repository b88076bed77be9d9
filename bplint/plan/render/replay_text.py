"""A real execution beside its plan, as text and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.plan.plan import FAILED, SUCCEEDED
from bplint.plan.render.outline import name_of
from bplint.plan.render.same import group_name, node_of
from bplint.plan.render.step_lines import plural
from bplint.plan.render.styled import Line, PlanView, write_lines
from bplint.plan.replay import RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bplint.plan.plan import Task
    from bplint.plan.replay import RealTask, Replay
    from bplint.plan.sweep import Outcome

_MAX_TIMES: Final = 10
_MAX_NAMED: Final = 20


def replay_text(replay: Replay, left: Outcome | None, view: PlanView | None = None) -> str:
    """The comparison; `left`: what a sweep says of the failure, or None. Ends with a line break."""
    view = view or PlanView()
    return write_lines(_lines(replay, left, view), view)


def _lines(replay: Replay, left: Outcome | None, view: PlanView) -> Iterator[Line]:
    execution = replay.plan.execution
    took = duration(replay.end_s - replay.start_s)
    line = Line(0, f"replay of '{execution.workflow}' on {replay.plan.blueprint}: ", "head")
    yield line.add(f"{replay.status} after {took}", "good" if replay.status == "terminated" else "bad")
    counts = {name: sum(one.outcome == name for one in replay.ran) for name in (SUCCEEDED, FAILED, RUNNING)}
    yield Line(
        2,
        f"{counts[SUCCEEDED]} of {plural(replay.plan.counts.operations, 'operation')} done, "
        f"{counts[FAILED]} failed, {counts[RUNNING]} not ended, {len(replay.never_ran)} never ran, "
        f"{len(replay.unplanned)} not planned",
    )
    if replay.status == "failed" and replay.message:
        yield Line(2, replay.message, "bad")
    yield from _section("failed", [_trouble(one) for one in replay.failed], "bad")
    running = [f"{one.name} ({one.instance})" for one in replay.ran if one.outcome == RUNNING]
    yield from _section("started and not ended", running, "doubtful")
    yield from _section("never ran", list(_grouped(replay.never_ran)), "")
    yield from _section(
        "ran, though not planned", [f"{one.name} ({one.instance})" for one in replay.unplanned], "doubtful"
    )
    yield from _left(left)
    yield from _times(replay.ran, view)
    yield Line(0)
    yield Line(0, "node instances", "head")
    for real, planned in replay.instances.items():
        yield Line(2, f"{planned} is {real}")


def _section(title: str, lines: Sequence[str], style: str) -> Iterator[Line]:
    if lines:
        yield Line(0)
        yield Line(0, title, "head")
        yield from (Line(2, line, style) for line in lines[:_MAX_NAMED])
        if len(lines) > _MAX_NAMED:
            yield Line(2, f"and {len(lines) - _MAX_NAMED} more", "quiet")


def _trouble(one: RealTask) -> str:
    tried = f" after {plural(one.attempts, 'attempt')}" if one.attempts > 1 else ""
    took = f", {duration(one.duration_s)}" if one.duration_s is not None else ""
    return f"{one.name} ({one.instance}){tried}{took}{f': {one.error}' if one.error else ''}"


def _grouped(tasks: Sequence[Task]) -> Iterator[str]:
    found: dict[tuple[str | None, ...], list[Task]] = {}
    for task in tasks:
        nodes = [node_of(name) for name in (task.instance, task.source, task.target)]
        found.setdefault((task.operation, task.side, *nodes), []).append(task)
    for same in found.values():
        yield group_name(same)


def _left(left: Outcome | None) -> Iterator[Line]:
    if left is None:
        return
    from bplint.plan.render.sweep_text import kept_text, left_text

    lines = [f"orphaned: {left_text(one)}" for one in left.orphaned]
    lines += [text] if (text := kept_text(left)) else []
    lines += [f"{name} is neither finished nor rolled back" for name in left.modifications]
    yield from _section("what such a failure leaves, as --sweep says", lines or ["nothing"], "")


def _times(ran: Sequence[RealTask], view: PlanView) -> Iterator[Line]:
    timed = [one for one in ran if one.duration_s is not None]
    if not timed:
        return
    timed.sort(key=lambda one: -(one.duration_s or 0))
    shown = timed if view.is_all else timed[:_MAX_TIMES]
    yield Line(0)
    yield Line(0, "time per operation, longest first", "head")
    width = max(len(one.name) for one in shown)
    for one in shown:
        yield Line(2, f"{one.name:<{width}}  {duration(one.duration_s or 0):>12}")
    if len(timed) > len(shown):
        rest = sum(one.duration_s or 0 for one in timed[len(shown) :])
        yield Line(
            2, f"and {len(timed) - len(shown)} more, together {duration(rest)}: --all shows them", "quiet"
        )


def duration(seconds: float) -> str:
    """'1 h 02 min', '3 min 20 s', '4.2 s'."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def replay_data(replay: Replay, left: Outcome | None) -> dict[str, Any]:
    """The comparison as plain data."""
    from bplint.plan.render.sweep_text import left_data

    return {
        "workflow": replay.plan.execution.workflow,
        "blueprint": replay.plan.blueprint,
        "status": replay.status,
        "message": replay.message,
        "duration_s": round(replay.end_s - replay.start_s, 3),
        "ran": [_task_data(one, replay.start_s) for one in replay.ran],
        "never_ran": [name_of(task) for task in replay.never_ran],
        "instances": replay.instances,
        "left": left_data(left.left) if left is not None else None,
    }


def _task_data(one: RealTask, start_s: float) -> dict[str, Any]:
    return {
        "name": one.name,
        "instance": one.instance,
        "is_planned": one.task is not None,
        "outcome": one.outcome,
        "attempts": one.attempts,
        "start_s": None if one.start_s is None else round(one.start_s - start_s, 3),
        "end_s": None if one.end_s is None else round(one.end_s - start_s, 3),
        "error": one.error,
    }
