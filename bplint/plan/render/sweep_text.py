"""What could go wrong with an execution, as text and as plain data."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from bplint.plan.natural_order import natural
from bplint.plan.operation import OperationKey
from bplint.plan.render.same import node_of, range_name
from bplint.plan.render.styled import Line, PlanView, write_lines
from bplint.plan.sweep import CANCELLATION, ENDLESS, FAILURE
from bplint.plan.sweep_groups import group_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bplint.plan.left import Left
    from bplint.plan.sweep import Cause, Outcome, Scenario, Sweep
    from bplint.plan.sweep_groups import SweepGroup

_HEAD: Final = ("#", "ends", "orphaned", "left", "open", "never run", "skipped", "when")
_ALWAYS: Final = ("#", "ends", "orphaned", "left")
_MAX_NAMES: Final = 6
_MAX_ROWS: Final = 15
_MAX_TOLD: Final = 3
_WIDTH: Final = 80


def sweep_text(sweep: Sweep, view: PlanView | None = None) -> str:
    """The table of outcomes, worst first, then the worst ones in detail, or all of them; ends with a line
    break."""
    return write_lines(_lines(sweep, view or PlanView()), view or PlanView())


def _lines(sweep: Sweep, view: PlanView) -> Iterator[Line]:
    yield Line(0, summary(sweep), "head")
    if not sweep.scenarios:
        return
    groups = group_scenarios(sweep)
    shown = groups if view.is_verbose else groups[:_MAX_ROWS]
    yield Line(0)
    yield from _table(shown)
    if len(groups) > len(shown):
        yield Line(
            2, f"... and {len(groups) - len(shown)} more that leave less: --verbose shows them", "quiet"
        )
    for number, group in enumerate(groups, 1):
        if not view.is_verbose and (number > _MAX_TOLD or not _is_told(group.outcome)):
            break
        for one in group.scenarios if view.is_verbose else group.scenarios[:1]:
            yield from _scenario(number, one, group)
    if not view.is_verbose:
        yield Line(0)
        yield Line(0, "--verbose tells each outcome in detail", "quiet")


def _table(groups: Sequence[SweepGroup]) -> Iterator[Line]:
    """The counts and what leads to them; columns that say nothing are left out."""
    rows = [_HEAD, *(_row(number, one) for number, one in enumerate(groups, 1))]
    shown = [
        column
        for column, name in enumerate(_HEAD[:-1])
        if name in _ALWAYS or any(row[column] != "-" for row in rows[1:])
    ]
    widths = {column: max(len(row[column]) for row in rows) for column in shown}
    indent = 2 + sum(widths.values()) + 2 * len(widths)
    for number, row in enumerate(rows):
        cells = [
            row[column].ljust(widths[column]) if column == 1 else row[column].rjust(widths[column])
            for column in shown
        ]
        lines = wrap(row[-1], max(_WIDTH - indent, 24), break_long_words=False, break_on_hyphens=False)
        is_bad = number and groups[number - 1].outcome.orphaned
        yield Line(2, "  ".join([*cells, lines[0]]), "bad" if is_bad else "" if number else "quiet")
        yield from (Line(indent, line) for line in lines[1:])


def _is_told(outcome: Outcome) -> bool:
    """Whether nobody may leave it at that."""
    return bool(outcome.orphaned or outcome.modifications or outcome.status == ENDLESS)


def _scenario(number: int, one: Scenario, group: SweepGroup) -> Iterator[Line]:
    details = list(_details(one.outcome))
    if not details:
        return
    yield Line(0)
    example = ", for example" if one is not group.scenarios[-1] or one.represented else ""
    yield Line(0, f"outcome {number}: {one.outcome.status}, {when(one.causes, _MAX_NAMES)}{example}", "head")
    yield from (Line(2, line) for line in details)


def summary(sweep: Sweep) -> str:
    """The sweep in a line."""
    counts = {FAILURE: 0, CANCELLATION: 0}
    for one in sweep.scenarios:
        for cause in one.causes:
            counts[cause.kind] += 1
    orphaning = sum(1 for one in sweep.scenarios if one.outcome.orphaned)
    alike = f", {sweep.represented} of them the same as others" if sweep.represented else ""
    causes = f"{plural(counts[FAILURE], 'failure')} and {plural(counts[CANCELLATION], 'cancellation')}"
    text = f"sweep: {causes}{alike}, {plural(len(sweep.scenarios), 'outcome')}"
    if orphaning:
        text += f", {orphaning} with orphaned node instances"
    if not sweep.is_complete:
        text += f"; cut after {sweep.simulated} of {sweep.planned}"
    return text


def _row(number: int, group: SweepGroup) -> tuple[str, ...]:
    outcomes = [one.outcome for one in group.scenarios]
    counts = (
        [len(one.orphaned) for one in outcomes],
        [len(one.left) - len(one.orphaned) for one in outcomes],
        [len(one.modifications) for one in outcomes],
        [len(one.never_ran) for one in outcomes],
        [sum(each.last - each.first + 1 for each in one.skipped_code) for one in outcomes],
    )
    return (str(number), group.outcome.status, *map(_between, counts), when(group.causes, 2))


def _between(counts: Sequence[int]) -> str:
    least, most = min(counts), max(counts)
    if not most:
        return "-"
    return str(most) if least == most else f"{least}-{most}"


def when(causes: Sequence[Cause], limit: int) -> str:
    """What leads to an outcome; of each kind so many operations by name, equal ones together."""
    parts = []
    for kind, template in ((FAILURE, "{} fails"), (CANCELLATION, "cancelled before {}")):
        names = list(_together([cause.operation for cause in causes if cause.kind == kind]))
        if names:
            parts.append(template.format(_names(names, limit, " or ")))
    return "; ".join(parts)


def _together(keys: Sequence[OperationKey]) -> Iterator[str]:
    """Names of operations, those that differ only in their instances in one."""
    found: dict[tuple[str | None, ...], list[OperationKey]] = {}
    for key in dict.fromkeys(keys):
        nodes = [node_of(name) for name in (key.instance, key.source, key.target)]
        found.setdefault((key.operation, key.side, *nodes), []).append(key)
    for same in found.values():
        first = same[0]
        instance, source, target = (
            range_name(sorted((name or "" for name in names), key=natural))
            for names in zip(*((key.instance, key.source, key.target) for key in same), strict=True)
        )
        yield str(OperationKey(instance, first.operation, first.side, source, target))


def _details(outcome: Outcome) -> Iterator[str]:
    if outcome.status == ENDLESS:
        yield "the execution would never end"
    if outcome.error is not None:
        yield f"error      {outcome.error}"
    for one in outcome.orphaned:
        yield f"orphaned   {left_text(one)}"
    kept = kept_text(outcome)
    if kept:
        yield f"left       {kept}"
    for name in outcome.modifications:
        yield f"open       {name} is neither finished nor rolled back"
    for code in outcome.skipped_code:
        lines = f"{code.first}" if code.first == code.last else f"{code.first}-{code.last}"
        yield f"skipped    {code.path}:{lines}"
    if outcome.never_ran:
        names = _names(list(_together(outcome.never_ran)), _MAX_NAMES, ", ")
        yield f"never run  {names}"


def kept_text(outcome: Outcome) -> str:
    """What is left and can still be undone; '' where nothing is."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in outcome.left:
        if not one.is_orphaned:
            found.setdefault((node_of(one.instance), one.level), []).append(one.instance)
    if not found:
        return ""
    kept = [f"{range_name(sorted(names, key=natural))} {level}" for (_, level), names in found.items()]
    them = "it" if sum(map(len, found.values())) == 1 else "them"
    return f"{_names(kept, _MAX_NAMES, ', ')}; 'uninstall' would still undo {them}"


