"""The reference parser, where its environment is there."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BATCH = Path(__file__).parent / "parse_batch.py"

Verdict = tuple[str, int | None] | None


def oracle_python() -> str | None:
    """The Python with the reference parser: of BPLINT_ORACLE, or of what `make oracle` makes."""
    named = os.environ.get("BPLINT_ORACLE")
    found = [named] if named else [str(ROOT / ".oracle" / part / "python") for part in ("bin", "Scripts")]
    return next((path for path in found if Path(path).exists() or Path(path + ".exe").exists()), None)


needs_oracle = pytest.mark.skipif(
    oracle_python() is None, reason="the reference parser is not here: BPLINT_ORACLE, or make oracle"
)


def verdicts(texts: list[str]) -> list[Verdict]:
    """What the reference parser says of each text: None, or exception class and code."""
    python = oracle_python()
    assert python is not None
    done = subprocess.run(
        [python, "-W", "ignore", str(BATCH)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=30 + len(texts),
    )
    return [None if found is None else (found[0], found[1]) for found in json.loads(done.stdout)]
