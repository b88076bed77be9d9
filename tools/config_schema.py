"""The JSON Schema of `.bplint.yaml`, made from the table of options."""

from __future__ import annotations

from typing import Any, Final

from bplint.config import LEVELS
from bplint.config.keys import OPTIONS
from bplint.dsl.versions import MANAGERS
from tools.language_schemas import identity

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_SHAPES: Final[dict[str, Schema]] = {
    "bool": {"type": "boolean"},
    "string": _TEXT,
    "path": _TEXT,
    "python": {"type": ["string", "number"]},
    "manager": {"type": "string", "enum": list(MANAGERS)},
    "version": _TEXT,
    "strings": _TEXTS,
    "paths": _TEXTS,
    "codes": _TEXTS,
    "level": {"type": "string", "enum": list(LEVELS)},
    "string-map": {"type": "object", "additionalProperties": _TEXT},
    "code-map": {"type": "object", "additionalProperties": _TEXTS},
    "policies": {"type": "array", "items": {"type": "object"}},
}


def config_schema() -> Schema:
    """A configuration file in YAML."""
    properties = {
        option.key: {
            "description": f"{option.summary[:1].upper()}{option.summary[1:]}.",
            **_SHAPES[option.shape],
        }
        for option in OPTIONS
    }
    return {
        **identity("config"),
        "title": "Configuration of bplint",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
