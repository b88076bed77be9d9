"""The tree of files that a main file may import from."""

from __future__ import annotations

import os
from typing import Final

MARKERS: Final = (".git", ".hg", ".bplint.yaml", ".bplint.yml")


class ProjectTree:
    """What lies around a main file and belongs to it.

    That is the nearest folder upwards that holds a repository or a configuration of bplint, with all
    below. Without one, imports may go up as long as they do not end in what only the whole machine or
    a person's home has in common with the main file: a folder next to the main file's is near, /etc is not.
    Links count by where they lead.
    """

    __slots__ = ("_folder", "_root", "_spelt", "title")

    def __init__(self, folder: str) -> None:
        self._spelt = os.path.abspath(folder or ".")
        self._folder = os.path.realpath(self._spelt)
        self._root = _marked_folder(self._folder)
        self.title = "the repository" if self._root else "the blueprint's surroundings"

    def holds(self, path: str) -> bool:
        """Whether a path, existing or not, lies in the tree. Does not look at what is outside."""
        spelt = os.path.abspath(path)
        if not (self._is_inside(spelt) or self._is_inside(self._led(spelt))):
            return False
        return self._is_inside(os.path.realpath(path))

    def _led(self, path: str) -> str:
        """A path seen from where the folder's own links lead: `link/../x` is next to what `link` names."""
        if self._spelt == self._folder:
            return path
        try:
            return os.path.normpath(os.path.join(self._folder, os.path.relpath(path, self._spelt)))
        except ValueError:  # another drive
            return path

    def _is_inside(self, path: str) -> bool:
        if self._root is not None:
            return _is_below(path, self._root)
        if _is_below(path, self._folder):
            return True
        try:
            common = os.path.commonpath((path, self._folder))
        except ValueError:  # another drive
            return False
        home = os.path.expanduser("~")
        return os.path.dirname(os.path.dirname(common)) != os.path.dirname(common) and not _is_below(
            home, common
        )


def _marked_folder(folder: str) -> str | None:
    while True:
        if any(os.path.exists(os.path.join(folder, marker)) for marker in MARKERS):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def is_below(path: str, folder: str) -> bool:
    """Whether a path lies in a folder or is it, where its links lead; `folder` is a real path."""
    return _is_below(os.path.realpath(path), folder)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
