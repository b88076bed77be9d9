"""`bplint validate`: exit codes, outputs, and what happens at the edges of a process."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bplint.cli.group import main
from bplint.report import FORMATS

ROOT = Path(__file__).parents[2]
GOOD = """\
tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
node_templates:
  host:
    type: cloudify.nodes.Compute
"""
BAD = GOOD.replace("nodes.Compute", "nodes.Compte")
WARNED = GOOD + "  # bplint: ignore[BP250]\n  other: {type: cloudify.nodes.Root}\n"
UNREAD = GOOD.replace("types.yaml]", "types.yaml, 'plugin:acme-nowhere']") + "  x: {type: acme.X}\n"
PROCESS = [sys.executable, "-m", "bplint", "validate"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is a repository of its own, as the current folder."""
    (tmp_path / ".git").mkdir()
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


EXIT_CODES = {
    "clean": (GOOD, [], 0),
    "error": (BAD, [], 1),
    "syntax": ("a: [\n", [], 1),
    "warning": (WARNED, [], 0),
    "warning told": (WARNED, ["--fail-on", "warning"], 1),
    "never": (BAD, ["--fail-on", "never"], 0),
    "ignored": (BAD, ["--ignore", "unknown-node-type"], 0),
    "other rule selected": (BAD, ["--select", "BP980"], 0),
    "unread import": (UNREAD, [], 0),
    "strict imports": (UNREAD, ["--strict-imports"], 1),
    "unknown rule": (BAD, ["--select", "BP2x"], 2),
    "unknown option": (BAD, ["--no-such-option"], 2),
    "bad format": (BAD, ["--format", "xml"], 2),
    "bad output": (BAD, ["--output", "xml=x"], 2),
    "bad import rule": (BAD, ["--import-rule", "x"], 2),
    "unsafe fixes without fixing": (BAD, ["--unsafe-fixes"], 1),
    "config and none": (BAD, ["--no-config", "--config", "a.yaml"], 2),
}


@pytest.mark.parametrize("name", EXIT_CODES)
@pytest.mark.parametrize("format_name", FORMATS)
def test_exit_code_is_the_same_in_every_format(project: Path, name: str, format_name: str) -> None:
    text, options, code = EXIT_CODES[name]
    write("a.yaml", text)
    assert main(["validate", "a.yaml", "--format", format_name, *options]) == code


def test_missing_file_is_a_diagnostic(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "nowhere.yaml"]) == 1
    assert "nowhere.yaml" in capsys.readouterr().out


