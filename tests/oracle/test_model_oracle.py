"""The model and the reference parser on small blueprints: same verdict, and its exception among ours."""

from __future__ import annotations

import os
from itertools import chain
from random import Random
from typing import TYPE_CHECKING

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.diagnostic import Effect
from tools.oracle.model_samples import (
    Sample,
    defaults,
    graphs,
    hierarchies,
    instances,
    operations,
    table,
    values,
)
from tools.oracle.reference import Verdict, needs_oracle, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = needs_oracle

# All combinations take minutes; BPLINT_ORACLE_ALL runs them, a fixed choice otherwise.
EVERYTHING = bool(os.environ.get("BPLINT_ORACLE_ALL"))


def choice(samples: Iterable[Sample], count: int) -> list[Sample]:
    found = list(samples)
    return found if EVERYTHING or len(found) <= count else Random(11).sample(found, count)


def raised_by_us(text: str) -> set[Verdict]:
    result = lint(LintRequest((), Config(), stdin=("blueprint.yaml", text.encode())))
    return {
        (entry.reference.exception, entry.reference.code) if entry.reference else None
        for entry in result.diagnostics
        if entry.effect is Effect.REFUSED
    }


def disagreements(samples: list[Sample]) -> list[str]:
    found = []
    for (name, text), expected in zip(samples, verdicts([text for _, text in samples]), strict=True):
        ours = raised_by_us(text)
        if (expected is None and ours) or (expected is not None and expected not in ours):
            found.append(f"{name}: the parser says {expected}, we say {sorted(map(str, ours))}\n{text}")
    return found


def test_rows() -> None:
    assert disagreements(list(table())) == []


def test_values() -> None:
    assert disagreements(choice(values(), 40)) == []


def test_defaults() -> None:
    assert disagreements(choice(defaults(), 40)) == []


def test_operations() -> None:
    assert disagreements(choice(operations(), 60)) == []


def test_instances() -> None:
    assert disagreements(choice(instances(), 30)) == []


def test_graphs() -> None:
    count = 600 if EVERYTHING else 40
    assert disagreements(list(chain(graphs(count, 1), hierarchies(count // 2, 2)))) == []
