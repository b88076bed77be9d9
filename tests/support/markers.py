"""Expected diagnostics of fixtures: `bplint test` reads them in the same way."""

from bplint.lint.expected import Expected, read_markers

__all__ = ["Expected", "read_markers"]
