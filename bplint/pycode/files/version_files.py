"""The version of a project where its setup.py takes it from a file."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.folders import FolderPlace

if TYPE_CHECKING:
    from bplint.pycode.files.project import PackageProject

_ASSIGNED: Final = re.compile(
    r"^(?:__)?version(?:__)?[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"']", re.MULTILINE | re.IGNORECASE
)
_PYTHON_FILES: Final = ("__version__.py", "version.py", "_version.py", "__init__.py")
_PLAIN_FILES: Final = ("VERSION", "version.txt", "VERSION.txt")


def version_in_file(project: PackageProject, folder: str) -> tuple[str, str] | None:
    """The version and the path of the file that holds it: one that setup.py names, in the project's folder
    or in a package of it. None where there is none, or several that disagree."""
    place = FolderPlace(folder or ".", folder.replace(os.sep, "/"), "plugin", True)
    text = project.source.text
    found: dict[str, str] = {}
    packages = [name for name, is_folder in place.listing("").items() if is_folder and name.isidentifier()]
    for name in (*_PYTHON_FILES, *_PLAIN_FILES):
        if name not in text:
            continue
        for relative in (name, *(f"{package}/{name}" for package in packages)):
            content = place.read(relative) if _is_file(place, relative) else None
            version = _read(name, (content or b"").decode("utf-8", "replace"))
            if version:
                found.setdefault(version, place.path_of(relative))
    return next(iter(found.items())) if len(found) == 1 else None


def _is_file(place: FolderPlace, relative: str) -> bool:
    folder, _, name = relative.rpartition("/")
    return place.listing(folder).get(name) is False


def _read(name: str, text: str) -> str | None:
    if name in _PLAIN_FILES:
        line = text.strip()
        return line if re.fullmatch(r"\d[\w.+-]*", line) else None
    match = _ASSIGNED.search(text)
    return match.group(1) if match is not None else None
