"""Functions, inputs, constraints, schedules and deployments against the reference parser."""

from __future__ import annotations

import json
import os
import subprocess
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.diagnostic import Effect
from tools.oracle import deployment_samples as deployments
from tools.oracle import function_samples as samples
from tools.oracle import input_samples
from tools.oracle.reference import needs_oracle, oracle_python

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.oracle.function_samples import Case

pytestmark = needs_oracle

BATCH = Path(__file__).parents[2] / "tools" / "oracle" / "case_batch.py"
# All combinations take minutes; BPLINT_ORACLE_ALL runs them, a fixed choice otherwise.
EVERYTHING = bool(os.environ.get("BPLINT_ORACLE_ALL"))

Verdict = tuple[str, str, int | None] | None


def choice(cases: Iterable[Case], count: int) -> list[Case]:
    found = list(cases)
    return found if EVERYTHING or len(found) <= count else Random(7).sample(found, count)


def verdicts(cases: list[Case]) -> list[Verdict]:
    """What the reference parser says: None, or stage, exception and code."""
    python = oracle_python()
    assert python is not None
    done = subprocess.run(
        [python, "-W", "ignore", str(BATCH)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
        timeout=60 + len(cases),
    )
    return [None if found is None else tuple(found) for found in json.loads(done.stdout)]


def said_by_us(case: Case, folder: Path) -> set[Verdict]:
    """Our refusals, and our failures where a deployment is made."""
    for path, text in case["files"].items():
        (folder / path).write_text(text)
    inputs: tuple[str, ...] = ()
    if case["inputs"] is not None:
        (folder / "given.json").write_text(json.dumps(case["inputs"]))
        inputs = (str(folder / "given.json"),)
    config = Config(deployment=case["inputs"] is not None, inputs=inputs)
    result = lint(LintRequest((str(folder / next(iter(case["files"]))),), config))
    found: set[Verdict] = set()
    for entry in result.diagnostics:
        name, code = (entry.reference.exception, entry.reference.code) if entry.reference else ("", None)
        if entry.effect is Effect.REFUSED:
            found.add(("parse", name, code))
        elif entry.effect is Effect.FAILS and case["inputs"] is not None and name:
            found.add(("deploy", name, code))
    return found


def disagreements(cases: list[Case], folder: Path) -> list[str]:
    found = []
    for case, expected in zip(cases, verdicts(cases), strict=True):
        ours = said_by_us(case, folder)
        if expected is not None and expected[1] == "TimeoutError":
            expected = ("deploy", "EvaluationRecursionLimitReached", None)  # it does not end
        if (expected is None) == (not ours) and (expected is None or expected in ours):
            continue
        text = "\n".join(case["files"].values())
        found.append(f"{case['name']}: the parser says {expected}, we say {sorted(map(str, ours))}\n{text}")
    return found


def test_argument_shapes(tmp_path: Path) -> None:
    assert disagreements(choice(samples.argument_shapes(), 150), tmp_path) == []


def test_scopes(tmp_path: Path) -> None:
    assert disagreements(choice(chain(samples.scopes(), samples.what_counts()), 80), tmp_path) == []


def test_property_paths(tmp_path: Path) -> None:
    assert disagreements(choice(chain(samples.property_paths(), samples.versions()), 60), tmp_path) == []


def test_namespaces(tmp_path: Path) -> None:
    assert disagreements(choice(samples.namespaces(), 60), tmp_path) == []


def test_constraints(tmp_path: Path) -> None:
    cases = choice(input_samples.constraints(), 150) + choice(input_samples.constraints_elsewhere(), 40)
    assert disagreements(cases, tmp_path) == []


def test_input_keys_and_schedules(tmp_path: Path) -> None:
    assert (
        disagreements(choice(chain(input_samples.input_keys(), input_samples.schedules()), 80), tmp_path)
        == []
    )


def test_given_inputs(tmp_path: Path) -> None:
    assert disagreements(choice(deployments.given_inputs(), 120), tmp_path) == []


def test_evaluation(tmp_path: Path) -> None:
    cases: list[Any] = [
        *choice(deployments.evaluations(), 50),
        *choice(deployments.circles(), 12),
        *choice(deployments.relationship_scopes(), 16),
        *choice(deployments.declared_operation_inputs(), 16),
    ]
    assert disagreements(cases, tmp_path) == []
