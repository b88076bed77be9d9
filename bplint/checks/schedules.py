"""Schedules of the deployment settings: what dsl_parser refuses in them, and what it does not look at.

Facts from cloudify-common (elements/deployment_schedules.py, utils.py).
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.dsl.functions import scalar_of
from bplint.dsl.times import DAY_MINUTES, WEEKDAYS, delta_parts, is_delta, minutes_of, moment_of
from bplint.later import later
from bplint.lookup import MISSING
from bplint.model.elements import NodeType, Workflow
from bplint.model.full_names import qualify
from bplint.syntax.mapping import as_dict, deref, get
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from bplint.checks import schedule_faults as kinds
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate
    from bplint.span import Span
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.schedule_faults")

EXECUTE_OPERATION: Final = "execute_operation"
NOT_RECOVERABLE: Final = Reference("NonRecoverableError", None)


def check_schedules(blueprint: Blueprint) -> list[Fault]:
    """Faults of the schedules of all files."""
    faults: list[Fault] = []
    for file in blueprint.graph.files:
        section = file.document.sections.get("deployment_settings") if file.is_own else None
        schedules = get(section[1], "default_schedules") if section is not None else None
        if schedules is not None and schedules.kind == MAPPING:
            faults += _ScheduleCheck(blueprint, file).schedules(schedules)
    return faults


class Schedule:
    """One schedule: its name and place, and its parts by name."""

    __slots__ = ("key", "name", "parts")

    def __init__(self, name: str, key: Node, node: Node) -> None:
        self.name = name
        self.key = key
        self.parts: dict[str, Pair] = as_dict(node)

    def node(self, name: str) -> Node | None:
        pair = self.parts.get(name)
        return None if pair is None else deref(pair[1])

    def text(self, name: str) -> str | None:
        node = self.node(name)
        return None if node is None else text_of(node)

    def value(self, name: str) -> object:
        node = self.node(name)
        return None if node is None else scalar_of(node)

    @property
    def is_forced(self) -> bool:
        arguments = self.node("execution_arguments")
        force = get(arguments, "force") if arguments is not None else None
        return force is not None and scalar_of(force) is True


class _ScheduleCheck:
    def __init__(self, blueprint: Blueprint, file: ImportedFile) -> None:
        self.blueprint = blueprint
        self.file = file
        self.faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.faults.append(fault)

    def at(self, node: Node) -> tuple[str, Span]:
        return self.file.document.path, node.span

    def schedules(self, node: Node) -> list[Fault]:
        found = []
        for name, (key, value) in as_dict(node).items():
            if deref(value).kind == MAPPING:
                schedule = Schedule(name, key, deref(value))
                found.append(schedule)
                self._schedule(schedule)
        self._overlaps(found)
        return self.faults

    def _schedule(self, schedule: Schedule) -> None:
        self._time(schedule, "since")
        self._time(schedule, "until")
        self._timezone(schedule)
        self._recurrence(schedule)
        self._weekdays(schedule)
        self._parameters(schedule)
        self._workflow(schedule)
        self._order(schedule)
        for name in ("count", "slip"):
            value, node = schedule.value(name), schedule.node(name)
            if node is not None and isinstance(value, int) and value < 0:
                self.add(kinds.NegativeScheduleNumber(*self.at(node), name=name))

    def _time(self, schedule: Schedule, name: str) -> None:
        text, node = schedule.text(name), schedule.node(name)
        if text is None or node is None:
            return
        if text.startswith("+"):
            parts = delta_parts(text)
            wrong = next((part for part in parts if not is_delta(part)), None)
            if wrong is not None:
                self.add(kinds.ScheduleTime(*self.at(node), name=name, text=text, part=wrong))
            elif not parts:
                self.add(kinds.ScheduleWithoutDelta(*self.at(node), text=text))
        elif not text:
            if name == "since":
                reference = Reference("TypeError", None)
                at = self.at(node)
                self.add(kinds.ScheduleTime(*at, reference=reference, name=name, text=text, part=None))
        elif moment_of(text) is None:
            self.add(kinds.ScheduleTime(*self.at(node), name=name, text=text, part=None))

    def _timezone(self, schedule: Schedule) -> None:
        text, node = schedule.text("timezone"), schedule.node("timezone")
        if not text or node is None:
            return
        # the names of time zones are only needed where one is given
        from bplint.dsl.timezones import is_timezone

        times = [schedule.text("since"), schedule.text("until")]
        is_used = any(time and not time.startswith("+") and moment_of(time) for time in times)
        if is_used and not is_timezone(text):
            self.add(kinds.UnknownTimezone(*self.at(node), text=text))

    def _recurrence(self, schedule: Schedule) -> None:
        text, node = schedule.text("recurrence"), schedule.node("recurrence")
        if text and node is not None and not is_delta(text):
            self.add(kinds.ScheduleRecurrence(*self.at(node), text=text))

    def _weekdays(self, schedule: Schedule) -> None:
        node = schedule.node("weekdays")
        if node is None or node.kind != SEQUENCE:
            return
        for item in node.items or ():
            text = text_of(item)
            if text is None:
                continue
            if text.lower()[-2:] not in WEEKDAYS:
                self.add(kinds.ScheduleWeekday(*self.at(item), text=text))
            elif not _is_weekday(text.lower()):
                self.add(kinds.OddWeekday(*self.at(item), text=text, read=text.lower()[-2:]))

    def _parameters(self, schedule: Schedule) -> None:
        node = schedule.node("workflow_parameters")
        if node is None or node.kind != MAPPING:
            return
        parts = as_dict(node)
        if "get_attribute" in parts:
            self.add(kinds.ScheduleReadsAttribute(*self.at(parts["get_attribute"][0])))
        for _, value in parts.values():
            inner = as_dict(value)
            if "get_attribute" in inner:
                self.add(kinds.ScheduleReadsAttribute(*self.at(inner["get_attribute"][0])))

    def _workflow(self, schedule: Schedule) -> None:
        name, node = schedule.text("workflow"), schedule.node("workflow")
        if name is None or node is None:
            return
        workflow = self.blueprint.workflows.lookup(qualify(name, self.file.namespace))
        if workflow is MISSING:
            self.add(kinds.UnknownScheduledWorkflow(*self.at(node), name=name))
        elif isinstance(workflow, Workflow):
            self._given_parameters(schedule, workflow, node)

    def _given_parameters(self, schedule: Schedule, workflow: Workflow, place: Node) -> None:
        node = schedule.node("workflow_parameters")
        given = as_dict(node) if node is not None else {}
        if any(name.startswith("get_") or name in ("concat", "merge") for name in given):
            return
        arguments = schedule.node("execution_arguments")
        custom = get(arguments, "allow_custom_parameters") if arguments is not None else None
        if workflow.node.kind != MAPPING:
            return
        if custom is None or scalar_of(custom) is not True:
            for name, (key, _) in given.items():
                if name not in workflow.parameters:
                    self.add(kinds.UnknownScheduledParameter(*self.at(key), name=name, workflow=workflow))
        if workflow.name == EXECUTE_OPERATION and "operation" in given:
            self._operation(deref(given["operation"][1]))
        for name, parameter in workflow.parameters.items():
            if parameter.is_required and parameter.default is None and name not in given:
                self.add(kinds.MissingScheduledParameter(*self.at(place), name=name, workflow=workflow))

    def _operation(self, node: Node) -> None:
        """The operation that `execute_operation` is to run: some node must have it."""
        text = text_of(node)
        if not text:
            return
        templates = list(self.blueprint.node_templates.own())
        if not templates or any(not _is_known(template) for template in templates):
            return
        names: set[str] = set()
        ambiguous: set[str] = set()
        for template in templates:
            short: set[str] = set()
            for interface, operations in template.interfaces.items():
                names.update(f"{interface}.{name}" for name in operations)
                ambiguous.update(short & operations.keys())
                short.update(operations)
            names.update(short - ambiguous)
        if text not in names:
            self.add(
                kinds.UnknownScheduledOperation(
                    *self.at(node),
                    name=text,
                    known=sorted(name for name in names if "." in name),
                    is_ambiguous=text in ambiguous,
                )
            )

    def _order(self, schedule: Schedule) -> None:
        since, until = schedule.text("since") or "", schedule.text("until") or ""
        node = schedule.node("until")
        first = moment_of(since) if since else None
        last = moment_of(until) if until else None
        if first is None or last is None or node is None or (first.date is None) != (last.date is None):
            return
        if (last.date or (), last.time) < (first.date or (), first.time):
            self.add(kinds.ScheduleEndsBeforeStart(*self.at(node), since=since, until=until))

    def _overlaps(self, schedules: list[Schedule]) -> None:
        """Schedules that start in the same minute, of which one is refused then."""
        started: list[tuple[Schedule, Starts]] = []
        for schedule in schedules:
            if schedule.is_forced or schedule.value("default_enabled") is False:
                continue
            starts = _starts_of(schedule)
            if starts is None:
                continue
            other = next((entry for entry, known in started if known.meets(starts)), None)
            node = schedule.node("since")
            if other is not None and node is not None:
                self.add(kinds.OverlappingSchedules(*self.at(node), other=other.name, place=other.key))
            started.append((schedule, starts))


def _is_known(template: NodeTemplate) -> bool:
    """Whether all operations of a node template are known."""
    kind = template.type
    return isinstance(kind, NodeType) and kind.is_complete and not template.is_damaged


def _is_weekday(text: str) -> bool:
    """A weekday, or which one of the month: 'mo', '2mo', 'l-fr'."""
    return text in WEEKDAYS or text[:-2] in ("1", "2", "3", "4", "5", "l", "l-")


class Starts:
    """When a schedule starts: the first minute, and the minutes from one start to the next (0: once).
    Minutes of different `frame`s (time zones, relative or absolute) cannot be compared."""

    __slots__ = ("every", "first", "frame")

    def __init__(self, frame: object, first: int, every: int) -> None:
        self.frame = frame
        self.first = first
        self.every = every

    def meets(self, other: Starts) -> bool:
        """Whether both start in the same minute at some time."""
        if self.frame != other.frame:
            return False
        if self.every == 0 or other.every == 0:
            once, many = (self, other) if self.every == 0 else (other, self)
            apart = once.first - many.first
            return apart == 0 or (many.every > 0 and apart > 0 and apart % many.every == 0)
        return (self.first - other.first) % gcd(self.every, other.every) == 0


def _starts_of(schedule: Schedule) -> Starts | None:
    """None where the starts cannot be told: days of the week, an end, a number of times, months."""
    if any(schedule.parts.get(name) for name in ("weekdays", "until", "count")):
        return None
    since, recurrence = schedule.text("since"), schedule.text("recurrence")
    every = minutes_of(recurrence) if recurrence else 0
    if since is None or every is None:
        return None
    if since.startswith("+"):
        parts = [minutes_of(part) for part in delta_parts(since)]
        if not parts or None in parts:
            return None
        return Starts("relative", sum(part or 0 for part in parts), every)
    moment = moment_of(since)
    if moment is None:
        return None
    day = 0 if moment.date is None else moment.day_number
    frame = ("dated" if moment.date else "today", schedule.text("timezone"))
    return Starts(frame, day * DAY_MINUTES + moment.time[0] * 60 + moment.time[1], every)
