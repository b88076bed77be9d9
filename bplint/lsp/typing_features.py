"""Completion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from bplint.app import asking

if TYPE_CHECKING:
    from bplint.app.asking import Completed
    from bplint.app.editor_project import Project
    from bplint.language.offers import Offer
    from bplint.lsp.editor_session import EditorSession
    from bplint.lsp.server import Server
    from bplint.source import Source

MAX_ITEMS: Final = 300
_KINDS: Final = {
    "key": types.CompletionItemKind.Keyword,
    "property": types.CompletionItemKind.Property,
    "type": types.CompletionItemKind.Class,
    "element": types.CompletionItemKind.Variable,
    "function": types.CompletionItemKind.Function,
    "value": types.CompletionItemKind.EnumMember,
    "file": types.CompletionItemKind.File,
    "module": types.CompletionItemKind.Module,
    "code": types.CompletionItemKind.Method,
    "snippet": types.CompletionItemKind.Snippet,
}
_TRIGGERS: Final = [":", " ", "[", "{", ".", "/", "-", ","]


def register(server: Server) -> None:
    """Make the server answer."""
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS))
    def complete(params: types.CompletionParams) -> types.CompletionList:
        at = session.locate(params.text_document.uri, params.position)
        found = asking.complete(*at) if at is not None else None
        source = at[0].source(at[1]) if at is not None else None
        if at is None or found is None or source is None:
            return types.CompletionList(False, [])
        return _list(found, source, at, session)


def _list(
    found: Completed, source: Source, at: tuple[Project, str, int], session: EditorSession
) -> types.CompletionList:
    project, path, offset = at
    typed = source.text[found.start : offset].lower()
    fitting = [offer for offer in found.offers if _fits(offer, typed)]
    place = types.Range(
        session.positions.position(source, found.start), session.positions.position(source, found.end)
    )
    indent = _indent(source, found.start)
    items = [_item(offer, place, indent, source, project, path, session) for offer in fitting[:MAX_ITEMS]]
    return types.CompletionList(len(fitting) > MAX_ITEMS, items)


def _fits(offer: Offer, typed: str) -> bool:
    """Whether the letters typed so far come in the label, in their order."""
    rest = iter(offer.label.lower())
    return all(char in rest for char in typed)


def _indent(source: Source, offset: int) -> str:
    line = source.lines.line_span(source.lines.position(offset)[0])
    text = source.text[line.start : offset]
    return " " * (len(text) - len(text.lstrip(" -")))


def _item(
    offer: Offer,
    place: types.Range,
    indent: str,
    source: Source,
    project: Project,
    path: str,
    session: EditorSession,
) -> types.CompletionItem:
    text = offer.text.replace("\n", f"\n{indent}")
    extra = None
    if offer.imports is not None:
        edit = asking.import_edit(project, path, offer.imports)
        if edit is None:
            return types.CompletionItem(
                offer.label, detail=f"{offer.detail}, by hand", insert_text=offer.label
            )
        position = session.positions.position(source, edit[0])
        extra = [types.TextEdit(types.Range(position, position), edit[1])]
    is_snippet = offer.is_snippet and _takes_snippets(session)
    if offer.is_snippet and not is_snippet:
        text = offer.label
    return types.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind],
        detail=offer.detail or None,
        documentation=offer.documentation or None,
        sort_text=f"{offer.rank}{offer.label}",
        filter_text=offer.label,
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
        insert_text_mode=types.InsertTextMode.AsIs,
        text_edit=types.TextEdit(place, text),
        additional_text_edits=extra,
    )


def _takes_snippets(session: EditorSession) -> bool:
    document = session.server.client_capabilities.text_document
    completion = document.completion if document else None
    item = completion.completion_item if completion else None
    return bool(item and item.snippet_support)
