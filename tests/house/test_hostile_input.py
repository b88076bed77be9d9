"""Every hostile case ends in time, within memory, as the table says, and leaves nothing behind.

The limits of a process are POSIX's; elsewhere only the time is watched. `--update` writes the table into
`docs/security.md`.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.support.hostile_case import EXIT_CODES, FOLDER, ROOT, USAGE, Hostile, run
from tests.support.hostile_cases import CASES, table

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- cases -->\n", "<!-- end of cases -->\n"


def fill(case: Hostile, folder: Path) -> None:
    if case.make is None:
        shutil.copytree(FOLDER / case.name, folder)
    else:
        folder.mkdir()
        case.make(folder)


def names_in(folder: Path) -> set[str]:
    """What lies directly in a folder and beside it: an escape would show there."""
    return {path.name for path in [*folder.iterdir(), *folder.parent.iterdir()] if path.name != "__pycache__"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ends_as_the_table_says(case: Hostile, tmp_path: Path) -> None:
    if case.is_posix and os.name != "posix":
        pytest.skip("wants devices, pipes and links")
    folder = tmp_path / "here"
    fill(case, folder)
    before = names_in(folder)
    ended = run(folder, *case.arguments, "--format", "concise")
    try:
        assert ended.code in EXIT_CODES[case.outcome], (ended.code, ended.out[:500], ended.err[:500])
        assert "Traceback" not in ended.err
        assert bool(ended.err) == (case.outcome == USAGE)
        codes = set(re.findall(r"\[(BP\d{3}) ", ended.out))
        assert "BP000" not in codes
        assert case.code in codes or not case.code
        assert names_in(folder) - before <= {"here.out", "here.err"}
    finally:
        # deeper than the removal of temporary folders goes
        _remove(folder)


def _remove(folder: Path) -> None:
    """Delete a folder however deep it is: its parts are moved up before they are deleted."""
    level = 0
    stack = [folder]
    while stack:
        here = stack.pop()
        for path in list(here.iterdir()):
            if path.is_dir() and not path.is_symlink():
                level += 1
                target = folder.parent / f"part{level}"
                path.rename(target)
                stack.append(target)
            else:
                path.unlink()
        here.rmdir()


def test_table_is_in_the_documentation(is_update: bool) -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    wanted = f"{before}{BEGIN}\n" + "\n".join(table()) + END + after
    if is_update:
        PAGE.write_text(wanted, "utf-8")
    assert text == wanted or is_update


def test_every_folder_is_a_case() -> None:
    named = {case.name for case in CASES if case.make is None}
    assert named == {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert len({case.name for case in CASES}) == len(CASES)
