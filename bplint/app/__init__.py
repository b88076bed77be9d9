"""The one door: what commands, hooks, the editor's server and the Python interface call."""

from bplint.app.linting import lint
from bplint.app.results import ARCHIVE_EXTENSIONS, FileResult, LintRequest, LintResult

__all__ = ["ARCHIVE_EXTENSIONS", "FileResult", "LintRequest", "LintResult", "lint"]
