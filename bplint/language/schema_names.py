"""The names of a blueprint in the JSON Schema of blueprints, so that an editor offers them.

A name that is not there is never an error: the file goes on to be written after the schema was made.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from bplint.dsl.builtin_types import BUILT_IN
from bplint.lookup import UNKNOWN
from bplint.model.elements import DataType, NodeType, RelationshipType
from bplint.syntax.mapping import get, python_of
from bplint.syntax.scalars import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bplint.model.blueprint import Blueprint, Section
    from bplint.model.elements import SchemaProperty

Schema = dict[str, Any]

MAX_DEPTH = 8  # of data types within data types


def with_names(schema: Schema, blueprint: Blueprint) -> Schema:
    """The schema with types, properties, templates, groups, workflows and inputs to choose from."""
    return _SchemaNames(deepcopy(schema), blueprint).schema


class _SchemaNames:
    def __init__(self, schema: Schema, blueprint: Blueprint) -> None:
        self.schema = schema
        self.blueprint = blueprint
        self.definitions: dict[str, Schema] = schema["definitions"]
        schema["$id"] = f"{schema['$id']}:for"
        schema["title"] = f"{schema['title']}, with the names of {blueprint.graph.main.document.path}"
        self.definitions["value"] = self._value()
        self._offer("node_template", "type", blueprint.node_types.names())
        self._offer("node_type", "derived_from", blueprint.node_types.names())
        self._offer("relationship", "type", blueprint.relationships.names())
        self._offer("relationship", "target", blueprint.node_templates.names())
        self._offer("relationship_type", "derived_from", blueprint.relationships.names())
        self._offer("data_type", "derived_from", blueprint.data_types.names())
        self._offer("schedule", "workflow", blueprint.workflows.names())
        self._offer_items("group", "members", [*blueprint.node_templates.names(), *blueprint.groups.names()])
        self._offer_items("policy", "targets", blueprint.groups.names())
        self._add_types(blueprint.data_types.names())
        self._add_properties("node_template", blueprint.node_types, NodeType)
        self._add_properties("relationship", blueprint.relationships, RelationshipType)

    def _value(self) -> Schema:
        """A value that may be a call, with the inputs of the blueprint and its templates."""
        inputs = _choice(self.blueprint.inputs.names())
        nodes = _choice(["SELF", "SOURCE", "TARGET", *self.blueprint.node_templates.names()])
        path = {"type": "array", "items": [nodes]}
        calls = {"get_input": inputs, "get_property": path, "get_attribute": path}
        return {"anyOf": [{}, {"type": "object", "properties": calls}]}

    def _offer(self, name: str, key: str, names: Iterable[str]) -> None:
        properties = self.definitions.get(name, {}).get("properties", {})
        if key in properties:
            properties[key] = {**properties[key], **_choice(names)}

    def _offer_items(self, name: str, key: str, names: Iterable[str]) -> None:
        items = self.definitions[name]["properties"].get(key, {}).get("items")
        if items is not None:
            items.update(_choice(names))

    def _add_types(self, names: Iterable[str]) -> None:
        """Data types beside the built-in ones, wherever a type is named."""
        wanted = sorted(BUILT_IN)
        extra = list(names)
        for definition in self.definitions.values():
            for key in ("type", "item_type"):
                found = definition.get("properties", {}).get(key, {})
                choices = found.get("anyOf", [{}])[0].get("enum")
                if choices is not None and set(choices) <= set(wanted):
                    choices.extend(extra)

    def _add_properties(self, name: str, section: Section[Any], kind: type[Any]) -> None:
        """For each type its properties, offered where the type is chosen."""
        cases = []
        for full in section.names():
            found = section.lookup(full)
            if isinstance(found, kind) and found.properties:
                cases.append(
                    {
                        "if": {"properties": {"type": {"const": full}}, "required": ["type"]},
                        "then": {"properties": {"properties": self._object(found.properties, 0)}},
                    }
                )
        if cases:
            self.definitions[name]["allOf"] = cases

    def _object(self, properties: Mapping[str, SchemaProperty], depth: int) -> Schema:
        return {"properties": {name: self._property(entry, depth) for name, entry in properties.items()}}

    def _property(self, entry: SchemaProperty, depth: int) -> Schema:
        found: Schema = {}
        described = get(entry.node, "description")
        text = text_of(described) if described is not None else None
        parts = [entry.type or "any type", *(["required"] if _is_needed(entry) else [])]
        found["description"] = ", ".join(parts) + (f". {text.strip()}" if text else "")
        default = python_of(entry.default) if entry.default is not None else UNKNOWN
        if default is not UNKNOWN and isinstance(default, (str, int, float, bool)):
            found["default"] = default
        data_type = self.blueprint.data_types.lookup(entry.type) if entry.type else None
        if isinstance(data_type, DataType) and depth < MAX_DEPTH:
            found["anyOf"] = [
                self._object(data_type.properties, depth + 1),
                {"$ref": "#/definitions/value"},
            ]
        elif entry.type == "boolean":
            found["anyOf"] = [{"type": "boolean"}, {"$ref": "#/definitions/value"}]
        else:
            found["allOf"] = [{"$ref": "#/definitions/value"}]
        return found


def _is_needed(entry: SchemaProperty) -> bool:
    return entry.is_required and entry.default is None


def _choice(names: Iterable[str]) -> Schema:
    found = sorted(set(names))
    return {"anyOf": [{"enum": found}, {}]} if found else {}
