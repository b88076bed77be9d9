"""A plan with assumed durations, as lines of the tree and as a part of the page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from bplint.plan.render.outline import name_of
from bplint.plan.render.replay_text import duration
from bplint.plan.render.same import group_name, node_of
from bplint.plan.render.styled import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.durations import PlanSchedule, Scheduled

_MAX_ROWS: Final = 200


def timeline_lines(schedule: PlanSchedule) -> Iterator[Line]:
    """The expected length and the critical path."""
    guessed = sum(not one.is_known for one in schedule.operations)
    yield Line(0)
    yield Line(0, f"expected length {duration(schedule.length_s)}", "head")
    if guessed:
        text = f"{guessed} operations have no duration in the file: the median of all stands for them"
        yield Line(2, text, "quiet")
    yield Line(2, "critical path")
    width = max((len(name_of(one.task)) for one in schedule.critical), default=0)
    for one in schedule.critical:
        took = duration(one.end_s - one.start_s)
        yield Line(4, f"{name_of(one.task):<{width}}  {took:>12}  until {duration(one.end_s)}")


def timeline_section(schedule: PlanSchedule) -> Iterator[str]:
    """Bars on a time axis: a row for the operations of a node that run at the same time."""
    total = schedule.length_s or 1.0
    critical = {one.task.number for one in schedule.critical}
    yield f"<section class=timeline><h2>Expected length {escape(duration(schedule.length_s))}</h2>"
    yield "<p>If operations take as long as they did before; the critical path is dark.</p>"
    yield "<div class=axis aria-hidden=true>"
    for part in range(5):
        yield f"<span style='left:{part * 25}%'>{escape(duration(total * part / 4))}</span>"
    yield "</div><ol class=bars>"
    rows = list(_rows(schedule))
    for same in rows[:_MAX_ROWS]:
        first = same[0]
        left, width = first.start_s / total * 100, max((first.end_s - first.start_s) / total * 100, 0.3)
        is_critical = any(one.task.number in critical for one in same)
        name = group_name([one.task for one in same])
        times = f" \u00d7{len(same)}" if len(same) > 1 else ""
        label = f"{name}{times}, {duration(first.start_s)} to {duration(first.end_s)}"
        mark = " class=critical" if is_critical else ""
        bar = f"<span class=bar style='left:{left:.3f}%;width:{width:.3f}%' title='{escape(label)}'></span>"
        yield f"<li{mark}><span class=name>{escape(name + times)}</span><span class=track>{bar}</span></li>"
    yield "</ol>"
    if len(rows) > _MAX_ROWS:
        yield f"<p>and {len(rows) - _MAX_ROWS} more</p>"
    yield "</section>"


def _rows(schedule: PlanSchedule) -> list[list[Scheduled]]:
    found: dict[tuple[object, ...], list[Scheduled]] = {}
    for one in schedule.operations:
        task = one.task
        nodes = [node_of(name) for name in (task.instance, task.source, task.target)]
        key = (task.operation, task.side, *nodes, round(one.start_s, 3), round(one.end_s, 3))
        found.setdefault(key, []).append(one)
    return list(found.values())
