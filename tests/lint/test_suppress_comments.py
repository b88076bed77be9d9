"""Suppression comments: what they cover, in YAML and in Python, and what is said of idle ones."""

from __future__ import annotations

import pytest

from bplint.config import Config
from bplint.diagnostic import Diagnostic, Effect, Severity
from bplint.edit import Edit, apply_edits
from bplint.lint.select import Selection
from bplint.lint.suppress import Suppressor
from bplint.lint.walk import word
from bplint.rules.registry import RuleBook
from bplint.source import Source
from bplint.span import Span

RULE = "BP982"  # any rule will do: what is suppressed is made up here
NAME = "bad-suppression"


def told(source: Source) -> list[Diagnostic]:
    """A diagnostic at every HERE of a text."""
    found, start = [], source.text.find("HERE")
    while start >= 0:
        span = Span(start, start + 4)
        found.append(Diagnostic(RULE, NAME, Severity.ERROR, Effect.FAILS, "", source.path, span))
        start = source.text.find("HERE", start + 1)
    return found


def kept_lines(text: str, path: str = "a.yaml", config: Config | None = None) -> list[int]:
    source = Source.from_text(path, text)
    suppressor = Suppressor({path: source}, Selection(config or Config(), RuleBook()))
    return [source.lines.position(entry.span.start)[0] for entry in suppressor.keep(told(source))]


COVERED = {
    "line": ("a: HERE  # bplint: ignore[BP982]\nb: HERE\n", [2]),
    "reason": ("a: HERE  # bplint: ignore[BP982] it will be mended\nb: HERE\n", [2]),
    "name": ("a: HERE  # bplint: ignore[bad-suppression]\n", []),
    "prefix": ("a: HERE  # bplint: ignore[BP9]\n", []),
    "several": ("a: HERE  # bplint: ignore[BP201, BP982]\n", []),
    "other rule": ("a: HERE  # bplint: ignore[BP201]\n", [1]),
    "after another comment": ("a: HERE  # see the wiki # bplint: ignore[BP982]\n", []),
    "in a string": ("a: 'HERE # bplint: ignore[BP982]'\n", [1]),
    "in a block scalar": ("a: |\n  HERE # bplint: ignore[BP982]\n", [2]),
    "block": (
        "# bplint: ignore[BP982]\na:\n  b: HERE\n\n  # more\n  c:\n    d: HERE\ne: HERE\n",
        [8],
    ),
    "nested block": ("a:\n  # bplint: ignore[BP982]\n  b: HERE\n  c: HERE\n", [4]),
    "list at its own depth": ("# bplint: ignore[BP982]\na:\n- HERE\n- HERE\nb: HERE\n", [5]),
    "list item": ("a:\n# bplint: ignore[BP982]\n- b: HERE\n  c: HERE\n- HERE\n", [5]),
    "flow over lines": ("# bplint: ignore[BP982]\na: {\n  b: HERE\n}\nc: HERE\n", [5]),
    "comment above a comment": ("# bplint: ignore[BP982]\n# why\na: HERE\nb: HERE\n", [4]),
    "two comments": (
        "# bplint: ignore[BP201]\n# bplint: ignore[BP982]\na: HERE\n",
        [],
    ),
    "nothing below": ("a: HERE\n# bplint: ignore[BP982]\n", [1]),
    "file": ("a: HERE\nb:\n  c: HERE\n# bplint: ignore-file[BP982]\n", []),
    "windows": ("# bplint: ignore[BP982]\r\na:\r\n  b: HERE\r\nc: HERE\r\n", [4]),
}


@pytest.mark.parametrize("name", COVERED)
def test_yaml(name: str) -> None:
    text, lines = COVERED[name]
    assert kept_lines(text) == lines


PYTHON = {
    "line": ("a = HERE  # bplint: ignore[BP982]\nb = HERE\n", [2]),
    "statement": ("# bplint: ignore[BP982]\na(\n    HERE,\n)\nb = HERE\n", [5]),
    "closing bracket": ("# bplint: ignore[BP982]\na = (\n    1,\n) + HERE\nb = HERE\n", [5]),
    "function": ("# bplint: ignore[BP982]\ndef f():\n    HERE\n\n    HERE\n\n\nHERE\n", [8]),
    "decorated": ("# bplint: ignore[BP982]\n@a\n@b(\n    1\n)\ndef f():\n    HERE\n\nHERE\n", [9]),
    "string": ("a = 'HERE # bplint: ignore[BP982]'\n", [1]),
    "file": ("# bplint: ignore-file[BP982]\na = HERE\n", []),
    "broken code": ("a = HERE  # bplint: ignore[BP982]\nb = (HERE\n", [2]),
}


@pytest.mark.parametrize("name", PYTHON)
def test_python(name: str) -> None:
    text, lines = PYTHON[name]
    assert kept_lines(text, "plugin.py") == lines


