"""The folder of published blueprints and recorded verdicts that acceptance tests read, where it is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARED = (Path(__file__).parents[3] / "shared").resolve()

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here: acceptance is not run")


def recorded_rules(imports: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Import rules that answer imports with the releases that a verdict was made with: location → answer,
    such as `types tag 5.0.0` or `NAME VERSION FILE.yaml`."""
    rules = []
    for location, answer in imports.items():
        name, version, *_ = answer.split(" ")
        found = re.search(r"\d[\d.]*", answer)
        if name != "types" and location.startswith("plugin:"):
            rules.append((location, f"plugin:{name}?version={version}"))
        elif found is not None and location.startswith("http"):
            rules.append((location, f"https://cloudify.example/spec/cloudify/{found.group()}/types.yaml"))
    return tuple(rules)
