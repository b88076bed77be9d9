"""Where Python code lies: folders and archives, listed once and read on demand."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

MAX_SIZE_BYTES: Final = 2 * 1024 * 1024  # an ast takes about a hundred times its text
EXTENSIONS: Final = (".so", ".pyd")
MAX_ENTRIES: Final = 100_000  # of one archive


class SearchPlace:
    """A folder of the import path.

    label   where it is, for messages and for the paths of its modules (`/` everywhere)
    kind    'source', 'plugin', 'root', 'archive', 'python' or 'environment'
    is_own  the user's own code: what is wrong in it is told
    """

    __slots__ = ("_listings", "is_own", "kind", "label")

    def __init__(self, label: str, kind: str, is_own: bool) -> None:
        self.label = label
        self.kind = kind
        self.is_own = is_own
        self._listings: dict[str, dict[str, bool]] = {}

    def listing(self, folder: str) -> dict[str, bool]:
        """Names in a folder (relative, `/`): name → whether it is a folder. Empty where there is none."""
        found = self._listings.get(folder)
        if found is None:
            found = self._listings[folder] = self._list(folder)
        return found

    def path_of(self, relative: str) -> str:
        return f"{self.label}/{relative}" if self.label not in ("", ".") else relative

    def read(self, relative: str) -> bytes | None:
        """The content of a file; None where it cannot be read or is larger than code ever is."""
        raise NotImplementedError

    def _list(self, folder: str) -> dict[str, bool]:
        raise NotImplementedError

    def tops(self) -> list[str]:
        """Names that can be imported from here."""
        return self.children("")

    def may_hold(self, package: str) -> bool:
        """Whether a file or folder at the top has this name, whatever its extension."""
        return any(name.partition(".")[0] == package for name in self.listing(""))

    def children(self, folder: str) -> list[str]:
        """Modules and packages of a folder."""
        names = []
        for name, is_folder in self.listing(folder).items():
            if is_folder:
                inner = f"{folder}/{name}" if folder else name
                if name.isidentifier() and self.has_code(inner):
                    names.append(name)
            elif name.endswith(".py") and name != "__init__.py":
                names.append(name[:-3])
        return names

    def has_code(self, folder: str, depth: int = 2) -> bool:
        """Whether Python code lies in a folder or not far below."""
        entries = self.listing(folder)
        if any(name.endswith((".py", *EXTENSIONS)) for name in entries):
            return True
        if depth == 0:
            return False
        return any(self.has_code(f"{folder}/{name}", depth - 1) for name, is_dir in entries.items() if is_dir)


class FolderPlace(SearchPlace):
    __slots__ = ("_root",)

    def __init__(self, root: str, label: str, kind: str, is_own: bool) -> None:
        super().__init__(label, kind, is_own)
        self._root = root

    def _list(self, folder: str) -> dict[str, bool]:
        try:
            with os.scandir(os.path.join(self._root, folder)) as entries:
                return {entry.name: entry.is_dir() for entry in entries}
        except OSError:
            return {}

    def read(self, relative: str) -> bytes | None:
        path = os.path.join(self._root, relative)
        try:
            state = os.stat(path)
            # a device or a pipe would never end
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_SIZE_BYTES:
                return None
            with open(path, "rb") as stream:
                return stream.read(MAX_SIZE_BYTES + 1)
        except OSError:
            return None


def _is_odd(part: str) -> bool:
    """Whether a part of a path means something else than a name on some system."""
    return part in ("", ".", "..") or any(sign in part for sign in ("\\", ":", "\0"))


class ArchivePlace(SearchPlace):
    """A zip archive (a plugin's source or a wheel); `prefix` is the folder in it that is on the path."""

    __slots__ = ("_archive", "_prefix")

    def __init__(self, archive: ZipFile, prefix: str, label: str, kind: str, is_own: bool) -> None:
        super().__init__(label, kind, is_own)
        self._archive = archive
        self._prefix = prefix
        for name in archive.namelist()[:MAX_ENTRIES]:
            if name.startswith(prefix):
                self._add(name[len(prefix) :])

    def _add(self, name: str) -> None:
        parts = name.split("/")
        folder = ""
        for index, part in enumerate(parts):
            if not part:
                return
            self._listings.setdefault(folder, {}).setdefault(part, index + 1 < len(parts))
            folder = f"{folder}/{part}" if folder else part

    def _list(self, folder: str) -> dict[str, bool]:
        return {}

    def files(self) -> Iterator[str]:
        """The paths of all files, but for those that lead out of the archive."""
        for folder, entries in self._listings.items():
            for name, is_folder in entries.items():
                path = f"{folder}/{name}" if folder else name
                if not is_folder and not any(_is_odd(part) for part in path.split("/")):
                    yield path

    def read(self, relative: str) -> bytes | None:
        try:
            with self._archive.open(self._prefix + relative) as stream:
                # the size in the header is the archive's word only
                content = stream.read(MAX_SIZE_BYTES + 1)
        except (KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
            return None
        except Exception as error:  # zipfile raises zlib.error and BadZipFile for damaged members
            if type(error).__module__ in ("zipfile", "zlib", "lzma", "_lzma"):
                return None
            raise
        return content if len(content) <= MAX_SIZE_BYTES else None


def third_party(paths: list[str]) -> list[str]:
    """Of a `sys.path` the folders of installed packages: the first `site-packages` and what follows it,
    which is what `.pth` files add."""
    for index, path in enumerate(paths):
        if os.path.basename(path) in ("site-packages", "dist-packages"):
            return [entry for entry in paths[index:] if os.path.isdir(entry)]
    return []
