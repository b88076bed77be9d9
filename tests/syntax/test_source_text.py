"""Bytes to text, and offsets to lines and columns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bplint.source import MAX_BYTES, LineIndex, Source, read_source
from bplint.source_faults import UnreadableFile

DECODED = [
    pytest.param(b"a: b\n", "a: b\n", "utf-8", False, [], id="ascii"),
    pytest.param("a: é\n".encode(), "a: é\n", "utf-8", False, [], id="utf-8"),
    pytest.param(b"\xef\xbb\xbfa: b\n", "a: b\n", "utf-8", True, [], id="utf-8 with mark"),
    pytest.param(b"\xff\xfea\x00:\x00", "a:", "utf-16-le", True, [("bad-encoding", 0)], id="utf-16 little"),
    pytest.param(b"\xfe\xff\x00a\x00:", "a:", "utf-16-be", True, [("bad-encoding", 0)], id="utf-16 big"),
    pytest.param(b"a: \xe9\n", "a: é\n", "latin-1", False, [("bad-encoding", 3)], id="latin-1"),
    pytest.param(b"a: \xc3\xa9\xff", "a: Ã©ÿ", "latin-1", False, [("bad-encoding", 5)], id="first bad byte"),
    pytest.param(b"a: \x00\x01", "a: \x00\x01", "utf-8", False, [("illegal-character", 3)], id="nul"),
    pytest.param(b"a: \x7f", "a: \x7f", "utf-8", False, [("illegal-character", 3)], id="delete"),
    pytest.param(
        "a: \ufffe".encode(), "a: \ufffe", "utf-8", False, [("illegal-character", 3)], id="noncharacter"
    ),
    pytest.param(b"", "", "utf-8", False, [], id="empty"),
]


@pytest.mark.parametrize(("data", "text", "encoding", "has_bom", "faults"), DECODED)
def test_decoding(data: bytes, text: str, encoding: str, has_bom: bool, faults: list[object]) -> None:
    source, found = Source.from_bytes("x", data)
    assert (source.text, source.encoding, source.has_bom) == (text, encoding, has_bom)
    assert [(fault.rule, fault.span.start) for fault in found] == faults


@pytest.mark.parametrize(("data", "text", "encoding", "has_bom", "faults"), DECODED)
def test_the_same_bytes_again(
    data: bytes, text: str, encoding: str, has_bom: bool, faults: list[object]
) -> None:
    source, _ = Source.from_bytes("x", data)
    assert source.to_bytes(source.text) == data


NEWLINES = [
    pytest.param("a\nb", "\n", id="line feed"),
    pytest.param("a\r\nb\n", "\r\n", id="both, first wins"),
    pytest.param("a\rb", "\r", id="carriage return"),
    pytest.param("a", "\n", id="none"),
]


@pytest.mark.parametrize(("text", "newline"), NEWLINES)
def test_newline(text: str, newline: str) -> None:
    assert Source.from_text("x", text).newline == newline


POSITIONS = [
    pytest.param("ab\ncd", 0, (1, 1), (1, 1), id="start"),
    pytest.param("ab\ncd", 2, (1, 3), (1, 3), id="line feed"),
    pytest.param("ab\ncd", 4, (2, 2), (2, 2), id="second line"),
    pytest.param("ab\r\ncd", 4, (2, 1), (2, 1), id="carriage return and line feed"),
    pytest.param("ab\rcd", 3, (2, 1), (2, 1), id="carriage return"),
    pytest.param("a\u2028b\nc", 4, (2, 1), (2, 1), id="line separator is no line"),
    pytest.param("\U0001f600é=x", 3, (1, 4), (1, 5), id="beyond the basic plane"),
    pytest.param("a\n", 2, (2, 1), (2, 1), id="end"),
    pytest.param("a", 99, (1, 2), (1, 2), id="behind the end"),
]


@pytest.mark.parametrize(("text", "offset", "position", "utf16"), POSITIONS)
def test_position(text: str, offset: int, position: tuple[int, int], utf16: tuple[int, int]) -> None:
    lines = LineIndex(text)
    assert lines.position(offset) == position
    assert lines.position_utf16(offset) == utf16
    assert lines.offset(*position) == min(offset, len(text))


def test_line_span_leaves_the_line_break_out() -> None:
    lines = LineIndex("ab\r\ncd\n")
    assert [tuple(lines.line_span(line)) for line in (1, 2, 3)] == [(0, 2), (4, 6), (7, 7)]


def test_missing_file(tmp_path: Path) -> None:
    source, faults = read_source(str(tmp_path / "none.yaml"), "none.yaml")
    assert source is None
    assert [(fault.rule, fault.path) for fault in faults] == [("unreadable-file", "none.yaml")]


def test_folder(tmp_path: Path) -> None:
    source, faults = read_source(str(tmp_path))
    assert source is None
    assert [fault.reason for fault in faults if isinstance(fault, UnreadableFile)] == ["it is a folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    source, faults = read_source(str(tmp_path / "pipe"))
    assert source is None
    assert [fault.reason for fault in faults if isinstance(fault, UnreadableFile)] == ["it is a pipe"]


def test_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    source, faults = read_source(str(path))
    assert source is None
    assert [fault.rule for fault in faults] == ["file-too-large"]


def test_name_with_a_nul() -> None:
    source, faults = read_source("a\0b")
    assert source is None
    assert [fault.rule for fault in faults] == ["unreadable-file"]
