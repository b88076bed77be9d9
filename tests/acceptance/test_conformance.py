"""Verdicts of the reference parser over recorded cases."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bplint.app import LintRequest, LintResult, lint
from bplint.config import Config
from tests.support.shared import SHARED, needs_shared

CASES = sorted(path.parent for path in (SHARED / "conformance").glob("*/expected.json"))
pytestmark = needs_shared


def run(case: Path, **options: Any) -> LintResult:
    return lint(LintRequest((str(case / "blueprint.yaml"),), Config(**options)))


def expected_of(case: Path) -> dict[str, Any]:
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verdict(case: Path) -> None:
    expected = expected_of(case)
    refused = [entry for entry in run(case).diagnostics if entry.effect.value == "refused"]
    assert ("invalid" if refused else "valid") == expected["verdict"], (expected["message"], refused)


def deployments() -> list[object]:
    return [
        pytest.param(case, entry, id=f"{case.name}-{number}")
        for case in CASES
        for number, entry in enumerate(expected_of(case)["deployment"])
        if not entry.get("secrets") and not entry.get("options")
    ]


@pytest.mark.parametrize(("case", "entry"), deployments())
def test_deployment(case: Path, entry: dict[str, Any], tmp_path: Path) -> None:
    given = tmp_path / "inputs.json"
    given.write_text(json.dumps(entry["inputs"] or {}), encoding="utf-8")
    result = run(case, deployment=True, inputs=(str(given),))
    failing = [diagnostic for diagnostic in result.diagnostics if diagnostic.effect.value != "advice"]
    assert ("invalid" if failing else "valid") == entry["verdict"], (entry.get("message"), failing)


def test_references_name_class_and_code() -> None:
    missed = []
    total: Counter[str] = Counter()
    for case in CASES:
        expected = expected_of(case)
        if expected["verdict"] == "valid":
            continue
        total["invalid"] += 1
        wanted = (expected["exception"], expected["err_code"])
        named = {
            (entry.reference.exception, entry.reference.code)
            for entry in run(case).diagnostics
            if entry.effect.value == "refused" and entry.reference
        }
        if wanted not in named:
            missed.append(f"{case.name}: wanted {wanted}, named {sorted(named, key=str)}")
    assert len(missed) <= total["invalid"] * 0.05, "\n".join(missed)
