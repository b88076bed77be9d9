"""Outcomes as lines of JSON: written while they are found, read again for the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.accuracy.case_bench import Outcome
from benchmarks.accuracy.tool_reports import Told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def line_of(outcome: Outcome) -> str:
    return json.dumps({"case": outcome._asdict()})


def line_of_valid(family: str, name: str, origin: str, told: dict[str, list[Told] | None]) -> str:
    return json.dumps({"valid": {"family": family, "name": name, "origin": origin, "told": told}})


def read_record(path: Path) -> Iterator[tuple[str, Any]]:
    """('case', Outcome) and ('valid', {family, name, origin, told})."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            [(kind, fields)] = json.loads(line).items()
            fields["told"] = {
                tool: None if rows is None else [Told(*row) for row in rows]
                for tool, rows in fields["told"].items()
            }
            if kind == "case":
                fields["right"] = [tuple(place) for place in fields["right"]]
                yield kind, Outcome(**fields)
            else:
                yield kind, fields
