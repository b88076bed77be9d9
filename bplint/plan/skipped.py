"""Lines of workflow code that an execution leaves out when something goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bplint.plan.code_folders import Code


class SkippedCode(Record):
    """Lines that did not run, the first and the last of them."""

    path: str
    first: int
    last: int


def find_skipped(
    base: Mapping[str, Sequence[int]], now: Mapping[str, Sequence[int]], code: Code
) -> tuple[SkippedCode, ...]:
    """Lines that ran in `base` and not `now`, joined where no line that ran lies between them."""
    found: list[SkippedCode] = []
    for path in filter(code.holds, sorted(base)):
        ran = set(now.get(path, ()))
        open_: SkippedCode | None = None
        for line in sorted({*base[path], *ran}):
            if line in ran:
                open_ = None
            elif open_ is None:
                open_ = SkippedCode(code.shown(path), line, line)
                found.append(open_)
            else:
                open_ = found[-1] = open_._replace(last=line)
    return tuple(found)
