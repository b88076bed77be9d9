"""The folder of published blueprints and recorded verdicts that acceptance tests read, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = (Path(__file__).parents[3] / "shared").resolve()

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here: acceptance is not run")
