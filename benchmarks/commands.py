"""The command lines that are measured, and what they are compared with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

PYTHON: Final = sys.executable
BPLINT: Final = (PYTHON, "-m", "bplint")

# all of these keep the collector off, as bplint does
_EVENTS: Final = """\
import gc, sys
from yaml._yaml import CParser
gc.disable()
parser = CParser(open(sys.argv[1], encoding="utf-8").read())
while parser.check_event():
    parser.get_event()
"""
_TREE: Final = """\
import gc, sys
gc.disable()
from bplint.source import read_source
from bplint.syntax.parser import parse
parse(read_source(sys.argv[1])[0])
"""
_COMPOSE: Final = """\
import gc, sys, yaml
gc.disable()
yaml.compose(open(sys.argv[1], encoding="utf-8").read(), Loader=yaml.CSafeLoader)
"""
_EVENTS_OF_FOLDER: Final = """\
import gc, sys, pathlib, yaml
from yaml._yaml import CParser
gc.disable()
for file in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    try:
        parser = CParser(file.read_bytes())
        while parser.check_event():
            parser.get_event()
    except yaml.YAMLError:
        pass
"""
_PARSE_FOLDER: Final = """\
import ast, sys, pathlib, yaml, click
for file in pathlib.Path(sys.argv[1]).rglob("*.py"):
    ast.parse(file.read_text())
"""


def python(code: str, *arguments: str) -> list[str]:
    """An interpreter that runs some code."""
    return [PYTHON, "-c", code, *arguments]


def validate(path: Path) -> list[str]:
    return [*BPLINT, "validate", str(path)]


def plan(path: Path) -> list[str]:
    return [*BPLINT, "plan", str(path), "--format", "json"]


def events(path: Path) -> list[str]:
    """libyaml's events of a file, thrown away."""
    return python(_EVENTS, str(path))


def events_of_folder(folder: Path) -> list[str]:
    return python(_EVENTS_OF_FOLDER, str(folder))


def tree(path: Path) -> list[str]:
    """bplint's tree of a file, with the faults of its syntax."""
    return python(_TREE, str(path))


def compose(path: Path) -> list[str]:
    """PyYAML's tree of a file, made by libyaml."""
    return python(_COMPOSE, str(path))


def parse_folder(folder: Path) -> list[str]:
    """`ast.parse` of every module below a folder, after the imports that bplint cannot do without."""
    return python(_PARSE_FOLDER, str(folder))
