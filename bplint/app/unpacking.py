"""Blueprint archives: unpacked into a folder of their own for the time of a run, and reported as
`app.zip/blueprint.yaml`."""

from __future__ import annotations

import os
import stat
import tempfile
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

from bplint.app.results import ARCHIVE_EXTENSIONS
from bplint.imports.archive import ArchiveError, damages, open_tar
from bplint.record import Record

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterator
    from types import TracebackType

    from bplint.app.results import FileResult, LintResult
    from bplint.diagnostic import Diagnostic

MAX_BYTES: Final = 256 * 1024 * 1024  # of all that is unpacked
MAX_MEMBERS: Final = 20_000
_CHUNK: Final = 1 << 20


class UnpackError(Exception):
    """An archive that cannot be unpacked; the text names it and says why."""


class _Member(Record):
    """A regular file of an archive."""

    name: str
    content: Any  # the archive's own handle of it


class Unpacked:
    """A context manager: inside of it the archives among some paths are folders. `paths` names them. Entering
    it raises UnpackError."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._given = paths
        self._folder = tempfile.TemporaryDirectory(prefix="bplint-")
        self._names: dict[str, str] = {}  # folder → archive as given
        self.paths: tuple[str, ...] = ()

    def __enter__(self) -> Unpacked:
        try:
            self.paths = tuple(
                self._unpacked(path) if path.endswith(ARCHIVE_EXTENSIONS) else path for path in self._given
            )
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def _unpacked(self, path: str) -> str:
        target = os.path.join(os.path.realpath(self._folder.name), str(len(self._names)))
        self._names[target.replace(os.sep, "/")] = path.replace(os.sep, "/")
        os.mkdir(target)
        wrong: tuple[type[Exception], ...] = (ArchiveError, *damages())
        try:
            _unpack(path, target)
        except wrong as error:
            text = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise UnpackError(f"cannot unpack '{path}': {text}") from error
        return target

    def renamed(self, result: LintResult) -> LintResult:
        """The result with the archives' names in place of the folders'."""
        found = sorted((self._told(entry) for entry in result.diagnostics), key=lambda each: each.sort_key)
        return result._replace(
            files=tuple(self._file(file) for file in result.files),
            diagnostics=tuple(found),
            sources={self.name(path): source for path, source in result.sources.items()},
        )

    def name(self, text: str) -> str:
        """A text with every folder in it replaced; paths may be written from the current folder."""
        for folder, name in self._names.items():
            text = text.replace(folder, name).replace(os.path.relpath(folder).replace(os.sep, "/"), name)
        return text

    def _told(self, entry: Diagnostic) -> Diagnostic:
        return entry._replace(
            message=self.name(entry.message),
            path=self.name(entry.path),
            related=tuple(each._replace(path=self.name(each.path)) for each in entry.related),
            fix=None,  # nothing in an archive can be mended in its place
            blame=self.name(entry.blame) if entry.blame else None,
        )

    def _file(self, file: FileResult) -> FileResult:
        return file._replace(path=self.name(file.path), blame=self.name(file.blame) if file.blame else None)


def _unpack(path: str, target: str) -> None:
    left = MAX_BYTES
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in _zip_members(archive):
                with archive.open(member.content) as stream:
                    left = _write(stream, member.name, target, left)
        return
    with open_tar(path, 2 * MAX_BYTES) as tar:
        for member in _tar_members(tar):
            content = tar.extractfile(member.content)
            if content is not None:
                left = _write(content, member.name, target, left)


def _zip_members(archive: zipfile.ZipFile) -> Iterator[_Member]:
    infos = archive.infolist()
    _refuse_too_many(len(infos))
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not info.is_dir() and kind in (0, stat.S_IFREG):  # no links, no devices
            yield _Member(info.filename, info)


def _tar_members(tar: tarfile.TarFile) -> Iterator[_Member]:
    for number, info in enumerate(tar, 1):
        _refuse_too_many(number)
        if info.isreg():
            yield _Member(info.name, info)


def _refuse_too_many(number: int) -> None:
    if number > MAX_MEMBERS:
        raise ValueError(f"it holds more than {MAX_MEMBERS} files")


def _write(stream: IO[bytes], name: str, target: str, left: int) -> int:
    """Write a file below the target; gives the bytes that may still be written."""
    path = os.path.realpath(os.path.join(target, name.replace("\\", "/")))
    if not path.startswith(target + os.sep):
        raise ValueError(f"'{name}' lies outside of it")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise ValueError(f"it unpacks to more than {MAX_BYTES} bytes")
            out.write(chunk)
    return left
