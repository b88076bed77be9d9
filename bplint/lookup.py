"""The three answers of a lookup: the thing itself, MISSING or UNKNOWN."""

from __future__ import annotations

from typing import Final, Literal


class Absent:
    """A lookup's answer that is not the thing: falsy, compared by identity."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return self.name


MISSING: Final = Absent("MISSING")  # certainly not there
UNKNOWN: Final = Absent("UNKNOWN")  # an import or block that could not be read may hold it: stay silent
