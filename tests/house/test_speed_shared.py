"""What several main files of a run have in common is read once: calls are counted, no clock is asked."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

import pytest

from benchmarks.generate import blueprint
from bplint.app import LintRequest, lint
from bplint.catalog.store import Catalog
from bplint.config import Config
from bplint.document import load_document
from bplint.pycode.files.project import read_project
from bplint.pycode.files.python_text import parse as parse_python
from bplint.source import read_source
from bplint.syntax.mapping import from_python

BLUEPRINT = """\
tosca_definitions_version: cloudify_dsl_1_4
imports:
  - cloudify/types/types.yaml
  - ../plugin.yaml
node_templates:
  one:
    type: acme.nodes.One
    interfaces:
      cloudify.interfaces.lifecycle:
        start: ../shared/start.sh
"""
PLUGIN = """\
plugins:
  acme:
    executor: central_deployment_agent
    package_name: acme
    package_version: '1.0'
node_types:
  acme.nodes.One:
    derived_from: cloudify.nodes.Root
    interfaces:
      cloudify.interfaces.lifecycle:
        create: acme.acme.tasks.create
"""
FILES = {
    "plugin.yaml": PLUGIN,
    "plugin_1_4.yaml": "tosca_definitions_version: cloudify_dsl_1_4\n" + PLUGIN,
    "plugin_1_5.yaml": "tosca_definitions_version: cloudify_dsl_1_5\n" + PLUGIN,
    "setup.py": "from setuptools import setup\nsetup(name='acme', version='1.0', packages=['acme'])\n",
    "acme/__init__.py": "",
    "acme/tasks.py": "def create(ctx, **_):\n    return None\n",
    "shared/start.sh": "#!/bin/sh\n",
    **{f"blueprint_{number}/blueprint.yaml": BLUEPRINT for number in range(3)},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def calls_in(folder: Path) -> Counter[tuple[str, str]]:
    """How often each reader is called with what, in a run over the folder."""
    wanted = {read_source: "path", read_project: "folder", parse_python: "text", load_document: "source"}
    arguments = {function.__code__: (function.__name__, name) for function, name in wanted.items()}
    found: Counter[tuple[str, str]] = Counter()

    def note(frame: object, event: str, argument: object) -> None:
        if event == "call" and frame.f_code in arguments:  # type: ignore[attr-defined]
            function, name = arguments[frame.f_code]  # type: ignore[attr-defined]
            given = frame.f_locals[name]  # type: ignore[attr-defined]
            found[function, getattr(given, "path", given)] += 1

    sys.setprofile(note)
    try:
        result = lint(LintRequest((str(folder),), Config()))
    finally:
        sys.setprofile(None)
    assert len(result.files) >= len([name for name in FILES if name.endswith(".yaml")])
    return found


def test_every_file_is_read_and_parsed_once(folder: Path) -> None:
    found = calls_in(folder)
    assert {function for function, _ in found} == {"read_source", "read_project", "parse", "load_document"}
    assert [key for key, count in found.items() if count > 1] == []


def calls_of(code: CodeType, folder: Path) -> int:
    """How often a function is called in a run over a folder."""
    found = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_code is code

    sys.setprofile(note)
    try:
        lint(LintRequest((str(folder),), Config()))
    finally:
        sys.setprofile(None)
    return found


def written_often(folder: Path, texts: list[str]) -> Path:
    """A folder with a blueprint for each text."""
    for number, text in enumerate(texts):
        path = folder / str(number) / "blueprint.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_copies_of_a_blueprint_share_the_types_of_the_catalogue(tmp_path: Path) -> None:
    """Items of the catalogue become nodes once for all files that import them at the same place."""
    one = calls_of(from_python.__code__, written_often(tmp_path / "one", [blueprint(3)]))
    five = calls_of(from_python.__code__, written_often(tmp_path / "five", 5 * [blueprint(3)]))
    assert one == five > 0


def test_the_catalogue_is_searched_once_for_names_that_are_not_imported(tmp_path: Path) -> None:
    known = "type: bench.nodes.Server"
    texts = [blueprint(2).replace(known, f"type: acme.nodes.Unknown{number}") for number in range(4)]
    one = calls_of(Catalog.plugin_for.__code__, written_often(tmp_path / "one", texts[:1]))
    four = calls_of(Catalog.plugin_for.__code__, written_often(tmp_path / "four", texts))
    assert one == four > 0
