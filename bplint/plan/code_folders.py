"""Where the code of workflows lies, for the child to import it from."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING, Final

from bplint.pycode.files.codebase import CodeBase
from bplint.pycode.files.folders import ArchivePlace
from bplint.pycode.files.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Collection

    from bplint.config import Config
    from bplint.model.blueprint import Blueprint

MAX_BYTES: Final = 256 * 1024 * 1024  # of all that is unpacked for one plan


class Code:
    """Where the workflows' code lies: folders by their full path → the path to show. What had to be unpacked
    is gone at the end of the `with` block."""

    __slots__ = ("_left", "_scratch", "folders", "resource_root")

    def __init__(self, resource_root: str) -> None:
        self.folders: dict[str, str] = {}
        self.resource_root = resource_root
        self._scratch: str | None = None
        self._left = MAX_BYTES

    def __enter__(self) -> Code:
        return self

    def __exit__(self, *error: object) -> None:
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def holds(self, path: str) -> bool:
        """Whether a file is below one of the folders."""
        return any(path.startswith(os.path.join(folder, "")) for folder in self.folders)

    def shown(self, path: str) -> str:
        """The path as it is shown: below the folder it was found in, else as it is."""
        around = [folder for folder in self.folders if path.startswith(os.path.join(folder, ""))]
        if not around:
            return path.replace(os.sep, "/")
        folder = max(around, key=len)
        relative = path[len(folder) + 1 :].replace(os.sep, "/")
        label = self.folders[folder]
        return f"{label}/{relative}" if label not in ("", ".") else relative

    def add(self, folder: str, label: str) -> None:
        self.folders.setdefault(os.path.abspath(folder), label)

    def unpack(self, place: ArchivePlace) -> None:
        """Put the files of an archive where they can be imported, as far as they are as large as code is."""
        if place.label in self.folders.values():
            return
        if self._scratch is None:
            self._scratch = os.path.realpath(tempfile.mkdtemp(prefix="bplint-code-"))
        folder = os.path.join(self._scratch, str(len(self.folders)))
        os.mkdir(folder)
        self.folders[folder] = place.label
        for name in place.files():
            content = place.read(name)
            if content is None or len(content) > self._left:
                continue
            self._left -= len(content)
            target = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as stream:
                stream.write(content)


def find_code(blueprint: Blueprint, config: Config, plugins: Collection[str]) -> Code:
    """The folders that go onto the child's import path, in the order in which code is looked for. Archives
    are unpacked for the named plugins: those of the workflows that are run."""
    main = blueprint.graph.main.document.path
    root = os.path.dirname(main)
    code = Code(os.path.abspath(root))
    layout = Layout(main, config, CodeBase())
    for name in blueprint.plugins.names():
        plugin = blueprint.plugins.lookup(name)
        for place in layout.places(plugin) if plugin else ():
            if isinstance(place, ArchivePlace):
                if name in plugins:
                    code.unpack(place)
            elif place.kind in ("source", "plugin", "root") and os.path.exists(place.label or "."):
                code.add(place.label or ".", place.label)
    code.add(root, root.replace(os.sep, "/"))
    return code
