"""Plans against recordings of the real engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bplint.plan.plan_options import PlanOptions
from bplint.plan.render.plan_json import plan_data
from tests.support.plan_case import plan_of
from tests.support.recording_compare import differences
from tests.support.shared import SHARED, needs_shared

RECORDINGS = sorted(path for path in (SHARED / "plans").glob("*.json") if not path.name.endswith(".dry.json"))
pytestmark = needs_shared


def options_of(recording: dict[str, Any]) -> PlanOptions:
    skipped = recording.get("after_skipped", [])
    return PlanOptions(
        workflow=recording["workflow"],
        parameters=tuple(f"{name}={json.dumps(value)}" for name, value in recording["parameters"].items()),
        after=tuple(name for name in recording["after"] if name not in skipped),
    )


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_plan_equals_recording(path: Path) -> None:
    recording = json.loads(path.read_text(encoding="utf-8"))
    result = plan_of(str(SHARED / "corpus" / recording["blueprint"]), options_of(recording))
    assert result.plan is not None, (result.refusals, result.faults)
    planned = plan_data(result.plan)
    found = differences(planned["steps"], recording["steps"])
    instances = {
        one["id"]: {key: one[key] for key in ("node", "state", "host", "relationships")}
        for one in planned["instances"]
        if one["state"] is not None
    }
    states = {one["id"]: one["final_state"] for one in planned["instances"]}
    assert found == {}
    assert instances == recording["instances"]
    assert states == recording["final_states"]
    assert planned["execution"]["status"] == "terminated"
    assert result.faults == ()
