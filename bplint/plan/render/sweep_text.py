"""What could go wrong with an execution, as text and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.plan.sweep import CANCELLATION, ENDLESS, FAILURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bplint.plan.left import Left
    from bplint.plan.sweep import Cause, Outcome, Scenario, Sweep

_HEAD: Final = ("#", "ends", "never run", "left", "orphaned", "open", "skipped lines", "when")
_MAX_NAMES: Final = 6


def sweep_text(sweep: Sweep) -> str:
    """The table of outcomes, then each that leaves something; ends with a line break."""
    return "\n".join(_lines(sweep)) + "\n"


def _lines(sweep: Sweep) -> Iterator[str]:
    yield summary(sweep)
    if not sweep.scenarios:
        return
    yield ""
    rows = [_HEAD, *(_row(number, one) for number, one in enumerate(sweep.scenarios, 1))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        cells = [
            cell.ljust(width) if column in (1, len(_HEAD) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()
    for number, one in enumerate(sweep.scenarios, 1):
        details = list(_details(one.outcome))
        if details:
            yield ""
            yield f"outcome {number}: {one.outcome.status}, {when(one.causes, len(one.causes))}"
            yield from (f"  {line}" for line in details)


def summary(sweep: Sweep) -> str:
    """The sweep in a line."""
    counts = {FAILURE: 0, CANCELLATION: 0}
    for one in sweep.scenarios:
        for cause in one.causes:
            counts[cause.kind] += 1
    orphaning = sum(1 for one in sweep.scenarios if one.outcome.orphaned)
    text = (
        f"sweep: {plural(counts[FAILURE], 'failure')} and {plural(counts[CANCELLATION], 'cancellation')}, "
        f"{plural(len(sweep.scenarios), 'outcome')}"
    )
    if orphaning:
        text += f", {orphaning} with orphaned node instances"
    if not sweep.is_complete:
        text += f"; cut after {sweep.simulated} of {sweep.planned}"
    return text


def _row(number: int, one: Scenario) -> tuple[str, ...]:
    outcome = one.outcome
    orphaned = len(outcome.orphaned)
    lines = sum(each.last - each.first + 1 for each in outcome.skipped_code)
    counts = (
        len(outcome.never_ran),
        len(outcome.left) - orphaned,
        orphaned,
        len(outcome.modifications),
        lines,
    )
    return (
        str(number),
        outcome.status,
        *(str(count) if count else "-" for count in counts),
        when(one.causes, 2),
    )


def when(causes: Sequence[Cause], limit: int) -> str:
    """What leads to an outcome; of each kind so many operations by name."""
    parts = []
    for kind, template in ((FAILURE, "{} fails"), (CANCELLATION, "cancelled before {}")):
        names = [str(cause.operation) for cause in causes if cause.kind == kind]
        if names:
            parts.append(template.format(_names(names, limit, " or ")))
    return "; ".join(parts)


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
        names = _names([str(key) for key in outcome.never_ran], _MAX_NAMES, ", ")
        yield f"never run  {names}"


def kept_text(outcome: Outcome) -> str:
    """What is left and can still be undone; '' where nothing is."""
    kept = [f"{one.instance} {one.level}" for one in outcome.left if not one.is_orphaned]
    if not kept:
        return ""
    them = "it" if len(kept) == 1 else "them"
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
        "scenarios": [
            {
                "causes": [_cause(cause) for cause in one.causes],
                "status": one.outcome.status,
                "error": one.outcome.error,
                "never_ran": [str(key) for key in one.outcome.never_ran],
                "left": _left_data(one.outcome.left),
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


def _left_data(left: Iterable[Left]) -> list[dict[str, Any]]:
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
