"""Blueprints, code and bytes made by chance: a lint raises nothing and says the same twice.

Seeded and bounded; `BPLINT_FUZZ` multiplies the number of cases, `BPLINT_FUZZ_SEED` is another beginning.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.support.fuzz_case import (
    FIXTURES,
    KEYS,
    NAMES,
    SCALARS,
    blueprints,
    check,
    check_request,
    damaged,
    texts_of,
)
from tests.support.hostile_case import run

SCALE = float(os.environ.get("BPLINT_FUZZ", "1"))
SEED = int(os.environ.get("BPLINT_FUZZ_SEED", "1"))
PIECES = (
    *NAMES,
    *SCALARS,
    *KEYS,
    ":",
    "- ",
    "#",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"',
    "'",
    "\t",
    "|",
    "? ",
    "&b",
    "---",
)
CODE_PIECES = (
    *(
        "ctx",
        "None",
        "lambda: 0",
        "*args",
        "**kwargs",
        "yield",
        "await x",
        "return",
        "raise",
        "pass",
        "(",
        ")",
    ),
    *(":", "=", "@operation", "@workflow", "async ", "while True:", "if 0:", "import x", "from . import *"),
    *(
        "global ctx",
        "0x" + "f" * 5000,
        "'\\ud800'",
        "f'{ctx}'",
        "graph",
        "ctx.graph_mode()",
        "\f",
        "\t",
        "\\",
        "é",
    ),
    *("del ctx", "[x for x in ctx]", "(y := 1)", "try:", "finally:", "with x as y:", "class A:", "print 1"),
)
CODE = sorted(
    (main, module)
    for main in (FIXTURES / "rules").glob("BP7*/*/plugin.yaml")
    for module in main.parent.rglob("*.py")
)


def bounded(cases: int) -> settings:
    return settings(
        max_examples=max(int(cases * SCALE), 1),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@seed(SEED)
@bounded(150)
@given(blueprints())
def test_blueprints(text: str) -> None:
    check(text.encode())


@seed(SEED)
@bounded(200)
@given(damaged(texts_of("BP*/*.yaml"), PIECES))
def test_damaged_fixtures(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@seed(SEED)
@bounded(150)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_bytes(data: bytes) -> None:
    check(data)


@seed(SEED)
@bounded(60)
@given(st.data(), st.sampled_from(CODE))
def test_damaged_code(data: st.DataObject, case: tuple[Path, Path]) -> None:
    main, module = case
    text = data.draw(damaged([module.read_text("utf-8", "replace")], CODE_PIECES))
    check_request(main.as_posix(), {module.as_posix(): text})


def test_output_is_the_same_whatever_the_hashes(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    for number, text in enumerate(texts_of("BP*/bad*.yaml")):
        (folder / f"b{number}.yaml").write_bytes(text.encode())
    ends = [run(folder, ".", "--format", "json", time_s=60, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert ends[0].code == ends[1].code == 1
    assert ends[0].out == ends[1].out
    assert ends[0].err == ""
