"""Published blueprints, fixed: no byte changes that no fix names, and nothing gets worse."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bplint.app import LintRequest, LintResult
from bplint.app.fixing import Fixing
from bplint.config import Config
from bplint.edit import select_edits
from bplint.source import Source
from tests.support.shared import SHARED, needs_shared

if TYPE_CHECKING:
    from bplint.edit import Edit

CORPUS = SHARED / "corpus"
pytestmark = needs_shared
WORDS = ("ok", "advice", "fails", "refused")
# rules that are off by default and have fixes are on
CONFIG = Config(extend_select=("BP629", "BP922"))


def mains() -> list[str]:
    if not CORPUS.is_dir():
        return []
    return sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.yaml"))


@cache
def original() -> dict[str, bytes]:
    return {
        path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in CORPUS.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, content in original().items():  # without the modes, which may be read-only
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def changed_files(folder: Path) -> set[str]:
    """Files that are not as they were; new ones and lost ones too."""
    now = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    before = original()
    return {
        name
        for name in now.keys() | before.keys()
        if name not in now or now[name].read_bytes() != before.get(name)
    }


def worst(result: LintResult, path: str) -> int:
    return max((WORDS.index(file.verdict) for file in result.files if file.path == path), default=0)


def restored(folder: Path, names: set[str]) -> None:
    for name in names:
        (folder / name).write_bytes(original()[name])


def rebuilt(before: str, edits: list[Edit]) -> str:
    """The text that edits on this text make, made here once more in the plainest way."""
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        before = before[: edit.span.start] + edit.text + before[edit.span.end :]
    return before


def check_bytes(before: bytes, after: bytes, rounds: list[list[Edit]]) -> None:
    """The file is byte for byte what the edits of its fixes make of it, and in one round each changed line
    has an edit on it. (In later rounds edits lie on lines that earlier ones made.)"""
    source, _ = Source.from_bytes("", before)
    text = source.text
    for edits in rounds:
        text = rebuilt(text, edits)
    assert source.to_bytes(text) == after
    if len(rounds) == 1:
        assert changed_lines(source, text) <= named_lines(source, rounds[0])


def changed_lines(source: Source, text: str) -> set[int]:
    lines = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    codes = SequenceMatcher(None, *lines, autojunk=False).get_opcodes()
    return {line for kind, a, b, _, _ in codes if kind != "equal" for line in range(a, max(b, a + 1))}


def named_lines(source: Source, edits: list[Edit]) -> set[int]:
    starts = source.lines.starts
    return {
        line
        for edit in edits
        for line in range(bisect_right(starts, edit.span.start) - 1, bisect_right(starts, edit.span.end))
    }


@pytest.mark.parametrize("is_unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("name", mains())
def test_fix(corpus: Path, name: str, is_unsafe: bool) -> None:
    path = str(corpus / name)
    fixing = Fixing(LintRequest((path,), CONFIG), is_unsafe=is_unsafe)
    fixing.write()
    changed = changed_files_of(corpus, fixing)
    try:
        for file in fixing.texts:
            rounds = [edits for fixes in fixing.rounds if (edits := select_edits(fixes)[0].get(file))]
            relative = Path(file).relative_to(corpus).as_posix()
            after = (corpus / relative).read_bytes()
            check_bytes(original()[relative], after, rounds)
        assert worst(fixing.after, path) <= worst(fixing.before, path)
        again = Fixing(LintRequest((path,), CONFIG), is_unsafe=is_unsafe)
        assert again.texts == {}
    finally:
        restored(corpus, changed)


def changed_files_of(corpus: Path, fixing: Fixing) -> set[str]:
    """The changed files, which are those that the fixes name."""
    named = {Path(file).relative_to(corpus).as_posix() for file in fixing.texts}
    if named:
        assert changed_files(corpus) == named
    return named


def test_nothing_else_is_written(corpus: Path) -> None:
    assert changed_files(corpus) == set()
