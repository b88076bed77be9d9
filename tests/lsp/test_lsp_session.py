"""A session of an editor: what it tells the server, and what it is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.conftest import ShopClient

NOWHERE = types.CodeActionContext([])


def codes(client: ShopClient, uri: str | None = None) -> list[str]:
    return [str(each.code) for each in client.diagnostics.get(uri or client.uri, ())]


async def changed(client: ShopClient, old: str, new: str, version: int = 2) -> None:
    client.changed(old, new, version)
    await client.told_of(client.uri, version)


@pytest.mark.asyncio
async def test_diagnostics_follow_the_buffer(client: ShopClient) -> None:
    before = codes(client)
    await changed(client, "type: shop.nodes.Special\n", "type: shop.nodes.Specal\n")
    assert {*before, "BP250"} <= set(codes(client))
    told = next(each for each in client.diagnostics[client.uri] if each.code == "BP250")
    assert (
        client.text.splitlines()[told.range.start.line][told.range.start.character :] == "shop.nodes.Specal"
    )
    assert told.code_description is not None
    page = Path(told.code_description.href.removeprefix("file://"))
    assert page.read_text(encoding="utf-8").startswith("# BP250")
    await changed(client, "type: shop.nodes.Specal\n", "type: shop.nodes.Special\n", 3)
    assert codes(client) == before


@pytest.mark.asyncio
async def test_a_half_typed_line_leaves_the_rest(client: ShopClient) -> None:
    before = codes(client)
    await changed(client, "      greeting: Store\n", "      greeting: Store\n      data\n")
    assert set(before) < set(codes(client))


@pytest.mark.asyncio
async def test_files_that_import_the_changed_one_are_judged_anew(client: ShopClient) -> None:
    uri = (client.folder / "network.yaml").as_uri()
    text = (client.folder / "network.yaml").read_text(encoding="utf-8").replace("lan:", "wan:")
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text))
    )
    await client.told_of(uri, 1)
    assert any("net--lan" in each.message for each in client.diagnostics[client.uri])


@pytest.mark.asyncio
async def test_unused_and_deprecated_are_tagged(client: ShopClient) -> None:
    tags = [each.tags for each in client.diagnostics[client.uri] if each.code == "BP627"]
    assert tags
    assert all(each == (types.DiagnosticTag.Unnecessary,) for each in map(tuple, filter(None, tags)))


@pytest.mark.asyncio
async def test_diagnostics_can_be_pulled(client: ShopClient) -> None:
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(client.document))
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert [each.code for each in report.items] == codes(client)
    whole = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert client.uri in [each.uri for each in whole.items]


@pytest.mark.asyncio
async def test_hover(client: ShopClient) -> None:
    found = await client.text_document_hover_async(
        types.HoverParams(client.document, client.at("get_property: [store, po|rt]"))
    )
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert "**property 'port'**" in found.contents.value
    assert "get\\_property gives: `5432`" in found.contents.value


@pytest.mark.asyncio
async def test_definitions_lead_to_files_the_catalogue_and_python(client: ShopClient) -> None:
    async def landing(place: str) -> tuple[str, str]:
        found = await client.text_document_definition_async(
            types.DefinitionParams(client.document, client.at(place))
        )
        assert isinstance(found, list | tuple)
        path = Path(found[0].uri.removeprefix("file://"))
        line = path.read_text(encoding="utf-8").splitlines()[found[0].range.start.line]
        return path.name, line.strip()

    assert await landing("target: net--l|an") == ("network.yaml", "lan:")
    assert await landing("tasks.st|op") == ("tasks.py", "def stop(**_):")
    assert await landing("cloudify.nodes.Com|pute") == (
        "built-in_types_of_the_newest_manager.yaml",
        "cloudify.nodes.Compute:",
    )


@pytest.mark.asyncio
async def test_from_a_def_back_to_its_mappings(client: ShopClient) -> None:
    path = client.folder / "plugins" / "shop" / "shop" / "tasks.py"
    line = path.read_text(encoding="utf-8").splitlines().index("def stop(**_):")
    found = await client.text_document_references_async(
        types.ReferenceParams(
            types.ReferenceContext(True), types.TextDocumentIdentifier(path.as_uri()), types.Position(line, 5)
        )
    )
    assert found is not None
    lines = [client.text.splitlines()[each.range.start.line].strip() for each in found]
    assert lines == ["implementation: shop.shop.tasks.stop"]


@pytest.mark.asyncio
async def test_completion_snippets_and_imports(client: ShopClient) -> None:
    await changed(
        client, "  store:\n    type", "  new:\n    type: cloudify.nodes.aws.ec2.Inst\n  store:\n    type"
    )
    found = await client.text_document_completion_async(
        types.CompletionParams(client.document, client.at("type: cloudify.nodes.aws.ec2.Inst|\n"))
    )
    assert isinstance(found, types.CompletionList)
    wanted = next(each for each in found.items if each.label == "cloudify.nodes.aws.ec2.Instances")
    assert wanted.additional_text_edits is not None
    assert wanted.additional_text_edits[0].new_text == "  - plugin:cloudify-aws-plugin\n"
    server = await client.text_document_completion_async(
        types.CompletionParams(client.document, client.at("type: cloudify.nodes|.aws.ec2.Inst\n"))
    )
    assert isinstance(server, types.CompletionList)
    assert server.items


@pytest.mark.asyncio
async def test_rename_reaches_functions_and_namespaces(client: ShopClient) -> None:
    network = (client.folder / "network.yaml").as_uri()
    found = await client.text_document_rename_async(
        types.RenameParams(client.document, client.at("target: net--l|an"), "wan")
    )
    assert found is not None
    assert found.changes is not None
    assert {uri: len(edits) for uri, edits in found.changes.items()} == {client.uri: 1, network: 1}
    found = await client.text_document_rename_async(
        types.RenameParams(client.document, client.at("\n  fro|nt:"), "face")
    )
    assert found is not None
    assert found.changes is not None
    assert len(found.changes[client.uri]) == 3


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("place", "new", "why"),
    [
        ("cloudify.nodes.Com|pute", "Other", "the catalogue"),
        ("\n  fro|nt:", "store", "there is 'store' already"),
        ("\n  fro|nt:", "a b", "no name"),
        ("descr|iption: A shop", "x", "nothing here"),
    ],
)
async def test_renames_that_are_refused(client: ShopClient, place: str, new: str, why: str) -> None:
    with pytest.raises(JsonRpcException, match=why):
        await client.text_document_rename_async(types.RenameParams(client.document, client.at(place), new))


@pytest.mark.asyncio
async def test_a_rename_is_refused_where_a_file_cannot_be_read(client: ShopClient) -> None:
    await changed(
        client, "  - net--network.yaml\n", "  - net--network.yaml\n  - https://example.com/more.yaml\n"
    )
    with pytest.raises(JsonRpcException, match=r"https://example\.com/more\.yaml"):
        await client.text_document_rename_async(
            types.RenameParams(client.document, client.at("\n  fro|nt:"), "face")
        )


@pytest.mark.asyncio
async def test_code_actions(client: ShopClient) -> None:
    await changed(client, "type: shop.nodes.Special\n", "type: shop.nodes.Specal\n")
    place = client.at("type: shop.nodes.Spec|al\n")
    found = await client.text_document_code_action_async(
        types.CodeActionParams(client.document, types.Range(place, place), NOWHERE)
    )
    assert found is not None
    titles = [each.title for each in found]
    assert titles == ["write 'shop.nodes.Special'", "Suppress BP250 here", "Explain BP250"]
    everything = await client.text_document_code_action_async(
        types.CodeActionParams(
            client.document, types.Range(place, place), types.CodeActionContext([], ["source.fixAll.bplint"])
        )
    )
    assert everything is not None
    assert [each.title for each in everything] == ["Fix all"]


@pytest.mark.asyncio
async def test_what_is_shown_of_a_file(client: ShopClient) -> None:
    document = client.document
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert symbols is not None
    assert "node_templates" in [each.name for each in symbols]
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams("front"))
    assert found is not None
    assert [each.name for each in found] == ["front"]
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert folds
    links = await client.text_document_document_link_async(types.DocumentLinkParams(document))
    assert links is not None
    assert len(links) == 5
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(document))
    assert lenses is not None
    assert [each.command.arguments[1] for each in lenses if each.command] == ["install", "audit"]  # type: ignore[index]
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))
    assert tokens is not None
    assert len(tokens.data) % 5 == 0
    places = await client.text_document_selection_range_async(
        types.SelectionRangeParams(document, [client.at("greet|ing: Store")])
    )
    assert places is not None
    assert places[0].parent is not None
    hints = await client.text_document_inlay_hint_async(
        types.InlayHintParams(document, types.Range(types.Position(0, 0), types.Position(300, 0)))
    )
    assert not hints


@pytest.mark.asyncio
async def test_a_plan_is_shown(client: ShopClient) -> None:
    params = types.ExecuteCommandParams("bplint.showPlan", [client.uri, "install", "tree", ["region=x"]])
    found = await client.workspace_execute_command_async(params)
    assert "database" in str(found)  # a mandatory input is missing, and that is said


@pytest.mark.asyncio
async def test_a_request_that_fails_leaves_the_session(client: ShopClient) -> None:
    with pytest.raises(JsonRpcException):
        await client.workspace_execute_command_async(
            types.ExecuteCommandParams("bplint.showPlan", [1, 2, 3, 4])
        )
    test = await client.text_document_hover_async(
        types.HoverParams(client.document, client.at("greet|ing: Store"))
    )
    assert test is not None
