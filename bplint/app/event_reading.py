"""Files with the events of real executions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.plan.event_files import EventFileError, of_one_execution, read_events
from bplint.source import read_source

if TYPE_CHECKING:
    from bplint.plan.event_files import RealEvent


def read_event_file(path: str) -> list[RealEvent]:
    """The events in a file, in its order. Raises EventFileError where it holds none that can be read."""
    source, _ = read_source(path)
    if source is None:
        raise EventFileError("it cannot be read")
    return read_events(source.text)


__all__ = ["EventFileError", "of_one_execution", "read_event_file"]
