"""Regular expressions of the user: whether they compile, and matching that cannot run away.

Python's matcher backtracks without a bound and cannot be stopped, so the work of a match is estimated
from the parsed expression before it runs, and a match that could take long is not made.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

MOST_BITS: Final = 20.0  # 2 ** 20 steps are some 50 ms
WORK_OF_A_RUN: Final = 2.0**24


class MatchBudget:
    """The steps that the matches of one run may take together."""

    __slots__ = ("left",)

    def __init__(self, left: float = WORK_OF_A_RUN) -> None:
        self.left = left

    def take(self, bits: float) -> bool:
        if bits > MOST_BITS or self.left <= 0:
            return False
        self.left -= 2.0**bits
        return True


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The compiled pattern, or None where Python refuses it."""
    # warnings is only needed here: a pattern may use what Python has deprecated
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(pattern)
        except (re.error, RecursionError, OverflowError):
            return None


def matches(pattern: str, subject: str, budget: MatchBudget) -> bool | None:
    """Whether the start of `subject` matches, as `re.match`; None where finding out could take long."""
    expression = compiled(pattern)
    if expression is None or not budget.take(_bits_of(pattern, len(subject))):
        return None
    return expression.match(subject) is not None


def _bits_of(pattern: str, length: int) -> float:
    """Upper bound of the work of one match, as a power of two."""
    try:
        from re import _parser as parser  # type: ignore[attr-defined] # Python 3.11 and newer
    except ImportError:
        import sre_parse as parser
    # warnings is only needed here: see compiled()
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            bits, _ = _bits_of_sequence(parser.parse(pattern), max(length, 1), 0)
        except (re.error, RecursionError, OverflowError):
            return float("inf")
    return bits


def _bits_of_sequence(sequence: Any, length: int, depth: int) -> tuple[float, int]:
    """Work of a sequence, and how many repeats of open length are nested in it."""
    if depth > 40:
        return float("inf"), 40
    bits, levels = 0.0, 0
    for operator, argument in sequence:
        more_bits, more_levels = _bits_of_item(str(operator), argument, length, depth)
        bits += more_bits
        levels = max(levels, more_levels)
    return bits, levels


def _bits_of_item(operator: str, argument: Any, length: int, depth: int) -> tuple[float, int]:
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _bits_of_repeat(argument, length, depth)
    if operator == "BRANCH":
        found = [_bits_of_sequence(branch, length, depth + 1) for branch in argument[1]]
        return len(found).bit_length() + max(bits for bits, _ in found), max(levels for _, levels in found)
    if operator == "SUBPATTERN":
        return _bits_of_sequence(argument[3], length, depth + 1)
    if operator == "ATOMIC_GROUP":
        return _bits_of_sequence(argument, length, depth + 1)
    if operator in ("ASSERT", "ASSERT_NOT"):
        return _bits_of_sequence(argument[1], length, depth + 1)
    if operator == "GROUPREF_EXISTS":
        found = [
            _bits_of_sequence(branch, length, depth + 1) for branch in argument[1:] if branch is not None
        ]
        return 1 + max(bits for bits, _ in found), max(levels for _, levels in found)
    return 0.0, 0


def _bits_of_repeat(argument: Any, length: int, depth: int) -> tuple[float, int]:
    least, most, body = argument
    times = min(int(most), length)
    bits, levels = _bits_of_sequence(body, length, depth + 1)
    choices = max(times - int(least) + 1, 1)
    own = float((choices - 1).bit_length())
    if bits == 0.0:
        return own, 1 if choices > 1 else 0
    # repeats within a repeat share the text between them: at most `levels` more ways a character
    branching = min(bits, 1.0) if levels == 0 else float(levels)
    return own + min(bits * times, max(branching, _branch_bits(body)) * length), levels + 1


def _branch_bits(body: Any) -> float:
    return float(
        sum(len(argument[1]).bit_length() for operator, argument in body if str(operator) == "BRANCH")
    )
