"""What can be offered where something is typed."""

from __future__ import annotations

from typing import Final

from bplint.record import Record

# kinds of offers
KEY: Final = "key"
PROPERTY: Final = "property"
TYPE: Final = "type"
ELEMENT: Final = "element"
FUNCTION: Final = "function"
VALUE: Final = "value"
FILE: Final = "file"
MODULE: Final = "module"
CODE: Final = "code"
SNIPPET: Final = "snippet"


class Offer(Record):
    """One thing to choose.

    insert   what replaces the word; with `${1:…}` and `$0` as editors' snippets have it where `is_snippet`
    rank     a small number first; those of one rank by their label
    imports  an entry to add to the imports of the file, or None
    """

    label: str
    kind: str
    detail: str = ""
    documentation: str = ""
    insert: str | None = None
    is_snippet: bool = False
    rank: int = 5
    imports: str | None = None

    @property
    def text(self) -> str:
        return self.label if self.insert is None else self.insert
