"""Version constraints of `plugin:name?version=…`, as the manager understands them (PEP 440 specifiers)."""

from __future__ import annotations

import re
from typing import Final

Release = tuple[tuple[int, ...], tuple[int, int], int]

_VERSION: Final = (
    r"v?(?P<release>\d+(?:\.\d+)*)"
    r"(?:[-_.]?(?P<pre>a|b|c|rc|alpha|beta|pre|preview)[-_.]?(?P<pre_number>\d*))?"
    r"(?:[-_.]?(?:post|rev|r)[-_.]?(?P<post>\d*))?"
    r"(?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_number>\d*))?"
)
_OPERATORS: Final = ("===", "~=", "==", "!=", "<=", ">=", "<", ">")
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

    A plain version means exactly that one.
    """
    if not constraint.strip():
        return True
    have = parse_release(version)
    if have is None:
        return None
    for clause in constraint.split(","):
        answer = _meets_clause(version, have, clause)
        if not answer:
            return answer
    return True


def _meets_clause(version: str, have: Release, clause: str) -> bool | None:
    operator, wanted = _split(clause.strip())
    if operator == "===":
        return version == wanted
    if wanted.endswith(".*"):
        return _starts_with(have, wanted[:-2], operator)
    want = parse_release(wanted)
    if want is None:
        return None
    if operator == "~=":
        parent = wanted.rpartition(".")[0]
        return have >= want and bool(_starts_with(have, parent, "==")) if parent else None
    return {
        "==": have == want,
        "!=": have != want,
        ">=": have >= want,
        "<=": have <= want,
        ">": have > want,
        "<": have < want,
    }[operator]


def _split(clause: str) -> tuple[str, str]:
    """Operator and version of a clause; a version alone means exactly that one."""
    for operator in _OPERATORS:
        wanted = clause[len(operator) :].strip()
        if clause.startswith(operator) and wanted and len(wanted.split()) == 1:
            return operator, wanted
    return "==", clause


def _starts_with(have: Release, prefix: str, operator: str) -> bool | None:
    if operator not in ("==", "!=") or not _is_plain_release(prefix):
        return None
    wanted = [int(part) for part in prefix.split(".")]
    padded = [*have[0], *([0] * len(wanted))][: len(wanted)]
    return (padded == wanted) is (operator == "==")
