"""What the editor offers to do: fixes, suppressions, the page of a rule, the plan of a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from bplint.app import mending
from bplint.lsp.navigating import workspace_edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.app.editor_project import Project
    from bplint.app.mending import Mend
    from bplint.lsp.editor_session import EditorSession
    from bplint.lsp.server import Server
    from bplint.source import Source

FIX_ALL = "source.fixAll.bplint"
_KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]


def register(server: Server) -> None:
    """Make the server answer."""
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(_KINDS))
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        _, project, source = session.opened(params.text_document.uri)
        if source is None:
            return []
        return list(_actions(params, project, source, session))

    @server.command("bplint.showPlan")
    def show_plan(uri: str, *rest: Any) -> Any:
        """The plan of a workflow: {path, uri} of an HTML page, {text} in other formats, {refusals}. The
        others are the workflow, the format and a list of inputs; pygls knows no defaults."""
        workflow, format_name, inputs = (*rest, *("install", "html", [])[len(rest) :])[:3]
        return _plan(session, uri, str(workflow), str(format_name), [str(each) for each in inputs])

    @server.command("bplint.explainRule")
    def explain_rule(code: str) -> dict[str, str]:
        """The page of a rule: {uri} of a Markdown file."""
        uri = session.outlet.rule_uri(code)
        window = server.client_capabilities.window
        if window and window.show_document and window.show_document.support:
            server.window_show_document(types.ShowDocumentParams(uri))
        return {"uri": uri}


def _actions(
    params: types.CodeActionParams, project: Project, source: Source, session: EditorSession
) -> Iterator[types.CodeAction]:
    only = params.context.only
    path = source.path
    start = session.positions.offset(source, params.range.start)
    end = session.positions.offset(source, params.range.end)
    span = _span(source, start, end)
    if _wants(only, types.CodeActionKind.QuickFix):
        for mend in mending.fixes_in(project, path, span):
            yield _quick_fix(mend, project, session, is_preferred=mend.is_safe)
        for mend in mending.suppressions_in(project, path, span):
            yield _quick_fix(mend, project, session, is_preferred=False)
        for code in dict.fromkeys(entry.code for entry in mending.diagnostics_in(project, path, span)):
            title = f"Explain {code}"
            command = types.Command(title, "bplint.explainRule", arguments=[code])
            yield types.CodeAction(title, kind=types.CodeActionKind.QuickFix, command=command)
    if only is not None and _wants(only, FIX_ALL):
        edits = mending.fix_all(project, path)
        if edits:
            yield types.CodeAction("Fix all", kind=FIX_ALL, edit=workspace_edit(edits, project, session))


def _span(source: Source, start: int, end: int) -> Any:
    whole = source.lines.line_span(1)
    return whole._replace(start=start, end=end)


def _wants(only: Any, kind: str) -> bool:
    if only is None:
        return True
    return any(kind == each or kind.startswith(f"{each}.") for each in map(_kind_text, only))


def _kind_text(kind: Any) -> str:
    return str(getattr(kind, "value", kind))


def _quick_fix(
    mend: Mend, project: Project, session: EditorSession, *, is_preferred: bool
) -> types.CodeAction:
    result = project.lint()
    source = result.sources[mend.diagnostic.path]
    return types.CodeAction(
        mend.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[session.translate(mend.diagnostic, source, result.sources)],
        is_preferred=is_preferred,
        edit=workspace_edit(mend.edits, project, session),
    )


def _plan(
    session: EditorSession, uri: str, workflow: str, format_name: str, inputs: list[str]
) -> dict[str, Any]:
    # what starts a child process: only where a plan is asked for
    from bplint.app.plan_pages import plan_text

    path = session.path_of(uri)
    text, refusals = plan_text(session.project_of(path), path, workflow, format_name, inputs)
    if text is None:
        return {"refusals": refusals}
    if format_name != "html":
        return {"text": text}
    name = "".join(char if char.isalnum() else "_" for char in f"{path}-{workflow}")
    page = session.outlet.write(f"plans/{name}.html", text)
    return {"uri": page, "path": session.path_of(page)}
