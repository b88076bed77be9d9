"""Going places: definition, type definition, references, highlights, rename."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from bplint.app import asking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.app.asking import PlaceUsage
    from bplint.app.editor_project import Project
    from bplint.edit import Edit
    from bplint.language.landing import Landing
    from bplint.lsp.editor_session import EditorSession
    from bplint.lsp.server import Server

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def register(server: Server) -> None:
    """Make the server answer."""
    _register_definitions(server)
    _register_usages(server)
    _register_rename(server)
    _register_catalog(server)


def _register_definitions(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        at = session.locate(params.text_document.uri, params.position)
        return [] if at is None else _locations(asking.definitions(*at), at[0], session)

    @server.feature(types.TEXT_DOCUMENT_TYPE_DEFINITION)
    def type_definition(params: types.TypeDefinitionParams) -> list[types.Location]:
        at = session.locate(params.text_document.uri, params.position)
        return [] if at is None else _locations(asking.type_definitions(*at), at[0], session)


def _locations(landings: Iterable[Landing], project: Project, session: EditorSession) -> list[types.Location]:
    found = []
    for landing in landings:
        if landing.facts is not None:
            uri, source, span = session.outlet.catalog_place(landing)
            found.append(types.Location(uri, session.positions.range(source, span)))
        elif landing.is_file:
            found.append(types.Location(session.uri_of(landing.path), _START))
        else:
            text = project.source(landing.path)
            if text is not None:
                place = session.positions.range(text, landing.span)
                found.append(types.Location(session.uri_of(landing.path), place))
    return found


def _register_usages(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(params: types.ReferenceParams) -> list[types.Location]:
        at = session.locate(params.text_document.uri, params.position)
        if at is None:
            return []
        found = asking.references(*at, with_definition=params.context.include_declaration)
        return [
            types.Location(session.uri_of(each.path), place)
            for each in found
            if (place := _range(each, at[0], session)) is not None
        ]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlights(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight]:
        at = session.locate(params.text_document.uri, params.position)
        return [
            types.DocumentHighlight(
                place,
                types.DocumentHighlightKind.Write if each.is_definition else types.DocumentHighlightKind.Read,
            )
            for each in (asking.highlights(*at) if at is not None else ())
            if at is not None and (place := _range(each, at[0], session)) is not None
        ]


def _range(usage: PlaceUsage, project: Project, session: EditorSession) -> types.Range | None:
    source = project.source(usage.path)
    return None if source is None else session.positions.range(source, usage.span)


def _register_rename(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        at = session.locate(params.text_document.uri, params.position)
        if at is None:
            return None
        try:
            span, name = asking.renamed_span(*at)
        except asking.RefusedRenameError as refusal:
            raise JsonRpcInvalidParams(str(refusal)) from None
        source = at[0].source(at[1])
        assert source is not None
        return types.PrepareRenamePlaceholder(session.positions.range(source, span), name)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        at = session.locate(params.text_document.uri, params.position)
        if at is None:
            return None
        try:
            edits = asking.rename(*at, params.new_name)
        except asking.RefusedRenameError as refusal:
            raise JsonRpcInvalidParams(str(refusal)) from None
        return workspace_edit(edits, at[0], session)


def workspace_edit(edits: Iterable[Edit], project: Project, session: EditorSession) -> types.WorkspaceEdit:
    """Edits as one edit of the workspace."""
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        source = project.source(edit.path)
        if source is not None:
            place = session.positions.range(source, edit.span)
            changes.setdefault(session.uri_of(edit.path), []).append(types.TextEdit(place, edit.text))
    return types.WorkspaceEdit(changes)


def _register_catalog(server: Server) -> None:
    session = server.session

    @server.feature("bplint/catalogText")
    def catalog_text(params: Any) -> str | None:
        return session.outlet.text(str(getattr(params, "uri", "")))
