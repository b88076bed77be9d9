"""What an import location leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.catalog.facts import Facts
    from bplint.catalog.releases import ReleaseChoice
    from bplint.document import Document


class Answer:
    """What a location leads to.

    status       as of an import entry: 'read', 'unread', 'missing' or 'refused'
    document     a file here; facts: a file of the catalogue or of an archive; None where nothing was read
    place        what tells files apart (see ImportedFile.place)
    answered_by  for messages; reason: why not, for messages; looked_in: the folders that were searched
    choice       where it is a release of a published plugin: which ones the import allows
    is_damaged   what was fetched for it is not as it was fetched
    is_assumed   what the location leads to changes in time; the newest that is known answers it
    """

    __slots__ = (
        "answered_by",
        "choice",
        "document",
        "facts",
        "is_assumed",
        "is_damaged",
        "looked_in",
        "place",
        "reason",
        "status",
    )

    def __init__(self, status: str, place: str = "") -> None:
        self.status = status
        self.place = place
        self.document: Document | None = None
        self.facts: Facts | None = None
        self.answered_by = ""
        self.reason = ""
        self.looked_in: list[str] = []
        self.choice: ReleaseChoice | None = None
        self.is_assumed = False
        self.is_damaged = False
