"""What two files of one plugin say of the same types, workflows and plugins, beside their mappings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Related
from bplint.dsl.builtin_types import OBJECT_BASED
from bplint.pycode.checks.packaging_faults import PluginFilesDisagree
from bplint.syntax.mapping import as_dict, deref, python_of
from bplint.syntax.tree import MAPPING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.document import Document
    from bplint.pycode.checks.reading import Reading
    from bplint.span import Span
    from bplint.syntax.tree import Node

_NOUNS: Final = {"node_types": "node type", "relationships": "relationship type", "data_types": "data type"}
_SIDES: Final = ("interfaces", "source_interfaces", "target_interfaces")
_OF_PLUGIN: Final = ("package_name", "package_version", "executor")
_OF_PROPERTY: Final = ("type", "required", "default")

Facts = dict[str, tuple[str | None, "Span"]]  # what is said, in words → the value and its place


def compare_details(reading: Reading, one: Document, other: Document) -> None:
    """Differences of what both files have, each told once, in the first file."""
    first, second = dict(_facts(one)), dict(_facts(other))
    for what, (value, span) in first.items():
        if what in second:
            other_value, other_span = second[what]
            # a type that only newer versions of the language have stands for a plain one in older files
            is_newer = what.startswith("'type' of") and {value, other_value} & set(OBJECT_BASED)
            if value != other_value and not is_newer:
                _tell(reading, (one, span, value), (other, other_span, other_value), what)
    _tell_missing(reading, (one, first), (other, second))
    _tell_missing(reading, (other, second), (one, first))


def _tell(
    reading: Reading,
    one: tuple[Document, Span, str | None],
    other: tuple[Document, Span, str | None],
    what: str,
) -> None:
    reading.report(
        PluginFilesDisagree,
        (one[0].path, one[1]),
        related=(Related("it is different here", other[0].path, other[1]),),
        what=what,
        value=one[2],
        file=os.path.basename(one[0].path),
        other=os.path.basename(other[0].path),
        other_value=other[2],
    )


def _tell_missing(reading: Reading, one: tuple[Document, Facts], other: tuple[Document, Facts]) -> None:
    """Properties, inputs and parameters that only one of the files has, of what both have."""
    for what, (value, span) in one[1].items():
        owner = what.partition(" of ")[2]
        is_part = what.startswith(("property ", "input ", "parameter ")) and owner in other[1]
        if is_part and what not in other[1]:
            reading.report(
                PluginFilesDisagree,
                (one[0].path, span),
                what=what,
                value=value or "",
                file=os.path.basename(one[0].path),
                other=os.path.basename(other[0].path),
                other_value=None,
            )


def _facts(document: Document) -> Iterator[tuple[str, tuple[str | None, Span]]]:
    for name, (key, node) in _items(document, "plugins"):
        parts = as_dict(node)
        for word in _OF_PLUGIN:
            if word in parts:
                yield f"'{word}' of plugin '{name}'", (_plain(parts[word][1]), parts[word][1].span)
        yield f"plugin '{name}'", ("", key.span)
    for section, noun in _NOUNS.items():
        for name, (key, node) in _items(document, section):
            yield from _of_type(f"{noun} '{name}'", key, node)
    for name, (key, node) in _items(document, "workflows"):
        owner = f"workflow '{name}'"
        yield owner, ("", key.span)
        parameters = as_dict(node).get("parameters") if deref(node).kind == MAPPING else None
        if parameters is not None:
            yield from _of_schema("parameter", owner, parameters[1])


def _of_type(owner: str, key: Node, node: Node) -> Iterator[tuple[str, tuple[str | None, Span]]]:
    parts = as_dict(node)
    yield owner, ("", key.span)
    if "derived_from" in parts:
        parent = parts["derived_from"][1]
        yield f"the parent of {owner}", (_plain(parent), parent.span)
    if "properties" in parts:
        yield from _of_schema("property", owner, parts["properties"][1])
    for side in _SIDES:
        for interface, (_, operations) in as_dict(parts[side][1]).items() if side in parts else ():
            for name, (operation_key, written) in as_dict(operations).items():
                operation = f"operation '{interface}.{name}' of {owner}"
                yield operation, ("", operation_key.span)
                inputs = as_dict(written).get("inputs") if deref(written).kind == MAPPING else None
                if inputs is not None:
                    yield from _of_schema("input", operation, inputs[1])


def _of_schema(noun: str, owner: str, node: Node) -> Iterator[tuple[str, tuple[str | None, Span]]]:
    for name, (key, written) in as_dict(node).items():
        what = f"{noun} '{name}' of {owner}"
        yield what, ("", key.span)
        parts = as_dict(written) if deref(written).kind == MAPPING else {}
        for word in _OF_PROPERTY:
            if word in parts:
                yield f"'{word}' of {what}", (_plain(parts[word][1]), parts[word][1].span)
            else:
                yield f"'{word}' of {what}", (None, key.span)


def _items(document: Document, section: str) -> Iterator[tuple[str, tuple[Node, Node]]]:
    pair = document.sections.get(section)
    if pair is not None:
        yield from as_dict(pair[1]).items()


def _plain(node: Node) -> str | None:
    """A value on one line, as it is told and compared."""
    text = repr(python_of(node)) if deref(node).kind == MAPPING else str(python_of(node))
    return text if len(text) <= 60 else f"{text[:57]}…"
