"""Values that say something else than they look like: schemas in place of values, text that YAML reads as a
number, addresses broken over two lines. The reference parser takes them all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.dsl.builtin_types import BUILT_IN
from bplint.later import later
from bplint.model.interfaces import written_operations
from bplint.regex import lazy_pattern
from bplint.syntax.mapping import as_dict, deref
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.checks.values import value_faults as kinds
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile
    from bplint.model.blueprint import Blueprint
    from bplint.model.elements import NodeTemplate, SchemaProperty
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.values.value_faults")

_SCHEMA_KEYS: Final = frozenset(("default", "type", "description", "required"))
_DEFAULT: Final = lazy_pattern(r"\bdefault[\"']?[ \t]*:")
_NUMBERS: Final = lazy_pattern(
    r":[ \t]+(?:0[\d_]|[\d_]+:[0-5]?\d|[\d_]*\d_\d|\d+\.\d*0\b|0[xb]|(?:yes|no|on|off)\b)", re.IGNORECASE
)
_BROKEN_URL: Final = lazy_pattern(r"://[^\s'\"#]+[ \t]*\r?\n[ \t]+[^\s:#'\"-][^:\r\n]*$", re.MULTILINE)
_URL: Final = lazy_pattern(r"[A-Za-z][\w+.-]*://\S+ \S+\Z")
_WORDS: Final = frozenset(("yes", "no", "on", "off"))
_TEXT: Final = ("string", "textarea")


def check_mistaken_values(blueprint: Blueprint) -> Iterator[Fault]:
    """Faults of values in the user's files; each kind is looked for only where the text of a file has it."""
    has_defaults = has_numbers = False
    for file in blueprint.graph.files:
        if not file.is_own:
            continue
        text = file.document.source.text
        templates = file.document.sections.get("node_templates")
        has_defaults = has_defaults or (
            templates is not None and _DEFAULT.search(text, templates[1].start) is not None
        )
        has_numbers = has_numbers or _NUMBERS.search(text) is not None
        if "://" in text:
            yield from _broken_urls(file)
    if has_defaults:
        for template in blueprint.node_templates.own():
            yield from _schemas(template)
    if has_numbers:
        yield from _read_as_numbers(blueprint)


# -- schemas in place of values


def _schemas(template: NodeTemplate) -> Iterator[Fault]:
    declared = template.type.properties if template.type else {}
    for name, (_, value) in template.properties.items():
        if _is_schema(value, declared.get(name)):
            yield kinds.SchemaAsValue(template.path, deref(value).span, name=name, what="property")
    holders = [(template.interfaces, template.interfaces_node)] if template.interfaces_node else []
    for relationship in template.relationships:
        written = as_dict(relationship.node)
        sides = [side for side in ("source_interfaces", "target_interfaces") if side in written]
        holders += [(getattr(relationship, side), deref(written[side][1])) for side in sides]
    for merged, node in holders:
        for operation in written_operations(merged, node):
            for name, (_, value) in operation.written_inputs.items():
                if _is_schema(value, operation.schema.get(name)):
                    path = operation.path
                    yield kinds.SchemaAsValue(path, deref(value).span, name=name, what="operation input")


def _is_schema(written: Node, declared: SchemaProperty | None) -> bool:
    """Whether a value is a declaration with a default, where no mapping with such a key is wanted."""
    node = deref(written)
    if node.kind != MAPPING:
        return False
    keys = as_dict(node).keys()
    if "default" not in keys or not keys <= _SCHEMA_KEYS:
        return False
    return (
        declared is None or declared.type is None or (declared.type in BUILT_IN and declared.type != "dict")
    )


# -- text that is read as a number


def _read_as_numbers(blueprint: Blueprint) -> Iterator[Fault]:
    for entry in blueprint.inputs.own():
        yield from _number(entry.name, entry.type, entry.default, entry.path)
    for section in (blueprint.node_types, blueprint.data_types):
        for kind in section.own():
            for name, prop in kind.own_properties.items():
                yield from _number(name, prop.type, prop.default, prop.path)
    for template in blueprint.node_templates.own():
        declared = template.type.properties if template.type else {}
        for name, (_, value) in template.properties.items():
            if name in declared:
                yield from _number(name, declared[name].type, value, template.path)


def _number(name: str, kind: str | None, written: Node | None, path: str) -> Iterator[Fault]:
    if kind not in _TEXT or written is None or name.lower().endswith("version"):
        return
    node = deref(written)
    if node.kind != SCALAR or node.style or node.tag is not None or not node.text:
        return
    value = value_of(node)
    if isinstance(value, bool):
        if node.text.lower() in _WORDS:
            yield kinds.TextReadAsNumber(path, node.span, name=name, text=node.text, value=str(value).lower())
    elif isinstance(value, (int, float)) and repr(value) != node.text:
        yield kinds.TextReadAsNumber(path, node.span, name=name, text=node.text, value=repr(value))


# -- addresses over two lines


def _broken_urls(file: ImportedFile) -> Iterator[Fault]:
    document = file.document
    starts = [found.start() for found in _BROKEN_URL.finditer(document.source.text)]
    if not starts or document.root is None:
        return
    stack = [document.root]
    while stack:
        node = stack.pop()
        if not any(node.start <= start < node.end for start in starts):
            continue
        if node.kind == MAPPING:
            for pair in node.items or ():
                stack.extend(pair)
        elif node.kind == SEQUENCE:
            stack.extend(node.items or ())
        elif node.kind == SCALAR and node.style in ("", "'", '"') and _URL.match(node.text or ""):
            yield kinds.BrokenUrl(document.path, node.span)
