"""`--fix` and `--diff` of `bplint validate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.app import LintRequest, LintResult


class Fixing:
    """What fixing a request comes to: the result afterwards, the number of fixes, the changed texts."""

    def __init__(self, request: LintRequest, *, is_unsafe: bool) -> None:
        from bplint.edit import Applicability
        from bplint.fix.fixpoint import fix_until_stable

        allowed = {Applicability.SAFE} | ({Applicability.UNSAFE} if is_unsafe else set())
        self._request = request
        self._last: LintResult | None = None
        fixed = fix_until_stable(self._judge, frozenset(allowed))
        self.count = len(fixed.applied)
        self.texts = fixed.texts
        texts = {path: text for path, (_, text) in fixed.texts.items()}
        self.result = self._lint(texts)

    def _lint(self, texts: Mapping[str, str]) -> LintResult:
        from bplint.app import lint

        return lint(self._request, texts)

    def _judge(self, texts: Mapping[str, str]) -> Any:
        from bplint.fix.fixpoint import Judged

        result = self._lint(texts)
        return Judged(result.diagnostics, result.sources)

    def diff(self) -> str:
        """What writing would change, as a unified diff."""
        from bplint.fix.diff import diff_of

        return diff_of({path: (source.text, text) for path, (source, text) in self.texts.items()})

    def write(self) -> None:
        """Write all changed files or none. Raises click.ClickException where that is not possible."""
        from bplint.fix.write import WriteError, write_together

        files = {
            path: (source.to_bytes(source.text), source.to_bytes(text))
            for path, (source, text) in self.texts.items()
        }
        try:
            write_together(files)
        except WriteError as error:
            raise click.UsageError(str(error)) from error
