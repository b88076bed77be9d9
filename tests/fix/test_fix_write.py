"""Several files are written together or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bplint.edit import Applicability, Edit, Fix, apply_edits, select_edits
from bplint.fix.write import WriteError, write_together
from bplint.span import Span


def two_files(folder: Path) -> tuple[Path, Path]:
    first, second = folder / "a.yaml", folder / "b.py"
    first.write_bytes(b"one\r\n")
    second.write_bytes(b"two\n")
    return first, second


def test_writes_all_and_keeps_the_mode(tmp_path: Path) -> None:
    first, second = two_files(tmp_path)
    second.chmod(0o750)
    write_together({str(first): (b"one\r\n", b"eins\r\n"), str(second): (b"two\n", b"zwei\n")})
    assert (first.read_bytes(), second.read_bytes()) == (b"eins\r\n", b"zwei\n")
    assert stat.S_IMODE(second.stat().st_mode) == 0o750
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.py"]


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    first, _ = two_files(tmp_path)
    link = tmp_path / "link.yaml"
    link.symlink_to(first)
    write_together({str(link): (b"one\r\n", b"eins\r\n")})
    assert link.is_symlink()
    assert first.read_bytes() == b"eins\r\n"


def test_a_file_changed_meanwhile_stops_everything(tmp_path: Path) -> None:
    first, second = two_files(tmp_path)
    with pytest.raises(WriteError, match="changed while"):
        write_together({str(first): (b"one\r\n", b"eins\r\n"), str(second): (b"else\n", b"zwei\n")})
    assert (first.read_bytes(), second.read_bytes()) == (b"one\r\n", b"two\n")


def test_a_read_only_file_stops_everything(tmp_path: Path) -> None:
    first, second = two_files(tmp_path)
    second.chmod(0o444)
    with pytest.raises(WriteError, match="read-only"):
        write_together({str(first): (b"one\r\n", b"eins\r\n"), str(second): (b"two\n", b"zwei\n")})
    assert (first.read_bytes(), second.read_bytes()) == (b"one\r\n", b"two\n")


def test_a_full_disk_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = two_files(tmp_path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        write_together({str(first): (b"one\r\n", b"eins\r\n"), str(second): (b"two\n", b"zwei\n")})
    assert (first.read_bytes(), second.read_bytes()) == (b"one\r\n", b"two\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.py"]


def test_a_replacement_that_fails_takes_back_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_files(tmp_path)
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "b.py":
            raise OSError(1, "Operation not permitted")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(WriteError, match="not permitted"):
        write_together({str(first): (b"one\r\n", b"eins\r\n"), str(second): (b"two\n", b"zwei\n")})
    assert (first.read_bytes(), second.read_bytes()) == (b"one\r\n", b"two\n")


def fix(*edits: tuple[str, int, int, str]) -> Fix:
    return Fix("t", Applicability.SAFE, tuple(Edit(path, Span(a, b), text) for path, a, b, text in edits))


@pytest.mark.parametrize(
    ("fixes", "taken"),
    [
        pytest.param([fix(("a", 0, 2, "x")), fix(("a", 2, 4, "y"))], [0, 1], id="side by side"),
        pytest.param([fix(("a", 0, 3, "x")), fix(("a", 2, 4, "y"))], [0], id="overlap waits"),
        pytest.param(
            [fix(("a", 0, 1, "x")), fix(("a", 0, 1, "x"), ("b", 3, 3, "z"))], [0, 1], id="equal edits"
        ),
        pytest.param([fix(("a", 5, 5, "x")), fix(("a", 5, 5, "y"))], [0], id="two insertions at one place"),
        pytest.param([fix(("a", 0, 1, "x"), ("b", 0, 1, "x")), fix(("b", 0, 2, "y"))], [0], id="other file"),
    ],
)
def test_fixes_that_fit_together(fixes: list[Fix], taken: list[int]) -> None:
    assert select_edits(fixes)[1] == [fixes[n] for n in taken]


def test_edits_leave_the_rest_alone() -> None:
    edits = [Edit("a", Span(4, 7), "B"), Edit("a", Span(0, 0), ">"), Edit("a", Span(8, 9), "")]
    assert apply_edits("one two 3\r\n", edits) == ">one B \r\n"
