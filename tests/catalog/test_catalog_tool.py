"""The catalogue is built from facts, from itself, and with one more file; and never half."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bplint.catalog.facts import DamagedCatalogueError
from bplint.catalog.store import Catalog
from tools.catalog import DATA, differences
from tools.catalog import main as catalog_tool
from tools.catalog_sources import read_catalogue

ROOT = Path(__file__).parents[2]
PLUGIN = {
    "plugins": {"acme": {"executor": "central_deployment_agent", "package_name": "acme-plugin"}},
    "node_types": {"acme.Server": {"derived_from": "cloudify.nodes.Compute"}},
    "dsl_definitions": {"a": [1]},
}
CODE = {
    "functions": {"create": [["ctx"], 0, None, [], "kwargs", ["operation"]]},
    "classes": [],
    "names": ["ctx"],
}


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A folder with two releases of a plugin, the second of which has two files, and built-in types."""
    folder = tmp_path / "facts"
    types = {"tosca_definitions_version": "cloudify_dsl_1_3", "node_types": {"cloudify.nodes.Root": {"a": 1}}}
    for name in ("1.0", "1.1", "latest"):
        write(folder / "builtin-types" / f"{name}.json", json.dumps(types))
    values = [PLUGIN["plugins"]["acme"], PLUGIN["node_types"]["acme.Server"], CODE, {"create": "p.t.create"}]
    old = {"plugins": {"acme": 0}, "node_types": {"acme.Server": 1}}
    new = {**old, "workflows": {"w": 3}}
    releases = [
        release("1.9", "plugin.yaml", old, {"tasks": 2}),
        release("1.10", "plugin.yaml", new, {"tasks": 2}),
        release("1.10", "plugin_1_4.yaml", old, {}),
    ]
    history = folder / "plugin-history" / "acme-plugin"
    write(history / "values.jsonl", "".join(f"{json.dumps(value)}\n" for value in values))
    write(history / "releases.jsonl", "".join(f"{json.dumps(each)}\n" for each in releases))
    return folder


def release(version: str, file: str, sections: object, code: object) -> dict[str, object]:
    return {
        "version": version, "package": "acme-plugin", "declares_version": True, "tag": f"v{version}",
        "date": "2020-01-02", "origin": "acme/acme-plugin", "file": file, "sections": sections, "rest": {},
        "code": code,
    }  # fmt: skip


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def built(facts: Path, tmp_path: Path) -> Path:
    assert catalog_tool(["--target", str(tmp_path / "data"), "import", str(facts)]) == 0
    return tmp_path / "data"


def test_releases_are_ordered_by_version(built: Path) -> None:
    history = Catalog(str(built)).history("acme-plugin")
    assert history is not None
    assert [(each.version, len(each.files)) for each in history] == [("1.10", 2), ("1.9", 1)]


def test_same_facts_give_the_same_bytes(built: Path, facts: Path, tmp_path: Path) -> None:
    catalog_tool(["--target", str(tmp_path / "again"), "import", str(facts)])
    assert differences(built, tmp_path / "again") == []


def test_catalogue_is_built_from_itself(built: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert catalog_tool(["--target", str(built), "--check"]) == 0
    assert catalog_tool(["--target", str(built)]) == 0
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_nothing_of_the_facts_is_lost(built: Path) -> None:
    files = {(file.version, file.file): file for file in read_catalogue(built).plugins}
    newest = files["1.10", "plugin.yaml"]
    assert newest.content["workflows"] == {"w": {"create": "p.t.create"}}
    assert newest.code == {"tasks": CODE}
    assert (newest.tag, newest.date, newest.origin) == ("v1.10", "2020-01-02", "acme/acme-plugin")
    assert files["1.10", "plugin_1_4.yaml"].code == {}


def test_check_names_what_differs(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (built / "plugins" / "acme-plugin" / "rows").open("a") as file:
        file.write("{}\n")
    assert catalog_tool(["--target", str(built), "--check"]) == 1
    assert capsys.readouterr().out == "out of date: plugins/acme-plugin/rows\n"


def test_add_a_file(built: Path, tmp_path: Path) -> None:
    text = (
        "plugins:\n  acme: {executor: host_agent, package_name: acme-plugin, package_version: '2.0'}\n"
        "node_types:\n  acme.Server:\n    description: a server\n"
        "    properties:\n      description: {type: string, description: of it}\n"
        "      tags: {default: {description: kept}}\n"
    )
    write(tmp_path / "plugin.yaml", text)
    added = ["add", str(tmp_path / "plugin.yaml"), "--tag", "2.0", "--origin", "acme/acme-plugin"]
    assert catalog_tool(["--target", str(built), *added]) == 0
    facts = Catalog(str(built)).plugin_for("acme-plugin", None)
    assert facts is not None
    assert facts.label == "acme-plugin 2.0"
    properties = {"description": {"type": "string"}, "tags": {"default": {"description": "kept"}}}
    assert facts.value("node_types", "acme.Server") == {"properties": properties}


REFUSED = {
    "no facts": (["import", "nowhere"], "nowhere has no builtin-types"),
    "no file": (["add", "nowhere.yaml"], "No such file"),
    "no version": (["add", "{file}"], "one package_version is needed"),
}


@pytest.mark.parametrize(("arguments", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_leaves_all_as_it_was(
    built: Path, tmp_path: Path, arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "bad.yaml", "plugins: {p: {executor: host_agent, package_name: p}}\n")
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    given = [each.format(file=tmp_path / "bad.yaml") for each in arguments]
    assert catalog_tool(["--target", str(built), *given]) == 2
    assert reason in capsys.readouterr().err
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


DAMAGE = {
    "no index": ("index", None),
    "odd index": ("index", "types\n"),
    "no heads": ("types/heads", None),
    "heads that are cut": ("types/heads", "[1"),
    "rows of nothing": ("types/rows", ""),
}


@pytest.mark.parametrize(("name", "text"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_named(built: Path, name: str, text: str | None) -> None:
    (built / name).unlink()
    if text is not None:
        (built / name).write_text(text)
    with pytest.raises(DamagedCatalogueError, match=name.rpartition("/")[2]):
        Catalog(str(built)).built_in_types(None).value("node_types", "cloudify.nodes.Root")


def test_catalogue_of_the_repository_can_be_built_from_itself() -> None:
    assert catalog_tool(["--check"]) == 0


def test_notice_names_every_origin() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    origins = {file.origin for file in read_catalogue(DATA).plugins}
    assert sorted(origin for origin in origins if f"  {origin}\n" not in notice) == []
