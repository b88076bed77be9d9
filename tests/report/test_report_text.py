"""The reports for people, as goldens: read them."""

from __future__ import annotations

from pathlib import Path

import pytest

import bplint
from bplint.report import ReportOptions, render
from bplint.terminal.terminal_text import Window, visible, width_of, wrapped
from tests.support.results import clean, sample

ROOT = Path(__file__).parents[2]
GOLDENS = ROOT / "tests" / "goldens"

REPORTS = {
    "full.txt": ("full", ReportOptions()),
    "full_color.txt": ("full", ReportOptions(color=True)),
    "full_wrapped.txt": ("full", ReportOptions(is_wrapped=True)),
    "full_quiet.txt": ("full", ReportOptions(is_quiet=True)),
    "concise.txt": ("concise", ReportOptions()),
    "concise_color.txt": ("concise", ReportOptions(color=True)),
    "statistics.txt": ("full", ReportOptions(is_counted=True)),
    "report.json": ("json", ReportOptions()),
    "report.sarif": ("sarif", ReportOptions(prefix="sub")),
    "junit.xml": ("junit", ReportOptions()),
    "github.txt": ("github", ReportOptions(prefix="sub")),
    "gitlab.json": ("gitlab", ReportOptions(prefix="sub")),
}


@pytest.mark.parametrize("name", REPORTS)
def test_report_is_its_golden(name: str, is_update: bool) -> None:
    format_name, options = REPORTS[name]
    text = render(format_name, sample(), options)
    golden = GOLDENS / name
    if is_update:
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["full", "concise"])
def test_excerpts_fit_80_columns(name: str) -> None:
    options = ReportOptions(is_wrapped=True)
    lines = render("full", sample(), options).splitlines()
    assert [line for line in lines if width_of(line) > 80] == []


@pytest.mark.parametrize("name", ["full", "concise", "github"])
@pytest.mark.parametrize("color", [False, True])
def test_no_control_character_of_a_file_gets_through(name: str, color: bool) -> None:
    text = render(name, sample(), ReportOptions(color=color))
    own = text.replace("\x1b[", "") if color else text
    assert "\x1b[31mred" not in text
    assert "\u202e" not in own


@pytest.mark.parametrize("name", ["full", "concise"])
def test_clean_report_says_so(name: str) -> None:
    assert render(name, clean(), ReportOptions()) == "Nothing to report in 1 file\n"
    assert render(name, clean(), ReportOptions(is_quiet=True)) == ""


def test_last_line_says_what_is_unchecked() -> None:
    for name in ("full", "concise"):
        last = render(name, sample(), ReportOptions()).splitlines()[-1]
        assert last == "12 elements unchecked: plugin:acme is not here"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("a\tb\nc\r", "a\\tb\\nc\\r", id="blanks"),
        pytest.param("\x1b[0m\x07\x9b", "\\x1b[0m\\x07\\x9b", id="terminal codes"),
        pytest.param("a\u202eb\u2066", "a\\u202eb\\u2066", id="directions"),
        pytest.param("日本 é 👍", "日本 é 👍", id="letters"),
        pytest.param("\ud800", "\\ud800", id="lone surrogate"),
        pytest.param("a\xa0b", "a b", id="no-break space"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\t", 4), ("\x1b", 4), ("", 0), ("👍", 2)],
)
def test_width(text: str, columns: int) -> None:
    assert width_of(text) == columns


@pytest.mark.parametrize(
    ("start", "end", "width", "text", "column"),
    [
        pytest.param(0, 3, 80, "0123456789" * 5, 0, id="fits"),
        pytest.param(0, 3, 20, "0123456789012345678…", 0, id="at the beginning"),
        pytest.param(47, 50, 20, "…1234567890123456789", 17, id="at the end"),
        pytest.param(25, 28, 20, None, None, id="in the middle"),
        pytest.param(10, 50, 20, None, None, id="longer than the window"),
    ],
)
def test_window(start: int, end: int, width: int, text: str | None, column: int | None) -> None:
    line = "0123456789" * 5
    window = Window(line, start, end, width)
    assert width_of(window.text) <= width
    assert window.text[window.column(start)] == line[start]
    if text is not None:
        assert (window.text, window.column(start)) == (text, column)


def test_wrapping_keeps_words() -> None:
    assert wrapped("one two three", 7, "  ") == "one two\n  three"
    assert wrapped("unbreakable", 3, "  ") == "unbreakable"


@pytest.mark.parametrize("width", [50, 72, 100])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    """But a word that is wider itself, such as a path."""
    for code in ("BP100", "BP301", "BP416", "BP853"):
        for path in sorted((ROOT / "fixtures" / "rules" / code).glob("bad*.yaml")):
            result = bplint.lint_paths([path])
            text = render("full", result, ReportOptions(width=width, is_wrapped=True))
            wide = [line for line in text.splitlines() if width_of(line) > width]
            assert [line for line in wide if len(line.split()) > 2] == []
