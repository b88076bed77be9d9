"""What is asked of a lint, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.source import Source


ARCHIVE_EXTENSIONS: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2")  # of blueprints


class LintRequest(Record):
    """What to lint. `stdin` is (the name to show, the bytes), linted beside the paths."""

    paths: tuple[str, ...]
    config: Config
    stdin: tuple[str, bytes] | None = None


class FileResult(Record):
    """What is said of one file as a whole.

    verdict     'refused', 'fails', 'advice' or 'ok': the worst effect of its diagnostics, those of the
                files it imports included
    incomplete  imports that could not be read, as written
    assumed     imports that name what changes in time, answered with the newest that is known, as written
    unchecked   number of elements that hang on them
    blame       the file or import to change, or None where nothing is refused or failing
    """

    path: str
    kind: str
    dsl_version: str | None
    verdict: str
    incomplete: tuple[str, ...] = ()
    unchecked: int = 0
    blame: str | None = None
    assumed: tuple[str, ...] = ()


class LintResult(Record):
    """Diagnostics in their total order, after selection, suppression and baseline, and all texts they
    point into. `suppressed` counts what comments and the baseline took away; `folded` are, as they
    were found, those that one of `diagnostics` stands for: an import that many files cannot read."""

    files: tuple[FileResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    suppressed: int = 0
    folded: tuple[Diagnostic, ...] = ()
