"""Fixes that give a scalar the type its place asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.edit import Applicability, Edit, Fix
from bplint.span import Span
from bplint.syntax.scalars import WORDS
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from bplint.fault import Fault
    from bplint.syntax.tree import Node


def retyped(fault: Fault) -> Fix | None:
    """Quotes around what must be text; none around what must be a number or boolean."""
    from bplint.dsl import shape as table  # the bits of types; only where something is wrong

    value, types = fault.details["value"], fault.details["shape"].types
    start, end = fault.span
    if not is_retypable(value) or "\n" in (value.text or ""):
        return None
    if types & table.STRING and value.style == "":
        return quoted(fault, "put it into quotes")
    if value.style not in ("'", '"') or types & (table.STRING | table.MAPPING | table.SEQUENCE):
        return None
    text = value.text or ""
    is_boolean = types & table.BOOLEAN and not types & table.INTEGER and isinstance(WORDS.get(text), bool)
    is_number = types & table.INTEGER and text.isascii() and text.isdigit() and not text.startswith("0")
    if not is_boolean and not is_number:
        return None
    return Fix("take it out of the quotes", Applicability.SAFE, (Edit(fault.path, Span(start, end), text),))


def is_retypable(value: Node) -> bool:
    """Whether changing the scalar's text changes nothing else: no alias, no anchor, no tag."""
    return value.kind == SCALAR and value.tag is None and value.anchor is None


def quoted(fault: Fault, title: str) -> Fix:
    start, end = fault.span
    edits = (Edit(fault.path, Span(start, start), "'"), Edit(fault.path, Span(end, end), "'"))
    return Fix(title, Applicability.SAFE, edits)
