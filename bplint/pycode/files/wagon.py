"""Archives that hold Python code: zip files of a plugin's source, and wagons with wheels in them."""

from __future__ import annotations

import io
import os
import re
import tarfile
import zipfile
from typing import IO, TYPE_CHECKING, Final

from bplint.pycode.files.folders import MAX_ENTRIES, ArchivePlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bplint.pycode.files.folders import SearchPlace

MAX_WHEEL_BYTES: Final = 32 * 1024 * 1024
MAX_WHEELS_BYTES: Final = 96 * 1024 * 1024  # of one wagon, all kept in memory
_DAMAGED: Final = (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, ValueError, NotImplementedError)


def places_of_zip(path: str, kind: str, is_own: bool) -> list[SearchPlace]:
    """The folders on the import path of a zipped plugin: its root, and a folder in it that has a
    setup.py or pyproject.toml. Empty for what is no archive."""
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGED:
        return []
    label = path.replace(os.sep, "/")
    places: list[SearchPlace] = [ArchivePlace(archive, "", label, kind, is_own)]
    for name in archive.namelist()[:MAX_ENTRIES]:
        folder, _, file = name.rpartition("/")
        if file in ("setup.py", "pyproject.toml") and "/" not in folder and folder:
            place = ArchivePlace(archive, f"{folder}/", f"{label}/{folder}", kind, is_own)
            if place.label not in [known.label for known in places]:
                places.append(place)
                if "src" in place.listing(""):
                    inner = f"{folder}/src"
                    places.append(ArchivePlace(archive, f"{inner}/", f"{label}/{inner}", kind, is_own))
    return places


def places_of_wagons(folder: str, package_name: str) -> list[SearchPlace]:
    """The wheels of every wagon of this package in a folder (or of the wagon that `folder` is)."""
    wanted = normal_name(package_name)
    places: list[SearchPlace] = []
    for path in _wagons(folder):
        if not normal_name(os.path.basename(path)).startswith(wanted):
            continue
        label = path.replace(os.sep, "/")
        for name, content in _wheels(path):
            try:
                archive = zipfile.ZipFile(io.BytesIO(content))
            except _DAMAGED:
                continue
            place = ArchivePlace(archive, "", f"{label}/{name}", "archive", False)
            is_plugin = normal_name(name).startswith(wanted)
            places.insert(0, place) if is_plugin else places.append(place)
    return places


def _wagons(folder: str) -> list[str]:
    if os.path.isfile(folder):
        return [folder] if folder.endswith(".wgn") else []
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names if name.endswith(".wgn")]


def normal_name(name: str) -> str:
    """A package's name in the form that names are compared in (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _wheels(path: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the wheels in a wagon (a tar.gz, or a zip), within limits."""
    left = MAX_WHEELS_BYTES
    try:
        for name, stream in _members(path):
            if not name.endswith(".whl"):
                continue
            content = stream.read(min(MAX_WHEEL_BYTES, left) + 1)
            if len(content) > min(MAX_WHEEL_BYTES, left):
                continue
            left -= len(content)
            yield name.rpartition("/")[2], content
    except _DAMAGED:
        return
    except Exception as error:  # zlib.error has no common base with the others
        if type(error).__module__ not in ("zlib", "lzma", "_lzma"):
            raise


def _members(path: str) -> Iterator[tuple[str, IO[bytes]]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist()[:MAX_ENTRIES]:
                with archive.open(name) as stream:
                    yield name, stream
        return
    with tarfile.open(path, "r:*") as archive_tar:
        for count, member in enumerate(archive_tar):
            if count >= MAX_ENTRIES:
                return
            if member.isfile() and member.name.endswith(".whl"):
                opened = archive_tar.extractfile(member)
                if opened is not None:
                    yield member.name, opened
