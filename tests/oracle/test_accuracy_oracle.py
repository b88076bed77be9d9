"""The valid files of the accuracy benchmark are valid to its judges, and a fault is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.accuracy import valid
from benchmarks.accuracy.case_bench import Bench, Court
from benchmarks.accuracy.import_answers import Answers
from benchmarks.accuracy.mistaken_files import Case
from tools.oracle.reference import needs_oracle, oracle_python

pytestmark = needs_oracle

OWN = [
    *(each for each in valid.blueprints(None) if each.origin == "own"),
    *valid.plugins(None),
    *valid.code(),
]
NAMES = {f"{each.family} {each.name}": each for each in OWN}


@pytest.fixture(scope="module")
def court() -> Iterator[Court]:
    python = oracle_python()
    assert python is not None
    made = Court(python, None)
    yield made
    made.close()


@pytest.mark.parametrize("name", NAMES)
def test_valid(name: str, court: Court, tmp_path: Path) -> None:
    bench = Bench(NAMES[name], tmp_path / "case", Answers(tmp_path / "answers"), court)
    assert bench.prepare()


@pytest.mark.parametrize(
    ("name", "path", "before", "after", "judge"),
    [
        ("blueprint shop", "blueprint.yaml", "type: shop.nodes.Server", "type: shop.nodes.Sever", "parse"),
        (
            "plugin store",
            "plugin.yaml",
            "derived_from: cloudify.nodes.Root",
            "derived_from: nowhere",
            "parse",
        ),
        ("code backup", "acme_backup/shell.py", "return output", "return outputs", "import"),
        ("code backup", "acme_backup/workflows.py", "    graph.execute()", "    pass", "engine"),
    ],
)
def test_fault(
    name: str, path: str, before: str, after: str, judge: str, court: Court, tmp_path: Path
) -> None:
    chosen = NAMES[name]
    bench = Bench(chosen, tmp_path / "case", Answers(tmp_path / "answers"), court)
    assert bench.prepare()
    text = chosen.files[path].replace(before, after, 1)
    assert text != chosen.files[path]
    found = bench.outcome(Case("k", 0, path, text, frozenset()))
    assert found.verdict is not None
    assert found.verdict[0] == judge
