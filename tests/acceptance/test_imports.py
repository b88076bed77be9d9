"""Imports of published blueprints are answered with what their verdicts were made with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bplint.config import Config
from bplint.document import FactsDocument
from bplint.imports.graph import ImportEntry
from bplint.imports.load_graph import build_graph
from bplint.imports.resolve import Resolver
from tests.support.shared import SHARED, needs_shared, recorded_rules

CORPUS = SHARED / "corpus"
pytestmark = needs_shared


def answered() -> list[object]:
    if not CORPUS.is_dir():
        return []
    lines = (CORPUS / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["derivable"] and row["imports"]]
    return [pytest.param(row, id=row["path"]) for row in rows]


def content_of(answer: str) -> dict[str, Any]:
    """What an answer means: `types tag 5.0.0`, `types cache/4.6` or `NAME VERSION FILE.yaml`."""
    name, version, *file = answer.split(" ")
    if name == "types":
        wanted = re.search(r"\d[\d.]*", answer)
        assert wanted is not None
        path = SHARED / "reference" / "builtin-types" / f"{wanted.group()}.json"
    else:
        path = SHARED / "reference" / "plugins" / name / Path(file[0]).with_suffix(".json")
        plugins = json.loads(path.read_text(encoding="utf-8"))["plugins"].values()
        assert {plugin["package_version"] for plugin in plugins} == {version}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def content_read(entry: ImportEntry) -> dict[str, Any]:
    assert entry.file is not None
    document = entry.file.document
    assert isinstance(document, FactsDocument)
    facts = document.facts
    return {
        section: {name: facts.value(section, name) for name in names}
        for section, names in facts.sections.items()
    }


@pytest.mark.parametrize("row", answered())
def test_imports_are_answered_as_recorded(row: dict[str, Any]) -> None:
    resolver = Resolver(Config(import_rules=recorded_rules(row["imports"])))
    path = str(CORPUS / row["path"])
    document = resolver.read(path, path)
    assert document is not None
    entries = {entry.location: entry for entry in build_graph(document, resolver).entries}
    for location, answer in row["imports"].items():
        wanted = content_of(answer)
        found = content_read(entries[location])
        assert found == {section: wanted[section] for section in found}
        assert set(wanted) - set(found) <= {"tosca_definitions_version", "metadata", "dsl_definitions"}