def test_nothing_to_check_is_no_silent_pass(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("values.yaml", "a: 1\n")
    assert main(["validate"]) == 2
    assert "no blueprint, plugin.yaml or types file in ." in capsys.readouterr().err


def test_folder_glob_and_default_find_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("deep/er/a.yaml", BAD)
    write("values.yaml", "a: 1\n")
    outputs = set()
    for paths in (["."], [], ["deep/**/*.yaml"], ["deep/er/a.yaml"], ["deep", "deep/er/a.yaml"]):
        assert main(["validate", "--format", "concise", *paths]) == 1
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1
    assert outputs.pop().startswith("deep/er/a.yaml:5:11: error: unknown node type")


def test_list_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("b.yaml", BAD)
    write("a/plugin.yaml", "plugins: {acme: {executor: central_deployment_agent}}\n")
    write("values.yaml", "a: 1\n")
    assert main(["validate", "--list-files"]) == 0
    assert capsys.readouterr().out.split() == ["b.yaml", "a/plugin.yaml"]


def test_standard_input(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    assert main(["validate", "-", "--format", "concise", "--stdin-filename", "sub/x.yaml"]) == 1
    assert capsys.readouterr().out.startswith("sub/x.yaml:5:11: error:")


def test_outputs_beside_the_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", BAD)
    code = main(["validate", "--output", "json=r.json", "--output", "sarif=r.sarif", "--color", "always"])
    assert code == 1
    assert "\x1b[" in capsys.readouterr().out
    assert json.loads(Path("r.json").read_text())["diagnostics"][0]["code"] == "BP250"
    assert json.loads(Path("r.sarif").read_text())["version"] == "2.1.0"


def test_output_that_cannot_be_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", GOOD)
    assert main(["validate", "--output", "json=nowhere/r.json"]) == 2
    assert "cannot write 'nowhere/r.json'" in capsys.readouterr().err


def test_quiet_and_statistics(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", GOOD)
    assert main(["validate", "-q"]) == 0
    assert capsys.readouterr().out == ""
    write("b.yaml", BAD)
    assert main(["validate", "--statistics"]) == 1
    assert (
        capsys.readouterr().out == "1  BP250  unknown-node-type\n1 error in 2 files; 1 fixable with --fix\n"
    )


def test_last_line_says_what_is_unchecked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", UNREAD)
    assert main(["validate"]) == 0
    assert capsys.readouterr().out.endswith(" unchecked: plugin:acme-nowhere is not here\n")
    assert main(["validate", "-q"]) == 0
    assert "unchecked" not in capsys.readouterr().out


def test_annotations_inside_actions(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("sub/a.yaml", BAD)
    monkeypatch.chdir("sub")
    assert main(["validate"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("error[BP250]: unknown node type")
    assert "\n::error file=sub/a.yaml,line=5,endLine=5,col=11,endColumn=32,title=BP250" in out
    assert main(["validate", "--format", "full"]) == 1
    assert "::error" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "option", "is_colored"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"FORCE_COLOR": ""}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_color(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    option: str,
    is_colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    write("a.yaml", BAD)
    main(["validate", "--color", option])
    assert ("\x1b[" in capsys.readouterr().out) is is_colored


def test_config_fault_is_shown_at_its_place(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.yaml", GOOD)
    write("pyproject.toml", '[tool.bplint]\nselct = ["BP2"]\n')
    assert main(["validate"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "unknown option 'selct'; did you mean 'select'?" in captured.err
    assert "--> pyproject.toml:2:1" in captured.err
    assert main(["validate", "--no-config"]) == 0


def test_config_is_looked_for_where_the_files_are(project: Path) -> None:
    write("a.yaml", BAD)
    write("sub/a.yaml", BAD)
    write("sub/.bplint.yaml", "fail-on: never\n")
    assert main(["validate", "sub/a.yaml"]) == 0
    assert main(["validate", "sub/a.yaml", "a.yaml"]) == 1


def test_changed_lines(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".git").rmdir()
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    write("ä b.yaml", BAD)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *arguments], check=True)
    # text that looks like the header of a diff
    write("ä b.yaml", 'description: "a\n++ b/x.yaml\nc"\n' + BAD + "  more:\n    type: nowhere\n")
    write("new.yaml", BAD)
    assert main(["validate", "--diff-base", "HEAD", "--format", "concise"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == ["new.yaml:5:11", "ä b.yaml:10:11"]
    assert main(["validate", "--diff-base", "nowhere"]) == 2
    assert main(["validate", "--diff-base", "--output=x"]) == 2
    assert not Path("x").exists()


def test_fix_and_diff(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(write("a.yaml", WARNED))
    assert main(["validate", "--diff"]) == 0
    assert "-  # bplint: ignore[BP250]\n" in capsys.readouterr().out
    assert path.read_text() == WARNED
    assert main(["validate", "--fix"]) == 0
    assert "1 fixed in 1 file" in capsys.readouterr().err
    assert path.read_text() == WARNED.replace("  # bplint: ignore[BP250]\n", "")


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
class TestProcess:
    def test_reader_that_goes_away(self, project: Path) -> None:
        write("a.yaml", GOOD + "".join(f"  n{number}: {{type: nowhere}}\n" for number in range(3000)))
        process = subprocess.Popen(
            [*PROCESS, "a.yaml"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        process.stderr.close()
        assert process.wait() == 1
        assert errors == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
    def test_full_disk(self, project: Path) -> None:
        write("a.yaml", BAD)
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*PROCESS, "a.yaml"],
                stdout=full,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                check=False,
            )
        assert done.returncode == 2
        assert done.stderr == b"Error: cannot write the report: No space left on device\n"

    def test_interrupt(self, project: Path) -> None:
        process = subprocess.Popen(
            [*PROCESS, "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdin is not None
        # the command waits for its input once it is set up; a signal before that ends the interpreter itself
        _wait_until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
        assert process.returncode == 130
        assert errors.strip() == b"bplint: interrupted"

    def test_terminal_that_lacks_letters(self, project: Path) -> None:
        write("a.yaml", BAD.replace("Compte", "C日mpte"))
        done = subprocess.run(
            [*PROCESS, "a.yaml"],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"},
            check=False,
        )
        assert done.returncode == 1
        assert b"C\\u65e5mpte" in done.stdout
        assert done.stderr == b""


def _wait_until_it_reads(pid: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            waits_in = Path(f"/proc/{pid}/wchan").read_text()
        except OSError:
            waits_in = ""
        if "pipe" in waits_in:
            return
        time.sleep(0.05)


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals of POSIX")
def test_progress_is_shown_on_a_terminal_only(project: Path) -> None:
    import pty

    for number in range(25):
        write(f"{number}.yaml", GOOD)
    master, slave = pty.openpty()
    process = subprocess.Popen(
        PROCESS,
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        shown += data
    out, _ = process.communicate()
    os.close(master)
    assert process.returncode == 0
    assert b"Checking" in shown
    assert b"100%" in shown
    assert out == b"Nothing to report in 25 files\n"
