"""A plan as one page that needs nothing else: the graph is drawn by Graphviz, compiled for the browser and
part of the page; the list of operations below it is there without a script as well."""

from __future__ import annotations

import json
import os
from html import escape
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.measure import longest_chain
from bplint.plan.operation import key_of, short_operation
from bplint.plan.render.outline import name_of
from bplint.plan.render.picture import fold, foldable, make_picture
from bplint.plan.render.plan_json import task_data
from bplint.plan.render.sweep_text import kept_text, left_text, plural, summary, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.plan.durations import PlanSchedule
    from bplint.plan.operation import OperationKey
    from bplint.plan.plan import Plan, Task
    from bplint.plan.render.picture import Picture
    from bplint.plan.sweep import Scenario, Sweep

_ASSETS: Final = os.path.join(os.path.dirname(__file__), "assets")
_MAX_BOXES: Final = 150  # drawn when the page opens; what is larger opens folded
_MOST_SUBGRAPHS: Final = 16  # of more the page can fold those of a node
_MAX_LISTED: Final = 5000
_MAX_VALUE: Final = 2000
_LEGEND: Final = {
    "longest": "longest chain",
    "failed": "failed",
    "ignored": "failed, ignored",
    "running": "was running",
    "pending": "never ran",
}


def render(plan: Plan, sweep: Sweep | None = None, schedule: PlanSchedule | None = None) -> str:
    """The page; with a sweep also the table of its outcomes, with a schedule a time line."""
    picture = make_picture(plan, _MOST_SUBGRAPHS)
    title = f"{plan.execution.workflow} of {plan.blueprint}"
    parts = {
        "title": escape(title),
        "style": _asset("page.css"),
        "facts": escape(_facts(plan)),
        "shape": "shared" if sweep is not None else "alone",
        "sections": "\n".join(_sections(plan, picture, sweep, schedule)),
        "legend": _legend(plan),
        "data": _script_data(_data(plan, picture, sweep)),
        "library": _asset("viz-global.js"),
        "script": _asset("page.js"),
    }
    pieces = _asset("page.html").split("@")
    # the template's own text has no @ but around its places
    return "".join(parts[piece] if index % 2 else piece for index, piece in enumerate(pieces))


def _asset(name: str) -> str:
    with open(os.path.join(_ASSETS, name), encoding="utf-8") as source:
        return source.read()


