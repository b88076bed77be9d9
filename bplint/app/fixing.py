"""Fixes of a lint, applied on its workspace until nothing more can be mended."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bplint.app.linting import run
from bplint.app.workspace import Workspace
from bplint.edit import Applicability
from bplint.fix.diff import diff_of
from bplint.fix.fixpoint import Judged, fix_until_stable
from bplint.fix.write import WriteError, write_together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.app.results import LintRequest, LintResult
    from bplint.edit import Fix

__all__ = ["Fixing", "WriteError", "diff_of", "write_together"]


class Fixing:
    """What fixing a request comes to: the results before and after, the number of fixes, the changed texts.

    With a standard input only that is fixed: nobody who pipes a text through a command expects it to write
    files.
    """

    def __init__(self, request: LintRequest, *, is_unsafe: bool) -> None:
        self._request = request
        self._workspace = Workspace(request.config)
        self._allowed = {Applicability.SAFE} | ({Applicability.UNSAFE} if is_unsafe else set())
        fixed = fix_until_stable(self._judge, self._is_allowed)
        self.rounds = fixed.rounds
        self.count = sum(len(fixes) for fixes in fixed.rounds)
        self.texts = fixed.texts
        self.before: LintResult = fixed.first.whole
        self.after: LintResult = fixed.judged.whole

    def _judge(self, texts: Mapping[str, str]) -> Judged:
        self._workspace.change(texts)
        result = run(self._request, self._workspace).result()
        return Judged(result.diagnostics, result.sources, result)

    def _is_allowed(self, fix: Fix) -> bool:
        return fix.applicability in self._allowed and all(self._is_file(edit.path) for edit in fix.edits)

    def _is_file(self, path: str) -> bool:
        """Whether a text can be written back: it is no member of an archive, for one."""
        if self._request.stdin is not None:
            return path == self._request.stdin[0]
        return os.path.isfile(path)

    def diff(self) -> str:
        """What writing would change, as a unified diff."""
        return diff_of({path: (source.text, text) for path, (source, text) in self.texts.items()})

    def summary(self, verb: str) -> str:
        """How many are fixed, in how many files; '' where none is."""
        number = len(self.texts)
        return f"{self.count} {verb} in {number} file{'s' * (number != 1)}" if self.count else ""

    def piped(self) -> bytes:
        """The standard input as fixed."""
        assert self._request.stdin is not None
        name, data = self._request.stdin
        if name not in self.texts:
            return data
        source, text = self.texts[name]
        return source.to_bytes(text)

    def write(self) -> None:
        """Write all changed files or none. Raises fix.write.WriteError where that is not possible."""
        files = {
            path: (source.to_bytes(source.text), source.to_bytes(text))
            for path, (source, text) in self.texts.items()
        }
        write_together(files)


__all__ = ["Fixing", "WriteError"]
