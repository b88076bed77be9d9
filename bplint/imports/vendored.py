"""Files that `bplint vendor` has fetched: which one stands for a URL, and whether it is as it was fetched.

They lie in `.bplint/imports` of the blueprint's folder or of one above it in its tree, with a lock file that
says what each of them is. Reading them opens no connection.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from typing import TYPE_CHECKING, Final

from bplint.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER: Final = ".bplint/imports"
LOCK: Final = "lock.json"
VERSION: Final = 1
_MAX_LOCK_BYTES: Final = 4_000_000
_SHA256: Final = r"[0-9a-f]{64}"
_FIELDS: Final = ("url", "file", "sha256", "date")
_FILE: Final = r"[\w.\-]+"


class LockError(Exception):
    """A lock file that cannot be read; the text names it and says why."""


class Locked(Record):
    """A fetched file: `file` is its name in the folder, `date` the day on which it was fetched."""

    url: str
    file: str
    sha256: str
    date: str


class Vendored(Record):
    """What stands for a URL: the path of its file, or why it is not taken (`reason`)."""

    path: str
    reason: str


def read_lock(folder: str) -> dict[str, Locked]:
    """What a folder of fetched files holds, by URL; empty where there is no lock file. Raises LockError."""
    path, shown = os.path.join(folder, LOCK), f"{FOLDER}/{LOCK}"
    try:
        with open(path, "rb") as file:
            content = file.read(_MAX_LOCK_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise LockError(f"'{shown}' cannot be read: {error.strerror}") from error
    try:
        entries = json.loads(content)
        if entries["version"] != VERSION:
            raise ValueError(f"its version is {entries['version']}, and {VERSION} is known")
        locked = [Locked(*(str(each[field]) for field in _FIELDS)) for each in entries["imports"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LockError(f"'{shown}' is no lock file: {error or type(error).__name__}") from error
    for each in locked:
        # a name that leads out of the folder is not the tool's
        is_name = re.fullmatch(_FILE, each.file) and not each.file.startswith(".")
        if not is_name or not re.fullmatch(_SHA256, each.sha256):
            raise LockError(f"'{shown}' is no lock file: the entry of '{each.url}' is not as it was written")
    return {each.url: each for each in locked}


def lock_text(locked: dict[str, Locked]) -> str:
    """The lock file of these entries."""
    entries = [locked[url]._asdict() for url in sorted(locked)]
    return json.dumps({"version": VERSION, "imports": entries}, indent=2, ensure_ascii=False) + "\n"


def folders_above(start: str, may_read: Callable[[str], bool]) -> list[str]:
    """The folders of fetched files of a folder and those above it, as far as they may be read."""
    found = []
    here = start or "."
    while may_read(here):
        folder = os.path.normpath(os.path.join(here, *FOLDER.split("/")))
        if os.path.isfile(os.path.join(folder, LOCK)):
            found.append(folder)
        parent = os.path.normpath(os.path.join(here, os.pardir))
        if os.path.abspath(parent) == os.path.abspath(here):
            break
        here = parent
    return found


def find_vendored(url: str, folder: str) -> Vendored | None:
    """What stands for a URL in a folder of fetched files; None where it does not have it."""
    try:
        locked = read_lock(folder).get(url)
    except LockError as error:
        return Vendored("", str(error))
    if locked is None:
        return None
    path, shown = os.path.join(folder, locked.file), f"{FOLDER}/{locked.file}"
    try:
        with open(path, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        return Vendored("", f"'{shown}', which was fetched for it, cannot be read: {error.strerror}")
    if digest != locked.sha256:
        return Vendored("", f"'{shown}' is not as it was fetched")
    return Vendored(path, "")
