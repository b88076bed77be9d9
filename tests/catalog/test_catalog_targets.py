"""What is known of each line of managers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.app import LintRequest, lint
from bplint.catalog.store import Catalog
from bplint.config import Config
from bplint.dsl.versions import MANAGERS


@pytest.mark.parametrize(("line", "newest"), MANAGERS.items(), ids=MANAGERS)
def test_newest_language_is_that_of_the_types(line: str, newest: tuple[int, int]) -> None:
    catalog = Catalog()
    catalog.target = line
    facts = catalog.built_in_types(None)
    assert facts.label.startswith(f"built-in types {line}")
    assert max(gate.version for gate in facts.gates) <= newest
    assert facts.version == "cloudify_dsl_{}_{}".format(*newest) or line.startswith(("3", "6.4", "7"))


TYPES = {
    "6.3": ("6.3", (1, 3), "built-in types 6.3.2"),
    "6.4": ("6.4", (1, 4), "built-in types 6.4.2"),
    "6.4, older language": ("6.4", (1, 3), "built-in types for cloudify_dsl_1_3"),
    "4.3": ("4.3", (1, 3), "built-in types 4.3.4"),
    "none": (None, (1, 5), "built-in types of the newest manager"),
}


@pytest.mark.parametrize(("line", "version", "label"), TYPES.values(), ids=TYPES)
def test_types(line: str | None, version: tuple[int, int], label: str) -> None:
    catalog = Catalog()
    catalog.target = line
    assert catalog.built_in_types(version).label == label


def test_type_that_came_later(tmp_path: Path) -> None:
    path = tmp_path / "blueprint.yaml"
    path.write_text(
        "tosca_definitions_version: cloudify_dsl_1_3\nimports: [cloudify/types/types.yaml]\n"
        "node_templates: {a: {type: cloudify.nodes.Component, properties: {resource_config: {}}}}\n"
    )
    for line, codes in (("4.3", ["BP250"]), ("5.0", [])):
        found = lint(LintRequest((str(path),), Config(target=line))).diagnostics
        assert [each.code for each in found if each.code == "BP250"] == codes
