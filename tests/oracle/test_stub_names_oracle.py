"""Every name that cloudify-common has can be imported from the stub of plans, as what it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.oracle.reference import needs_oracle, oracle_python

pytestmark = needs_oracle

ROOT = Path(__file__).parents[2]
KINDS = ROOT / "tools" / "platform_kinds.py"
TABLE = ROOT / "bplint" / "sandbox" / "engine" / "platform_names.json"
STUB = ROOT / "tools" / "oracle" / "stub_names.py"


def output(*command: str, given: str = "") -> Any:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def real() -> dict[str, dict[str, str]]:
    """Module → name → what it stands for, of the installed cloudify-common."""
    python = oracle_python()
    assert python is not None
    names: dict[str, dict[str, str]] = output(python, "-W", "ignore", str(KINDS))
    return names


def test_there_are_as_many_as_one_knows(real: dict[str, dict[str, str]]) -> None:
    assert sum(len(names) for names in real.values()) > 2500
    assert "exception_to_error_cause" in real["cloudify.utils"]


def test_every_name_can_be_imported(real: dict[str, dict[str, str]]) -> None:
    assert output(sys.executable, str(STUB), given=json.dumps(real)) == []


def test_others_cannot() -> None:
    wrong = {
        "cloudify.utils": {"exception_to_error_caus": "f"},
        "cloudify.contxt": {"NodeContext": "c"},
        "script_runner.tasks": {"ProcessExcepton": "e"},
    }
    assert len(output(sys.executable, str(STUB), given=json.dumps(wrong))) == 3


def test_table_is_that_of_the_package(real: dict[str, dict[str, str]]) -> None:
    table = json.loads(TABLE.read_text(encoding="utf-8"))["modules"]
    assert {module: set(names) for module, names in table.items()} == {m: set(n) for m, n in real.items()}
