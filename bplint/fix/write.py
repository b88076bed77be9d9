"""Writing several files together or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class WriteError(Exception):
    """Nothing was written; the message names the file and why."""


def write_together(files: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Replace each path's content, given as (what it must hold now, what it gets).

    Either every file is replaced or every file is left as it was: new contents are written beside the
    files first, each file is compared with what was read, and if a replacement fails those already done
    are taken back. Mode bits and links stay. Raises WriteError.
    """
    prepared: list[tuple[Path, Path, bytes]] = []
    try:
        for name, (before, after) in files.items():
            target = Path(os.path.realpath(name))
            _check_writable(target, before)
            prepared.append((target, _write_beside(target, after), before))
        for target, _, before in prepared:
            _check_writable(target, before)
        _replace_all(prepared)
    finally:
        for _, temporary, _ in prepared:
            temporary.unlink(missing_ok=True)


def replace_file(path: str, content: bytes) -> None:
    """Write a file that need not be there yet; it takes its place when it is whole. Raises WriteError."""
    target = Path(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise WriteError(f"cannot write '{target}': {error.strerror}") from error


def _check_writable(target: Path, before: bytes) -> None:
    try:
        if not target.stat().st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
            raise WriteError(f"'{target}' is read-only; nothing was written")
        if target.read_bytes() != before:
            raise WriteError(f"'{target}' changed while it was being fixed; nothing was written")
    except OSError as error:
        raise WriteError(f"cannot read '{target}': {error.strerror}; nothing was written") from error


def _write_beside(target: Path, content: bytes) -> Path:
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, temporary)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise WriteError(f"cannot write '{target}': {error.strerror}; nothing was written") from error
    return temporary


def _replace_all(prepared: list[tuple[Path, Path, bytes]]) -> None:
    done: list[tuple[Path, bytes]] = []
    for target, temporary, before in prepared:
        try:
            temporary.replace(target)
        except OSError as error:
            for earlier, content in reversed(done):
                _restore(earlier, content)
            raise WriteError(f"cannot replace '{target}': {error.strerror}; nothing was written") from error
        done.append((target, before))


def _restore(target: Path, content: bytes) -> None:
    mode = target.stat().st_mode
    _write_beside(target, content).replace(target)
    target.chmod(stat.S_IMODE(mode))
