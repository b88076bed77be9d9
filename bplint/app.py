"""The wiring: paths and options in, diagnostics out. Commands, hooks and tests call only this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bplint.diagnostic import Effect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.config import Config
    from bplint.diagnostic import Diagnostic
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.imports.graph import ImportGraph
    from bplint.model.blueprint import Blueprint
    from bplint.rules.rule import Rule
    from bplint.source import Source


@dataclass(frozen=True)
class LintRequest:
    """What to lint. `stdin` is (the name to show, the bytes), linted beside the paths."""

    paths: tuple[str, ...]
    config: Config
    stdin: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class FileResult:
    """What is said of one file as a whole.

    verdict     'refused', 'fails', 'advice' or 'ok': the worst effect of its diagnostics, those of the
                files it imports included
    incomplete  imports that could not be read, as written
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


@dataclass(frozen=True)
class LintResult:
    """Diagnostics in their total order, after selection, suppression and baseline, and all texts they
    point into. `suppressed` counts what comments and the baseline took away."""

    files: tuple[FileResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    suppressed: int = 0
