"""plugin.yaml files inside archives (.wgn, .zip), read without unpacking anything to disk."""

from __future__ import annotations

from contextlib import contextmanager
from io import RawIOBase
from typing import IO, TYPE_CHECKING, Any, Final

from bplint.regex import lazy_pattern

if TYPE_CHECKING:
    import tarfile
    import zipfile
    from collections.abc import Iterator

MAX_ENTRIES: Final = 10_000
MAX_MEMBER_BYTES: Final = 8 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 1024 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_HEADER_BYTES: Final = 1024 * 1024

PLUGIN_FILE: Final = lazy_pattern(r"(?:v2_)?plugin(?:_\d_\d+)?\.(?:ya?ml|json)")


class ArchiveError(Exception):
    """Why nothing of an archive is taken; the text is for messages."""


def read_plugin_files(path: str) -> dict[str, bytes]:
    """The plugin.yaml files of an archive by their names; the one nearest to the top where a name is twice.

    Raises ArchiveError where the archive is broken, holds a name that leads out of it, or is over a limit.
    """
    import zipfile  # 5 ms, and only where --plugin-path holds an archive

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return _nearest(_from_zip(archive))
        return _nearest(_from_tar(path))
    except damages() as error:
        raise ArchiveError(f"it cannot be read: {error or type(error).__name__}") from error


def damages() -> tuple[type[Exception], ...]:
    """What the modules for archives raise for broken ones."""
    import struct
    import tarfile
    import zipfile
    import zlib

    found: list[type[Exception]] = [OSError, EOFError, ValueError, RuntimeError, MemoryError, OverflowError]
    found += [KeyError, struct.error, zipfile.BadZipFile, tarfile.TarError, zlib.error]
    try:
        from lzma import LZMAError
    except ImportError:  # Python was built without
        return tuple(found)
    return (*found, LZMAError)


def _nearest(members: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, tuple[int, bytes]] = {}
    for name, data in members:
        depth = name.count("/")
        base = name.rpartition("/")[2]
        if base not in found or depth < found[base][0]:
            found[base] = (depth, data)
    return {name: data for name, (_, data) in sorted(found.items())}


def _is_wanted(name: str) -> bool:
    return PLUGIN_FILE.fullmatch(name.rpartition("/")[2]) is not None


def _check_name(name: str) -> str:
    tidy = name.replace("\\", "/")
    if tidy.startswith("/") or ":" in tidy.partition("/")[0] or ".." in tidy.split("/"):
        raise ArchiveError("it holds a name that leads out of it")
    return tidy.removeprefix("./")


def _read_member(stream: IO[bytes]) -> bytes:
    data = stream.read(MAX_MEMBER_BYTES + 1)
    if len(data) > MAX_MEMBER_BYTES:
        raise ArchiveError("its plugin.yaml is too large")
    return data


def _from_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MAX_ENTRIES:
        raise ArchiveError(f"it holds more than {MAX_ENTRIES} files")
    for member in members:
        name = _check_name(member.filename)
        if member.is_dir() or not _is_wanted(name):
            continue
        if member.file_size > MAX_RATIO * max(member.compress_size, 4096):
            raise ArchiveError("its plugin.yaml is compressed beyond belief")
        with archive.open(member) as stream:
            yield name, _read_member(stream)


def _from_tar(path: str) -> Iterator[tuple[str, bytes]]:
    import os

    limit_bytes = min(MAX_UNPACKED_BYTES, MAX_RATIO * max(os.path.getsize(path), 1024 * 1024))
    with open_tar(path, limit_bytes) as archive:
        yield from _members(archive)


@contextmanager
def open_tar(path: str, limit_bytes: int) -> Iterator[tarfile.TarFile]:
    """A tar archive, compressed or not, as a stream: members are seen once, in order, and nothing is
    sought. Raises ArchiveError where it unpacks to more than `limit_bytes`, skipped members included."""
    import tarfile

    with _unpacked(path) as unpacked:
        limited: Any = _Limited(unpacked, limit_bytes)
        with tarfile.open(fileobj=limited, mode="r|", tarinfo=_header_class()) as archive:
            yield archive


def _unpacked(path: str) -> Any:
    with open(path, "rb") as packed:
        magic = packed.read(3)
    if magic.startswith(b"\x1f\x8b"):
        import gzip

        return gzip.open(path)
    if magic == b"BZh":
        import bz2

        return bz2.open(path)
    return open(path, "rb")


def _header_class() -> type[tarfile.TarInfo]:
    import tarfile

    class Header(tarfile.TarInfo):
        """A header with extensions of a size that names and times can have: `tarfile` reads them whole."""

        @classmethod
        def frombuf(cls, *args: Any, **kwargs: Any) -> Header:
            header = super().frombuf(*args, **kwargs)
            if (
                header.type not in (*tarfile.REGULAR_TYPES, tarfile.DIRTYPE)
                and header.size > MAX_HEADER_BYTES
            ):
                raise ArchiveError("it has a header of more than it may")
            return header

    return Header


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for count, member in enumerate(archive):
        if count >= MAX_ENTRIES:
            raise ArchiveError(f"it holds more than {MAX_ENTRIES} files")
        name = _check_name(member.name)
        if not member.isfile() or not _is_wanted(name):
            continue
        stream = archive.extractfile(member)
        if stream is not None:
            yield name, _read_member(stream)


class _Limited(RawIOBase):
    """A stream that ends a bomb before it goes off."""

    def __init__(self, stream: IO[bytes], limit_bytes: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = limit_bytes

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ArchiveError("it unpacks to more than it may")
        return data
