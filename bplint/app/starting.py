"""What a folder needs to be linted from now on: a configuration, a hook, a step in CI."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from bplint.app.results import LintResult

BASELINE: Final = ".bplint-baseline.json"
_PLUGIN_FILE: Final = "plugin"  # plugin.yaml, plugin_1_5.yaml …


class Proposal(Record):
    """A file to write. `text` is all of it, or what is added to the end where the file `exists`."""

    path: str
    text: str
    exists: bool
    reason: str


class Start(Record):
    """The files to write, and what to do by hand: (file, why, what)."""

    proposals: tuple[Proposal, ...]
    by_hand: tuple[tuple[str, str], ...]


def propose(folder: str, result: LintResult, version: str) -> Start:
    """What to write into a folder whose blueprints were linted.

    Nothing that is there is changed but a pyproject.toml, which gets a table; where a hook or a CI file is
    there already, what to add to it is said instead.
    """
    has_errors = any(entry.severity.value == "error" for entry in result.diagnostics)
    proposals = [_configuration(folder, has_errors, version)]
    by_hand: list[tuple[str, str]] = []
    for path, text, reason in (_hook(folder), *_ci(folder)):
        if os.path.exists(os.path.join(folder, path)):
            by_hand.append((path, text))
        else:
            proposals.append(Proposal(path, text, False, reason))
    return Start(tuple(proposals), tuple(by_hand))


def _configuration(folder: str, has_errors: bool, version: str) -> Proposal:
    values = [f'required-version = ">={".".join(version.split(".")[:2])}"']
    found = plugin_folders(folder)
    if found:
        values.append("plugin-path = [" + ", ".join(f'"{path}"' for path in found) + "]")
    if has_errors:
        values.append(f'baseline = "{BASELINE}"')
    reason = "the configuration, found from every folder below"
    if os.path.exists(os.path.join(folder, "pyproject.toml")):
        lines = ["", "[tool.bplint]", *values]
        return Proposal("pyproject.toml", "\n".join(lines) + "\n", True, reason)
    lines = [value.replace(" = ", ": ", 1) for value in values]
    return Proposal(".bplint.yaml", "\n".join(lines) + "\n", False, reason)


def plugin_folders(folder: str) -> list[str]:
    """Folders whose subfolders hold plugin.yaml files, relative and in order; the deepest that fit."""
    found: set[str] = set()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        if any(name.startswith(_PLUGIN_FILE) and name.endswith((".yaml", ".yml")) for name in files):
            above = os.path.relpath(os.path.dirname(place), folder).replace(os.sep, "/")
            if place != folder and not above.startswith(".."):
                found.add(above)
    return sorted(found)


def _hook(folder: str) -> tuple[str, str, str]:
    text = (
        "repos:\n"
        "  - repo: local\n"
        "    hooks:\n"
        "      - id: bplint\n"
        "        name: bplint\n"
        "        entry: bplint validate --changed\n"
        "        language: system  # the bplint that is installed here\n"
        "        files: \\.(ya?ml|json|py)$\n"
    )
    return ".pre-commit-config.yaml", text, "checks what a commit reaches"


def _ci(folder: str) -> list[tuple[str, str, str]]:
    """The CI files for the services that the folder shows signs of."""
    found = []
    if os.path.isdir(os.path.join(folder, ".github")):
        found.append((".github/workflows/bplint.yml", _GITHUB, "checks every push on GitHub"))
    if os.path.exists(os.path.join(folder, ".gitlab-ci.yml")):
        found.append((".gitlab-ci.yml", _GITLAB, "checks every push on GitLab"))
    return found


_GITHUB: Final = """\
name: blueprints
on: [push, pull_request]
jobs:
  bplint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - run: pip install bplint  # or the wheel that your team keeps
      - run: bplint validate
"""
_GITLAB: Final = """\
bplint:
  image: python:3.12
  script:
    - pip install bplint  # or the wheel that your team keeps
    - bplint validate --output gitlab=gl-code-quality.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
"""
