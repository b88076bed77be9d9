"""Faults of shape in what the merged blueprint does not have.

The reference parser looks at the shape of the merged blueprint, not of its files: what another file
overrules is never checked, and an element made of two files need not be whole in either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.later import later
from bplint.model.full_names import CLOUDIFY, qualify
from bplint.syntax.mapping import deref, get, get_pair, pairs
from bplint.syntax.scalars import value_of
from bplint.syntax.tree import MAPPING, SCALAR, SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint.checks.shape import shape_faults as kinds
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile, ImportGraph
    from bplint.imports.merge import Item, Merged
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.shape.shape_faults")

_FIRST_WINS: Final = frozenset(("labels", "blueprint_labels", "resource_tags"))
_JOINED: Final = ("node_templates", "workflows")


def drop_overruled(faults: list[Fault], graph: ImportGraph, merged: Merged) -> list[Fault]:
    """The faults of shape that the merged blueprint has; those that already merging stumbles over get the
    exception that this ends in."""
    files = [file for file in graph.files if file.is_own]
    if not faults or len(graph.files) < 2:
        return faults
    ranges = _overruled_everywhere(files, merged)
    whole = _whole_elsewhere(files, merged)
    kept = []
    renamed = {file.document.path for file in files if file.namespace is not None}
    renamed -= {file.document.path for file in files if file.namespace is None}
    for fault in faults:
        exception = merged.crashes.get((fault.path, fault.span.start))
        if exception is not None:
            fault = fault.moved_to(Reference(exception, None))
        if isinstance(fault, kinds.EmptyTypeName) and fault.path in renamed:
            continue  # with a namespace it is a name, and one that is not known
        if isinstance(fault, kinds.MissingKey) and (fault.path, fault.span.start, fault.name) in whole:
            continue
        if not _is_within(fault, ranges):
            kept.append(fault)
    return kept


def _overruled_everywhere(files: list[ImportedFile], merged: Merged) -> list[tuple[str, int, int]]:
    """What is overruled wherever its file is imported: it may be so under several namespaces."""
    found = [each for file in files for each in set(_overruled(file, merged))]
    if not found:
        return found
    from collections import Counter  # only where something is overruled

    times = Counter(file.document.path for file in files)
    return sorted(each for each, count in Counter(found).items() if count == times[each[0]])


def _overruled(file: ImportedFile, merged: Merged) -> Iterator[tuple[str, int, int]]:
    """Path, start and end of what other files overrule in a file."""
    path = file.document.path
    for section, (key, value) in file.document.sections.items():
        first = merged.values.get(section)
        if section == "description" and first is not None and first[0] is not key:
            yield path, key.start, value.end
            continue
        items = merged.sections.get(section)
        for name_node, node in _items_of(value) if items else ():
            name = name_node.text or ""
            item = items.get(qualify(name, file.namespace)) if items else None
            if item is None or item.file is file:
                continue
            if section == "workflows":
                yield from _overruled_keys(path, name_node, node, item)
            if section == "node_templates":
                yield from _passed_over(path, node, item)
            if section == "plugins" and deref(node).kind != MAPPING:
                continue  # every file's plugins are looked at before they are merged
            if section in _FIRST_WINS or name.startswith(CLOUDIFY) or item.file.is_basic_types:
                yield path, name_node.start, max(name_node.end, node.end)


def _passed_over(path: str, later: Node, first: Item) -> Iterator[tuple[str, int, int]]:
    """Relationships of a template of two files that joining passes over: neither list nor text."""
    pair = get_pair(later, "relationships")
    if pair is None or get(first.value, "relationships") is deref(pair[1]):
        return
    value = deref(pair[1])
    is_text = value.kind == SCALAR and isinstance(value_of(value), str)
    if value.kind != SEQUENCE and not value.items and not is_text:
        yield path, pair[0].start, max(pair[0].end, pair[1].end)


def _overruled_keys(path: str, name: Node, later: Node, first: Item) -> Iterator[tuple[str, int, int]]:
    """The keys of a workflow that the first file that defines it has too; all of what has no keys."""
    if deref(later).kind != MAPPING:
        yield path, name.start, max(name.end, later.end)
    for key, value in pairs(later):
        is_text = isinstance(value_of(deref(key)), str)
        if is_text and (first.foreign is None or id(key) not in first.foreign):
            yield path, key.start, max(key.end, value.end)


def _whole_elsewhere(files: Iterable[ImportedFile], merged: Merged) -> set[tuple[str, int, str]]:
    """Path, place and required key of the parts of an element that is whole only in the merged blueprint."""
    found: set[tuple[str, int, str]] = set()
    lacking: set[tuple[str, int, str]] = set()  # the same place under another namespace
    for section, required in zip(_JOINED, ("type", "mapping"), strict=True):
        items = merged.sections.get(section, {})
        joined = {name for name, item in items.items() if _is_joined(item, section, required)}
        for file in files if joined else ():
            entry = file.document.sections.get(section)
            for key, _ in _items_of(entry[1]) if entry is not None else ():
                is_whole = qualify(key.text or "", file.namespace) in joined
                (found if is_whole else lacking).add((file.document.path, key.start, required))
    return found - lacking


def _is_joined(item: Item, section: str, required: str) -> bool:
    """Whether the files that define an element may leave a required key to one of them. To a workflow, which
    may be a text, another file need not add anything."""
    if section == "workflows":
        is_text = item.value.kind == SCALAR and isinstance(value_of(item.value), str)
        return is_text or get(item.value, required) is not None
    return item.foreign is not None and get(item.value, required) is not None


def _items_of(section: Node) -> list[tuple[Node, Node]]:
    return pairs(deref(section))


def _is_within(fault: Fault, ranges: list[tuple[str, int, int]]) -> bool:
    # the analysis of many faults in many ranges must stay linear
    from bisect import bisect_right

    place = (fault.path, fault.span.start, 1 << 60)
    index = bisect_right(ranges, place) - 1
    if index < 0:
        return False
    path, start, end = ranges[index]
    return path == fault.path and start <= fault.span.start and fault.span.end <= end
