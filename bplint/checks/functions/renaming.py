"""Calls that stop the reference parser from putting the namespace of an import before the names in them.

Facts from dsl_parser (framework/parser.py, `set_leaf_namespace`): before anything is judged, every value
that is a mapping and has no schema of its own is searched, used or not, evaluated or not, for keys named
`get_input`, `get_property` and `get_attribute`, whatever else stands beside them. Operations, which may be a
text, are searched as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.dsl import shape as table
from bplint.dsl.functions import VALUE_ERROR, scalar_of
from bplint.dsl.language import blueprint
from bplint.later import later
from bplint.syntax.mapping import as_dict, deref, is_mapping, pairs
from bplint.syntax.scalars import text_of
from bplint.syntax.tree import MAPPING, SEQUENCE

if TYPE_CHECKING:
    from bplint.checks.functions import function_faults as kinds
    from bplint.dsl.shape import Shape
    from bplint.fault import Fault
    from bplint.imports.graph import ImportedFile, ImportGraph
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.functions.function_faults")

_OF_NODES: Final = ("get_property", "get_attribute")
# lists that the reference parser takes for a value without a schema
_PLAIN_LISTS: Final = ("values", "node_instances_active")


def renaming_fault(function: str, argument: Node) -> str:
    """The exception that putting a namespace before the name in an argument ends in, '' where it works."""
    if function == "get_input":
        if argument.kind == SEQUENCE:
            return "" if argument.items else "IndexError"
        return VALUE_ERROR if is_mapping(argument) and pairs(argument) else ""
    if function not in _OF_NODES:
        return ""
    if argument.kind == SEQUENCE:
        return "" if argument.items else "IndexError"
    if is_mapping(argument):
        return "KeyError"
    return "IndexError" if scalar_of(argument) in ("", b"") else "TypeError"


def renaming_faults(graph: ImportGraph) -> list[Fault]:
    """The calls of all files under a namespace that cannot be renamed."""
    found = _Renaming()
    for file in graph.files:
        if file.is_own and file.namespace is not None and not file.is_basic_types:
            found.file(file)
    return found.faults


class _Renaming:
    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._seen: set[int] = set()
        self._told: set[tuple[str, int, int]] = set()
        self._file: ImportedFile

    def file(self, file: ImportedFile) -> None:
        self._file = file
        self._seen = set()
        shapes = blueprint().keys
        for section, (_, written) in file.document.sections.items():
            entry = shapes.get(section)
            if entry is None or entry.shape.kind != table.MAPPING_OF or entry.shape.item is None:
                continue
            for _, item in pairs(written):
                self._element(item, entry.shape.item)

    def _element(self, written: Node, shape: Shape) -> None:
        """What is below an element; its own value is only searched where a schema leads to it."""
        for name, (_, value) in as_dict(written).items():
            key = shape.keys.get(name)
            if key is None:
                continue
            if name in _PLAIN_LISTS:
                self._search(value)
            else:
                self._value(value, key.shape)

    def _value(self, written: Node, shape: Shape) -> None:
        if shape.kind == table.LEAF or shape.short_form:
            self._search(written)
        elif shape.kind == table.FIXED:
            self._element(written, shape)
        elif shape.item is not None:
            node = deref(written)
            items = node.items or () if node.kind == SEQUENCE else ()
            if shape.kind == table.MAPPING_OF:
                items = [value for _, value in pairs(node)]
            for item in items:
                self._value(item, shape.item)

    def _search(self, written: Node) -> None:
        """A value without a schema; a list is not looked into."""
        node = deref(written)
        if not is_mapping(node):
            return
        waiting = [node]
        while waiting:
            node = deref(waiting.pop())
            if id(node) in self._seen:
                continue
            if node.kind == SEQUENCE or is_mapping(node):
                self._seen.add(id(node))
                waiting += self._judged(node) if node.kind == MAPPING else node.items or ()

    def _judged(self, node: Node) -> list[Node]:
        """The values of a mapping that are searched in their turn."""
        found = []
        for key, value in pairs(node):
            name, argument = text_of(deref(key)) or "", deref(value)
            exception = renaming_fault(name, argument)
            if exception:
                self._tell(name, argument, exception)
            elif name in _OF_NODES:
                found += list(argument.items or ())[1:]  # the first is a name now
            else:
                found.append(argument)
        return found

    def _tell(self, function: str, node: Node, exception: str) -> None:
        file = self._file
        place = (file.document.path, node.start, node.end)
        if place in self._told:
            return
        self._told.add(place)
        self.faults.append(
            kinds.FunctionNotRenamable(
                file.document.path,
                node.span,
                reference=Reference(exception, None),
                function=function,
                namespace=file.namespace,
            )
        )
