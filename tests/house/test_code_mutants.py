"""Changes of code that tests should notice, as `make mutate` makes them."""

from __future__ import annotations

import pytest

from tools.code_mutants import mutants_of
from tools.mutate_code import ROOT, equivalent, layer_tests, places


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("x = a == b\n", ["x = a != b\n"]),
        ("x = é + b\n", ["x = (é - b)\n"]),
        ("if a:\n    f()\n", ["if (not (a)):\n    f()\n", "if a:\n    pass\n"]),
        ("def f() -> int:\n    '''Say 1.'''\n    return 1\n", None),
        ("def f():\n    return False\n", ["def f():\n    return True\n"]),
        ("x: Final[1] = not y\n", ["x: Final[1] = bool(y)\n"]),
        ("from __future__ import annotations\nif TYPE_CHECKING:\n    x = 1\n", []),
        ("class A:\n    __slots__ = ('a', 1)\n", []),
    ],
)
def test_mutants(text: str, changed: list[str] | None) -> None:
    found = [mutant.applied(text) for mutant in mutants_of(text)]
    if changed is None:
        changed = [text.replace("return 1", "return None"), text.replace("return 1", "return 2")]
    assert sorted(found) == sorted(changed)


def test_every_mutant_is_python() -> None:
    """The ends of what is replaced are right: each changed module still parses."""
    from ast import parse

    texts = {place.path: (ROOT / place.path).read_text(encoding="utf-8") for place in places()[::50]}
    for place in places()[::50]:
        parse(place.mutant.applied(texts[place.path]))


@pytest.mark.parametrize(
    ("path", "first"), [("bplint/model/cycles.py", "tests/model"), ("bplint/near.py", "tests/lint")]
)
def test_tests_of_a_layer(path: str, first: str) -> None:
    assert layer_tests(path)[0] == first


def test_equivalent_mutants_are_there() -> None:
    known = {(place.path, place.line_text(), str(place.mutant)) for place in places()}
    assert [entry for entry in equivalent() if entry not in known] == []
