"""What is wrong with comments that silence rules, and with the entries of a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.fault import Fault

if TYPE_CHECKING:
    from bplint.span import Span


class SilencingCode(Fault):
    """Base of what is wrong with one code of a comment. `edit` takes it out: what to write, and for what."""

    code: str
    edit: tuple[Span, str]


class UnusedSuppression(SilencingCode):
    """A code that silences nothing."""


class UnknownSuppression(SilencingCode):
    """A code that no rule has. `best`: the nearest that one has."""

    best: str | None


class MandatorySuppression(SilencingCode):
    """A code of rules that may not be silenced."""


class BadSuppression(Fault):
    """A comment of another form. `verb`: what stands behind the name of bplint."""

    verb: str


class StaleBaselineEntry(Fault):
    """An entry of a baseline that accepts nothing any more, about the file `about`, which may be gone."""

    code: str
    about: str
    is_gone: bool = False
