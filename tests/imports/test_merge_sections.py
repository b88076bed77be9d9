"""What becomes of definitions in several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bplint.imports.load_graph import build_graph
from bplint.imports.merge import Merged, merge
from bplint.syntax.mapping import python_of
from tests.support.imports_case import HEAD, graph_of, merged_of

OLD = "tosca_definitions_version: cloudify_dsl_1_2\n"
ROOT = "node_types: {cloudify.nodes.Root: {}}\n"


def kinds(merged: Merged) -> list[str]:
    return [fault.rule for fault in merged.faults]


def two(first: str, second: str, head: str = HEAD) -> dict[str, str]:
    return {"blueprint.yaml": head + "imports: [more.yaml]\n" + first, "more.yaml": second}


# section: faults from 1_3 on, faults below; the same name in both files
SAME_NAME = {
    "node_types": (["conflicting-definition"], ["conflicting-definition"]),
    "plugins": (["conflicting-definition"], ["conflicting-definition"]),
    "relationships": (["conflicting-definition"], ["conflicting-definition"]),
    "data_types": (["conflicting-definition"], ["conflicting-definition"]),
    "policy_types": (["conflicting-definition"], ["conflicting-definition"]),
    "policy_triggers": (["conflicting-definition"], ["conflicting-definition"]),
    "groups": (["conflicting-definition"], ["conflicting-definition"]),
    "inputs": (["conflicting-definition"], ["unmergeable-section"]),
    "outputs": (["conflicting-definition"], ["unmergeable-section"]),
    "node_templates": (["conflicting-definition"], ["unmergeable-section"]),
    "capabilities": (["conflicting-definition"], ["unmergeable-section"]),
    "labels": (["lost-definition"], ["unmergeable-section"]),
    "blueprint_labels": (["lost-definition"], ["unmergeable-section"]),
    "resource_tags": (["lost-definition"], ["unmergeable-section"]),
    "policies": (["unmergeable-section"], ["unmergeable-section"]),
    "deployment_settings": (["unmergeable-section"], ["unmergeable-section"]),
    "unheard_of": (["unmergeable-section"], ["unmergeable-section"]),
    "workflows": ([], []),
    "metadata": ([], []),
    "description": ([], []),
    "dsl_definitions": ([], []),
}


@pytest.mark.parametrize(("section", "faults"), SAME_NAME.items(), ids=SAME_NAME)
def test_same_name(tmp_path: Path, section: str, faults: tuple[list[str], list[str]]) -> None:
    text = f"{section}: {{a: {{x: 1}}}}\n"
    assert kinds(merged_of(tmp_path / "new", two(text, text))) == faults[0]
    assert kinds(merged_of(tmp_path / "old", two(text, text, OLD))) == faults[1]


def test_other_names_are_united(tmp_path: Path) -> None:
    merged = merged_of(tmp_path, two("inputs: {b: {}, a: {}}", "inputs: {d: {}, c: {}}"))
    assert list(merged.sections["inputs"]) == ["b", "a", "d", "c"]
    assert not merged.faults


def test_first_of_two_stays(tmp_path: Path) -> None:
    merged = merged_of(tmp_path, two("inputs: {a: {default: 1}}", "inputs: {a: {default: 2}}"))
    assert python_of(merged.sections["inputs"]["a"].value) == {"default": 1}


def test_values_come_from_the_first_file(tmp_path: Path) -> None:
    merged = merged_of(tmp_path, two("description: one\n", "description: two\nmetadata: {a: 1}\n"))
    assert merged.values["description"][1].text == "one"
    assert python_of(merged.values["metadata"][1]) == {"a": 1}
    assert merged.values["metadata"][2].document.path.endswith("more.yaml")


def test_cloudify_names_are_overridden_by_the_later_file(tmp_path: Path) -> None:
    files = two("node_types: {cloudify.nodes.X: {a: 1}}", "node_types: {cloudify.nodes.X: {a: 2}}")
    merged = merged_of(tmp_path, files)
    assert python_of(merged.sections["node_types"]["cloudify.nodes.X"].value) == {"a": 2}
    assert kinds(merged) == ["overridden-by-import"]


def test_basic_types_override_everything(tmp_path: Path) -> None:
    files = two("inputs: {a: {default: 1}}", ROOT + "inputs: {a: {default: 2}}")
    merged = merged_of(tmp_path, files)
    assert python_of(merged.sections["inputs"]["a"].value) == {"default": 2}


def test_names_take_the_namespace(tmp_path: Path) -> None:
    files = {
        "blueprint.yaml": HEAD + "imports: [n--more.yaml]",
        "more.yaml": "node_types: {acme.A: {}, cloudify.nodes.B: {}}\ninputs: {i: {}}",
    }
    merged = merged_of(tmp_path, files)
    assert list(merged.sections["node_types"]) == ["n--acme.A", "cloudify.nodes.B"]
    assert list(merged.sections["inputs"]) == ["n--i"]
    assert merged.sections["inputs"]["n--i"].key.text == "i"


def test_catalogue_items_take_the_namespace(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"blueprint.yaml": HEAD + "imports: ['n--plugin:cloudify-aws-plugin']"})
    sections = merge(graph).sections
    assert list(sections["plugins"]) == ["n--aws"]
    assert "cloudify.nodes.aws.ec2.Vpc" in sections["node_types"]
    item = sections["plugins"]["n--aws"]
    assert item.key.span == item.value.span == graph.entries[0].node.span
    assert item.value is item.value


# -- workflows

WORKFLOWS = {
    "keys of the first win": (
        "{mapping: a}",
        "{mapping: b, parameters: {p: {}}}",
        [],
        {"mapping": "a", "parameters": {"p": {}}},
    ),
    "equal texts": ("ab.c", "ab.c", [], "ab.c"),
    "other characters": ("ab.c", "xy.z", ["conflicting-workflow"], "ab.c"),
    "the same characters": ("ab.c", "ba.c", ["lost-definition"], "ab.c"),
    "text and mapping": ("ab.c", "{mapping: b}", ["conflicting-workflow"], "ab.c"),
    "mapping and text": ("{mapping: b}", "ab.c", ["conflicting-workflow"], {"mapping": "b"}),
    "mapping and nothing": ("{mapping: b}", "", ["conflicting-workflow"], {"mapping": "b"}),
    "text and empty mapping": ("ab.c", "{}", [], "ab.c"),
}


@pytest.mark.parametrize(("first", "second", "faults", "value"), WORKFLOWS.values(), ids=WORKFLOWS)
def test_workflows(tmp_path: Path, first: str, second: str, faults: list[str], value: object) -> None:
    merged = merged_of(tmp_path, two(f"workflows: {{w: {first}}}", f"workflows:\n  w: {second}"))
    assert kinds(merged) == faults
    assert python_of(merged.sections["workflows"]["w"].value) == value


def test_keys_know_their_file(tmp_path: Path) -> None:
    files = two("workflows: {w: {mapping: a}}", "workflows: {w: {is_cascading: true}}")
    item = merged_of(tmp_path, files).sections["workflows"]["w"]
    paths = [item.file_of(key).document.path.rpartition("/")[2] for key, _ in item.value.items or ()]
    assert paths == ["blueprint.yaml", "more.yaml"]


# -- node templates

R = "relationships: [{type: t, target: %s}]"
TEMPLATES = {
    "more relationships": (f"{{type: a, {R % 1}}}", f"{{{R % 2}}}", [], 2),
    "full template later": (f"{{{R % 1}}}", f"{{type: a, {R % 2}}}", [], 2),
    "full template without relationships": (f"{{{R % 1}}}", "{type: a}", [], 1),
    "only relationships twice": (f"{{{R % 1}}}", f"{{{R % 2}}}", [], 2),
    "first has none": ("{type: a}", f"{{{R % 2}}}", ["conflicting-definition"], 0),
    "two full ones": (f"{{type: a, {R % 1}}}", f"{{type: b, {R % 2}}}", ["conflicting-definition"], 1),
    "more than relationships": (
        f"{{{R % 1}}}",
        f"{{properties: {{}}, {R % 2}}}",
        ["conflicting-definition"],
        1,
    ),
}


@pytest.mark.parametrize(("first", "second", "faults", "count"), TEMPLATES.values(), ids=TEMPLATES)
def test_node_templates(tmp_path: Path, first: str, second: str, faults: list[str], count: int) -> None:
    merged = merged_of(tmp_path, two(f"node_templates: {{n: {first}}}", f"node_templates: {{n: {second}}}"))
    assert kinds(merged) == faults
    value = python_of(merged.sections["node_templates"]["n"].value)
    assert len(value.get("relationships", [])) == count


def test_joined_template_has_its_type(tmp_path: Path) -> None:
    files = two(f"node_templates: {{n: {{{R % 1}}}}}", "node_templates: {n: {type: a, properties: {p: 1}}}")
    item = merged_of(tmp_path, files).sections["node_templates"]["n"]
    assert python_of(item.value) == {
        "relationships": [{"type": "t", "target": 1}],
        "type": "a",
        "properties": {"p": 1},
    }


def test_relationships_know_their_file(tmp_path: Path) -> None:
    files = two(f"node_templates: {{n: {{type: a, {R % 1}}}}}", f"node_templates: {{n: {{{R % 2}}}}}")
    item = merged_of(tmp_path, files).sections["node_templates"]["n"]
    joined = (item.value.items or [])[1][1]
    paths = [item.file_of(node).document.path.rpartition("/")[2] for node in joined.items or ()]
    assert paths == ["blueprint.yaml", "more.yaml"]


# -- empty sections

EMPTY = {
    "first": ("inputs:", "inputs: {a: {}}", ["empty-section"]),
    "second": ("inputs: {a: {}}", "inputs:", ["empty-section"]),
    "first, and the second is an empty mapping": ("inputs:", "inputs: {}", []),
    "second, and the first is an empty mapping": ("inputs: {}", "inputs:", ["empty-section"]),
    "both": ("inputs:", "inputs:", ["empty-section"]),
    "other sections": ("inputs:", "outputs:", []),
    "a list is told elsewhere": ("inputs: [a]", "inputs: {a: {}}", []),
    "told elsewhere in every file": ("node_types:", "node_types: {a: {}}", []),
}


@pytest.mark.parametrize(("first", "second", "faults"), EMPTY.values(), ids=EMPTY)
def test_empty_sections(tmp_path: Path, first: str, second: str, faults: list[str]) -> None:
    assert kinds(merged_of(tmp_path, two(first + "\n", second + "\n"))) == faults


# -- one file twice

TWICE = {
    "two spellings": ("imports: [../a/x.yaml]", "node_types: {t: {}}", ["import-read-twice"]),
    "told once": (
        "imports: [../a/x.yaml]",
        "node_types: {t: {}, u: {}}\ninputs: {i: {}}",
        ["import-read-twice"],
    ),
    "nothing to conflict": ("imports: [../a/x.yaml]", "labels: {l: {values: []}}", []),
    "one spelling": ("imports: [a/x.yaml]", "node_types: {t: {}}", []),
    "another namespace": ("imports: [n--../a/x.yaml]", "node_types: {t: {}}", []),
}


@pytest.mark.parametrize(("second", "content", "faults"), TWICE.values(), ids=TWICE)
def test_one_file_twice(tmp_path: Path, second: str, content: str, faults: list[str]) -> None:
    files = {
        "blueprint.yaml": HEAD + "imports: [a/x.yaml, b/y.yaml]",
        "a/x.yaml": content,
        "b/y.yaml": second,
    }
    assert kinds(merged_of(tmp_path, files)) == faults


# -- what the catalogue's files lack

LACKING = {
    "no types": ("['plugin:cloudify-aws-plugin']", ["import-lacks-definition"]),
    "types": ("[cloudify/types/types.yaml, 'plugin:cloudify-aws-plugin']", []),
    "types later": ("['plugin:cloudify-aws-plugin', cloudify/types/types.yaml]", []),
    "types from afar": ("['plugin:cloudify-aws-plugin', 'http://files.example/types.yaml']", []),
    "types that are missing": ("['plugin:cloudify-aws-plugin', types.yaml]", []),
}


@pytest.mark.parametrize(("imports", "faults"), LACKING.values(), ids=LACKING)
def test_lacking_definitions(tmp_path: Path, imports: str, faults: list[str]) -> None:
    files = {"blueprint.yaml": HEAD + f"imports: {imports}\nnode_templates: {{}}"}
    assert kinds(merged_of(tmp_path, files)) == faults


def test_implicit_types_never_conflict(tmp_path: Path) -> None:
    from bplint.document import Kind

    files = {"blueprint.yaml": HEAD + "plugins: {script: {executor: host_agent}}\nworkflows: {install: a.b}"}
    graph = graph_of(tmp_path, files)
    graph.main.document.kind = Kind.PLUGIN
    from bplint.config import Config
    from bplint.imports.resolve import Resolver

    merged = merge(build_graph(graph.main.document, Resolver(Config())))
    assert not merged.faults
    assert merged.sections["workflows"]["install"].value.text == "a.b"
    assert "uninstall" in merged.sections["workflows"]


@pytest.mark.parametrize(
    ("first", "second", "faults"),
    [
        ("", "metadata: {5: x}", ["non-string-key"]),
        ("", "metadata: {a: x}", []),
        ("metadata: {a: x}\n", "metadata: {5: x}", []),
        ("", "dsl_definitions: {5: x}", []),
        ("dsl_definitions: {a: x}\n", "dsl_definitions: {5: x}", []),
    ],
)
def test_a_namespace_goes_before_names_that_are_texts(
    tmp_path: Path, first: str, second: str, faults: list[str]
) -> None:
    """Judged by the reference parser: it looks at the keys of what it merges, and of the first file alone."""
    files = two(first, second)
    files["blueprint.yaml"] = files["blueprint.yaml"].replace("more.yaml", "ns--more.yaml")
    assert kinds(merged_of(tmp_path, files)) == faults
