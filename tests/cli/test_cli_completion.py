"""Completion scripts, checked by the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bplint.cli.group import main

ROOT = Path(__file__).parents[2]


def script_of(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_takes_the_script(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not here: its completion script is not checked")
    path = tmp_path / "script"
    path.write_text(script_of(shell, capsys), encoding="utf-8")
    done = subprocess.run([program, "-n", str(path)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bplint va", "plain,validate"),
        ("bplint validate --sel", "plain,--select"),
        ("bplint validate --format sa", "plain,sarif"),
        ("bplint rule unused-supp", "plain,unused-suppression"),
        ("bplint validate --ignore BP98", "plain,BP980"),
        ("bplint plan examples/web/blueprint.yaml announce", "plain,announce_all"),
        ("bplint plan examples/web/blueprint.yaml announce_all -p rec", "plain,recipients="),
        ("bplint plan examples/web/blueprint.yaml -i host", "plain,host_ip="),
        ("bplint plan examples/web/blueprint.yaml --after unin", "plain,uninstall"),
        ("bplint plan examples/web/blueprint.yaml --fail-task start@", "plain,start@server"),
        ("bplint plan examples/web/blueprint.yaml --only ser", "plain,server"),
        ("bplint workflows examples/web/blueprint.yaml announce", "plain,announce_all"),
    ],
)
def test_words_are_completed(words: str, expected: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "_BPLINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    command = [sys.executable, "-m", "bplint"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert expected in done.stdout.splitlines()