def test_mandatory_rule_cannot_be_silenced() -> None:
    config = Config(mandatory=(NAME,))
    assert kept_lines("a: HERE  # bplint: ignore[BP982]\n", config=config) == [1]


IDLE = {
    "unused": ("a: 1  # bplint: ignore[BP982]\n", "BP980", "a: 1\n"),
    "unused block": ("a:\n  # bplint: ignore[BP982] why\n  b: 1\n", "BP980", "a:\n  b: 1\n"),
    "unused at the end": ("a: 1\n# bplint: ignore[BP982]", "BP980", "a: 1\n"),
    "one of two": (
        "a: HERE  # bplint: ignore[BP981, BP982] why\n",
        "BP980",
        "a: HERE  # bplint: ignore[BP982] why\n",
    ),
    "the last of two": (
        "a: HERE  # bplint: ignore[BP982, BP981]\n",
        "BP980",
        "a: HERE  # bplint: ignore[BP982]\n",
    ),
    "unknown": ("a: 1  # bplint: ignore[XY1]\n", "BP981", "a: 1\n"),
    "mistyped": (
        "a: 1  # bplint: ignore[bad-supression]\n",
        "BP981",
        "a: 1  # bplint: ignore[bad-suppression]\n",
    ),
    "without a code": ("a: 1  # bplint: ignore\n", "BP982", None),
    "empty": ("a: 1  # bplint: ignore[]\n", "BP982", None),
    "mistyped verb": ("a: 1  # bplint: ingore[BP201]\n", "BP982", None),
    "internal": ("a: 1  # bplint: ignore[BP000]\n", "BP983", "a: 1\n"),
    "used": ("a: HERE  # bplint: ignore[BP982]\n", None, None),
    "wants --deployment": ("a: 1  # bplint: ignore[BP680]\n", None, None),
    "wants --plan": ("a: 1  # bplint: ignore[BP780]\n", None, None),
}


def idle(text: str, *, is_complete: bool = True, config: Config | None = None) -> list[Diagnostic]:
    source = Source.from_text("a.yaml", text)
    selection = Selection(config or Config(), RuleBook())
    suppressor = Suppressor({"a.yaml": source}, selection)
    suppressor.keep(told(source))
    faults = [*suppressor.faults, *suppressor.idle(frozenset() if is_complete else {source.path})]
    return word(faults, selection.rules, selection, None)


@pytest.mark.parametrize("name", IDLE)
def test_idle_comment_is_told_and_removed(name: str) -> None:
    text, code, fixed = IDLE[name]
    found = idle(text)
    assert [entry.code for entry in found] == ([code] if code else [])
    fixes = [entry.fix for entry in found if entry.fix]
    assert len(fixes) == (fixed is not None)
    for fix in fixes:
        edits: tuple[Edit, ...] = fix.edits
        assert apply_edits(text, edits) == fixed


def test_unused_is_not_told_of_an_incomplete_blueprint() -> None:
    assert idle("a: 1  # bplint: ignore[BP982]\n", is_complete=False) == []


def test_unused_is_not_told_of_a_rule_that_is_off() -> None:
    config = Config(ignore=("BP982",))
    assert idle("a: 1  # bplint: ignore[BP982]\n", config=config) == []


def test_idle_comment_for_a_deployment_is_told_when_deployments_are_checked() -> None:
    found = idle("a: 1  # bplint: ignore[BP680]\n", config=Config(deployment=True))
    assert [entry.code for entry in found] == ["BP980"]


# a comment alone on a line covers the block below it, and no line behind that: text, lines that are covered
BLOCKS = {
    "what is deeper belongs to the block": ("# X\na:\n  b: 1\nc: 2\n", (2, 3)),
    "what is less deep ends it": ("a:\n  # X\n  b:\n    - 1\nc: 2\n", (3, 4)),
    "a list at the depth of its key belongs to it": ("# X\na:\n- 1\n- 2\nb: 3\n", (2, 4)),
    "the next item of a list is another block": ("a:\n# X\n- 1\n- 2\n", (3, 3)),
    "a list that ends in front of less depth": ("a:\n  b:\n    # X\n    c:\n    - 1\n  d: 2\n- 3\n", (4, 5)),
    "decorators and their function": ("# X\n@one\n@two\ndef f():\n    pass\nx = 1\n", (2, 5)),
    "closing brackets": ("# X\nx = [\n    1,\n]\ny = 2\n", (2, 4)),
    "a list of less depth is not the block's": ("a:\n    # X\n    b: 1\n  - c\n", (3, 3)),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_comment_covers_its_block(name: str) -> None:
    text, covered = BLOCKS[name]
    source = Source.from_text("a.yaml", text.replace("X", "bplint: ignore[BP250] for now"))
    suppressor = Suppressor({"a.yaml": source}, Selection(Config(), RuleBook()))
    (comment,) = suppressor._by_path["a.yaml"]
    assert (comment.first, comment.last) == covered
