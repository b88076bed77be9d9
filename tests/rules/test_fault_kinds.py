"""Every kind of fault: one rule words it, it is called after no other, and it is made in one way only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from bplint.diagnostic import Reference
from bplint.fault import Fault, rule_name
from bplint.rules.registry import all_rules
from bplint.span import Span

PACKAGE = Path(__file__).parents[2] / "bplint"


def below(kind: type[Fault]) -> Iterator[type[Fault]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def of_bplint() -> set[type[Fault]]:
    for path in PACKAGE.rglob("*_faults.py"):
        import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    return {kind for kind in below(Fault) if kind.__module__.startswith("bplint.")}


def test_one_rule_words_each_kind() -> None:
    worded = Counter(rule.on for rule in all_rules() if issubclass(rule.on, Fault))
    kinds = {kind for kind in of_bplint() if not kind.__subclasses__()}
    assert len(kinds) > 300
    assert kinds - set(worded) == set()
    assert [kind for kind, count in worded.items() if count > 1] == []


def test_rules_are_called_after_their_kinds() -> None:
    rules = [rule for rule in all_rules() if issubclass(rule.on, Fault)]
    assert [rule.code for rule in rules if rule.name != rule_name(rule.on)] == []
    assert rule_name(Python2Only) == "python2-only"


def test_names_stand_for_one_thing() -> None:
    counts = Counter(kind.__name__ for kind in of_bplint())
    assert [name for name, count in counts.items() if count > 1] == []


def test_worded_kinds_say_what_is_wrong() -> None:
    silent = [rule.on.__name__ for rule in all_rules() if issubclass(rule.on, Fault) and not rule.on.__doc__]
    assert silent == []


class Python2Only(Fault):
    """Made here."""

    name: str
    known: tuple[str, ...] = ()


def made() -> Python2Only:
    return Python2Only("a.yaml", Span(1, 4), name="x")


def test_fields() -> None:
    fault = made()
    assert (fault.path, fault.span, fault.reference, fault.name, fault.known) == (
        "a.yaml",
        Span(1, 4),
        None,
        "x",
        (),
    )
    assert fault.rule == "python2-only"
    assert repr(fault) == "Python2Only('a.yaml', (1, 4), name='x', known=())"
    assert not hasattr(fault, "__dict__")


def test_is_never_changed() -> None:
    with pytest.raises(AttributeError):
        made().name = "y"  # type: ignore[misc]


def test_unknown_and_missing_fields_are_refused() -> None:
    with pytest.raises(TypeError):
        Python2Only("a.yaml", Span(1, 4), name="x", nam="y")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Python2Only("a.yaml", Span(1, 4))  # type: ignore[call-arg]


def test_moved_to_another_reference() -> None:
    fault = made()
    moved = fault.moved_to(Reference("DSLParsingLogicException", 7))
    assert isinstance(moved, Python2Only)
    assert (moved.reference, moved.name, moved.known) == (Reference("DSLParsingLogicException", 7), "x", ())
    assert fault.reference is None
