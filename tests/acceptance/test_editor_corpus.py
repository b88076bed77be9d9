"""Every file of the corpus in an editor: hover on every word, definition of every name, and what is shown of
the file: nothing fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import asking
from bplint.app.editor_project import Project
from bplint.language.spot import spots_of
from tests.support.shared import SHARED, needs_shared

CORPUS = SHARED / "corpus"
FOLDERS = sorted(path.name for path in CORPUS.iterdir() if path.is_dir()) if CORPUS.is_dir() else ["none"]
WHOLE_FILE = (
    asking.words, asking.links, asking.hints, asking.symbols, asking.folds, asking.lenses,
)  # fmt: skip


@needs_shared
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_word_of_a_folder_is_asked_about(folder: str) -> None:
    project = Project((CORPUS / folder).as_posix())
    project.lint()
    explained = 0
    for file in project.discovery().files:
        document = project.document(file.path)
        if document is None or document.root is None:
            continue
        for spot in spots_of(document.root):
            found = asking.explain(project, file.path, spot.node.start)
            explained += found is not None
            for landing in asking.definitions(project, file.path, spot.node.start):
                assert landing.facts is not None or landing.is_file or Path(landing.path).is_file()
        for query in WHOLE_FILE:
            query(project, file.path)
    assert explained or not project.discovery().files
