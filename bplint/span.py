"""Places in a text."""

from __future__ import annotations

from bplint.record import Record


class Span(Record):
    """Half-open range of code-point offsets into `Source.text`: `text[start:end]`."""

    start: int
    end: int
