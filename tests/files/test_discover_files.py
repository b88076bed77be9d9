"""Which files are linted."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bplint.config import Config
from bplint.document import Kind, load_document
from bplint.files.discover import discover
from bplint.source import Source
from bplint.source_faults import UnreadableFile
from tests.support.imports_case import write_files

BLUEPRINT = "tosca_definitions_version: cloudify_dsl_1_5\n"


def found(folder: Path, *paths: str, config: Config | None = None) -> list[str]:
    """Paths below the folder, explicit ones with a star."""
    given = [os.fspath(folder / path) for path in paths]
    files = discover(given, config or Config(root=os.fspath(folder))).files
    return [
        os.path.relpath(file.path, folder).replace(os.sep, "/") + ("*" if file.is_explicit else "")
        for file in files
    ]


def fill(folder: Path, *names: str) -> None:
    write_files(folder, dict.fromkeys(names, BLUEPRINT))


def test_folder_in_order(tmp_path: Path) -> None:
    fill(tmp_path, "b.yaml", "a.yml", "sub/c.yaml", "sub/a/d.yaml", "sub.yaml", "x.txt", "x.json")
    assert found(tmp_path, ".") == ["a.yml", "b.yaml", "sub.yaml", "sub/c.yaml", "sub/a/d.yaml"]


def test_no_path_is_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.yaml", "sub/b.yaml")
    monkeypatch.chdir(tmp_path)
    assert [file.path for file in discover([], Config()).files] == ["a.yaml", "sub/b.yaml"]


def test_other_yaml_is_passed_over(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "blueprint.yaml": BLUEPRINT,
            "plugin.yaml": "plugins:\n  p:\n    executor: host_agent\n",
            "mkdocs.yml": "plugins:\n  search: {}\n",
            "deployment.yaml": "apiVersion: v1\nmetadata: {}\n",
            "action.yml": "inputs:\n  a: {}\noutputs: {}\n",
            "flow.yaml": '{"node_types": {}}',
        },
    )
    (tmp_path / "wide.yaml").write_text(BLUEPRINT, encoding="utf-16")
    assert found(tmp_path, ".") == ["blueprint.yaml", "flow.yaml", "plugin.yaml", "wide.yaml"]
    assert found(tmp_path, "action.yml") == ["action.yml*"]


def test_reached_twice(tmp_path: Path) -> None:
    fill(tmp_path, "a.yaml", "sub/b.yaml")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a.yaml")
    assert found(tmp_path, ".", "sub", "sub/b.yaml") == ["a.yaml", "sub/b.yaml*"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "a/b.yaml")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert found(tmp_path, ".") == ["a/b.yaml"]


def test_folders_of_tools(tmp_path: Path) -> None:
    fill(tmp_path, "a.yaml", ".git/b.yaml", "node_modules/c.yaml", ".hidden/d.yaml")
    assert found(tmp_path, ".") == ["a.yaml", ".hidden/d.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_broken_link_and_pipe(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert found(tmp_path, ".") == []


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.yaml", "locked/b.yaml")
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: scan(path) if "locked" not in path else locked(path))
    discovery = discover([os.fspath(tmp_path)], Config())
    assert [fault.path.rpartition("/")[2] for fault in discovery.faults] == ["locked"]
    assert len(discovery.files) == 1


def locked(path: str) -> None:
    raise PermissionError(13, "Permission denied", path)


def test_globs(tmp_path: Path) -> None:
    fill(tmp_path, "a.yaml", "sub/b.yaml", "sub/c.yml", "sub/d.txt")
    assert found(tmp_path, "**/*.y*ml") == ["a.yaml", "sub/b.yaml", "sub/c.yml"]
    discovery = discover([os.fspath(tmp_path / "*.nothing")], Config())
    reasons = [fault.reason for fault in discovery.faults if isinstance(fault, UnreadableFile)]
    assert reasons == ["no file matches"]


def test_name_with_glob_characters(tmp_path: Path) -> None:
    fill(tmp_path, "a[1].yaml", "a1.yaml")
    assert found(tmp_path, "a[1].yaml") == ["a[1].yaml*"]


def test_file_that_is_not_there_is_told_when_it_is_read(tmp_path: Path) -> None:
    assert found(tmp_path, "nothing.yaml") == ["nothing.yaml*"]


def test_excluded_by_configuration(tmp_path: Path) -> None:
    fill(tmp_path, "a.yaml", "vendor/b.yaml", "sub/vendor/c.yaml", "sub/d.yaml")
    config = Config(exclude=("/vendor/", "d.yaml"), root=os.fspath(tmp_path))
    assert found(tmp_path, ".", config=config) == ["a.yaml", "sub/vendor/c.yaml"]


def test_explicit_file_is_never_left_out(tmp_path: Path) -> None:
    fill(tmp_path, "build/a.yaml")
    write_files(tmp_path, {".gitignore": "build/\n"})
    assert found(tmp_path, ".") == []
    assert found(tmp_path, "build/a.yaml") == ["build/a.yaml*"]
    assert found(tmp_path, "build") == ["build/a.yaml"]


def test_ignore_files_above_the_folder(tmp_path: Path) -> None:
    fill(tmp_path, "repo/sub/a.yaml", "repo/sub/b.yaml", "repo/sub/c.yaml")
    write_files(
        tmp_path,
        {
            ".gitignore": "*.yaml\n",
            "repo/.git/info/exclude": "c.yaml\n",
            "repo/.gitignore": "/sub/a.yaml\n",
        },
    )
    assert found(tmp_path, "repo/sub") == ["repo/sub/b.yaml"]


# -- .gitignore, against git itself

IGNORES = {
    "name": {"": "a.yaml"},
    "anchored": {"": "/a.yaml"},
    "folder": {"": "sub/"},
    "folder pattern is not for files": {"": "a.yaml/"},
    "path": {"": "sub/a.yaml"},
    "any depth": {"": "**/deep/b.yaml"},
    "all below": {"": "sub/**"},
    "between": {"": "sub/**/b.yaml"},
    "three stars": {"": "***/b.yaml"},
    "star stays in a folder": {"": "sub/*.yaml"},
    "question mark": {"": "?.yaml"},
    "set": {"": "[ab].yaml"},
    "a set holds no slash": {"": "/sub[!x]a.yaml"},
    "not in a set": {"": "[!a].yaml"},
    "caret": {"": "[^a].yaml"},
    "class": {"": "[[:upper:]].yaml"},
    "range and bracket": {"": "[]a-b].yaml"},
    "open bracket": {"": "[a.yaml"},
    "escaped": {"": "\\#c.yaml\n\\!d.yaml\nx\\ y.yaml"},
    "comment": {"": "#c.yaml"},
    "trailing blanks": {"": "a.yaml   "},
    "escaped trailing blank": {"": "a.yaml\\ "},
    "negated": {"": "*.yaml\n!b.yaml"},
    "last one wins": {"": "!a.yaml\na.yaml"},
    "not below an ignored folder": {"": "sub/\n!sub/a.yaml"},
    "folder opened again": {"": "sub/*\n!sub/deep"},
    "nested": {"": "*.yaml", "sub/": "!*.yaml"},
    "nested and anchored": {"sub/": "/a.yaml"},
    "nested elsewhere": {"sub/": "deep/"},
    "carriage return": {"": "a.yaml\r\nb.yaml\r\n"},
    "empty lines": {"": "\n\n/\n"},
    "lone backslash": {"": "a.yaml\\"},
}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
@pytest.mark.parametrize("ignores", IGNORES.values(), ids=IGNORES)
def test_as_git_ignores(tmp_path: Path, ignores: dict[str, str]) -> None:
    names = ["a.yaml", "b.yaml", "#c.yaml", "!d.yaml", "x y.yaml", "E.yaml", "].yaml", "[a.yaml"]
    paths = [folder + name for folder in ("", "sub/", "sub/deep/", "other/sub/") for name in names]
    fill(tmp_path, *paths)
    write_files(tmp_path, {f"{folder}.gitignore": text for folder, text in ignores.items()})
    run_git(tmp_path, ["init", "-q"], "")
    ignored = run_git(tmp_path, ["check-ignore", "-z", "--stdin"], "\0".join(paths)).split("\0")
    assert sorted(found(tmp_path, ".")) == sorted(set(paths) - set(ignored))


def run_git(folder: Path, arguments: list[str], given: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", os.fspath(folder), *arguments],
        input=given,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    return done.stdout


# -- kinds

KINDS = {
    "templates": ("x.yaml", BLUEPRINT + "node_templates: {}", Kind.BLUEPRINT),
    "inputs and version": ("x.yaml", BLUEPRINT + "inputs: {}", Kind.BLUEPRINT),
    "version alone": ("x.yaml", BLUEPRINT, Kind.BLUEPRINT),
    "types, by its name": ("blueprint.yaml", BLUEPRINT + "node_types: {}", Kind.BLUEPRINT),
    "no version, by its name": ("my-blueprint.yaml", "node_templates: {}", Kind.BLUEPRINT),
    "empty, whatever its name": ("blueprint.yaml", "", Kind.OTHER),
    "inputs, whatever their name": ("blueprint-inputs.yaml", "user: me\nport: 22", Kind.OTHER),
    "inputs named as sections": ("my_blueprint_inputs.yaml", "imports: [a]\nuser: me", Kind.OTHER),
    "one section, by its name": ("blueprint.yaml", "inputs: {user: {}}", Kind.OTHER),
    "two sections, by its name": ("blueprint.yaml", "inputs: {a: {}}\nimports: [b]", Kind.BLUEPRINT),
    "misspelt version": ("x.yaml", "tosca_definition_version: a\nnode_templates: {}", Kind.BLUEPRINT),
    "plugin": ("x.yaml", "plugins: {p: {executor: host_agent}}\nnode_types: {}", Kind.PLUGIN),
    "plugin with a version": ("x.yaml", BLUEPRINT + "plugins: {p: {executor: a}}", Kind.PLUGIN),
    "plugins alone": ("x.yaml", "plugins: {p: {package_name: a}}", Kind.PLUGIN),
    "plugin and templates": (
        "x.yaml",
        BLUEPRINT + "plugins: {p: {executor: a}}\nnode_templates: {}",
        Kind.BLUEPRINT,
    ),
    "types": ("x.yaml", BLUEPRINT + "node_types: {}", Kind.TYPES),
    "fragment": ("x.yaml", "node_types: {}", Kind.FRAGMENT),
    "fragment with templates": ("x.yaml", "node_templates: {}", Kind.FRAGMENT),
    "other plugins": ("x.yaml", "plugins: [search]\nnav: []", Kind.OTHER),
    "other": ("x.yaml", "apiVersion: v1\nmetadata: {}", Kind.OTHER),
    "list": ("x.yaml", "- a", Kind.OTHER),
    "empty": ("x.yaml", "", Kind.OTHER),
    "plain TOSCA": ("x.yaml", "tosca_definitions_version: tosca_simple_yaml_1_3\nnode_types: {}", Kind.OTHER),
}


@pytest.mark.parametrize(("name", "text", "kind"), KINDS.values(), ids=KINDS)
def test_kind(name: str, text: str, kind: Kind) -> None:
    source, _ = Source.from_bytes(name, text.encode())
    assert load_document(source).kind is kind
