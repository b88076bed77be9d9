"""Places in a text."""

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of code-point offsets into `Source.text`: `text[start:end]`."""

    start: int
    end: int
