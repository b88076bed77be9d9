"""Events of real executions: what `cfy events list --json` prints, and what it prints without `--json`."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from bplint.record import Record
from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE: Final = lazy_pattern(
    r"^(?P<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?)Z?\s+(?:\S+\s+)?(?P<kind>CFY|LOG)\s+<[^>]*>"
    r"\s*(?:\[(?P<info>[^\]]*)\]\s)?\s*(?P<message>.*)$"
)
_RELATION: Final = lazy_pattern(r"^(?P<source>.+)->(?P<target>[^|]+)\|(?P<operation>.+)$")
_SUFFIX: Final = lazy_pattern(r"_[a-z0-9]{5,6}$")
_NAME: Final = lazy_pattern(r"'([^']*)'")
_KINDS: Final = {
    "Sending task ": "sending_task",
    "Task started ": "task_started",
    "Task succeeded ": "task_succeeded",
    "Task failed ": "task_failed",
    "Task rescheduled ": "task_rescheduled",
    "Starting ": "workflow_started",
}
_ENDINGS: Final = ("succeeded", "failed", "cancelled")


class RealEvent(Record):
    """One event.

    time_s     seconds since 1970
    type       as the engine calls it; 'log' for a line of a log
    task       what the task of a task event is mapped to
    instance   id of the node instance, as the manager made it; source and target of a relationship
    operation  in full, or only its last part where the text has no more
    """

    time_s: float
    type: str
    message: str
    task: str | None = None
    instance: str | None = None
    node: str | None = None
    operation: str | None = None
    source: str | None = None
    target: str | None = None
    workflow: str | None = None
    execution: str | None = None


class EventFileError(Exception):
    """The file holds no events."""


def read_events(text: str) -> list[RealEvent]:
    """The events of a file in the order of their times. Raises EventFileError."""
    stripped = text.lstrip("\ufeff \t\r\n")
    found = _from_json(stripped) if stripped.startswith(("[", "{")) else list(_from_lines(stripped))
    if not found:
        raise EventFileError(
            "no event in it; wanted is what 'cfy events list' prints, with --json or without"
        )
    return sorted(found, key=lambda event: event.time_s)


def node_of_real(instance: str) -> str:
    """The node of an instance's id as managers make them."""
    return _SUFFIX.sub("", instance)


def _from_json(text: str) -> list[RealEvent]:
    try:
        value = json.loads(text)
    except ValueError:
        try:
            value = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise EventFileError(f"no JSON: {error}") from None
    if isinstance(value, dict):
        value = value.get("items", [value])
    return [event for row in value if isinstance(row, dict) and (event := _of_row(row)) is not None]


def _of_row(row: dict[str, Any]) -> RealEvent | None:
    context = row.get("context") if isinstance(row.get("context"), dict) else row
    assert isinstance(context, dict)
    time = row.get("reported_timestamp") or row.get("timestamp") or row.get("@timestamp")
    message = row.get("message")
    if isinstance(message, dict):
        message = message.get("text")
    time_s = _seconds(str(time)) if time else None
    if time_s is None:
        return None
    is_log = "log" in str(row.get("type", "event"))
    kind = "log" if is_log else str(row.get("event_type") or _kind_of(str(message)))
    instance = context.get("node_instance_id") or context.get("node_id")
    return RealEvent(
        time_s,
        kind,
        str(message or ""),
        _task_of(kind, str(message or "")),
        instance,
        context.get("node_name") or (node_of_real(instance) if instance else None),
        context.get("operation"),
        context.get("source_id"),
        context.get("target_id"),
        context.get("workflow_id"),
        context.get("execution_id"),
    )


def _from_lines(text: str) -> Iterator[RealEvent]:
    """Lines that begin no event, such as those of tracebacks, are left out."""
    for line in text.splitlines():
        match = _LINE.match(line.strip())
        time_s = _seconds(match["time"]) if match is not None else None
        if match is None or time_s is None:
            continue
        message = match["message"]
        kind = "log" if match["kind"] == "LOG" else _kind_of(message)
        yield RealEvent(time_s, kind, message, _task_of(kind, message), **_of_info(match["info"] or ""))


def _of_info(info: str) -> dict[str, str | None]:
    related = _RELATION.match(info)
    if related is not None:
        return {"operation": related["operation"], "source": related["source"], "target": related["target"]}
    instance, _, operation = info.partition(".")
    if not instance:
        return {}
    return {"instance": instance, "node": node_of_real(instance), "operation": operation or None}


def _kind_of(message: str) -> str:
    for beginning, kind in _KINDS.items():
        if message.startswith(beginning):
            return kind
    if " workflow execution " in message:
        ending = message.partition(" workflow execution ")[2]
        return next((f"workflow_{word}" for word in _ENDINGS if ending.startswith(word)), "workflow_event")
    return "workflow_node_event"


def _task_of(kind: str, message: str) -> str | None:
    name = _NAME.search(message) if "task" in kind and not message.startswith("Subgraph") else None
    return name[1] if name is not None else None


def _seconds(text: str) -> float | None:
    text = text.strip().replace(" ", "T", 1).replace(",", ".")
    if text.endswith("Z"):
        text = f"{text[:-1]}+00:00"
    head, dot, rest = text.partition(".")
    if dot:  # more digits than microseconds have
        zone = rest.lstrip("0123456789")
        digits = rest[: len(rest) - len(zone)]
        text = f"{head}.{digits[:6].ljust(6, '0')}{zone}"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()


def of_one_execution(events: Iterable[RealEvent], workflow: str, execution: str | None) -> list[RealEvent]:
    """The events of the execution, or of the last one of the workflow; text does not tell them apart."""
    every = list(events)
    if execution is not None:
        return [event for event in every if event.execution == execution]
    named = [event.execution for event in every if event.workflow in (None, workflow) and event.execution]
    if not named:
        return every
    return [event for event in every if event.execution == named[-1]]
