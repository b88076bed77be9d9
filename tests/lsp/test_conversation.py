"""Random edits, half-typed ones too: what was published last is what a lint of the outcome finds."""

from __future__ import annotations

import os
import random

import pytest
from lsprotocol import types

from bplint.app.editor_project import Project
from tests.lsp.conftest import ShopClient

EDITS = int(os.environ.get("BPLINT_EDITS", "300"))
SEED = int(os.environ.get("BPLINT_SEED", "1"))
TYPED = (
    "\n",
    " ",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "'",
    "#",
    "&a",
    "*a",
    "get_input",
    "type: ",
    "\t",
    "é",
    "😀",
    "x",
)


class Editing:
    """A buffer under random edits: most of them are taken back soon, so that the file stays a blueprint."""

    def __init__(self, text: str, seed: int) -> None:
        self.text = text
        self._undo: list[str] = []
        self._random = random.Random(seed)

    def next(self) -> None:
        """One edit: something typed, a part deleted, a line doubled or moved, or all of it taken back."""
        chance = self._random
        if self._undo and chance.random() < 0.4:
            self.text = self._undo[0]
            self._undo.clear()
            return
        self._undo.append(self.text)
        at = chance.randrange(len(self.text) + 1)
        kind = chance.random()
        if kind < 0.6:
            self.text = self.text[:at] + chance.choice(TYPED) + self.text[at:]
        elif kind < 0.85:
            self.text = self.text[:at] + self.text[at + chance.randrange(1, 30) :]
        else:
            lines = self.text.splitlines(keepends=True)
            line = chance.randrange(len(lines))
            lines.insert(chance.randrange(len(lines)), lines[line])
            self.text = "".join(lines)


def shown(diagnostics: object) -> list[tuple[object, ...]]:
    return sorted(
        (each.code, each.message, each.range.start.line, each.range.start.character)
        for each in diagnostics  # type: ignore[attr-defined]
    )


@pytest.mark.asyncio
async def test_the_last_word_is_that_of_a_lint(client: ShopClient) -> None:
    editing = Editing(client.text, SEED)
    for version in range(2, EDITS + 2):
        before = editing.text
        editing.next()
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version, uri=client.uri),
                [types.TextDocumentContentChangeWholeDocument(editing.text)],
            )
        )
        if version % 10 == 0:
            place = types.Position(before.count("\n") // 2, 4)
            await client.text_document_hover_async(types.HoverParams(client.document, place))
            await client.text_document_completion_async(types.CompletionParams(client.document, place))
            await client.told_of(client.uri, version)
    await client.told_of(client.uri, EDITS + 1)
    path = client.folder / "blueprint.yaml"
    path.write_bytes(editing.text.encode())
    result = Project(client.folder.as_posix()).lint()
    wanted: dict[str, list[tuple[object, ...]]] = {}
    for entry in result.diagnostics:
        line, column = result.sources[entry.path].lines.position_utf16(entry.span.start)
        message = f"{entry.message}\n{entry.help}" if entry.help else entry.message
        wanted.setdefault(f"file://{entry.path}", []).append((entry.code, message, line - 1, column - 1))
    told = {uri: shown(found) for uri, found in client.diagnostics.items() if found}
    assert told == {uri: sorted(found) for uri, found in wanted.items()}
    assert client.log_messages == []
