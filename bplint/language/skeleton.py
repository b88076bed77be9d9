"""Texts that are offered with holes to fill, as editors' snippets have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.dsl.shape import FIXED, LIST_OF, MAPPING, MAPPING_OF, SEQUENCE, STRING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.dsl.shape import Key
    from bplint.model.elements import SchemaProperty


def key_text_for(key: Key) -> str:
    """A key with the beginning of its value."""
    kind = key.shape.kind
    types = key.shape.types
    if kind in (FIXED, MAPPING_OF) or (types & MAPPING and not types & (STRING | SEQUENCE)):
        return f"{key.name}:\n  $0"
    if kind == LIST_OF or key.name == "imports":
        return f"{key.name}:\n  - $0"
    return f"{key.name}: $0"


def property_text(entry: SchemaProperty, inside: Mapping[str, SchemaProperty]) -> str:
    """A property with the beginning of its value, by its type."""
    if inside or entry.type == "dict":
        return f"{escaped(entry.name)}:\n  $0"
    if entry.type == "list":
        return f"{escaped(entry.name)}:\n  - $0"
    return f"{escaped(entry.name)}: $0"


def template_text(type_name: str, properties: Mapping[str, SchemaProperty]) -> str:
    """What follows `type:` in a new node template: the type, and its required properties to fill."""
    needed = [each for each in properties.values() if each.is_required and each.default is None]
    if not needed:
        return type_name
    lines = [escaped(type_name), "properties:"]
    for number, entry in enumerate(needed, 1):
        lines.append(f"  {escaped(entry.name)}: ${{{number}:{escaped(entry.type or '')}}}")
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text that stands for itself in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
