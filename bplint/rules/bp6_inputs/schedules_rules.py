"""Schedules of the deployment settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.checks.schedule_faults import (
    NegativeScheduleNumber,
    OddWeekday,
    OverlappingSchedules,
    ScheduleEndsBeforeStart,
    ScheduleReadsAttribute,
    ScheduleRecurrence,
    ScheduleTime,
    ScheduleWeekday,
    ScheduleWithoutDelta,
    UnknownTimezone,
)
from bplint.diagnostic import Effect, Related, Severity
from bplint.dsl.times import WEEKDAYS
from bplint.rules.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.diagnostic import Diagnostic
    from bplint.rules.context import Context

NOT_RECOVERABLE = ("NonRecoverableError", None)
BASE = ("DSLParsingException", 1)


@rule("BP650", on=ScheduleTime, effect=Effect.REFUSED, references=(NOT_RECOVERABLE, ("TypeError", None)))
def schedule_time(fault: ScheduleTime, ctx: Context) -> Iterator[Diagnostic]:
    """Time of a schedule cannot be read.

    Why: `since` and `until` are `YYYY-MM-DD HH:MM`, `HH:MM`, or `+` and a number with a unit, such as
    `+2 days`; the manager refuses anything else.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "2030-01-01"
        #            ^^^^^^^^^^^^ BP650
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "2030-01-01 02:00"
    """
    name, text, part = fault.name, fault.text, fault.part
    if part is not None:
        message = f"'{part}' in '{name}' is no number with a unit (min, hour, day, week, month, year)"
    elif not text:
        message = f"'{name}' is empty; write a time such as '2030-01-31 18:30' or '+2 days'"
    else:
        message = f"'{text}' is no time; write 'YYYY-MM-DD HH:MM', 'HH:MM' or '+2 days'"
    yield ctx.report(fault, message)


@rule("BP651", on=UnknownTimezone, effect=Effect.REFUSED, references=(NOT_RECOVERABLE,))
def unknown_timezone(fault: UnknownTimezone, ctx: Context) -> Iterator[Diagnostic]:
    """Schedule names a time zone that does not exist.

    Why: the manager refuses the blueprint; case counts.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
              timezone: Europe/Berlni
        #               ^^^^^^^^^^^^^ BP651
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
              timezone: Europe/Berlin
    """
    # only where a time zone is wrong
    from bplint.dsl.timezones import timezones

    text = fault.text
    yield ctx.report(fault, f"unknown time zone '{text}'", near=(text, timezones()))


@rule("BP652", on=ScheduleRecurrence, effect=Effect.REFUSED, references=(NOT_RECOVERABLE,))
def schedule_recurrence(fault: ScheduleRecurrence, ctx: Context) -> Iterator[Diagnostic]:
    """Recurrence of a schedule cannot be read.

    Why: it is a number and one unit (min, hour, day, week, month, year); the manager refuses anything else.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
              recurrence: daily
        #                 ^^^^^ BP652
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
              recurrence: 1 day
    """
    text = fault.text
    yield ctx.report(fault, f"'{text}' is no recurrence; write a number and a unit, such as '1 day'")


@rule("BP653", on=ScheduleWeekday, effect=Effect.REFUSED, references=(BASE,))
def schedule_weekday(fault: ScheduleWeekday, ctx: Context) -> Iterator[Diagnostic]:
    """Weekday of a schedule is none.

    Why: a weekday is two letters: su, mo, tu, we, th, fr or sa; the manager refuses anything else.
    Bad:
        deployment_settings:
          default_schedules:
            weekly:
              workflow: install
              since: "02:00"
              weekdays: [monday]
        #                ^^^^^^ BP653
    Good:
        deployment_settings:
          default_schedules:
            weekly:
              workflow: install
              since: "02:00"
              weekdays: [mo]
    """
    text = fault.text
    meant = text.lower()[:2]
    hint = f"; did you mean '{meant}'?" if meant in WEEKDAYS else ""
    yield ctx.report(fault, f"'{text}' is no weekday: {', '.join(WEEKDAYS)}{hint}")


@rule("BP654", on=ScheduleReadsAttribute, effect=Effect.REFUSED, references=(BASE,))
def schedule_reads_attribute(fault: ScheduleReadsAttribute, ctx: Context) -> Iterator[Diagnostic]:
    """Parameters of a scheduled workflow are read from an attribute.

    Why: schedules are made with the deployment, before there are attributes; the manager refuses the
    blueprint.
    Bad:
        node_templates:
          host: {type: cloudify.nodes.Compute}
        deployment_settings:
          default_schedules:
            nightly:
              workflow: heal
              since: "02:00"
              workflow_parameters:
                node_instance_id: {get_attribute: [host, node_instance_id]}
        #                          ^^^^^^^^^^^^^ BP654
    Good:
        inputs:
          instance: {default: host_1}
        deployment_settings:
          default_schedules:
            nightly:
              workflow: heal
              since: "02:00"
              workflow_parameters:
                node_instance_id: {get_input: instance}
    """
    yield ctx.report(fault, "schedules are made before there are attributes: use another function here")


@rule("BP656", on=ScheduleEndsBeforeStart, effect=Effect.FAILS)
def schedule_ends_before_start(fault: ScheduleEndsBeforeStart, ctx: Context) -> Iterator[Diagnostic]:
    """Schedule ends before it begins.

    Why: the manager takes it, and never starts anything.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "2030-02-01 02:00"
              until: "2030-01-01 02:00"
        #            ^^^^^^^^^^^^^^^^^^ BP656
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "2030-01-01 02:00"
              until: "2030-02-01 02:00"
    """
    since, until = fault.since, fault.until
    yield ctx.report(fault, f"'until' {until} lies before 'since' {since}: nothing is ever started")


@rule("BP657", on=ScheduleWithoutDelta, effect=Effect.FAILS)
def schedule_without_delta(fault: ScheduleWithoutDelta, ctx: Context) -> Iterator[Diagnostic]:
    """Relative time of a schedule has no part that can be read.

    Why: behind a `+` the manager only looks at parts such as `+2 days` when it reads the blueprint; where
    there is none it refuses the time when the deployment is made.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "+tomorrow"
        #            ^^^^^^^^^^^ BP657
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "+1 day"
    """
    text = fault.text
    yield ctx.report(fault, f"'{text}' names no time; write a number and a unit, such as '+1 day'")


@rule("BP658", on=NegativeScheduleNumber, effect=Effect.ADVICE, severity=Severity.WARNING)
def negative_schedule_number(fault: NegativeScheduleNumber, ctx: Context) -> Iterator[Diagnostic]:
    """Count or slip of a schedule is negative.

    Why: the manager takes it, and it means nothing.
    Manager: it takes the schedule and never starts anything by it.
    Bad:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
              count: -1
        #            ^^ BP658
    Good:
        deployment_settings:
          default_schedules:
            nightly:
              workflow: install
              since: "02:00"
              count: 1
    """
    yield ctx.report(fault, f"'{fault.name}' is negative, which means nothing")


@rule("BP659", on=OverlappingSchedules, effect=Effect.FAILS)
def overlapping_schedules(fault: OverlappingSchedules, ctx: Context) -> Iterator[Diagnostic]:
    """Two schedules start in the same minute, and neither is forced.

    Why: the manager refuses to start an execution while another of the same deployment runs, so one of the
    two does not happen.
    Bad:
        deployment_settings:
          default_schedules:
            backup:
              workflow: execute_operation
              since: "02:00"
              recurrence: 1 day
              workflow_parameters: {operation: cloudify.interfaces.lifecycle.start}
            heal:
              workflow: install
              since: "02:00"
        #            ^^^^^^^ BP659
              recurrence: 1 week
    Good:
        deployment_settings:
          default_schedules:
            backup:
              workflow: execute_operation
              since: "02:00"
              recurrence: 1 day
              workflow_parameters: {operation: cloudify.interfaces.lifecycle.start}
            heal:
              workflow: install
              since: "03:00"
              recurrence: 1 week
    """
    other = fault.other
    yield ctx.report(
        fault,
        f"this starts in the same minute as '{other}'; the manager refuses the second",
        related=[Related("the other schedule", fault.path, fault.place.span)],
        help="move one of them, or set 'force: true' in its execution_arguments",
    )


@rule("BP662", on=OddWeekday, effect=Effect.ADVICE, severity=Severity.WARNING)
def odd_weekday(fault: OddWeekday, ctx: Context) -> Iterator[Diagnostic]:
    """Weekday of a schedule has something before its two letters that means nothing.

    Why: the manager only looks at the last two letters when it reads the blueprint. A number or `l-` before
    them means the first, second or last of the month.
    Bad:
        deployment_settings:
          default_schedules:
            weekly:
              workflow: install
              since: "02:00"
              weekdays: [amo]
        #                ^^^ BP662
    Good:
        deployment_settings:
          default_schedules:
            weekly:
              workflow: install
              since: "02:00"
              weekdays: [2mo]
    """
    text, read = fault.text, fault.read
    yield ctx.report(fault, f"'{text}' is read as '{read}', and what stands before it means nothing")
