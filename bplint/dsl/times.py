"""Time expressions of schedules. Facts from cloudify-common (utils.py, elements/deployment_schedules.py)."""

from __future__ import annotations

from typing import Final

from bplint.record import Record
from bplint.regex import lazy_pattern

WEEKDAYS: Final = ("su", "mo", "tu", "we", "th", "fr", "sa")

DAY_MINUTES: Final = 24 * 60
_MINUTES: Final = {"mi": 1, "h": 60, "d": DAY_MINUTES, "w": 7 * DAY_MINUTES}

_DELTA: Final = lazy_pattern(r"(\d+)\ ?(min(?:ute)?|h(?:our)?|d(?:ay)?|w(?:eek)?|mo(?:nth)?|y(?:ear)?)s?$")
_PARTS: Final = lazy_pattern(r"(\+\d+\ ?[a-z]+\ ?)")


class Moment(Record):
    """A point of time of a schedule: `date` is None for a bare time of the day."""

    date: tuple[int, int, int] | None
    time: tuple[int, int]

    @property
    def day_number(self) -> int:
        """Days since the beginning of the calendar; 0 for a bare time."""
        # datetime is only needed where a blueprint has schedules
        from datetime import date

        return date(*self.date).toordinal() if self.date else 0


def is_delta(text: str) -> bool:
    """Whether a text is a number and a unit, such as '2 weeks'."""
    return _DELTA.match(text) is not None


def minutes_of(text: str) -> int | None:
    """The minutes of a delta; None where it is none, and for months and years, whose length varies."""
    found = _DELTA.match(text)
    if found is None:
        return None
    factor = _MINUTES.get(found[2][0] if found[2][0] != "m" else found[2][:2])
    return None if factor is None else int(found[1]) * factor


def delta_parts(text: str) -> list[str]:
    """The parts of a relative time that the parser looks at: ['1 day ', '2h'] of '+1 day +2h'."""
    return [part[1:] for part in _PARTS.findall(text)]


def moment_of(text: str) -> Moment | None:
    """The moment that `YYYY-MM-DD HH:MM` or `HH:MM` names, or None."""
    # datetime is only needed where a blueprint has schedules
    from datetime import datetime

    for form in ("%Y-%m-%d %H:%M", "%H:%M"):
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        date = (found.year, found.month, found.day) if form.startswith("%Y") else None
        return Moment(date, (found.hour, found.minute))
    return None
