"""Names in the order in which people count: `host#2` comes before `host#10`."""

from __future__ import annotations

from typing import Final

from bplint.regex import lazy_pattern

_PARTS: Final = lazy_pattern(r"\d+|\D+")


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key to sort names by: numbers in them by their value."""
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in _PARTS.findall(name))


def number_ranges(numbers: list[int]) -> str:
    """'0-3,7' for [0, 1, 2, 3, 7]; the numbers ascend."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
