"""Which distributions the project of a folder asks for: setup.py, pyproject.toml, setup.cfg and files of
requirements."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.folders import FolderPlace
from bplint.pycode.files.project import requirement_name

if TYPE_CHECKING:
    from bplint.pycode.files.codebase import CodeBase

_FILES: Final = re.compile(r"(?:[-\w]*requirements?[-\w]*|constraints)\.txt\Z")

_LINK: Final = re.compile(r"#egg=([-\w.]+)|/([-\w.]+?)(?:\.git)?(?:@[^/\s]*|/archive/\S+|/zipball/\S+)?\s*$")


class Requirements:
    """`names` are those of distributions, in lower case with `-`; `is_open` where more are computed."""

    __slots__ = ("is_open", "names")

    def __init__(self, names: set[str], is_open: bool) -> None:
        self.names = names
        self.is_open = is_open


def required_distributions(folder: str, code: CodeBase) -> Requirements | None:
    """What the project of a folder asks for; None where the folder is no project's. Read once in a run."""
    key = os.path.abspath(folder)
    if key not in code.requirements:
        code.requirements[key] = _read(folder, code)
    return code.requirements[key]


def _read(folder: str, code: CodeBase) -> Requirements | None:
    place = FolderPlace(folder or ".", folder.replace(os.sep, "/"), "plugin", True)
    entries = place.listing("")
    is_project = any(entries.get(name) is False for name in ("setup.py", "pyproject.toml", "setup.cfg"))
    files = [name for name, is_folder in entries.items() if not is_folder and _FILES.match(name)]
    if not is_project and not files:
        return None
    project = code.project(folder)
    names = {requirement_name(name) for name in project.requires} if project is not None else set()
    # a setup.py that is not understood may ask for anything
    is_open = is_project and (project is None or not project.requires_known)
    for name in files:
        names |= _of_lines((place.read(name) or b"").decode("utf-8", "replace").splitlines())
    if entries.get("setup.cfg") is False:
        names |= _of_setup_cfg((place.read("setup.cfg") or b"").decode("utf-8", "replace"))
    return Requirements(names - {""}, is_open)


def _of_lines(lines: list[str]) -> set[str]:
    found = set()
    for line in lines:
        egg = re.search(
            r"#egg=([-\w.]+)|/([-\w.]+?)(?:\.git)?(?:@[^/\s]*|/archive/\S+|/zipball/\S+)?\s*$", line
        )
        if "://" in line and egg is not None:
            found.add(requirement_name(egg.group(1) or egg.group(2)))
        elif not line.lstrip().startswith(("-", "#")):
            found.add(requirement_name(line))
    return found


def _of_setup_cfg(text: str) -> set[str]:
    match = re.search(r"^install_requires[ \t]*=((?:.*\n?)(?:[ \t]+.*\n?)*)", text, re.MULTILINE)
    return _of_lines(match.group(1).splitlines()) if match is not None else set()
