"""The schemas in the language server that editors use for YAML: no valid file gets an error, and what a
blueprint imports is offered."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from bplint.app.schemas import schema_for
from bplint.cli.schema_command import schema_text
from bplint.config import Config
from bplint.document import Kind, load_document
from bplint.source import read_source
from tests.support.editor_client import EditorClient
from tests.support.language_case import BLUEPRINT, SHOP
from tests.support.shared import SHARED, needs_shared

ROOT = Path(__file__).parents[2]
SERVER = ROOT / ".node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not SERVER.exists(),
    reason="yaml-language-server is not in .node (make node): the schemas are not tried in it",
)

CUSTOM_TAGS: list[str] = []


async def served(schema: Path, folder: Path) -> EditorClient:
    """A session with the server in which every YAML file has the schema."""
    client = EditorClient()
    client.settings["yaml"] = {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemas": {schema.as_uri(): ["*.yaml"]},
        "schemaStore": {"enable": False},
        "customTags": CUSTOM_TAGS,
    }
    workspace = types.WorkspaceClientCapabilities(configuration=True)
    await client.start_in(
        ["node", str(SERVER), "--stdio"], folder, types.ClientCapabilities(workspace=workspace)
    )
    client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams({"yaml": client.settings["yaml"]})
    )
    return client


def valid_files(schema: str) -> list[Path]:
    """The valid files of the corpus that a schema is for: those of plugins, or main files."""
    folder = SHARED / "corpus"
    rows = (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    paths = [folder / row["path"] for row in map(json.loads, rows) if row["verdict"] == "valid"]
    return [path for path in paths if (_is_plugin(path)) == (schema == "plugin")]


def _is_plugin(path: Path) -> bool:
    source, _ = read_source(str(path))
    assert source is not None
    return load_document(source).kind is Kind.PLUGIN


async def told(schema: Path, files: list[Path]) -> dict[str, list[str]]:
    """What the server tells of each file, in its words, where it tells anything."""
    client = await served(schema, SHARED)
    found: dict[str, list[str]] = {}
    try:
        for number, path in enumerate(files):
            uri = f"file:///files/{number}.yaml"
            text = path.read_text(encoding="utf-8")
            client.open(uri, text)
            params = await client.wait_for(uri, None)
            messages = [each.message for each in params.diagnostics if "yaml-schema" in str(each.source)]
            if messages:
                found[str(path)] = messages
            client.close(uri)
    finally:
        await client.end()
    return found


@needs_shared
@pytest.mark.parametrize("name", ["blueprint", "plugin"])
def test_no_valid_file_gets_an_error(tmp_path: Path, name: str) -> None:
    schema = tmp_path / f"{name}.schema.json"
    schema.write_text(schema_text(name), encoding="utf-8")
    files = valid_files(name)
    assert files
    assert asyncio.run(told(schema, files)) == {}


def schema_of_shop(folder: Path) -> Path:
    made = schema_for(BLUEPRINT, json.loads(schema_text("blueprint")), Config())
    path = folder / "shop.schema.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


async def completed(schema: Path, text: str, place: str) -> list[str]:
    client = await served(schema, SHOP)
    try:
        uri = "file:///files/blueprint.yaml"
        client.open(uri, text)
        await client.wait_for(uri, None)
        before = text[: text.index(place) + len(place)]
        position = types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), position)
        found = await client.text_document_completion_async(params)
        items = found.items if isinstance(found, types.CompletionList) else found or ()
        return [each.label for each in items]
    finally:
        await client.end()


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("    type: shop.nodes.Special\n", "    type: \n", "shop.nodes.Special"),
        ("        target: net--lan\n", "        target: \n", "net--lan"),
        ("      greeting: Store\n", "      is_\n", "is_public"),
    ],
    ids=["type", "target", "property"],
)
def test_what_a_blueprint_imports_is_offered(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    text = (SHOP / "blueprint.yaml").read_text(encoding="utf-8").replace(old, new)
    context = text[: text.index(new) + len(new) - 1][-40:]
    assert wanted in asyncio.run(completed(schema_of_shop(tmp_path), text, context))


def test_the_blueprint_itself_gets_no_error(tmp_path: Path) -> None:
    assert asyncio.run(told(schema_of_shop(tmp_path), [Path(BLUEPRINT)])) == {}
