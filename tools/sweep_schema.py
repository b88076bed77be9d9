"""JSON Schemas of sweeps and of comparisons of plans."""

from __future__ import annotations

from typing import Any, Final

from bplint.plan import left, sweep
from tools.language_schemas import DRAFT
from tools.report_schema import closed, or_null

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_NUMBER: Final[Schema] = {"type": "integer"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_KEY: Final[Schema] = {
    "name": _TEXT,
    "instance": _TEXT,
    "operation": _TEXT,
    "side": {"enum": ["source", "target"]},
    "source": _TEXT,
    "target": _TEXT,
}


def sweep_definitions() -> Schema:
    """Definitions of what `bplint plan --sweep --format json` adds to a plan."""
    return {
        "sweep": closed(
            {
                "operations": _NUMBER,
                "planned": _NUMBER,
                "simulated": _NUMBER,
                "represented": _NUMBER,
                "scenarios": _list("scenario"),
            },
            description=_words(sweep.Sweep),
        ),
        "scenario": closed(
            {
                "causes": _list("cause"),
                "represented": _NUMBER,
                "status": {"enum": ["terminated", "failed", "cancelled", sweep.ENDLESS]},
                "error": or_null(_TEXT),
                "never_ran": _TEXTS,
                "left": _list("left"),
                "states": {"type": "object", "additionalProperties": or_null(_TEXT)},
                "modifications": _TEXTS,
                "skipped_code": _list("skippedCode"),
            },
            description=_words(sweep.Outcome),
        ),
        "cause": {
            **closed(
                {"kind": {"enum": [sweep.FAILURE, sweep.CANCELLATION]}, **_KEY, "after": _NUMBER},
                description=_words(sweep.Cause),
            ),
            "required": ["kind", "name", "instance", "operation"],
        },
        "left": closed(
            {
                "instance": _TEXT,
                "level": {"enum": [left.CREATED, left.STARTED]},
                "state": or_null(_TEXT),
                "missing": _TEXTS,
                "lost": _TEXTS,
                "is_orphaned": {"type": "boolean"},
            },
            description=_words(left.Left),
        ),
        "skippedCode": closed({"path": _TEXT, "first": _NUMBER, "last": _NUMBER}),
    }


def changes_schema() -> Schema:
    """What `bplint plan --against --format json` prints."""
    run = {**_KEY, "number": _NUMBER}
    return {
        "$schema": DRAFT,
        "title": "Comparison of two plans of bplint plan",
        **closed(
            {
                "old": _TEXT,
                "new": _TEXT,
                "workflow": _TEXT,
                "changes": _NUMBER,
                "execution": _list("change"),
                "parameters": _list("change"),
                "instances": closed(
                    {"added": _TEXTS, "removed": _TEXTS, "changed": _changed({"instance": _TEXT})}
                ),
                "operations": closed(
                    {
                        "added": _list("operation"),
                        "removed": _list("operation"),
                        "changed": _changed(run, ["name", "instance", "operation", "changes"]),
                    }
                ),
                "waits": closed({"added": _list("wait"), "removed": _list("wait")}),
            }
        ),
        "definitions": {
            "change": {
                **closed({"what": _TEXT, "old": {}, "new": {}}),
                "required": ["what"],
                "minProperties": 2,
            },
            "operation": {
                **closed({**run, "mapping": or_null(_TEXT), "after": _TEXTS}),
                "required": ["name", "instance", "operation", "mapping", "after"],
            },
            "wait": closed({"later": _TEXT, "earlier": _TEXT}),
        },
    }


def _list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/definitions/{name}"}}


def _changed(properties: Schema, required: list[str] | None = None) -> Schema:
    found = closed({**properties, "changes": _list("change")})
    return {"type": "array", "items": {**found, "required": required} if required else found}


def _words(cls: Any) -> str:
    return " ".join((cls.__doc__ or "").split())
