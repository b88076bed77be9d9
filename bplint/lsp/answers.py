"""What the editor shows of a file: hover, symbols, folds, selections, links, hints, colours, lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from bplint.app import asking
from bplint.lsp.markdown import explanation_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bplint.language.document_outline import Symbol, Word
    from bplint.lsp.editor_session import EditorSession
    from bplint.lsp.server import Server
    from bplint.source import Source

_KINDS: Final = {
    "section": types.SymbolKind.Namespace,
    "inputs": types.SymbolKind.Variable,
    "node_templates": types.SymbolKind.Object,
    "node_types": types.SymbolKind.Class,
    "data_types": types.SymbolKind.Struct,
    "relationships": types.SymbolKind.Interface,
    "plugins": types.SymbolKind.Package,
    "workflows": types.SymbolKind.Function,
    "groups": types.SymbolKind.Array,
    "outputs": types.SymbolKind.Field,
    "capabilities": types.SymbolKind.Field,
    "property": types.SymbolKind.Property,
    "interface": types.SymbolKind.Interface,
}
WORD_TYPES: Final = ("class", "variable", "parameter", "function", "property", "method", "interface", "type",
                     "keyword")  # fmt: skip
WORD_MODIFIERS: Final = ("declaration", "defaultLibrary")
_WORD_TYPE: Final = {
    "node_types": "class", "relationships": "class", "policy_types": "class", "policy_triggers": "class",
    "data_types": "type", "inputs": "parameter", "function": "function", "property": "property",
    "attribute": "property", "operation": "method", "interface": "interface", "workflows": "function",
    "implementation": "function", "run-time node": "keyword",
}  # fmt: skip


def register(server: Server) -> None:
    """Make the server answer."""
    _register_hover(server)
    _register_outline(server)
    _register_ranges(server)
    _register_shown(server)
    _register_lenses(server)


def _register_hover(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        at = session.locate(params.text_document.uri, params.position)
        if at is None:
            return None
        project, path, offset = at
        found = asking.explain(project, path, offset)
        source = project.source(path)
        if found is None or source is None:
            return None
        said, span = found
        content = types.MarkupContent(types.MarkupKind.Markdown, explanation_markdown(said, session))
        return types.Hover(content, session.positions.range(source, span))


def _register_outline(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        path, project, source = session.opened(params.text_document.uri)
        return [] if source is None else _symbols(asking.symbols(project, path), source, session)

    @server.feature(types.WORKSPACE_SYMBOL)
    def all_symbols(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        found = []
        for project in list(session.projects.values()):
            for path, symbol in asking.all_symbols(project, params.query):
                source = project.source(path)
                if source is not None:
                    place = session.positions.range(source, symbol.name_span)
                    location = types.Location(session.uri_of(path), place)
                    found.append(
                        types.WorkspaceSymbol(
                            location, symbol.name, _kind(symbol), container_name=symbol.role
                        )
                    )
        return found


def _register_ranges(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folds(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        path, project, source = session.opened(params.text_document.uri)
        if source is None:
            return []
        lines = [
            (source.lines.position(start)[0] - 1, source.lines.position(end)[0] - 1)
            for start, end in asking.folds(project, path)
        ]
        return [types.FoldingRange(first, last) for first, last in dict.fromkeys(lines) if last > first]

    @server.feature(types.TEXT_DOCUMENT_SELECTION_RANGE)
    def selections(params: types.SelectionRangeParams) -> list[types.SelectionRange]:
        found = []
        for position in params.positions:
            at = session.locate(params.text_document.uri, position)
            outer: types.SelectionRange | None = None
            source = at[0].source(at[1]) if at is not None else None
            if at is not None and source is not None:
                for span in reversed(asking.selections(*at)):
                    outer = types.SelectionRange(session.positions.range(source, span), outer)
            found.append(outer or types.SelectionRange(types.Range(position, position)))
        return found


def _kind(symbol: Symbol) -> types.SymbolKind:
    return _KINDS.get(symbol.role, types.SymbolKind.Key)


def _symbols(symbols: Iterable[Symbol], source: Source, session: EditorSession) -> list[types.DocumentSymbol]:
    return [
        types.DocumentSymbol(
            each.name,
            _kind(each),
            session.positions.range(source, each.whole),
            session.positions.range(source, each.name_span),
            each.detail or None,
            children=_symbols(each.children, source, session),
        )
        for each in symbols
    ]


def _register_shown(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def links(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        path, project, source = session.opened(params.text_document.uri)
        if source is None:
            return []
        found = []
        for span, landing in asking.links(project, path):
            uri = session.uri_of(landing.path)
            if landing.facts is not None:
                uri = session.outlet.catalog_place(landing)[0]
            found.append(types.DocumentLink(session.positions.range(source, span), uri))
        return found

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        if not session.options.get("inlayHints"):
            return []
        path, project, source = session.opened(params.text_document.uri)
        if source is None:
            return []
        found = []
        for offset, text in asking.hints(project, path):
            position = session.positions.position(source, offset)
            if params.range.start.line <= position.line <= params.range.end.line:
                found.append(types.InlayHint(position, text, padding_left=True))
        return found

    legend = types.SemanticTokensLegend(list(WORD_TYPES), list(WORD_MODIFIERS))

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, legend)
    def words(params: types.SemanticTokensParams) -> types.SemanticTokens:
        path, project, source = session.opened(params.text_document.uri)
        found = asking.words(project, path) if source is not None else []
        return types.SemanticTokens(_encoded(found, source, session) if source is not None else [])


def _register_lenses(server: Server) -> None:
    session = server.session

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    def lenses(params: types.CodeLensParams) -> list[types.CodeLens]:
        uri = params.text_document.uri
        path = session.path_of(uri)
        project = session.project_of(path)
        source = project.source(path)
        if source is None:
            return []
        return [
            types.CodeLens(
                session.positions.range(source, span),
                types.Command(f"{name}: {text}; show its plan", "bplint.showPlan", arguments=[uri, name]),
            )
            for span, name, text in asking.lenses(project, path)
        ]


def _encoded(words: list[Word], source: Source, session: EditorSession) -> list[int]:
    """Five numbers a word: lines and characters since the one before, length, type, modifiers."""
    found: list[int] = []
    line = character = 0
    for word in sorted(words, key=lambda each: each.span):
        place = session.positions.range(source, word.span)
        if place.start.line != place.end.line:
            continue
        delta = place.start.line - line
        start = place.start.character
        kind = WORD_TYPES.index(_WORD_TYPE.get(word.role, "variable"))
        modifiers = int(word.is_definition) | int(word.is_of_catalog) << 1
        length = place.end.character - start
        found += [delta, start if delta else start - character, length, kind, modifiers]
        line, character = place.start.line, start
    return found
