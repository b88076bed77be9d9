"""What `validate` never does, watched by an audit hook over a lint of all fixtures: see docs/security.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile_case import ROOT
from tests.support.hostile_code import CODE

FIXTURES = ROOT / "fixtures"
# what Python raises for what a lint must not do; `open` is looked at more closely
FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"),
    *("pty.spawn", "urllib.", "http.", "ftplib.", "smtplib.", "os.remove", "os.rename", "os.mkdir"),
    *("os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.putenv"),
    *("os.unsetenv", "os.kill", "os.chdir", "os.setxattr", "shutil.", "tempfile.", "ctypes.", "pickle."),
    *("os.startfile", "webbrowser.", "sqlite3.", "mmap.", "fcntl.", "resource.", "winreg."),
)  # fmt: skip
# runs in a process of its own: a hook cannot be taken off again
WATCHED = """
import json, os, sys
sys.dont_write_bytecode = True
import click  # asks for the terminal's encoding with ctypes on some systems
events, reads, codes = [], [], []
is_on = True
def hook(event, args):
    if not is_on:
        return
    if event == "open" and isinstance(args[0], (str, bytes)):
        mode, flags = args[1] or "r", args[2] or 0
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if writes or set(mode) & set("wax+"):
            events.append("open for writing " + os.fsdecode(args[0]))
        else:
            reads.append(os.path.realpath(os.fsdecode(args[0])))
    elif event == "exec":
        name = getattr(args[0], "co_filename", "<string>")
        if name != "<string>" and not name.startswith("<frozen "):  # of named tuples, of the interpreter
            codes.append(os.path.realpath(name))
    elif event != "open":
        events.append(event)
sys.addaudithook(hook)
from bplint.cli.group import main
stdout, sys.stdout = sys.stdout, open(os.devnull, "w")
events.clear()
code = main(sys.argv[1:])
is_on = False
json.dump([code, sorted(set(events)), sorted(set(reads)), sorted(set(codes))], stdout)
"""


def watch(folder: Path, *arguments: str) -> tuple[int, list[str], list[str], list[str]]:
    """Exit code, events, files read and files of executed code of one `bplint validate`."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "validate", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: Any = json.loads(done.stdout)
    return tuple(found)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str], list[str]]:
    folder = tmp_path_factory.mktemp("tree") / "fixtures"
    shutil.copytree(FIXTURES, folder)
    for case in CODE:
        if case.name in ("code-executes", "code-setup-executes"):
            assert case.make is not None
            (folder / case.name).mkdir()
            case.make(folder / case.name)
    code, events, reads, codes = watch(folder, ".", "--select", "BP", "--deployment")
    assert code == 1
    return folder, events, reads, codes


Watched = tuple[Path, list[str], list[str], list[str]]


def test_opens_no_connection_starts_no_process_and_writes_nothing(watched: Watched) -> None:
    _, events, _, _ = watched
    assert [event for event in events if event.startswith((*FORBIDDEN, "open for writing"))] == []


def test_executes_nothing_of_what_it_checks(watched: Watched) -> None:
    folder, _, _, codes = watched
    assert [path for path in codes if Path(path).is_relative_to(folder)] == []
    assert list(folder.rglob("owned")) == []


def test_reads_nothing_outside_of_the_tree(watched: Watched) -> None:
    folder, _, reads, _ = watched
    installed = [Path(path).resolve() for path in {sys.prefix, sys.base_prefix, ROOT / "bplint"}]
    allowed = [folder.resolve(), *installed, *(Path(path).resolve() for path in sys.path if path)]
    outside = [path for path in reads if not any(Path(path).is_relative_to(place) for place in allowed)]
    assert [path for path in outside if path != os.path.realpath(os.devnull)] == []


def test_the_watch_sees_what_a_flag_permits(tmp_path: Path) -> None:
    """`--output` writes: the hook is no blind one."""
    (tmp_path / "blueprint.yaml").write_text("tosca_definitions_version: cloudify_dsl_1_5\n")
    _, events, _, _ = watch(tmp_path, "blueprint.yaml", "--output", "json=report.json")
    assert [event for event in events if event.startswith("open for writing")] != []


def test_leaves_no_file_behind_for_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive is unpacked for the time of the run, and nowhere but in a temporary folder."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "blueprint.yaml").write_text("tosca_definitions_version: cloudify_dsl_1_5\n")
    shutil.make_archive(str(tmp_path / "app"), "zip", tmp_path / "app")
    monkeypatch.setenv("TMPDIR", str(scratch))
    code, events, _, _ = watch(tmp_path, "app.zip")
    assert code == 0
    written = [event.rpartition(" ")[2] for event in events if event.startswith("open for writing")]
    assert all(Path(path).is_relative_to(scratch) for path in written)
    assert list(scratch.iterdir()) == []
