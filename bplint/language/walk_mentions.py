"""Everything that the texts of a file name, in the order of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.language.mention import MentionReader
from bplint.language.spot import spots_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.imports.graph import ImportedFile
    from bplint.language.mention import Mention
    from bplint.model.blueprint import Blueprint


def mentions_of(blueprint: Blueprint, file: ImportedFile) -> Iterator[Mention]:
    """All mentions in one file of a blueprint."""
    root = file.document.root
    if root is None:
        return
    reader = MentionReader(blueprint, file)
    for spot in spots_of(root):
        found = reader.mention(spot)
        if found is not None:
            yield found
