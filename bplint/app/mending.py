"""Fixes for an editor: of one diagnostic, of a whole file, and the comment that silences one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bplint.app.linting import run
from bplint.app.results import LintRequest
from bplint.edit import Applicability, Edit
from bplint.language.spot import spot_at
from bplint.record import Record
from bplint.span import Span
from bplint.syntax.tree import SCALAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bplint.app.editor_project import Project
    from bplint.diagnostic import Diagnostic
    from bplint.edit import Fix
    from bplint.fix.fixpoint import Judged
    from bplint.source import Source


class Mend(Record):
    """What mends or silences a diagnostic. `is_safe` where it is certain."""

    title: str
    edits: tuple[Edit, ...]
    is_safe: bool
    diagnostic: Diagnostic


def diagnostics_in(project: Project, path: str, span: Span) -> list[Diagnostic]:
    """The diagnostics that touch a part of a file."""
    return [
        entry
        for entry in project.lint().diagnostics
        if entry.path == path and entry.span.start <= span.end and span.start <= entry.span.end
    ]


def fixes_in(project: Project, path: str, span: Span) -> list[Mend]:
    """Fixes of what is found in a part of a file."""
    return [
        Mend(entry.fix.title, entry.fix.edits, entry.fix.applicability is Applicability.SAFE, entry)
        for entry in diagnostics_in(project, path, span)
        if entry.fix is not None
    ]


def suppressions_in(project: Project, path: str, span: Span) -> list[Mend]:
    """Comments that silence what is found in a part of a file, where one can stand."""
    found = []
    for entry in diagnostics_in(project, path, span):
        edit = suppression_edit(project, entry)
        if edit is not None:
            found.append(Mend(f"Suppress {entry.code} here", (edit,), False, entry))
    return found


def suppression_edit(project: Project, entry: Diagnostic) -> Edit | None:
    """A comment at the end of the line that silences a diagnostic; None where the line ends within a text,
    or the file is no YAML or holds what cannot be silenced."""
    document = project.document(entry.path)
    if document is None or document.root is None or entry.code < "BP050":
        return None
    source = document.source
    line = source.lines.line_span(source.lines.position(entry.span.start)[0])
    node = spot_at(document.root, line.end).node
    if node.kind == SCALAR and node.start < line.end < node.end:
        return None
    text = source.text[line.start : line.end]
    start, sign = text.find("# bplint: ignore["), "]"
    if start >= 0 and sign in text[start:]:
        place = line.start + text.index(sign, start)
        return Edit(entry.path, Span(place, place), f", {entry.code}")
    if "#" in text:
        return None  # what follows a comment is a part of it
    return Edit(entry.path, Span(line.end, line.end), f"  # bplint: ignore[{entry.code}]")


def fix_all(project: Project, path: str) -> list[Edit]:
    """The edits that make all safe fixes of a file, as one replacement of its text; none where there is
    nothing to mend."""
    from bplint.fix.fixpoint import fix_until_stable  # only where something is mended

    workspace = project.workspace
    source = project.source(path)
    if source is None:
        return []

    def judge(texts: Mapping[str, str]) -> Judged:
        from bplint.fix.fixpoint import Judged

        workspace.change({**project.buffers, **texts})
        result = run(
            LintRequest((project.root,), project.config), workspace, None, project.discovery()
        ).result()
        return Judged(result.diagnostics, result.sources, result)

    def is_allowed(fix: Fix) -> bool:
        return fix.applicability is Applicability.SAFE and all(edit.path == path for edit in fix.edits)

    try:
        fixed = fix_until_stable(judge, is_allowed)
    finally:
        workspace.change(project.buffers)
    if path not in fixed.texts:
        return []
    return _difference(source, fixed.texts[path][1])


def _difference(source: Source, new: str) -> list[Edit]:
    """One edit that leaves what is equal at both ends alone."""
    old = source.text
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return [Edit(source.path, Span(start, len(old) - end), new[start : len(new) - end])]
