"""A revision of a repository as files in a scratch folder. Blobs are read as they are: no hook, filter or
other program that a repository names is run, and the repository is not touched."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import click

from bplint.cli.git import run_git
from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_FILE_BYTES: Final = 32 * 1024**2  # what is larger is no blueprint
_MAX_BATCH_BYTES: Final = 64 * 1024**2


class Revision(Record):
    """What lies where: `top` is the repository's root, `folder` holds the files of the revision."""

    name: str
    top: str
    folder: str

    def path_of(self, path: str) -> str:
        """Where a file or folder of the repository lies in the revision; others stay where they are."""
        real = os.path.realpath(path)
        if real != self.top and not real.startswith(os.path.join(self.top, "")):
            return path
        return os.path.join(self.folder, os.path.relpath(real, self.top))

    def shown(self, path: str) -> str:
        """`REVISION:path` for a file of the revision, as git writes it."""
        if not path.startswith(os.path.join(self.folder, "")):
            return path
        return f"{self.name}:{os.path.relpath(path, self.folder).replace(os.sep, '/')}"


class _GitBlob(Record):
    identity: str
    size_bytes: int
    path: str
    is_link: bool


def extract(option: str, revision: str, near: str, folder: str) -> Revision:
    """Write the files of a revision of the repository around `near` into an empty folder."""
    at = ("-C", os.path.dirname(os.path.abspath(near)))
    top = os.fsdecode(run_git(option, *at, "rev-parse", "--show-toplevel")).rstrip("\n")
    if revision.startswith("-"):
        raise click.UsageError(f"{option}: '{revision}' is neither a file nor a revision")
    wanted = f"{revision}^{{commit}}"
    try:
        commit = os.fsdecode(run_git(option, *at, "rev-parse", "--verify", "--quiet", wanted)).strip()
    except click.UsageError:
        raise click.UsageError(f"{option}: '{revision}' is neither a file nor a revision") from None
    listing = run_git(option, *at, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    folder = os.path.realpath(folder)
    links: list[tuple[str, str]] = []
    for batch in _batches(_blobs(listing)):
        _write(option, at, batch, folder, links)
    for target, aim in links:  # when all files are there: nothing is written through a link
        _link(target, aim, folder)
    return Revision(revision, os.path.realpath(top), folder)


def _blobs(listing: bytes) -> Iterator[_GitBlob]:
    for row in filter(None, listing.split(b"\0")):
        facts, _, name = row.partition(b"\t")
        mode, kind, identity, size = facts.decode("ascii").split()
        path = os.fsdecode(name)
        parts = path.split("/")
        # git refuses such names; a tree made by hand may have them
        is_safe = not os.path.isabs(path) and not {"..", ".git", ""} & set(parts) and os.sep not in parts
        if kind == "blob" and is_safe and int(size) <= _MAX_FILE_BYTES:
            yield _GitBlob(identity, int(size), path, mode == "120000")


def _batches(blobs: Iterator[_GitBlob]) -> Iterator[list[_GitBlob]]:
    batch: list[_GitBlob] = []
    size_bytes = 0
    for blob in blobs:
        if batch and size_bytes + blob.size_bytes > _MAX_BATCH_BYTES:
            yield batch
            batch, size_bytes = [], 0
        batch.append(blob)
        size_bytes += blob.size_bytes
    if batch:
        yield batch


def _write(
    option: str, at: tuple[str, ...], batch: list[_GitBlob], folder: str, links: list[tuple[str, str]]
) -> None:
    wanted = "".join(f"{blob.identity}\n" for blob in batch).encode("ascii")
    content = run_git(option, *at, "cat-file", "--batch", text=wanted)
    offset = 0
    for blob in batch:
        offset = content.index(b"\n", offset) + 1  # the line before says what comes
        data = content[offset : offset + blob.size_bytes]
        offset += blob.size_bytes + 1
        target = os.path.join(folder, *blob.path.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if blob.is_link:
            links.append((target, os.fsdecode(data)))
            continue
        with open(target, "wb") as stream:
            stream.write(data)


def _link(target: str, aim: str, folder: str) -> None:
    """Make a link that stays inside the folder; others are left out."""
    whole = os.path.normpath(os.path.join(os.path.dirname(target), aim))
    if whole.startswith(os.path.join(folder, "")):
        with suppress(OSError, NotImplementedError):  # Windows may not allow links
            os.symlink(aim, target)
