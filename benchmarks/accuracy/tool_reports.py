"""What a tool tells of a file, and what of it is new beside the valid file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.diagnostic import Effect

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Told(NamedTuple):
    """A report of a tool. `level` is 'refused', 'fails', 'advice' for bplint, else what the tool says."""

    rule: str
    path: str
    line: int
    message: str
    level: str

    @property
    def is_error(self) -> bool:
        return self.level in ("refused", "fails", "error")


def by_bplint(folder: Path, main: str, given: str | None) -> list[Told]:
    """What `bplint validate`, with `--deployment` where inputs are given, says of a file and its imports."""
    inputs = (str(folder / given),) if given else ()
    config = Config(deployment=given is not None, inputs=inputs)
    result = lint(LintRequest((str(folder / main),), config))
    root = str(folder) + "/"
    told = []
    for entry in result.diagnostics:
        line = result.sources[entry.path].lines.position(entry.span.start)[0]
        level = entry.effect.value
        if entry.code == "BP000":
            level = "crash"
        elif entry.effect is not Effect.ADVICE and entry.severity.value not in ("error",):
            level = "advice"
        told.append(
            Told(f"{entry.code} {entry.name}", entry.path.removeprefix(root), line, entry.message, level)
        )
    return told


def new(before: Iterable[Told], after: Iterable[Told]) -> list[Told]:
    """What of `after` was not said before; places may have moved."""
    known = Counter((each.rule, each.message, each.path) for each in before)
    found = []
    for each in after:
        key = (each.rule, each.message, each.path)
        if known[key]:
            known[key] -= 1
        else:
            found.append(each)
    return found
