"""What is wrong with the version that the main file declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.diagnostic import Reference
from bplint.document import Kind
from bplint.dsl import shape as table
from bplint.dsl.language import blueprint
from bplint.dsl.versions import VERSION_KEY
from bplint.later import later
from bplint.near import nearest
from bplint.syntax import mapping as mappings
from bplint.syntax.scalars import type_name_of

if TYPE_CHECKING:
    from bplint.checks.shape import shape_faults as kinds
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.syntax.mapping import Pair
    from bplint.syntax.tree import Node
else:
    kinds = later("bplint.checks.shape.shape_faults")


def version_fault(document: Document, root: Node, pair: Pair | None, found: int) -> Fault | None:
    """The fault of a version that is not one of the language; None for a file that needs none.

    pair   key and value of the version in `root`, the mapping of the whole file
    found  type of the value, one of the bits of `dsl.shape`
    """
    path = document.path
    if pair is None:
        return _misspelt(document, root) or _missing(document, root)
    value = mappings.deref(pair[1])
    if found == table.NULL:
        return kinds.MissingVersion(path, pair[0].span, newline=None)
    if found == table.STRING:
        return kinds.UnknownVersion(path, value.span, text=value.text or "")
    raises = Reference(*(table.VALUE_ERROR if found == table.OTHER else table.FORMAT))
    return kinds.VersionNotText(path, value.span, reference=raises, found=type_name_of(value))


def _misspelt(document: Document, root: Node) -> Fault | None:
    for key, _ in mappings.pairs(root):
        if key.text and nearest(key.text, [VERSION_KEY]):
            reference, shape = Reference(*table.NO_VERSION), blueprint()
            return kinds.UnknownKey(document.path, key.span, reference=reference, name=key.text, shape=shape)
    return None


def _missing(document: Document, root: Node) -> Fault | None:
    # plugin.yaml and files made to be imported need not say a version
    if document.kind is not Kind.BLUEPRINT or document.holes:
        return None
    source = document.source
    is_at_margin = root.style == "" and source.text[root.start - 1 : root.start] in ("", "\n")
    first = root.items[0][0] if root.items else root
    return kinds.MissingVersion(document.path, first.span, newline=source.newline if is_at_margin else None)
