"""Everything hostile that is tried, with how it has to end; `docs/security.md` shows the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.hostile_archives import ARCHIVES
from tests.support.hostile_code import CODE
from tests.support.hostile_files import FILES
from tests.support.hostile_texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS: Final = {
    "Texts": TEXTS,
    "Imports, files, configuration": FILES,
    "Archives": ARCHIVES,
    "Code": CODE,
}
CASES: Final = tuple(case for group in GROUPS.values() for case in group)


def table() -> Iterator[str]:
    """The lines of the tables in the documentation."""
    for title, group in GROUPS.items():
        yield f"### {title}"
        yield ""
        yield "| case | what it is | outcome |"
        yield "|---|---|---|"
        for case in group:
            told = f"{case.outcome}, {case.code}" if case.code else case.outcome
            yield f"| {case.name} | {case.about.replace('|', '/')} | {told} |"
        yield ""
