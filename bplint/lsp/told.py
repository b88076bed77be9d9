"""Diagnostics as the editor's protocol has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from bplint.diagnostic import Diagnostic
    from bplint.lsp.editor_session import EditorSession
    from bplint.source import Source

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def to_diagnostic(
    entry: Diagnostic, source: Source, sources: dict[str, Source], session: EditorSession
) -> types.Diagnostic:
    """A diagnostic with its related places, tags, the link to its rule, and what a fix needs to be found
    again."""
    positions = session.positions
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(session.uri_of(each.path), positions.range(sources[each.path], each.span)),
            each.message,
        )
        for each in entry.related
        if each.path in sources
    ]
    message = f"{entry.message}\n{entry.help}" if entry.help else entry.message
    return types.Diagnostic(
        range=positions.range(source, entry.span),
        severity=_SEVERITIES[entry.severity.value],
        code=entry.code,
        code_description=types.CodeDescription(session.outlet.rule_uri(entry.code)),
        source="bplint",
        message=message,
        tags=_tags(entry.name) or None,
        related_information=related or None,
        data=_data(entry),
    )


def _tags(name: str) -> list[types.DiagnosticTag]:
    found = []
    if name.startswith("unused-"):
        found.append(types.DiagnosticTag.Unnecessary)
    if name.startswith("deprecated-"):
        found.append(types.DiagnosticTag.Deprecated)
    return found


def _data(entry: Diagnostic) -> dict[str, Any]:
    """What tells a diagnostic apart: enough to find its fix in the lint that is current then."""
    start, end = entry.span
    found: dict[str, Any] = {"name": entry.name, "start": start, "end": end}
    if entry.fix is not None:
        found["fix"] = {"title": entry.fix.title, "applicability": entry.fix.applicability.value}
    return found
