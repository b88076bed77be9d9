"""Plugins of --plugin-path: folders and archives."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from bplint.config import Config
from bplint.imports import archive
from bplint.imports.archive import ArchiveError, read_plugin_files
from bplint.imports.graph import ImportGraph
from bplint.imports.import_faults import UnreadImport
from bplint.imports.merge import merge
from tests.support.imports_case import HEAD, graph_of, write_files


def plugin(version: str = "1.0", type_name: str = "acme.Server", rest: str = "") -> str:
    return (
        f"plugins: {{acme: {{executor: host_agent, package_name: acme-plugin, "
        f"package_version: '{version}'}}}}\n"
        f"node_types: {{{type_name}: {{derived_from: cloudify.nodes.Root}}}}\n{rest}"
    )


def graph_with(folder: Path, import_text: str = "plugin:acme-plugin") -> ImportGraph:
    config = Config(plugin_path=(os.fspath(folder / "plugins"),))
    blueprint = HEAD + f"imports: [cloudify/types/types.yaml, '{import_text}']"
    return graph_of(folder / "bp", {"blueprint.yaml": blueprint}, config)


FOLDERS = {
    "plugin.yaml itself": ({"plugin.yaml": plugin()}, "acme.Server"),
    "by the folder's name": ({"acme-plugin/plugin.yaml": plugin()}, "acme.Server"),
    "by the package's name": ({"checkout/plugin.yaml": plugin()}, "acme.Server"),
    "by the language's version": (
        {"acme-plugin/plugin.yaml": plugin(), "acme-plugin/plugin_1_5.yaml": plugin(type_name="acme.New")},
        "acme.New",
    ),
    "not by another one's": (
        {"acme-plugin/plugin.yaml": plugin(), "acme-plugin/plugin_1_4.yaml": plugin(type_name="acme.New")},
        "acme.Server",
    ),
    "JSON": (
        {"acme-plugin/plugin.json": json.dumps({"plugins": {}, "node_types": {"acme.Server": {}}})},
        "acme.Server",
    ),
    "the newest": (
        {"a/plugin.yaml": plugin("1.9"), "b/plugin.yaml": plugin("1.10", "acme.New")},
        "acme.New",
    ),
}


@pytest.mark.parametrize(("files", "type_name"), FOLDERS.values(), ids=FOLDERS)
def test_folders(tmp_path: Path, files: dict[str, str], type_name: str) -> None:
    write_files(tmp_path / "plugins", files)
    graph = graph_with(tmp_path)
    assert graph.entries[1].status == "read"
    assert type_name in merge(graph).sections["node_types"]
    assert graph.files[2].is_own


def test_constraint_chooses(tmp_path: Path) -> None:
    write_files(
        tmp_path / "plugins",
        {"a/plugin.yaml": plugin("1.9"), "b/plugin.yaml": plugin("2.0", "acme.New")},
    )
    assert (
        graph_with(tmp_path, "plugin:acme-plugin?version=<2")
        .entries[1]
        .answered_by.startswith("acme-plugin 1.9 of ")
    )
    assert graph_with(tmp_path, "plugin:acme-plugin?version=>2").entries[1].status == "unread"


def test_folder_comes_before_the_catalogue(tmp_path: Path) -> None:
    write_files(tmp_path / "plugins", {"cloudify-aws-plugin/plugin.yaml": plugin()})
    graph = graph_with(tmp_path, "plugin:cloudify-aws-plugin")
    assert graph.files[2].document.path.endswith("cloudify-aws-plugin/plugin.yaml")


def test_plugin_may_import_beside_itself(tmp_path: Path) -> None:
    write_files(
        tmp_path / "plugins",
        {
            "acme-plugin/plugin.yaml": plugin(rest="imports: [more.yaml]"),
            "acme-plugin/more.yaml": "inputs: {}",
        },
    )
    write_files(tmp_path, {"bp/.git/HEAD": ""})
    assert [entry.status for entry in graph_with(tmp_path).entries] == ["read", "read", "read"]


def test_unknown_plugin_is_unread(tmp_path: Path) -> None:
    write_files(tmp_path / "plugins", {"other/plugin.yaml": "plugins: {}"})
    assert graph_with(tmp_path).entries[1].status == "unread"


# -- archives


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)


def write_tar(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, mode) as target:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize("name", ["acme_plugin-1.0-py311.wgn", "whatever.wgn", "acme.zip"])
@pytest.mark.parametrize("form", ["zip", "tar"])
def test_archives(tmp_path: Path, name: str, form: str) -> None:
    members = {"acme-plugin/plugin.yaml": plugin().encode(), "acme-plugin/package.json": b"{}"}
    (write_zip if form == "zip" else write_tar)(tmp_path / "plugins" / name, members)
    graph = graph_with(tmp_path)
    assert graph.entries[1].status == "read"
    assert not graph.files[2].is_own
    item = merge(graph).sections["node_types"]["acme.Server"]
    assert item.value.span == graph.entries[1].node.span
    assert item.file.document.path == graph.main.document.path


def test_imports_of_a_plugin_in_an_archive(tmp_path: Path) -> None:
    text = plugin(rest="imports: [cloudify/types/types.yaml, more.yaml, 'http://x.example/t.yaml']")
    write_zip(tmp_path / "plugins" / "acme.zip", {"plugin.yaml": text.encode()})
    statuses = [entry.status for entry in graph_with(tmp_path).entries]
    assert statuses == ["read", "read", "seen", "unread", "unread"]


BROKEN = {
    "no archive": b"not an archive",
    "cut off": gzip.compress(b"x" * 5000)[:-40],
    "empty": b"",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_archives(tmp_path: Path, data: bytes) -> None:
    write_files(tmp_path / "plugins", {})
    (tmp_path / "plugins").mkdir(exist_ok=True)
    (tmp_path / "plugins" / "acme-plugin.wgn").write_bytes(data)
    graph = graph_with(tmp_path)
    assert graph.entries[1].status == "unread"
    fault = graph.faults[0]
    assert isinstance(fault, UnreadImport)
    assert "acme-plugin.wgn" in fault.reason


ESCAPING = ("../plugin.yaml", "/plugin.yaml", "a/../../plugin.yaml", "C:/plugin.yaml", "..\\plugin.yaml")


@pytest.mark.parametrize("name", ESCAPING)
@pytest.mark.parametrize("form", ["zip", "tar"])
def test_names_that_lead_out(tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / "acme.wgn"
    (write_zip if form == "zip" else write_tar)(path, {name: plugin().encode()})
    with pytest.raises(ArchiveError, match="leads out"):
        read_plugin_files(os.fspath(path))


def test_too_large_a_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 10)
    path = tmp_path / "acme.zip"
    write_zip(path, {"plugin.yaml": plugin().encode()})
    with pytest.raises(ArchiveError, match="too large"):
        read_plugin_files(os.fspath(path))


def test_bomb_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "acme.zip"
    write_zip(path, {"plugin.yaml": b"#" * 6_000_000})
    with pytest.raises(ArchiveError, match="beyond belief"):
        read_plugin_files(os.fspath(path))


def test_bomb_in_a_tar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1_000_000)
    path = tmp_path / "acme.wgn"
    write_tar(path, {"data": b"#" * 6_000_000, "plugin.yaml": plugin().encode()})
    with pytest.raises(ArchiveError, match="more than it may"):
        read_plugin_files(os.fspath(path))


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    path = tmp_path / "acme.wgn"
    (write_zip if form == "zip" else write_tar)(path, {f"f{number}": b"" for number in range(5)})
    with pytest.raises(ArchiveError, match="more than 3 files"):
        read_plugin_files(os.fspath(path))


def test_nearest_to_the_top(tmp_path: Path) -> None:
    path = tmp_path / "acme.zip"
    write_zip(path, {"a/b/plugin.yaml": b"deep", "a/plugin.yaml": b"near"})
    assert read_plugin_files(os.fspath(path)) == {"plugin.yaml": b"near"}


# -- files that are called anything, and the catalogue beside the folders

LOOSE = {
    "in the folder": {"acme_types.yaml": plugin("1.2")},
    "below": {"a/b/acme_types.yaml": plugin("1.2")},
    "beside others": {"other/plugin.yaml": "plugins: {}", "other/more.yml": plugin("1.2")},
}


@pytest.mark.parametrize("files", LOOSE.values(), ids=LOOSE)
def test_any_yaml_file_that_names_the_package(tmp_path: Path, files: dict[str, str]) -> None:
    write_files(tmp_path / "plugins", files)
    graph = graph_with(tmp_path, "plugin:acme-plugin?version=>=1,<2")
    assert graph.entries[1].status == "read"
    assert "acme.Server" in merge(graph).sections["node_types"]
    assert graph_with(tmp_path, "plugin:acme-plugin?version=>=2").entries[1].status == "unread"


def test_folder_of_a_loose_file_is_no_name(tmp_path: Path) -> None:
    write_files(tmp_path / "plugins", {"acme-plugin/types.yaml": plugin().replace("acme-plugin", "other")})
    assert graph_with(tmp_path).entries[1].status == "unread"


def test_older_copy_does_not_hide_a_release_of_the_catalogue(tmp_path: Path) -> None:
    copy = plugin("1.0").replace("acme-plugin", "cloudify-aws-plugin")
    write_files(tmp_path / "plugins", {"aws/plugin.yaml": copy})
    for text, answer in (
        ("plugin:cloudify-aws-plugin?version=>=3", "cloudify-aws-plugin 3.2.4 of the catalogue"),
        ("plugin:cloudify-aws-plugin?version=1.0", "cloudify-aws-plugin 1.0 of "),
        ("plugin:cloudify-aws-plugin", "cloudify-aws-plugin 1.0 of "),
    ):
        assert graph_with(tmp_path, text).entries[1].answered_by.startswith(answer)
