"""Faults of schedules. `text` is what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bplint.model.elements import Workflow
    from bplint.syntax.tree import Node


class ScheduleTime(Fault):
    """The time `name` is none. `part`: what is wrong in it, where it is relative."""

    name: str
    text: str
    part: str | None


class ScheduleWithoutDelta(Fault):
    """A relative time says nothing."""

    text: str


class ScheduleEndsBeforeStart(Fault):
    """A schedule ends before it starts."""

    since: str
    until: str


class ScheduleRecurrence(Fault):
    """A recurrence is none."""

    text: str


class ScheduleWeekday(Fault):
    """A weekday is none."""

    text: str


class OddWeekday(Fault):
    """A weekday is `read` as one, and more is written."""

    text: str
    read: str


class ScheduleReadsAttribute(Fault):
    """A parameter is an attribute."""


class UnknownTimezone(Fault):
    """A time zone is none."""

    text: str


class NegativeScheduleNumber(Fault):
    """The number `name` is negative."""

    name: str


class OverlappingSchedules(Fault):
    """A schedule starts in the same minute as the schedule `other`, at `place`."""

    other: str
    place: Node


class UnknownScheduledWorkflow(Fault):
    """A schedule starts a workflow that is not there."""

    name: str


class ScheduledParameter(Fault):
    """A parameter of a scheduled workflow."""

    name: str
    workflow: Workflow


class UnknownScheduledParameter(ScheduledParameter):
    """A parameter that the workflow does not have."""


class MissingScheduledParameter(ScheduledParameter):
    """A parameter that the workflow needs and does not get."""


class UnknownScheduledOperation(Fault):
    """No node has the operation that is to run, one of those `known`; or several have (`is_ambiguous`)."""

    name: str
    known: Sequence[str]
    is_ambiguous: bool