def _script_data(value: Any) -> str:
    """JSON that no parser of HTML ends early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _facts(plan: Plan) -> str:
    counts = plan.counts
    facts = [
        plan.execution.status,
        f"{plural(counts.operations, 'operation')} in {plural(counts.longest, 'wave')}",
        f"{plural(len(plan.instances), 'node instance')}",
        *([f"after {', '.join(plan.execution.after)}"] if plan.execution.after else []),
    ]
    if plan.execution.error is not None:
        facts.append(f"{plan.execution.error.type}: {plan.execution.error.message}")
    return " · ".join(facts)


# -- for the script


def _data(plan: Plan, picture: Picture, sweep: Sweep | None) -> dict[str, Any]:
    shown = {box.number for box in picture.boxes}
    tasks = {task.number: task for task in plan.tasks if task.number in shown}
    states: dict[str | None, list[str]] = {}
    for task in plan.tasks:
        if task.state is not None:
            states.setdefault(task.parent, []).append(task.state)
    return {
        "groups": [group._asdict() for group in picture.groups],
        "boxes": [box._asdict() for box in picture.boxes],
        "arrows": picture.arrows,
        "tasks": {number: _details(task, states) for number, task in tasks.items()},
        "folded": sorted(_first_fold(picture)),
        "levels": [sorted(level) for level in foldable(picture)],
        "longest": [f"n{task.number}" for step in plan.steps for task in longest_chain(step)],
        "names": {f"n{task.number}": name_of(task) for task in tasks.values()},
        "sweep": [_scenario(one, _boxes_by_key(tasks)) for one in sweep.scenarios] if sweep else [],
    }


def _details(task: Task, states: dict[str | None, list[str]]) -> dict[str, Any]:
    found = task_data(task)
    for name in ("key", "deps", "in", "parent", "number"):
        found.pop(name, None)
    if task.kind == "subgraph":
        found["states"] = " → ".join(states.get(task.key, ()))
    return found


def _first_fold(picture: Picture) -> set[str]:
    """What is folded when the page opens: the innermost groups first, until few enough boxes are left."""
    if len(picture.boxes) <= _MAX_BOXES:
        return set()
    levels = foldable(picture)
    for folded in levels:
        if len(fold(picture, folded).boxes) <= _MAX_BOXES:
            return folded
    return levels[-1] if levels else set()


def _boxes_by_key(tasks: dict[int, Task]) -> dict[OperationKey, list[str]]:
    found: dict[OperationKey, list[str]] = {}
    for task in tasks.values():
        if task.kind == "operation":
            found.setdefault(key_of(task), []).append(f"n{task.number}")
    return found


def _scenario(one: Scenario, boxes: dict[OperationKey, list[str]]) -> dict[str, Any]:
    return {
        "causes": [box for cause in one.causes for box in boxes.get(cause.operation, ())],
        "never": [box for key in one.outcome.never_ran for box in boxes.get(key, ())],
    }


# -- for everybody


def _legend(plan: Plan) -> str:
    """What the colours mean, of those that there are."""
    outcomes = {task.outcome for task in plan.tasks if task.kind == "operation"}
    words = {name: text for name, text in _LEGEND.items() if name in outcomes or name == "longest"}
    return "".join(f"<li class={name}>{escape(text)}</li>" for name, text in words.items())


def _sections(
    plan: Plan, picture: Picture, sweep: Sweep | None, schedule: PlanSchedule | None
) -> Iterator[str]:
    if schedule is not None:
        from bplint.plan.render.timeline import timeline_section  # with --durations only

        yield from timeline_section(schedule)
    if sweep is not None:
        yield from _sweep(sweep)
    yield from _operations(plan, picture)
    yield from _instances(plan)
    yield from _remarks(plan)


def _sweep(sweep: Sweep) -> Iterator[str]:
    yield f"<section class=sweep><h2>What could go wrong</h2><p>{escape(summary(sweep))}</p>"
    if sweep.scenarios:
        yield "<table><thead><tr>"
        for name in ("#", "When", "Ends", "Left behind", "Never run", "Skipped code"):
            yield f"<th scope=col>{name}</th>"
        yield "</tr></thead><tbody>"
        for number, one in enumerate(sweep.scenarios):
            yield _sweep_row(number, one)
        yield "</tbody></table>"
    yield "</section>"


def _sweep_row(number: int, one: Scenario) -> str:
    outcome = one.outcome
    left = [f"<li class=orphaned>orphaned: {escape(left_text(each))}</li>" for each in outcome.orphaned]
    kept = kept_text(outcome)
    if kept:
        left.append(f"<li>{escape(kept)}</li>")
    left += [f"<li>{escape(name)} is neither finished nor rolled back</li>" for name in outcome.modifications]
    code = [f"<li>{escape(each.path)}:{each.first}-{each.last}</li>" for each in outcome.skipped_code]
    error = f"<br>{escape(outcome.error)}" if outcome.error else ""
    cells = (
        f"<td class=number>{number + 1}</td>",
        f"<td>{escape(when(one.causes, 4))}</td>",
        f"<td>{escape(outcome.status)}{error}</td>",
        f"<td><ul>{''.join(left)}</ul></td>" if left else "<td></td>",
        f"<td class=number>{len(outcome.never_ran) or ''}</td>",
        f"<td><ul>{''.join(code)}</ul></td>" if code else "<td></td>",
    )
    mark = " class=orphaning" if outcome.orphaned else ""
    return f"<tr data-scenario={number} tabindex=0 aria-selected=false{mark}>{''.join(cells)}</tr>"


def _operations(plan: Plan, picture: Picture) -> Iterator[str]:
    operations = [task for task in plan.tasks if task.kind == "operation"]
    names = {box.id: box for box in picture.boxes}
    waits: dict[str, list[str]] = {}
    for one, other in picture.arrows:
        waits.setdefault(other, []).append(one)
    yield f"<section><details><summary>All {len(operations)} operations as a list</summary><table><thead><tr>"
    for name in ("#", "Instance", "Operation", "Implementation", "Runs on", "Waits for", "Inputs"):
        yield f"<th scope=col>{name}</th>"
    yield "</tr></thead><tbody>"
    number_of = {f"n{task.number}": number for number, task in enumerate(operations, 1)}
    for number, task in enumerate(operations[:_MAX_LISTED], 1):
        before = [
            str(number_of[one]) if one in number_of else names[one].lines[0]
            for one in waits.get(f"n{task.number}", ())
        ]
        relation = f" ({task.side} of {task.source} → {task.target})" if task.side else ""
        outcome = "" if task.outcome == "succeeded" else f" — {task.outcome}"
        inputs = json.dumps(task.inputs, ensure_ascii=False, default=str) if task.inputs else ""
        cells = (
            task.instance,
            f"{short_operation(task.operation or '')}{relation}{outcome}",
            task.mapping,
            task.executor,
            ", ".join(before[:20]) + (" …" if len(before) > 20 else ""),
            inputs if len(inputs) <= _MAX_VALUE else inputs[: _MAX_VALUE - 1] + "…",
        )
        row = "".join(f"<td>{escape(str(cell or ''))}</td>" for cell in cells[:-1])
        row += f"<td class=long>{escape(cells[-1])}</td>"
        yield f"<tr><td class=number>{number}</td>{row}</tr>"
    yield "</tbody></table>"
    if len(operations) > _MAX_LISTED:
        yield f"<p>and {len(operations) - _MAX_LISTED} more: bplint plan --format json has them all</p>"
    yield "</details></section>"


def _instances(plan: Plan) -> Iterator[str]:
    yield f"<section><details><summary>{len(plan.instances)} node instances</summary><table><thead><tr>"
    for name in ("Instance", "Before", "After", "Host", "Relationships"):
        yield f"<th scope=col>{name}</th>"
    yield "</tr></thead><tbody>"
    for one in plan.instances[:_MAX_LISTED]:
        few = one.relationships[:50]
        related = ", ".join(f"{each.type.rpartition('.')[2]} {each.target}" for each in few)
        cells = (one.id, one.state or "not there", one.final_state or "removed", one.host or "", related)
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table></details></section>"


def _remarks(plan: Plan) -> Iterator[str]:
    execution = plan.execution
    items = [
        f"<dt>{escape(one.name)}</dt><dd>{escape(json.dumps(one.value, ensure_ascii=False, default=str))} "
        f"({escape(one.origin)})</dd>"
        for one in execution.parameters
    ]
    yield f"<section><details><summary>The execution</summary><pre>{escape(execution.command)}</pre>"
    if items:
        yield f"<dl>{''.join(items)}</dl>"
    for note in plan.notes:
        place = f" ({note.place.path}:{note.place.line})" if note.place else ""
        yield f"<p>{escape(note.message + place)}</p>"
    yield "</details></section>"
