"""What a main file imports, in which order, and where that ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bplint.config import Config
from bplint.imports.graph import MAX_FILES, MAX_NAMESPACES
from bplint.imports.resolve import parse_plugin
from bplint.imports.spec import split_namespace
from tests.support.imports_case import HEAD, graph_of, names, write_files

SPLIT = {
    "plain": ("x.yaml", (None, "x.yaml")),
    "namespace": ("ns--x.yaml", ("ns", "x.yaml")),
    "last one splits": ("a--b--x.yaml", ("a--b", "x.yaml")),
    "empty namespace": ("--x.yaml", (None, "x.yaml")),
    "plugin": ("ns--plugin:p?version=1", ("ns", "plugin:p?version=1")),
    "in a plugin's name": ("plugin:a--b", ("plugin:a", "b")),
}


@pytest.mark.parametrize(("text", "parts"), SPLIT.values(), ids=SPLIT)
def test_split_namespace(text: str, parts: tuple[str | None, str]) -> None:
    assert split_namespace(text) == parts


PLUGIN = {
    "plain": ("plugin:p", ("p", "")),
    "version": ("plugin:p?version=1.0", ("p", "1.0")),
    "constraint": ("plugin:p?version= >=1.0", ("p", ">=1.0")),
    "distribution": ("plugin:p?distribution=centos&version=1", ("p", "1")),
    "escaped": ("plugin:p?version=%3E%3D1.0", ("p", ">=1.0")),
    "unknown parameter": ("plugin:p?versions=1", ("p", None)),
    "twice": ("plugin:p?version=1&version=2", ("p", None)),
    "empty": ("plugin:p?version=", ("p", "")),
}


@pytest.mark.parametrize(("location", "parts"), PLUGIN.values(), ids=PLUGIN)
def test_parse_plugin(location: str, parts: tuple[str, str | None]) -> None:
    assert parse_plugin(location) == parts


def test_breadth_first(tmp_path: Path) -> None:
    files = {
        "blueprint.yaml": HEAD + "imports: [a.yaml, b.yaml]",
        "a.yaml": "imports: [c.yaml]",
        "b.yaml": "imports: [c.yaml, n--a.yaml]",
        "c.yaml": "{}",
    }
    assert names(graph_of(tmp_path, files), tmp_path) == [
        ("blueprint.yaml", None),
        ("a.yaml", None),
        ("b.yaml", None),
        ("c.yaml", None),
        ("a.yaml", "n"),
        ("c.yaml", "n"),
    ]


def test_namespaces_are_joined(tmp_path: Path) -> None:
    files = {
        "blueprint.yaml": HEAD + "imports: [a--one.yaml]",
        "one.yaml": "imports: [b--two.yaml, cloudify/types/types.yaml]",
        "two.yaml": "imports: [c--three.yaml]",
        "three.yaml": "{}",
    }
    graph = graph_of(tmp_path, files)
    assert [file.namespace for file in graph.files] == [None, "a", "a--b", None, "a--b--c"]
    assert graph.files[3].is_basic_types
    assert not graph.faults


SEARCH = {
    "beside the importer": ({"sub/x.yaml": ""}, "sub/x.yaml"),
    "beside the importer first": ({"sub/x.yaml": "", "x.yaml": ""}, "sub/x.yaml"),
    "then in the blueprint's folder": ({"x.yaml": ""}, "x.yaml"),
    "there with the version first": ({"x_1_5.yaml": "", "x.yaml": ""}, "x_1_5.yaml"),
    "not with another version": ({"x_1_4.yaml": "", "x.yaml": ""}, "x.yaml"),
    "the version is not for the importer's folder": ({"sub/x_1_5.yaml": "", "x.yaml": ""}, "x.yaml"),
}


@pytest.mark.parametrize(("present", "found"), SEARCH.values(), ids=SEARCH)
def test_search_order(tmp_path: Path, present: dict[str, str], found: str) -> None:
    files = {
        "blueprint.yaml": HEAD + "imports: [sub/importer.yaml]",
        "sub/importer.yaml": "imports: [x.yaml]",
        **present,
    }
    assert names(graph_of(tmp_path, files), tmp_path)[2:] == [(found, None)]


def test_starting_folder_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"elsewhere/x.yaml": "inputs: {a: {}}"})
    monkeypatch.chdir(tmp_path / "elsewhere")
    graph = graph_of(tmp_path / "bp", {"blueprint.yaml": HEAD + "imports: [x.yaml]"})
    assert [fault.rule for fault in graph.faults] == ["import-not-found"]


def test_folder_of_the_name_is_no_file(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, {"blueprint.yaml": HEAD + "imports: [x.yaml]", "x.yaml/keep": ""})
    assert graph.entries[0].status == "missing"


STATUS = {
    "read": ("x.yaml", "read"),
    "catalogue": ("plugin:cloudify-aws-plugin", "read"),
    "missing": ("y.yaml", "missing"),
    "missing file URL": ("file:y.yaml", "missing"),
    "file URL": ("file:x.yaml", "read"),
    "unknown plugin": ("plugin:acme", "unread"),
    "version that is not here": ("plugin:cloudify-aws-plugin?version=1.0", "unread"),
    "blueprint": ("n--blueprint:net", "unread"),
    "http": ("http://files.example/x.yaml", "unread"),
    "ftp": ("ftp://files.example/x.yaml", "unread"),
    "outside": ("../../../../../../../../etc/passwd", "refused"),
    "outside, absolute": ("/etc/passwd", "refused"),
    "outside, file URL": ("file:///etc/passwd", "refused"),
    "outside, not there": ("/etc/nothing-of-this-name", "refused"),
}


@pytest.mark.parametrize(("text", "status"), STATUS.values(), ids=STATUS)
def test_status(tmp_path: Path, text: str, status: str) -> None:
    graph = graph_of(tmp_path, {"blueprint.yaml": HEAD + f"imports: ['{text}']", "x.yaml": ""})
    assert [entry.status for entry in graph.entries] == [status]


def test_absolute_path_inside_the_tree(tmp_path: Path) -> None:
    write_files(tmp_path, {"common/x.yaml": ""})
    text = (tmp_path / "common" / "x.yaml").as_posix()
    graph = graph_of(tmp_path, {"blueprint.yaml": HEAD + f"imports: ['{text}', 'file://{text}']"})
    assert [entry.status for entry in graph.entries] == ["read", "seen"]


TREE = {
    "within a repository": (["repo/.git/HEAD"], "read"),
    "out of a repository": (["repo/app/.git/HEAD"], "refused"),
    "with a configuration": (["repo/.bplint.yaml"], "read"),
    "without a marker, near": ([], "read"),
}


@pytest.mark.parametrize(("markers", "status"), TREE.values(), ids=TREE)
def test_tree(tmp_path: Path, markers: list[str], status: str) -> None:
    write_files(tmp_path, {**dict.fromkeys(markers, ""), "repo/common/x.yaml": ""})
    graph = graph_of(tmp_path / "repo" / "app", {"blueprint.yaml": HEAD + "imports: [../common/x.yaml]"})
    assert graph.entries[0].status == status


def test_link_out_of_the_tree(tmp_path: Path) -> None:
    write_files(tmp_path, {"repo/.git/HEAD": "", "secret.yaml": "inputs: {password: {}}"})
    (tmp_path / "repo" / "x.yaml").symlink_to(tmp_path / "secret.yaml")
    graph = graph_of(tmp_path / "repo", {"blueprint.yaml": HEAD + "imports: [x.yaml]"})
    assert [fault.rule for fault in graph.faults] == ["import-outside-tree"]
    assert len(graph.files) == 1


def test_import_rule(tmp_path: Path) -> None:
    write_files(tmp_path, {"mirror/a/x.yaml": "inputs: {a: {}}"})
    rules = (
        ("https://files.example/", f"file:{tmp_path}/nowhere/"),
        ("https://files.example/", f"{tmp_path}/mirror/"),
    )
    config = Config(import_rules=rules)
    files = {
        "blueprint.yaml": HEAD + "imports: ['https://files.example/a/x.yaml', 'https://other.example/x.yaml']"
    }
    graph = graph_of(tmp_path / "bp", files, config)
    assert [entry.status for entry in graph.entries] == ["read", "unread"]


def test_import_rule_into_the_catalogue(tmp_path: Path) -> None:
    config = Config(import_rules=(("https://old.example/", "https://new.example/spec/cloudify/4.6/"),))
    files = {"blueprint.yaml": HEAD + "imports: ['https://old.example/types.yaml']"}
    graph = graph_of(tmp_path, files, config)
    assert graph.entries[0].answered_by == "built-in types 4.6 of the catalogue"


CYCLES = {
    "itself": {"blueprint.yaml": HEAD + "imports: [blueprint.yaml]"},
    "two files": {"blueprint.yaml": HEAD + "imports: [a.yaml]", "a.yaml": "imports: [blueprint.yaml]"},
    "below a namespace": {
        "blueprint.yaml": HEAD + "imports: [n--a.yaml]",
        "a.yaml": "imports: [b.yaml]",
        "b.yaml": "imports: [a.yaml]",
    },
    "another namespace below the basic types": {
        "blueprint.yaml": HEAD + "imports: [n--a.yaml]",
        "a.yaml": "imports: [types.yaml]",
        "types.yaml": "imports: [m--a.yaml]\nnode_types: {cloudify.nodes.Root: {}}",
    },
    "through the basic types": {
        "blueprint.yaml": HEAD + "imports: [n--a.yaml]",
        "a.yaml": "imports: [types.yaml]",
        "types.yaml": "imports: [n--a.yaml]\nnode_types: {cloudify.nodes.Root: {}}",
    },
}


@pytest.mark.parametrize("files", CYCLES.values(), ids=CYCLES)
def test_legal_cycles(tmp_path: Path, files: dict[str, str]) -> None:
    graph = graph_of(tmp_path, files)
    assert [fault.rule for fault in graph.faults if fault.rule == "namespace-cycle"] == []
    assert all(entry.status in ("read", "seen") for entry in graph.entries)


ENDLESS = {
    "itself": {"blueprint.yaml": HEAD + "imports: [n--blueprint.yaml]"},
    "a namespace on the way": {
        "blueprint.yaml": HEAD + "imports: [a.yaml]",
        "a.yaml": "imports: [n--b.yaml]",
        "b.yaml": "imports: [c.yaml]",
        "c.yaml": "imports: [a.yaml]",
    },
}


@pytest.mark.parametrize("files", ENDLESS.values(), ids=ENDLESS)
def test_endless_cycles(tmp_path: Path, files: dict[str, str]) -> None:
    assert [fault.rule for fault in graph_of(tmp_path, files).faults] == ["namespace-cycle"]


def test_limit_of_files(tmp_path: Path) -> None:
    count = MAX_FILES + 50
    files = {f"f{number}.yaml": "" for number in range(count)}
    entries = "".join(f"  - {name}\n" for name in files)
    graph = graph_of(tmp_path, {**files, "blueprint.yaml": HEAD + "imports:\n" + entries})
    assert len(graph.files) == MAX_FILES
    assert [fault.rule for fault in graph.faults] == ["import-limit"]
    assert graph.entries[-1].status == "refused"


def test_limit_of_namespaces(tmp_path: Path) -> None:
    files = {f"f{number}.yaml": f"imports: [n--f{number + 1}.yaml]" for number in range(MAX_NAMESPACES + 5)}
    graph = graph_of(tmp_path, {**files, "blueprint.yaml": HEAD + "imports: [n--f0.yaml]"})
    assert len(graph.files) == MAX_NAMESPACES + 1
    assert [fault.rule for fault in graph.faults] == ["import-limit"]


def test_chain_of_importers(tmp_path: Path) -> None:
    files = {
        "blueprint.yaml": HEAD + "imports: [a.yaml]",
        "a.yaml": "imports: [b.yaml]",
        "b.yaml": "",
    }
    assert [entry.text for entry in graph_of(tmp_path, files).files[2].chain()] == ["b.yaml", "a.yaml"]


def test_plugin_yaml_is_checked_against_the_built_in_types(tmp_path: Path) -> None:
    plugin = "plugins: {p: {executor: host_agent, package_name: p}}\nnode_types: {p.Node: {}}"
    graph = graph_of(tmp_path, {"blueprint.yaml": HEAD + "inputs: {}"})
    assert [file.is_implicit for file in graph.files] == [False]
    (tmp_path / "plugin.yaml").write_text(plugin)
    from bplint.imports.load_graph import build_graph
    from bplint.imports.resolve import Resolver

    resolver = Resolver(Config())
    document = resolver.read(os.fspath(tmp_path / "plugin.yaml"))
    assert document is not None
    assert [file.is_implicit for file in build_graph(document, resolver).files] == [False, True]


NASTY = {
    "NUL": r'"x\0.yaml"',
    "lone surrogate": r'"\ud800.yaml"',
    "line break": r'"x\n.yaml"',
    "very long": "x" * 5000,
    "very deep": "a/" * 3000 + "x.yaml",
    "dots": "'...'",
    "a folder": "'.'",
    "the folder above": "..",
    "a slash": "/",
    "two slashes": "//server/share/x.yaml",
    "only a namespace": "a--",
    "only dashes": "'-----'",
    "file alone": "'file:'",
    "file and slashes": "'file://///'",
    "plugin alone": "'plugin:'",
    "plugin question": "'plugin:?'",
    "blueprint alone": "n--blueprint:",
    "http alone": "'http:'",
    "Windows drive": r"'C:\x.yaml'",
    "Windows file URL": "'file:///C:/x.yaml'",
    "tilde": "'~/x.yaml'",
    "variable": "'$HOME/x.yaml'",
    "percent": "'x%2e.yaml'",
    "device": "/dev/zero",
    "tree above": "../" * 300 + "x.yaml",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nasty_names(tmp_path: Path, text: str) -> None:
    graph = graph_of(tmp_path, {"blueprint.yaml": HEAD + f"imports:\n  - {text}\n"})
    assert [entry.status in ("missing", "unread", "refused") for entry in graph.entries] == [True]
    assert len(graph.faults) == 1
