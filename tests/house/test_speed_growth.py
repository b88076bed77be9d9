"""Work grows with the size of what is linted and no faster: events of the interpreter are counted, so that
no clock is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import log2
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import blueprint, plugin_package, split_blueprint
from bplint.app import LintRequest, lint
from bplint.config import Config


def with_code(size: int) -> dict[str, str]:
    """Node templates that all map to one function that is here."""
    return {
        "blueprint.yaml": blueprint(size).replace("package_name: bench", "source: bench"),
        "plugins/bench/bench/__init__.py": "",
        "plugins/bench/bench/tasks.py": "def create(ctx, wait, **_):\n    ctx.logger.info('made')\n",
    }


# name → the files for a size, the main one first, and the most calls that one more of the size may take
Files = Callable[[int], dict[str, str]]
SHAPES: dict[str, tuple[Files, int]] = {
    "node templates": (lambda size: {"blueprint.yaml": blueprint(size)}, 1000),
    "node templates with code": (with_code, 1100),
    "node templates over imports": (lambda size: split_blueprint(size, size // 10), 900),
    # half of it is what the import of each module runs, and its names
    "mappings of a plugin": (lambda size: {"plugin.yaml": "", **plugin_package(size, size // 2)}, 900),
}
SMALLEST = 200
MAX_EXPONENT = 1.03


def written(folder: Path, files: dict[str, str]) -> str:
    """Write the files; gives the path of the main one."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder / next(iter(files)))


def events_of(path: str, install: Callable[[Any], None]) -> int:
    """How many events of `sys.settrace` or `sys.setprofile` a lint of a correct file gives."""
    count = 0

    def note(frame: object, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return note

    request = LintRequest((path,), Config())
    install(note)
    try:
        result = lint(request)
    finally:
        install(None)
    assert [entry.code for entry in result.diagnostics] == []
    return count


def added(folder: Path, shape: str, install: Callable[[Any], None]) -> tuple[int, int]:
    """Events that the second SMALLEST take, and those of the two SMALLEST after them."""
    files = SHAPES[shape][0]
    sizes = (SMALLEST, 2 * SMALLEST, 4 * SMALLEST)
    paths = [written(folder / str(size), files(size)) for size in sizes]
    events_of(paths[0], install)  # what is imported is not counted again
    first, second, third = (events_of(path, install) for path in paths)
    return second - first, third - second


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_size(shape: str, tmp_path: Path) -> None:
    """Lines are counted, and every turn of a loop with them."""
    some, twice_as_many = added(tmp_path, shape, sys.settrace)
    assert log2(twice_as_many / some) <= MAX_EXPONENT


@pytest.mark.parametrize("shape", SHAPES)
def test_one_more_takes_few_calls(shape: str, tmp_path: Path) -> None:
    _, twice_as_many = added(tmp_path, shape, sys.setprofile)
    # a call and its return are two events
    assert twice_as_many / (2 * SMALLEST) / 2 <= SHAPES[shape][1]
