"""Text edits and fixes as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bplint.span import Span


class Applicability(str, Enum):
    """Whether a fix is certain (`safe`) or wants a look (`unsafe`)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class Edit:
    """Replace `span` of the text of `path` by `text`; an empty span inserts, an empty text deletes."""

    path: str
    span: Span
    text: str


@dataclass(frozen=True)
class Fix:
    """Edits that belong together, in one file or several: all are applied or none."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]
