"""Mistakes of bplint itself and of rule packages."""

from __future__ import annotations

from bplint.fault import Fault


class InternalError(Fault):
    """A rule that raised an exception, or a fault without rule."""

    message: str
