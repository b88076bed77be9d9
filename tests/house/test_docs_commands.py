"""The commands of the documentation print what its pages say, run in order as a reader would.

`<!-- run -->` before a block of sh runs it; `<!-- run 1 -->`: it exits with 1. A block of text
behind it is what it prints, where a line `…` stands for any lines. `<!-- file NAME -->` before a
block writes it to a file. Each page starts in a folder with a copy of `examples`. `pytest --update`
writes what is printed, but where `…` stands.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tools.terminal_pictures import PICTURES, printed, svg_of

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if re.search(r"^<!-- run( \d+)? -->$", path.read_text(encoding="utf-8"), re.MULTILINE)
)
_BLOCK = re.compile(
    r"^<!-- (?P<what>run|file)(?: (?P<argument>\S+))? -->\n```\w*\n(?P<text>.*?)^```\n"
    r"(?:\n```text\n(?P<printed>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
_SHELL = f'set -eu\nbplint() {{ "{sys.executable}" -m bplint "$@"; }}\n'


class Block(NamedTuple):
    what: str
    argument: str | None
    text: str
    printed: str | None
    span: tuple[int, int]  # of what is printed


def blocks_of(text: str) -> list[Block]:
    return [
        Block(found["what"], found["argument"], found["text"], found["printed"], found.span("printed"))
        for found in _BLOCK.finditer(text)
    ]


def run(block: Block, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    environment |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", _SHELL + block.text],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == int(block.argument or 0), done.stdout
    return done.stdout


def is_printed(expected: str, printed: str) -> bool:
    """Whether a text is what a page says, `…` alone on a line standing for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", expected, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(parts), printed) is not None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_print_what_the_page_says(page: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text(encoding="utf-8")
    updated = text
    for block in blocks_of(text):
        if block.what == "file":
            path = folder / (block.argument or "")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
            continue
        printed = run(block, folder)
        if block.printed is None or is_printed(block.printed, printed):
            continue
        if request.config.getoption("update") and "…\n" not in block.printed:
            updated = updated.replace(f"```text\n{block.printed}```", f"```text\n{printed}```", 1)
            continue
        assert printed == block.printed
    if updated != text:
        page.write_text(updated, encoding="utf-8")


def test_every_option_of_every_command_is_on_a_page() -> None:
    import click

    from bplint.cli.group import COMMANDS, cli

    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        _, _, section = text.partition(f"\n## bplint {name}\n")
        section = section.partition("\n## ")[0]
        options = [flag for parameter in command.params for flag in parameter.opts if flag[:1] == "-"]
        assert [flag for flag in options if f"`{flag}" not in section and f" {flag}" not in section] == []


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_show_what_is_printed(name: str) -> None:
    """Made by `make pictures`."""
    arguments = PICTURES[name]
    picture = (ROOT / "docs" / "assets" / name).read_text(encoding="utf-8")
    assert picture == svg_of(printed(arguments), " ".join(("bplint", *arguments[:-2])))
