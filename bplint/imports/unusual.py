"""Merging what few files have: namespaces, names that are no strings, sections that the manager writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.diagnostic import Reference
from bplint.imports.merged_sections import ITEM_SECTIONS, NAMESPACES, place_of
from bplint.later import later
from bplint.syntax.mapping import odd_keys, odd_pairs
from bplint.syntax.scalars import type_name_of

if TYPE_CHECKING:
    from bplint.imports import merge_faults as kinds
    from bplint.imports.graph import ImportedFile
    from bplint.imports.merge import Merger
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.imports.merge_faults")

_SETTINGS: Final = "deployment_settings"
_PASSED_OVER: Final = ("tosca_definitions_version", "imports", "dsl_definitions", "imported_blueprints")


def check_renaming(
    merger: Merger, section: str, written: tuple[Node, Node, ImportedFile], *, is_first: bool
) -> None:
    """A namespace goes before all keys of a section, which must be strings, as if they were names."""
    key, node, file = written
    if section in ITEM_SECTIONS or section in (_SETTINGS, NAMESPACES):
        # the structure check tells them, with this exception
        for odd in odd_keys(node):
            merger.merged.crashes[file.document.path, odd.start] = "AttributeError"
        if section == _SETTINGS and is_first:
            merger.tell(kinds.NamespacedSettings(*place_of(file, key), file=file))
    elif is_first and section not in _PASSED_OVER:
        from bplint.dsl.language import blueprint  # only where there is something odd

        shape = blueprint().keys["metadata"].shape
        for odd in odd_keys(node):
            reference = Reference("AttributeError", None)
            merger.tell(kinds.NonStringKey(*place_of(file, odd), reference=reference, shape=shape, value=odd))


def check_namespaces(merger: Merger, node: Node, file: ImportedFile) -> None:
    """Made by the manager; where people write it, no name may be there twice."""
    for name, item in merger.items_of(NAMESPACES, node, file).items():
        first = merger.namespaces.setdefault(name, item)
        if first is not item:
            merger.conflict(NAMESPACES, first, item)


def check_odd_sections(merger: Merger, root: Node, file: ImportedFile) -> None:
    """Sections whose name is no string: like unknown ones, no second file may have them."""
    for key, _ in odd_pairs(root):
        name = f"{type_name_of(key)} {key.text}"
        merger.may_merge(name, file, key, merger.holders.setdefault(name, (file, key)))
