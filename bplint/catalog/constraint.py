"""Version constraints of `plugin:name?version=…`, as the manager understands them (PEP 440 specifiers)."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

Release = tuple[tuple[int, ...], tuple[int, int], int]

_VERSION: Final = (
    r"v?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?P<pre_number>\d*))?"
    r"(?:[-_.]?(?:post|rev|r)[-_.]?(?P<post>\d*))?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_number>\d*))?"
)
_OPERATORS: Final = ("===", "~=", "==", "!=", "<=", ">=", "<", ">")
_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_PRE: Final = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_FINAL: Final = 3
_MAX_LENGTH: Final = 200  # characters of a version; Python reads no numbers of thousands of digits


def parse_release(text: str) -> Release | None:
    """A version that can be compared, or None where it is none: release without trailing zeros, stage, post.

    >>> parse_release("1.22.0") == parse_release("1.22")
    True
    """
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        return None
    if _is_plain_release(text):
        return _numbers(text), (_FINAL, 0), 0
    # the pattern takes longer to compile than most versions are worth
    found = re.fullmatch(_VERSION, text, re.IGNORECASE)
    if found is None:
        return None
    stage = (_FINAL, 0)
    if found["pre"]:
        stage = (_PRE[found["pre"].lower()], int(found["pre_number"] or 0))
    elif found["dev"]:
        stage = (-1, int(found["dev_number"] or 0))
    return _numbers(found["release"]), stage, int(found["post"] or 0)


def _is_plain_release(text: str) -> bool:
    """Whether a version is nothing but numbers and dots."""
    return text.isascii() and all(part.isdigit() for part in text.split("."))


def _numbers(release: str) -> tuple[int, ...]:
    numbers = [int(part) for part in release.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def meets(version: str, constraint: str) -> bool | None:
    """Whether a version meets a constraint such as `>=1.2,<3`; None where it is not understood.

    A plain version means exactly that one. The judge is `packaging`, as a manager's is: a pre-release meets
    only what names one.
    """
    if not constraint.strip():
        return True
    clauses = [_split(clause.strip()) for clause in constraint.split(",")]
    if _is_plain_release(version) and all(
        sign in _COMPARISONS and _is_plain_release(wanted) for sign, wanted in clauses
    ):
        have = _numbers(version)  # nearly all are so, and `packaging` is ten times as much to load
        return all(_COMPARISONS[sign](have, _numbers(wanted)) for sign, wanted in clauses)
    if len(version) > _MAX_LENGTH or len(constraint) > _MAX_LENGTH:
        return None
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    try:
        wanted = SpecifierSet(",".join(sign + wanted for sign, wanted in clauses))
        # asked for explicitly: releases of `packaging` differ in what they take for granted
        return wanted.contains(Version(version), prereleases=bool(wanted.prereleases))
    except ValueError:  # of what neither PEP 440 nor a number is
        return None


def _split(clause: str) -> tuple[str, str]:
    """Operator and version of a clause; a version alone means exactly that one."""
    for sign in _OPERATORS:
        wanted = clause[len(sign) :].strip()
        if clause.startswith(sign) and wanted and len(wanted.split()) == 1:
            return sign, wanted
    return "==", clause
