"""What the fixes of the rules on shape make of a text."""

from __future__ import annotations

import pytest

from bplint.app import LintRequest, lint
from bplint.config import Config
from bplint.edit import apply_edits, select_edits

HEAD = "tosca_definitions_version: cloudify_dsl_1_5\n"
FIXED = {
    "number in place of text": ("description: 1.0\n", "description: '1.0'\n"),
    "date in place of text": ("description: 2024-01-01\n", "description: '2024-01-01'\n"),
    "boolean as name": ("inputs: {yes: {}}\n", "inputs: {'yes': {}}\n"),
    "quoted boolean": ('inputs: {a: {hidden: "yes"}}\n', "inputs: {a: {hidden: yes}}\n"),
    "quoted number": (
        "node_types: {a: {interfaces: {b: {c: {max_retries: '12'}}}}}\n",
        "node_types: {a: {interfaces: {b: {c: {max_retries: 12}}}}}\n",
    ),
    "number as label": ("labels: {a: {values: [1, b]}}\n", "labels: {a: {values: ['1', b]}}\n"),
    "alias": ("metadata: {a: &a 1.0}\ndescription: *a\n", None),
    "anchor": ("description: &a 1.0\nmetadata: {a: *a}\n", None),
    "quoted word": ('inputs: {a: {hidden: "maybe"}}\n', None),
    "quoted octal": ("node_types: {a: {interfaces: {b: {c: {max_retries: '012'}}}}}\n", None),
    "mapping in place of text": ("description: {}\n", None),
}


@pytest.mark.parametrize("name", FIXED)
def test_fix(name: str) -> None:
    before, after = FIXED[name]
    request = LintRequest((), Config(), stdin=("blueprint.yaml", (HEAD + before).encode()))
    fixes = [
        entry.fix for entry in lint(request).diagnostics if entry.fix and entry.effect.value == "refused"
    ]
    edits, _ = select_edits(fixes)
    text = apply_edits(HEAD + before, edits.get("blueprint.yaml", []))
    assert text == HEAD + (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("node_templates: {}\n", HEAD + "node_templates: {}\n", id="first"),
        pytest.param(
            "# a\n---\nnode_templates: {}\n",
            "# a\n---\n" + HEAD + "node_templates: {}\n",
            id="below a comment",
        ),
        pytest.param("node_templates: {}\r\n", HEAD[:-1] + "\r\nnode_templates: {}\r\n", id="windows"),
        pytest.param("  node_templates: {}\n", "  node_templates: {}\n", id="indented"),
        pytest.param("{node_templates: {}}\n", "{node_templates: {}}\n", id="flow"),
    ],
)
def test_missing_version_is_put_first(before: str, after: str) -> None:
    request = LintRequest((), Config(), stdin=("blueprint.yaml", before.encode()))
    found = [entry for entry in lint(request).diagnostics if entry.code == "BP150"]
    assert len(found) == 1
    edits, _ = select_edits([entry.fix for entry in found if entry.fix])
    assert apply_edits(before, edits.get("blueprint.yaml", [])) == after
