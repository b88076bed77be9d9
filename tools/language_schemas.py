"""JSON Schemas of the language, made from `bplint/dsl/shape.py`, for editors and other programs.

Draft-07, which editors understand. A schema cannot say everything: version gates depend on the blueprint
that imports a file, so in the schemas for all versions a key only tells its version in its description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bplint.dsl import shape as table
from bplint.dsl.builtin_types import OBJECT_BASED, PRIMITIVE
from bplint.dsl.language import blueprint
from bplint.dsl.shape import Shape
from bplint.dsl.versions import SUPPORTED, VERSION_KEY, version_text

if TYPE_CHECKING:
    from bplint.dsl.versions import Version

Schema = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_JSON_TYPES: Final = (
    (table.STRING, "string"),
    (table.INTEGER, "integer"),
    (table.FLOAT, "number"),
    (table.BOOLEAN, "boolean"),
    (table.MAPPING, "object"),
    (table.SEQUENCE, "array"),
)


def identity(name: str) -> Schema:
    """What a schema says of itself: its draft, and its name, which is no address."""
    return {"$schema": DRAFT, "$id": f"urn:bplint:schema:{name}"}


def blueprint_schema(version: Version | None = None) -> Schema:
    """A main file: it must say its version. With a version: only that, and only what it knows."""
    if version is None:
        return _whole("blueprint", "Cloudify blueprint", [VERSION_KEY])
    text = version_text(version)
    name = "blueprint-{}_{}".format(*version)
    return _whole(name, f"Cloudify blueprint, {text}", [VERSION_KEY], version)


def plugin_schema() -> Schema:
    """A plugin.yaml: it must have plugins, and may leave the version to the blueprint that imports it."""
    return _whole("plugin", "Cloudify plugin.yaml", ["plugins"])


def _whole(name: str, title: str, required: list[str], version: Version | None = None) -> Schema:
    maker = _Maker(version)
    body = maker.fixed(blueprint())
    versions = list(SUPPORTED) if version is None else [version_text(version)]
    body["properties"][VERSION_KEY]["enum"] = versions
    for key in required:
        body["properties"][key] = _not_null(body["properties"][key])
    return {
        **identity(name),
        "title": title,
        **body,
        "required": required,
        "definitions": dict(sorted(maker.definitions.items())),
    }


class _Maker:
    """Named shapes become definitions; the same shape under one name is made once. With a version, keys
    that came later are left out."""

    def __init__(self, version: Version | None) -> None:
        self._version = version
        self.definitions: dict[str, Schema] = {}
        self._names: dict[int, str] = {}

    def schema(self, shape: Shape) -> Schema:
        if not shape.name:
            return self._body(shape)
        name = self._names.get(id(shape))
        if name is None:
            name = shape.name
            while name in self.definitions:  # two shapes of one name: the second behaves otherwise on errors
                if self.definitions[name] == self._body(shape):
                    break
                name += "_"
            self._names[id(shape)] = name
            self.definitions[name] = self._body(shape)
        return {"$ref": f"#/definitions/{name}"}

    def _body(self, shape: Shape) -> Schema:
        if shape.kind == table.FREE:
            return _imports()
        if shape.kind == table.FIXED:
            body = self.fixed(shape)
            return {"anyOf": [{"type": "string"}, body]} if shape.short_form else body
        if shape.kind == table.LEAF:
            return _leaf(shape, self._version)
        assert shape.item is not None
        item = self.schema(shape.item)
        if shape.null_item is None:
            item = _or_null(item)
        if shape.kind == table.MAPPING_OF:
            return {"type": "object", "propertyNames": {"type": "string"}, "additionalProperties": item}
        found: Schema = {"type": "array", "items": item}
        if shape.fewest:
            found["minItems"] = shape.fewest
        return found

    def fixed(self, shape: Shape) -> Schema:
        properties: dict[str, Schema] = {}
        for key in shape.keys.values():
            if self._version is not None and key.since is not None and key.since > self._version:
                continue
            found = self.schema(key.shape)
            if not key.is_required and key.null is None:
                found = _or_null(found)
            since = f" Since {version_text(key.since)}." if key.since is not None else ""
            if "$ref" in found:
                found = {"allOf": [found]}  # draft-07 ignores what stands beside a reference
            properties[key.name] = {"description": key.doc + since, **found}
        body: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if shape.required:
            body["required"] = list(shape.required)
        return {**body, **_FIXED_CHECKS.get(shape.check, {})}


def _leaf(shape: Shape, version: Version | None) -> Schema:
    names = [name for bit, name in _JSON_TYPES if shape.types & bit]
    if "number" in names:
        names.remove("integer")
    found: Schema = {"type": names[0] if len(names) == 1 else names}
    if shape.choices:
        found["enum"] = list(shape.choices)
    if shape.minimum is not None:
        found["minimum"] = shape.minimum
    if shape.check == "type":
        # the first alternative is what editors offer
        objects = [name for name, since in OBJECT_BASED.items() if version is None or since <= version]
        found["anyOf"] = [{"enum": sorted((*PRIMITIVE, *objects))}, {}]
    if shape.check == "label":
        found["not"] = {"type": "object", "required": ["get_attribute"]}
    return found


def _imports() -> Schema:
    properties = {"type": ["object", "null"], "propertyNames": {"type": "string"}}
    entry = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"type": "string"},
        "additionalProperties": properties,
    }
    return {"type": "array", "items": {"anyOf": [{"type": "string"}, entry]}}


_PRESENT_TEXT: Final = {"type": "string", "minLength": 1}
_NAMED_TYPE: Final = {"required": ["type"], "properties": {"type": {"const": ""}}}
_FIXED_CHECKS: Final[dict[str, Schema]] = {
    # a plugin that is installed says from where
    "plugin": {
        "anyOf": [
            {"required": ["install"], "properties": {"install": {"const": False}}},
            {"required": ["source"], "properties": {"source": _PRESENT_TEXT}},
            {"required": ["package_name"], "properties": {"package_name": _PRESENT_TEXT}},
        ]
    },
    "property": {"not": _NAMED_TYPE},
    "input": {"if": _NAMED_TYPE, "then": {"properties": {"default": {"type": ["object", "null"]}}}},
}


def _or_null(schema: Schema) -> Schema:
    if "$ref" in schema or "anyOf" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    found = dict(schema)
    types = found["type"]
    found["type"] = [*([types] if isinstance(types, str) else types), "null"]
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found


def _not_null(schema: Schema) -> Schema:
    found = dict(schema)
    if isinstance(found.get("type"), list):
        types = [name for name in found["type"] if name != "null"]
        found["type"] = types[0] if len(types) == 1 else types
    return found
