"""Sections whose items are merged by name, and where a fault of merging is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bplint.imports.graph import ImportedFile
    from bplint.span import Span
    from bplint.syntax.tree import Node

# fmt: off
ITEM_SECTIONS: Final = frozenset((
    "inputs", "data_types", "node_types", "relationships", "plugins", "workflows", "policy_types",
    "policy_triggers", "node_templates", "groups", "policies", "outputs", "capabilities", "labels",
    "blueprint_labels", "resource_tags",
))
# fmt: on
NAMESPACES: Final = "namespaces_mapping"


def place_of(file: ImportedFile, key: Node | None) -> tuple[str, Span]:
    """Where a fault of a file is shown: at a key of the file, or else at the entry that imports it."""
    if key is not None:
        return file.document.path, key.span
    assert file.entry is not None
    return file.entry.path, file.entry.node.span
