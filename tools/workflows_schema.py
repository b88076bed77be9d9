"""The JSON Schema of what `bplint workflows --format json` prints."""

from __future__ import annotations

from typing import Any, Final

from tools.language_schemas import identity

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
_FLAG: Final[Schema] = {"type": "boolean"}
_STATES: Final = ("found", "missing", "unknown", "script", "built-in")

_PARAMETER: Final[Schema] = {
    "name": _TEXT,
    "type": _TEXT_OR_NULL,
    "is_mandatory": {**_FLAG, "description": "Required, and without a default."},
    "has_default": _FLAG,
    "default": {"description": "A value only where has_default is true."},
    "description": _TEXT_OR_NULL,
    "constraints": {},
    "item_type": _TEXT_OR_NULL,
}


def workflows_schema() -> Schema:
    """A list of workflows, by name."""
    parameters = {"type": "array", "items": _all_of(_PARAMETER)}
    workflow: Schema = {
        "name": _TEXT,
        "description": _TEXT_OR_NULL,
        "mapping": _TEXT,
        "parameters": parameters,
        "availability": {"type": "object", "description": "The rules as written."},
        "is_available": _FLAG,
        "is_cascading": _FLAG,
        "state": {"enum": list(_STATES), "description": "What is known of the function."},
        "reason": {**_TEXT_OR_NULL, "description": "Why it is missing or unknown."},
        "target": {**_TEXT_OR_NULL, "description": "PATH:LINE of the function."},
        "signature": _TEXT_OR_NULL,
        "declared_in": _TEXT,
    }
    return {
        **identity("workflows"),
        "title": "Workflows of a blueprint",
        "type": "array",
        "items": _all_of(workflow),
    }


def _all_of(properties: dict[str, Schema]) -> Schema:
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
