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
_CLAUSE: Final = r"\s*(===|~=|==|!=|<=|>=|<|>)\s*(\S+)\s*"
_PRE: Final = {"a": 0, "alpha": 0, "b": 1, "beta": 1, "c": 2, "rc": 2, "pre": 2, "preview": 2}
_FINAL: Final = 3


def parse_release(text: str) -> Release | None:
    """A version that can be compared, or None where it is none: release without trailing zeros, stage, post.

    >>> parse_release("1.22.0") == parse_release("1.22")
    True
    """
    found = re.fullmatch(_VERSION, text.strip(), re.IGNORECASE)
    if found is None:
        return None
    numbers = [int(part) for part in found["release"].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    stage = (_FINAL, 0)
    if found["pre"]:
        stage = (_PRE[found["pre"].lower()], int(found["pre_number"] or 0))
    elif found["dev"]:
        stage = (-1, int(found["dev_number"] or 0))
    return tuple(numbers), stage, int(found["post"] or 0)


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
    found = re.fullmatch(_CLAUSE, clause)
    operator, wanted = found.groups() if found else ("==", clause.strip())
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


def _starts_with(have: Release, prefix: str, operator: str) -> bool | None:
    if operator not in ("==", "!=") or not re.fullmatch(r"\d+(\.\d+)*", prefix):
        return None
    wanted = [int(part) for part in prefix.split(".")]
    padded = [*have[0], *([0] * len(wanted))][: len(wanted)]
    return (padded == wanted) is (operator == "==")
