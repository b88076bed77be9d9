"""Which files to lint: files, folders and globs to a list of paths, always in the same order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bplint.document import Kind, may_be_of_the_language
from bplint.later import later
from bplint.source import MAX_BYTES
from bplint.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bplint import source_faults as kinds
    from bplint.config import Config
    from bplint.document import Document
    from bplint.fault import Fault
    from bplint.files.ignore import IgnoreFile
else:
    kinds = later("bplint.source_faults")

_EXTENSIONS: Final = (".yaml", ".yml")
_NEVER: Final = frozenset((".git", ".hg", ".bplint", ".svn", ".tox", ".nox", "__pycache__", "node_modules"))
_GLOB_CHARACTERS: Final = frozenset("*?[")


class FoundFile:
    """A file to look at. `path` is its key in the result, with `/`; an explicit one was named by the user
    and is linted whatever it holds, others are passed over quietly where they are not of the language."""

    __slots__ = ("is_explicit", "path")

    def __init__(self, path: str, is_explicit: bool) -> None:
        self.path = path
        self.is_explicit = is_explicit

    def __str__(self) -> str:
        return self.path

    def __repr__(self) -> str:
        return f"FoundFile({self.path!r}, {self.is_explicit})"


class Discovery:
    """Files in order, each once, and what could not be looked into."""

    __slots__ = ("faults", "files")

    def __init__(self) -> None:
        self.files: list[FoundFile] = []
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[FoundFile]:
        return iter(self.files)


def discover(paths: Iterable[str], config: Config) -> Discovery:
    """The files that paths, folders and globs stand for; no path stands for the current folder.

    A file that nobody named is left out where it cannot be of the language (other YAML lies in every
    folder). A file reached twice, by links too, is there once, explicit if it was named once. Folders are
    walked by name, without links to folders, and without what .gitignore and the configuration leave out.
    """
    found = candidates(paths, config)
    found.files = [file for file in found.files if file.is_explicit or is_candidate(file.path)]
    return found


def candidates(paths: Iterable[str], config: Config) -> Discovery:
    """As `discover`, with all YAML files, whatever they hold: for who knows another content of them."""
    search = _Search(config)
    for path in list(paths) or ["."]:
        search.add(path)
    return search.found


class _Search:
    def __init__(self, config: Config) -> None:
        self.found = Discovery()
        self._by_real_path: dict[str, FoundFile] = {}
        self._exclude = _ignore_file("\n".join(config.exclude)) if config.exclude else None
        self._root = os.path.realpath(config.root)

    def add(self, path: str) -> None:
        if os.path.isdir(path):
            self._add_folder(path)
        elif os.path.lexists(path) or not _GLOB_CHARACTERS & set(path):
            self._add_file(path, True)  # one that is not there is told when it is read
        else:
            self._add_glob(path)

    def _add_file(self, path: str, is_explicit: bool) -> None:
        real = os.path.realpath(path)
        known = self._by_real_path.get(real)
        if known is not None:
            known.is_explicit |= is_explicit
            return
        file = FoundFile(_tidy(path), is_explicit)
        self._by_real_path[real] = file
        self.found.files.append(file)

    def _add_glob(self, pattern: str) -> None:
        import glob  # only where a path is a pattern

        matches = sorted(glob.glob(pattern, recursive=True))
        if not matches:
            self._tell(pattern, "no file matches")
        for path in matches:
            if not os.path.isdir(path) and path.endswith(_EXTENSIONS):
                self._add_file(path, False)

    def _add_folder(self, folder: str) -> None:
        ignores = list(_ignores_above(os.path.realpath(folder)))
        for path in self._walk(folder, os.path.realpath(folder), ignores):
            self._add_file(path, False)

    def _walk(self, folder: str, real: str, ignores: list[tuple[str, IgnoreFile]]) -> Iterator[str]:
        """Files below a folder: those of the folder first, then folder by folder, by name. Not recursive,
        so that no depth of folders can break it."""
        stack = [(folder, real, ignores)]
        while stack:
            here, real, ignores = stack.pop()
            try:
                with os.scandir(here) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                self._tell(here, error.strerror or type(error).__name__)
                continue
            if any(entry.name == ".gitignore" for entry in entries):
                ignores = [*ignores, (real, _read_ignore_file(os.path.join(real, ".gitignore")))]
            below = []
            for entry in entries:
                own = os.path.join(real, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _NEVER and not self._is_left_out(own, True, ignores):
                        below.append((entry.path, own, ignores))
                elif not entry.name.endswith(_EXTENSIONS) or self._is_left_out(own, False, ignores):
                    continue
                elif entry.is_file():
                    yield entry.path
            stack.extend(reversed(below))

    def _is_left_out(self, path: str, is_folder: bool, ignores: list[tuple[str, IgnoreFile]]) -> bool:
        if self._exclude is not None:
            below = _below(path, self._root)
            if below is not None and self._exclude.decide(below, is_folder):
                return True
        for base, file in reversed(ignores):
            decision = file.decide(_below(path, base) or "", is_folder)
            if decision is not None:
                return decision
        return False

    def _tell(self, path: str, reason: str) -> None:
        self.found.faults.append(kinds.UnreadableFile(_tidy(path), Span(0, 0), reason=reason, cause=""))


def is_candidate(path: str) -> bool:
    """Whether a file on disk can be of the language."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return True  # told when it is read
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return may_be_of_the_language(data.decode(encoding, "replace"))


def _ignores_above(folder: str) -> Iterator[tuple[str, IgnoreFile]]:
    """The ignore files that the folders above bring, outermost first, up to the repository's root."""
    above = []
    current = folder
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return
        above.append(parent)
        current = parent
    exclude = os.path.join(current, ".git", "info", "exclude")
    if os.path.isfile(exclude):
        yield current, _read_ignore_file(exclude)
    for base in reversed(above):
        path = os.path.join(base, ".gitignore")
        if os.path.isfile(path):
            yield base, _read_ignore_file(path)


def _read_ignore_file(path: str) -> IgnoreFile:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return _ignore_file(file.read(1_000_000))
    except OSError:
        return _ignore_file("")


def _ignore_file(text: str) -> IgnoreFile:
    # only where there is a .gitignore or an exclude: not for files that the user names
    from bplint.files.ignore import IgnoreFile

    return IgnoreFile(text)


def _below(path: str, folder: str) -> str | None:
    prefix = folder.rstrip(os.sep) + os.sep
    return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


def _tidy(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")


def is_root(document: Document) -> bool:
    """Whether a file stands for itself: blueprints do, and plugin.yamls."""
    return document.kind in (Kind.BLUEPRINT, Kind.PLUGIN)
