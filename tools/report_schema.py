"""JSON Schema of `bplint validate --format json`."""

from __future__ import annotations

from typing import Any, Final

from bplint.diagnostic import Confidence, Effect, Severity
from bplint.document import Kind
from bplint.edit import Applicability
from bplint.report.json_report import VERSION
from tools.language_schemas import DRAFT

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_PATH: Final[Schema] = {"type": "string", "description": "As given or found, with / between its parts."}
_PLACE: Final[Schema] = {"$ref": "#/definitions/place"}
_VERDICTS: Final = ("ok", "advice", "fails", "refused")


def closed(properties: dict[str, Schema], **more: Any) -> Schema:
    """An object that has these properties, all of them, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


def names(values: Any) -> Schema:
    return {"enum": [value.value for value in values]}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def report_schema() -> Schema:
    """The whole report."""
    report = closed(
        {
            "version": {"const": VERSION},
            "files": {"type": "array", "items": {"$ref": "#/definitions/file"}},
            "diagnostics": {"type": "array", "items": {"$ref": "#/definitions/diagnostic"}},
            "summary": {"$ref": "#/definitions/summary"},
        }
    )
    return {
        "$schema": DRAFT,
        "title": "Report of bplint validate",
        **report,
        "definitions": {
            "diagnostic": _diagnostic(),
            "file": _file(),
            "fix": _fix(),
            "place": closed(
                {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
                description="1-based, in code points; an end is the place behind the last character.",
            ),
            "summary": _summary(),
        },
    }


def _file() -> Schema:
    return closed(
        {
            "path": _PATH,
            "kind": names(Kind),
            "dsl_version": {"type": ["string", "null"], "description": "As the file says it."},
            "verdict": {"enum": list(_VERDICTS), "description": "The worst effect of what was found."},
            "incomplete": {"type": "array", "items": _TEXT, "description": "Imports that were not read."},
            "assumed": {
                "type": "array",
                "items": _TEXT,
                "description": "Imports of what changes in time, answered with the newest that is known.",
            },
            "unchecked": {**_COUNT, "description": "Number of elements that hang on them."},
            "blame": {"type": ["string", "null"], "description": "The file or import to change."},
        }
    )


def _diagnostic() -> Schema:
    related = closed({"message": _TEXT, "path": _PATH, "start": _PLACE, "end": _PLACE})
    reference = closed(
        {"exception": _TEXT, "code": {"type": ["integer", "null"]}},
        description="What the reference parser raises for this fault.",
    )
    return closed(
        {
            "code": {"type": "string", "pattern": "^[A-Z]+[0-9]+$"},
            "name": _TEXT,
            "severity": names(Severity),
            "effect": names(Effect),
            "confidence": names(Confidence),
            "reference": or_null(reference),
            "message": _TEXT,
            "help": {"type": ["string", "null"], "description": "What would be right, in one line."},
            "path": _PATH,
            "start": _PLACE,
            "end": _PLACE,
            "related": {"type": "array", "items": related},
            "fix": or_null({"$ref": "#/definitions/fix"}),
            "fingerprint": {"type": "string", "description": "The same as long as the fault is the same."},
        }
    )


def _fix() -> Schema:
    edit = closed({"path": _PATH, "start": _PLACE, "end": _PLACE, "text": _TEXT})
    return closed(
        {
            "title": _TEXT,
            "applicability": names(Applicability),
            "edits": {"type": "array", "items": edit, "minItems": 1},
        }
    )


def _summary() -> Schema:
    return closed(
        {
            "files": _COUNT,
            **{f"{severity.value}s": _COUNT for severity in Severity},
            "suppressed": _COUNT,
            "unchecked": _COUNT,
            "fixable": closed({"safe": _COUNT, "unsafe": _COUNT}),
            "by_code": {"type": "object", "additionalProperties": _COUNT},
        }
    )
