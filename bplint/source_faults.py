"""What can be wrong with a file as such, before it is parsed."""

from __future__ import annotations

from bplint.fault import Fault


class UnreadableFile(Fault):
    """A file that is not there, may not be opened or is no regular file.

    cause   the exception's name, or `irregular`
    """

    reason: str
    cause: str


class FileTooLarge(Fault):
    """A file over the limit on the bytes of one file."""

    size_bytes: int
    limit_bytes: int


class BadEncoding(Fault):
    """Bytes that are not UTF-8: the file's encoding where its mark names one, else the first wrong byte."""

    encoding: str | None = None
    byte: int | None = None


class IllegalCharacter(Fault):
    """A character that YAML does not allow, and how many more of them there are."""

    character: str
    more: int
