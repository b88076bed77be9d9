"""Fixes that give a scalar the type its place asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bplint.edit import Applicability, Edit, Fix
from bplint.regex import lazy_pattern
from bplint.span import Span
from bplint.syntax.scalars import WORDS
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from bplint.checks.shape.shape_faults import WrongValue
    from bplint.fault import Fault
    from bplint.syntax.tree import Node


def retyped(fault: WrongValue) -> Fix | None:
    """Quotes around what must be text; none around what must be a number or boolean."""
    from bplint.dsl import shape as table  # the bits of types; only where something is wrong

    value, types = fault.value, fault.shape.types
    if not is_retypable(value) or "\n" in (value.text or ""):
        return None
    if types & table.STRING and value.style == "":
        return quoted(fault, "put it into quotes")
    if types & (table.STRING | table.MAPPING | table.SEQUENCE):
        return None
    is_boolean = types & table.BOOLEAN and not types & table.INTEGER
    kind = "boolean" if is_boolean else "integer" if types & table.INTEGER else ""
    return unquoted(fault, value, kind)


def unquoted(fault: Fault, value: Node, kind: str) -> Fix | None:
    """Take a text out of its quotes where that makes a value of the built-in type `kind` of it."""
    text = value.text or ""
    if value.kind != SCALAR or not is_retypable(value) or value.style not in ("'", '"'):
        return None
    fits = (
        isinstance(WORDS.get(text), bool)
        if kind == "boolean"
        else kind in _NUMBERS and _NUMBERS[kind].match(text)
    )
    if not fits:
        return None
    return Fix("take it out of the quotes", Applicability.SAFE, (Edit(fault.path, fault.span, text),))


# what YAML reads as the number that people mean: no octal, no sexagesimal
_NUMBERS: Final = {
    "integer": lazy_pattern(r"(?:0|-?[1-9]\d*)\Z", re.ASCII),
    "float": lazy_pattern(r"-?(?:0|[1-9]\d*)(?:\.\d+)?\Z", re.ASCII),
}


def is_retypable(value: Node) -> bool:
    """Whether changing the scalar's text changes nothing else: no alias, no anchor, no tag."""
    return value.kind == SCALAR and value.tag is None and value.anchor is None


def quoted(fault: Fault, title: str) -> Fix:
    start, end = fault.span
    edits = (Edit(fault.path, Span(start, start), "'"), Edit(fault.path, Span(end, end), "'"))
    return Fix(title, Applicability.SAFE, edits)