def left_text(left: Left) -> str:
    """What is left of a node instance, and what would still undo it."""
    place = "the model has lost it" if left.state is None else f"state '{left.state}'"
    text = f"{left.instance}: {left.level}, {place}"
    names = [_short(name) for name in left.missing]
    lost = [_short(name) for name in left.lost]
    if not names:
        undo = "no operation is mapped that would undo it"
    elif lost:
        undo = f"{' and '.join(lost)} not done, nor would 'uninstall' do it"
    else:
        undo = f"'uninstall' would {' and '.join(names)} it"
    return f"{text}; {undo}"


def _short(operation: str) -> str:
    return operation.rpartition(".")[2]


def _names(names: Sequence[str], limit: int, joint: str) -> str:
    shown = joint.join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"


def plural(count: int, noun: str) -> str:
    """'1 task', '2 tasks'."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def sweep_data(sweep: Sweep) -> dict[str, Any]:
    """The sweep as plain data, with the field names of the contract."""
    return {
        "operations": sweep.operations,
        "planned": sweep.planned,
        "simulated": sweep.simulated,
        "represented": sweep.represented,
        "scenarios": [
            {
                "causes": [_cause(cause) for cause in one.causes],
                "represented": one.represented,
                "status": one.outcome.status,
                "error": one.outcome.error,
                "never_ran": [str(key) for key in one.outcome.never_ran],
                "left": left_data(one.outcome.left),
                "states": dict(one.outcome.states),
                "modifications": list(one.outcome.modifications),
                "skipped_code": [code._asdict() for code in one.outcome.skipped_code],
            }
            for one in sweep.scenarios
        ],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    found = {"kind": cause.kind, "name": str(cause.operation), **cause.operation._asdict()}
    found["after"] = cause.after
    return {name: value for name, value in found.items() if value is not None}


def left_data(left: Iterable[Left]) -> list[dict[str, Any]]:
    return [
        {
            "instance": one.instance,
            "level": one.level,
            "state": one.state,
            "missing": list(one.missing),
            "lost": list(one.lost),
            "is_orphaned": one.is_orphaned,
        }
        for one in left
    ]
