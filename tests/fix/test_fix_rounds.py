"""What a fix may do: nothing but its edits, and nothing that makes it worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bplint.diagnostic import Diagnostic, Effect, Severity
from bplint.edit import Applicability, Edit, Fix, apply_edits
from bplint.fix.fixpoint import Judged, fix_until_stable
from bplint.fix.verify_edits import is_only_intended_change
from bplint.source import Source
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANGES = {
    "other word": ("a: b\n", ("b", "c"), True),
    "line removed": ("a: 1\nb: 2\nc: 3\n", ("b: 2\n", ""), True),
    "first line removed": ("m:\n  a: 1\n  b: 2\n", ("  a: 1\n", ""), True),
    "anchor removed": ("m: &x\n  a: 1\n", (" &x", ""), True),
    "anchor that is used": ("m: &x 1\nn: *x\n", ("&x ", ""), False),
    "key that is there": ("a: 1\nb: 2\n", ("b", "a"), False),
    "rest becomes a comment": ("a: {b: 1, c: 2}\n", ("1,", "1} #"), False),
    "value removed": ("a:\nb: 1\nc: 2\n", ("b: 1\n", "b:\n"), True),
    "neighbour swallowed": ("a: 'b'\nc: 1\n", ("b'\nc", "b"), False),
    "indentation": ("a:\n  b: 1\n  c: 2\n", ("  b: 1\n  ", "  b: 1\n   "), False),
    "brackets": ("a: [b, c]\n", ("[b, ", "[[b], "), True),
    "no YAML": ("a: b\n", ("b", "[b"), False),
    "syntax mended": ("a:\n  b: 1\n  c:2\n", ("c:", "c: "), True),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_the_intended_change(name: str) -> None:
    before, (old, new), is_fine = CHANGES[name]
    start = before.index(old)
    edits = [Edit("a.yaml", Span(start, start + len(old)), new)]
    source = Source("a.yaml", before)
    assert is_only_intended_change(source, source.with_text(apply_edits(before, edits)), edits) is is_fine


# what stands in a text, and the effect that has
EFFECTS = {"bad": Effect.ADVICE, "worse": Effect.REFUSED, "failing": Effect.FAILS}


def outcome(before: str, replacements: dict[str, str]) -> tuple[str, int]:
    """The text that fixes make, each of which replaces one word, and how many were applied."""

    def judge(texts: Mapping[str, str]) -> Judged:
        source = Source("a.yaml", texts.get("a.yaml", before))
        found = []
        for word, effect in EFFECTS.items():
            start = source.text.find(word)
            if start >= 0:
                found.append(diagnostic(word, effect, None, Span(start, start + len(word))))
        for old, new in replacements.items():
            start = source.text.find(old)
            if start >= 0:
                span = Span(start, start + len(old))
                fix = Fix(f"{old} {new}", Applicability.SAFE, (Edit("a.yaml", span, new),))
                found.append(diagnostic("BP999", Effect.ADVICE, fix, span))
        return Judged(tuple(found), {"a.yaml": source})

    fixed = fix_until_stable(judge, lambda fix: True)
    text = fixed.texts["a.yaml"][1] if fixed.texts else before
    return text, sum(len(fixes) for fixes in fixed.rounds)


def diagnostic(code: str, effect: Effect, fix: Fix | None, span: Span) -> Diagnostic:
    return Diagnostic(code, code, Severity.INFO, effect, "", "a.yaml", span, fix=fix)


ROUNDS = {
    "one": ("a: x\n", {"x": "y"}, "a: y\n", 1),
    "one after the other": ("a: x\n", {"x": "y", "y": "z"}, "a: z\n", 2),
    "to worse": ("a: x\n", {"x": "worse"}, "a: x\n", 0),
    "one of several to worse": (
        "- x1\n- x2\n- x3\n",
        {"x1": "y1", "x2": "worse", "x3": "y3"},
        "- y1\n- x2\n- y3\n",
        2,
    ),
    "worse hidden behind better": (
        "- worse\n- x2\n",
        {"worse": "y", "x2": "failing"},
        "- y\n- x2\n",
        1,
    ),
    "without end": ("a: x\n", {"x": "y", "y": "x"}, "a: x\n", 20),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_rounds(name: str) -> None:
    before, replacements, after, number = ROUNDS[name]
    assert outcome(before, replacements) == (after, number)
